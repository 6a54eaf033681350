"""The improvement plan at 1,000 and 10,000 actions: the table's page against the bare page, a bulk edit of 500 rows, Word and PDF.

python -m bench.improvement            the sizes of the issue
python -m bench.improvement 20         tiny, to see that it works
"""

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from sqlalchemy import event, insert, select

from ccc_pilot import config, create_app, demo, schema
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.i18n import today
from ccc_pilot.improvement import bulk, exporting, listing, naming, plans
from ccc_pilot.improvement.bulk import Wish
from ccc_pilot.improvement.listing import Query
from ccc_pilot.improvement.models import Action
from ccc_pilot.office import documents, typeset
from ccc_pilot.people import pilots, sessions
from ccc_pilot.people.doors import Current, access_of
from ccc_pilot.people.models import Person, Pilot

SIZES = (1_000, 10_000)
STATES = ("proposed", "agreed", "in_progress", "done_claimed", "verified")


def timed(work: Callable[[], object], times: int = 3) -> float:
    """Return the shortest of ``times`` runs of ``work``, in seconds."""
    spent = []
    for _run in range(times):
        began = perf_counter()
        work()
        spent.append(perf_counter() - began)
    return min(spent)


def filled(size: int) -> int:
    """Store a plan of ``size`` actions; returns its id."""
    now, day = utc_now(), today()
    with transaction():
        made = plans.make(
            pilot=db.session.scalars(select(Pilot)).one(),
            title=f"{size}",
            summary="",
            kind="improvement",
            feeds_id=None,
            actor_id=None,
        )
        rows = [
            {
                "plan_id": made.id, "number": n, "region": ("ro", "rjl", "rkl", "sosr")[n % 4], "title": f"Åtgärd {n}", "goal": "Alla team",
                "why": "Ett skäl. " * 20, "how": "Ett sätt. " * 20, "proof": "Protokoll", "state": STATES[n % 5], "due": day, "first_due": day,
                "owner_words": "LCCC", "search": f"f-{n} atgard {n}", "tags": [], "extra": {}, "created_at": now, "updated_at": now,
            }
            for n in range(1, size + 1)
        ]  # fmt: skip
        db.session.execute(insert(Action), rows)
    return made.id


def measure(app: object, size: int) -> None:
    """Print what a plan of ``size`` actions takes."""
    number, told = filled(size), []
    client = app.test_client()  # type: ignore[attr-defined]
    with transaction():
        person = db.session.scalars(select(Person).where(Person.email.like("huvudprojektledare@%"))).one()
        token = sessions.begin(person)
        who = Current(person.id, person.name, person.email, person.initials, "sv", access_of(person)[0])
    with client.session_transaction() as session:
        session["token"] = token
    statements: list[str] = []
    client.get(f"/improvement?plan={number}")
    event.listen(db.engine, "before_cursor_execute", lambda _c, _cur, text, *_rest: statements.append(text))
    client.get(f"/improvement?plan={number}")
    told.append(f"queries of the table {len(statements)}")
    told.append(
        f"table {timed(lambda: client.get(f'/improvement?plan={number}')) * 1000:.0f} ms, bare {timed(lambda: client.get('/about')) * 1000:.0f} ms"
    )
    plan = listing.db.session.get(plans.ImprovementPlan, number)
    actions = list(listing.every(plan, Query(), today(), 0))
    some = [row for row in actions if row.state in {"proposed", "agreed", "in_progress"}][:500]
    began = perf_counter()
    with transaction():
        bulk.update(plan=plan, picked={row.id: row.version for row in some}, wish=Wish(priority="high", phase="do"), who=who)
    told.append(f"bulk edit of {len(some)} rows {(perf_counter() - began) * 1000:.0f} ms")
    regions = pilots.regions(db.session.scalars(select(Pilot)).one())
    for n, name, write in ((300, "Word", documents.write), (1_000, "PDF", typeset.write)):
        few = actions[:n]
        known = naming.names(few, regions)

        def make(few: list[Action] = few, known: naming.Names = known, write: Callable[..., None] = write) -> None:
            write(exporting.paper(plan, few, known, today(), "bench"), io.BytesIO())

        told.append(f"{name} of {len(few)} actions {timed(make, 1) * 1000:.0f} ms")
    print(f"{size} actions: " + "; ".join(told))


def main() -> None:
    """Measure the sizes asked for on the command line, else those of the issue."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(config.Settings(data_dir=Path(folder), demo=True))
        with app.app_context():
            schema.upgrade(Path(folder) / "backups")
            demo.load()
            for size in [int(text) for text in sys.argv[1:]] or SIZES:
                with app.test_request_context():
                    measure(app, size)


if __name__ == "__main__":
    main()
