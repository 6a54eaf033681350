"""The improvement plan at 1,000 and 10,000 actions: the table's page against the bare page, a bulk edit of 500 rows, Word and PDF.

python -m bench.improvement            the sizes of the issue
python -m bench.improvement 20         tiny, to see that it works
"""

import io
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from jinja2 import Template
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
ROUNDS = 15
AIM = {None: "", True: "met", False: "**not met**"}
# The bare page: the same list asked for, in a plain table.
LINES = Template(
    "<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>",
    autoescape=True,
)
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


def measure(app: object, size: int) -> dict[str, tuple[float, str, bool | None]]:
    """Return what a plan of ``size`` actions takes: the figure, its unit, and whether the aim is met (None: there is none)."""
    number = filled(size)
    client = app.test_client()  # type: ignore[attr-defined]
    with transaction():
        person = db.session.scalars(select(Person).where(Person.email.like("huvudprojektledare@%"))).one()
        token = sessions.begin(person)
        who = Current(person.id, person.name, person.email, person.initials, "sv", access_of(person)[0])
    with client.session_transaction() as session:
        session["token"] = token
    plan = listing.db.session.get(plans.ImprovementPlan, number)
    path, statements = f"/improvement?plan={number}", list[str]()
    client.get(path)

    def bare() -> None:
        found = listing.find(plan, Query(), today(), 0)
        LINES.render(
            rows=[(one.id, one.code, one.title, one.goal, one.region, one.owner_words, one.due, one.state) for one in found.rows]
        )

    turns = [(timed(lambda: client.get(path), 1), timed(bare, 1)) for _turn in range(ROUNDS)]
    ours, theirs = median(one for one, _other in turns) * 1000, median(other for _one, other in turns) * 1000
    event.listen(db.engine, "before_cursor_execute", lambda _c, _cur, text, *_rest: statements.append(text))
    client.get(path)
    queries = len(statements)
    actions = list(listing.every(plan, Query(), today(), 0))
    some = [row for row in actions if row.state in {"proposed", "agreed", "in_progress"}][:500]
    began = perf_counter()
    with transaction():
        bulk.update(plan=plan, picked={row.id: row.version for row in some}, wish=Wish(priority="high", phase="do"), who=who)
    spent = (perf_counter() - began) * 1000
    told: dict[str, tuple[float, str, bool | None]] = {
        "table page": (ours, "ms", None), "bare list and template": (theirs, "ms", None), "table page, times the bare one (≤ 4)": (ours / theirs, "", ours / theirs <= 4),
        "queries of the table page (≤ 15)": (queries, "", queries <= 15), "bulk edit of 500 rows (≤ 1 s)": (spent, "ms", spent <= 1_000),
    }  # fmt: skip
    regions = pilots.regions(db.session.scalars(select(Pilot)).one())
    for n, name, write, most in ((300, "Word", documents.write, 1_000), (1_000, "PDF", typeset.write, 3_000)):
        few = actions[:n]
        known = naming.names(few, regions)

        def make(few: list[Action] = few, known: naming.Names = known, write: Callable[..., None] = write) -> None:
            write(exporting.paper(plan, few, known, today(), "bench"), io.BytesIO())

        spent = timed(make, 2) * 1000
        told[f"{name} of {n:,} actions (≤ {most / 1000:g} s)"] = (spent, "ms", spent <= most)
    return told


def main() -> None:
    """Measure the sizes asked for on the command line, else those of the issue."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(config.Settings(data_dir=Path(folder), demo=True))
        with app.app_context():
            schema.upgrade(Path(folder) / "backups")
            demo.load()
            sizes = [int(text) for text in sys.argv[1:]] or SIZES
            told = []
            for size in sizes:
                with app.test_request_context():
                    told.append(measure(app, size))
            print(
                f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} after, median of {ROUNDS} requests\n"
            )
            print("| what |" + "".join(f" {size:,} actions | aim |" for size in sizes))
            print("|---|" + "---|" * (2 * len(sizes)))
            for name in told[0]:
                cells = "".join(f" {one[name][0]:.1f} {one[name][1]} | {AIM[one[name][2]]} |" for one in told)
                print(f"| {name} |{cells}")


if __name__ == "__main__":
    main()
