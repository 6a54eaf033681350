"""The commands that run the service or look after it as a whole: serve, scheduler, upgrade, demo, check, journal, version."""

from argparse import Namespace

from sqlalchemy import text

from ccc_pilot import journal, schema, serving
from ccc_pilot.catalogue import load_plans
from ccc_pilot.cli import ground
from ccc_pilot.cli.ground import Hindrance, say
from ccc_pilot.config import Settings
from ccc_pilot.db import db, transaction
from ccc_pilot.version import VERSION


def serve(args: Namespace) -> int:
    """Answer on the web, with the scheduler beside, until asked to end."""
    settings = ground.settings(demo=args.demo)
    try:
        listener = serving.listen(settings.host, settings.port)
    except OSError as error:
        raise Hindrance(
            f"Port {settings.port} on {settings.host} cannot be used: {error.strerror}. Choose another: PORT=8001 …"
        ) from error
    app = ground.application(settings)
    with app.app_context():
        ground.bring_up_to_date(settings)
        if settings.demo:
            load_demo()
        load_plans()  # once for all the processes that follow
        say(f"ccc-pilot {VERSION} answers at {settings.base_url} (end with Ctrl+C)")
        if settings.demo:
            tell_logins()
    return serving.serve(app, listener, settings.workers)


def load_demo() -> bool:
    """Load the pilot with its demo people into an empty database; returns whether it was empty."""
    from ccc_pilot import demo

    if not demo.is_empty():
        return False
    demo.load()
    say("The pilot is loaded.")
    return True


def tell_logins() -> None:
    """Print the demo log-ins, one a line: role, e-mail, password."""
    from ccc_pilot import demo

    for role, email, password in demo.logins():
        say(f"{role:<20} {email}  {password}")


def scheduler(_args: Namespace) -> int:
    """Run the scheduler alone (serve does it too)."""
    from ccc_pilot import scheduler

    with ground.house() as app:
        pass
    scheduler.run(app)
    return 0


def upgrade(_args: Namespace) -> int:
    """Bring the database up to date, with a backup first."""
    with ground.house():
        say(f"Schema {schema.known()[-1]} is in place.")
    return 0


def load(_args: Namespace) -> int:
    """Load the pilot with its posts, and nobody in them, into a database without a pilot."""
    from ccc_pilot.demo import load_pilot
    from ccc_pilot.people.models import Pilot

    with ground.house(), transaction():
        if db.session.query(Pilot).first() is not None:
            raise Hindrance("The database already holds a pilot.")
        load_pilot()
    say("The pilot is loaded; fill its posts on the page of posts, the first ones with: ccc-pilot person hold")
    return 0


def demo(_args: Namespace) -> int:
    """Load the pilot with demo people into an empty database and print their log-ins."""
    with ground.house(demo=True):
        if not load_demo():
            raise Hindrance("The database already has a pilot or people; the demo is loaded only into an empty one.")
        tell_logins()
    return 0


def check(_args: Namespace) -> int:
    """Try settings, data folder and database, and say what is found."""
    settings = ground.settings()
    say("settings   ok")
    app = ground.application(settings)
    say(f"folder     ok  {settings.data_dir.resolve()}")
    with app.app_context():
        say(f"database   ok  {db.engine.dialect.name} {_answer()}")
        say(f"schema     {_schema_state(settings)}")
    return 0


def _answer() -> str:
    question = "SELECT sqlite_version()" if db.engine.dialect.name == "sqlite" else "SHOW server_version"
    return str(db.session.execute(text(question)).scalar())


def _schema_state(settings: Settings) -> str:
    try:
        return "ok" if schema.is_current() else "to be upgraded: ccc-pilot upgrade"
    except schema.NewerSchema as error:
        raise Hindrance(f"The database has schema {error}, which is later than this version of ccc-pilot knows.") from error


def verify_journal(_args: Namespace) -> int:
    """Walk the journal's chain; exit code 1 where it does not hold."""
    with ground.house():
        breaks = list(journal.verify())
    for found in breaks:
        say(f"entry {found.seq}: {found.fault}")
    say("The journal does not hold." if breaks else "The journal holds.")
    return 1 if breaks else 0


def version(_args: Namespace) -> int:
    """Print the version."""
    say(VERSION)
    return 0
