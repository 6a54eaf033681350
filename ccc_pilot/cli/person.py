"""The commands about those who can log in: the first administrator, and a way in when nobody can reach the pages."""

from argparse import Namespace

from sqlalchemy import select

from ccc_pilot.cli import ground
from ccc_pilot.cli.ground import Hindrance, say
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import NotFound
from ccc_pilot.i18n import today
from ccc_pilot.people.models import Organisation, Person, Post
from ccc_pilot.people.policy import NETWORK, Role

NETWORK_NAME = "Sydöstra sjukvårdsregionen"


def init(args: Namespace) -> int:
    """Make an empty database with its first administrator, and print the link by which they choose a password."""
    from ccc_pilot.demo import load_pilot
    from ccc_pilot.people import accounts, links, posts

    with ground.house(), transaction():
        if db.session.scalar(select(Person.id).limit(1)) is not None:
            raise Hindrance("The database already has people; add more with: ccc-pilot person add")
        if args.pilot:
            load_pilot()
        first = accounts.invite(args.email, args.name, args.language)
        posts.hold(_administrators_post(), first.id, today())
        url = links.invitation_url(first)
    say(f"{first_line(args)} chooses a password here (once, within 7 days):\n{url}")
    return 0


def _administrators_post() -> str:
    """Return the key of the administrator's post, which is made where no pilot has brought it yet."""
    key = db.session.scalar(select(Post.key).where(Post.role == Role.ADMINISTRATOR))
    if key is not None:
        return key
    if db.session.get(Organisation, NETWORK) is None:
        db.session.add(Organisation(key=NETWORK, short="SÖSR", name_sv=NETWORK_NAME, kind="network"))
        db.session.flush()
    titles = {"title_sv": "Administratör", "title_en": "Administrator"}
    db.session.add(Post(key="administrator", role=Role.ADMINISTRATOR, organisation_key=NETWORK, **titles))
    db.session.flush()
    return "administrator"


def first_line(args: Namespace) -> str:
    """Return how a person is named in the output: name and address."""
    return f"{args.name} <{args.email}>"


def add(args: Namespace) -> int:
    """Invite a person, and print the link by which they choose a password."""
    from ccc_pilot.people import accounts, links

    with ground.house(), transaction():
        url = links.invitation_url(accounts.invite(args.email, args.name, args.language))
    say(f"{first_line(args)} chooses a password here (once, within 7 days):\n{url}")
    return 0


def everybody(_args: Namespace) -> int:
    """List all persons: address, name, whether open or disabled."""
    with ground.house():
        for person in db.session.scalars(select(Person).order_by(Person.email)):
            say(f"{person.email}\t{person.name}\t{'open' if person.active else 'disabled'}")
    return 0


def disable(args: Namespace) -> int:
    """Close a person's account; log-ins end at once."""
    from ccc_pilot.people import accounts

    with ground.house(), transaction():
        accounts.disable(_known(args.email).id, "by the command line", None)
    say(f"{args.email} is disabled.")
    return 0


def enable(args: Namespace) -> int:
    """Open a disabled account again."""
    from ccc_pilot.people import accounts

    with ground.house(), transaction():
        accounts.enable(_known(args.email).id, "by the command line", None)
    say(f"{args.email} is open again.")
    return 0


def reset(args: Namespace) -> int:
    """Print a link by which a person chooses a new password."""
    from ccc_pilot.people import links

    with ground.house(), transaction():
        url = links.reset_url(_known(args.email))
    say(f"{args.email} chooses a new password here (once, within 1 hour):\n{url}")
    return 0


def _known(email: str) -> Person:
    from ccc_pilot.people import accounts

    person = accounts.by_email(email)
    if person is None:
        raise NotFound
    return person


def hold(args: Namespace) -> int:
    """Let a person hold a post from today; for the first posts, while there is nobody yet who could approve."""
    from ccc_pilot.people import posts

    with ground.house(), transaction():
        if db.session.get(Post, args.post) is None:
            raise Hindrance(
                f"There is no post {args.post}; there are: {', '.join(db.session.scalars(select(Post.key).order_by(Post.key)))}"
            )
        posts.hold(args.post, _known(args.email).id, today())
    say(f"{args.email} holds {args.post} from today.")
    return 0
