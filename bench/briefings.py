"""A briefing of 2,000 milestones and 1,000 actions: freezing it, its page, and each kind of file made of it.

python -m bench.briefings              the size of the issue
python -m bench.briefings 30 10        tiny, to see that it works
"""

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from bench import data

MILESTONES, ACTIONS = 2_000, 1_000
ROUNDS = 3
AIMS = {"freeze, compared with the last one": 0.5, "PowerPoint": 2.0}


def shortest(work: Callable[[], object]) -> float:
    """Return the shortest of ``ROUNDS`` runs of ``work``, in seconds."""
    spent = []
    for _run in range(ROUNDS):
        began = perf_counter()
        work()
        spent.append(perf_counter() - began)
    return min(spent)


def inside(milestones: int, actions: int) -> None:
    """Measure in the house that this process lives in, and print the table."""
    from sqlalchemy import select

    from bench import improvement
    from ccc_pilot import config, create_app
    from ccc_pilot.db import db
    from ccc_pilot.people.models import Pilot
    from ccc_pilot.progress.models import MilestoneRow

    app = create_app(config.from_environment({**os.environ, "CCC_PILOT_DEMO": "1"}))
    with app.app_context(), app.test_request_context():
        improvement.filled(actions)
        told = list(_measured(app, db.session.scalars(select(Pilot)).one()))
        counted = db.session.query(MilestoneRow).count()
    print(
        f"{counted} milestone rows, {actions} actions, load {os.getloadavg()[0]:.1f} at the end; the shortest of {ROUNDS} runs\n"
    )
    print("| what | seconds | aim |\n|---|---|---|")
    for name, seconds in told:
        aim = AIMS.get(name)
        verdict = "" if aim is None else f"≤ {aim:g} s: {'met' if seconds <= aim else '**not met**'}"
        print(f"| {name} | {seconds:.2f} | {verdict} |")


def _measured(app: object, pilot: object) -> Iterator[tuple[str, float]]:
    """Freeze, look and make files, each timed."""
    from sqlalchemy import select

    from ccc_pilot.briefings import drafting, files
    from ccc_pilot.briefings.models import Briefing
    from ccc_pilot.db import db, transaction
    from ccc_pilot.decisions.models import Meeting
    from ccc_pilot.i18n import today
    from ccc_pilot.people import sessions
    from ccc_pilot.people.models import Person

    day = today()
    with transaction():
        person = db.session.scalars(select(Person).where(Person.email.like("huvudprojektledare@%"))).one()
        last = Meeting(pilot_id=pilot.id, body_key="rsl", title="RSL", day=day - timedelta(days=30), state="held")  # type: ignore[attr-defined]
        coming = Meeting(pilot_id=pilot.id, body_key="rsl", title="RSL", day=day + timedelta(days=3), state="called")  # type: ignore[attr-defined]
        db.session.add_all([last, coming])
        token = sessions.begin(person)
    known = {"first": last.id, "second": coming.id, "by": person.id}

    def freeze(meeting_id: int, cut_off: object) -> None:
        with transaction():
            drafting.freeze(pilot=pilot, meeting_id=meeting_id, cut_off=cut_off, actor_id=known["by"])  # type: ignore[arg-type]

    yield "freeze, a month back in the history", shortest(lambda: freeze(known["first"], day - timedelta(days=30)))
    yield "freeze, compared with the last one", shortest(lambda: freeze(known["second"], day))
    briefing = db.session.scalars(select(Briefing).order_by(Briefing.id.desc()).limit(1)).one()
    client = app.test_client()  # type: ignore[attr-defined]
    with client.session_transaction() as session:
        session["token"] = token
    page = f"/briefings/{briefing.id}"
    assert client.get(page).status_code == 200
    yield "the page with its marks of what changed since", shortest(lambda: client.get(page))
    for kind in files.KINDS.values():
        yield kind.title, shortest(lambda kind=kind: kind.write(briefing, "sv", "bench", io.BytesIO()))  # type: ignore[misc]


def main() -> None:
    """Lay a house of the size asked for on the command line, else of the issue's, and measure in it."""
    milestones, actions = [int(text) for text in sys.argv[1:3]] or [MILESTONES, ACTIONS]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data.house(folder, milestones)
        command = [sys.executable, "-m", "bench.briefings", "inside", str(milestones), str(actions)]
        subprocess.run(command, cwd=folder, env=data.surroundings(folder), check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["inside"]:
        inside(*map(int, sys.argv[2:4]))
    else:
        main()
