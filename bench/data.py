"""Pilots of any size to measure: a plan of the wanted length on a shelf of its own, and a database in which its rows were worked on.

``house`` lays the product's folders (links, so that its code is untouched) beside a generated shelf, ``fill`` runs inside that house:
the plan comes in by the catalogue's door and through ``loading.follow``; then statuses, comments, moved dates and history are spread.
"""

import os
import random
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_IN_A_PLAN = 1_700  # lines; a catalogue's file may not be larger than 2 MB
REGIONS = 3
REPORTING = 66  # lines that are reported on, whatever the size: a page narrowed to them is the same everywhere
PHASES = 6
BEHIND = (
    120  # days of the 600 that lie behind: at 200 rows too, the pages that are compared are full (50 open lines, 8 late ones)
)
HEAD = """
key = "{plan}"
title = {{ sv = "Plan {n} att mäta", en = "Plan {n} to measure" }}
summary = {{ sv = "Så många rader som mätningen vill ha.", en = "As many rows as the measurement wants." }}
kind = "pilot"
edition = "1"
start = 2025-01-01
start_confidence = "assumption"
length_months = 15
receivers = ["rsl"]
"""
PHASE = """
[[phases]]
id = "F{n}"
order = {n}
title = {{ sv = "Skede {n}", en = "Stage {n}" }}
"""
REPORTED = 'reporting = true\nreport_to = "rsl"\n'
ITEM = """
[[items]]
id = "M-{n:05}"
phase = "F{phase}"
title = {{ sv = "Milstolpe {n} är klar och avrapporterad", en = "Milestone {n} is done and reported" }}
description = {{ sv = "Vad som ska vara gjort, och hur det **visas**.", en = "What is to be done, and how it is **shown**." }}
owner_role = "{role}"
per_region = {per_region}
when = {{ date = "{day}" }}
depends_on = [{before}]
source = "Underlag"
source_ref = "S0:{n}"
confidence = "{confidence}"
{reporting}"""


def house(folder: Path, rows: int) -> Path:
    """Make in ``folder`` a house whose pilot has ``rows`` milestone-region rows; returns its data folder."""
    for name in ("ccc_pilot", "templates", "migrations", "standards", "bench"):
        (folder / name).symlink_to(ROOT / name)
    for key, text in plans(rows).items():
        (folder / "milestones" / key).mkdir(parents=True)
        (folder / "milestones" / key / "plan.toml").write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "bench.data", str(rows)], cwd=folder, env=surroundings(folder), check=True)
    return folder / "data"


def surroundings(folder: Path, **settings: object) -> dict[str, str]:
    """Return the environment of a process that lives in the house ``folder``."""
    given = {f"CCC_PILOT_{name.upper()}": str(value) for name, value in settings.items()}
    return {**os.environ, "PYTHONPATH": str(folder), "CCC_PILOT_DATA_DIR": str(folder / "data"), **given}


def plans(rows: int) -> dict[str, str]:
    """Return the texts of plans that together give ``rows`` rows, by key: lines of three regions each, one or two joint ones for the rest."""
    from ccc_pilot.dates import today

    dice, begin = random.Random(rows), today("Europe/Stockholm") - timedelta(days=BEHIND)
    per_region = rows // REGIONS
    count = per_region + rows % REGIONS
    texts: dict[str, str] = {}
    for first in range(1, count + 1, MOST_IN_A_PLAN):
        last, key = min(first + MOST_IN_A_PLAN - 1, count), f"plan-{len(texts) + 1}"
        items = (
            ITEM.format(
                n=n, phase=1 + (n - first) * PHASES // (last - first + 1),
                role=dice.choice(("head_lead", "regional_lead", "medical_expert")), per_region=str(n <= per_region).lower(),
                day=begin + timedelta(days=dice.randrange(600)), reporting=REPORTED if n * REPORTING // count > (n - 1) * REPORTING // count else "",
                before=f'"M-{n - 1:05}"' if (n - first) % 5 else "", confidence=dice.choice(("fact", "fact", "derived", "assumption")),
            )
            for n in range(first, last + 1)
        )  # fmt: skip
        phases = (PHASE.format(n=n) for n in range(1, PHASES + 1))
        texts[key] = "".join((HEAD.format(plan=key, n=len(texts) + 1), *phases, *items))
    return texts


def fill(rows: int) -> None:
    """Make the database of the house that this process lives in: people, the pilot, and what happened to its rows."""
    from ccc_pilot import config, create_app, demo, schema
    from ccc_pilot.catalogue import load_plans
    from ccc_pilot.db import db, transaction
    from ccc_pilot.demo import people, pilot
    from ccc_pilot.people import accounts
    from ccc_pilot.people.models import Holding

    settings = config.from_environment({**os.environ, "CCC_PILOT_DEMO": "1"})
    settings.data_dir.mkdir(exist_ok=True)
    followed, told = sorted(load_plans()), pilot.FILE.read_text(encoding="utf-8").splitlines()
    file = settings.data_dir / "pilot.toml"
    file.write_text("\n".join(f"plans = {followed}" if line.startswith("plans =") else line for line in told), encoding="utf-8")
    with create_app(settings).app_context():
        schema.upgrade(settings.data_dir / "backups")
        with transaction():
            demo.load_pilot(file)
            for person in people.PEOPLE:
                made = accounts.create(f"{person.login}@{people.DOMAIN}", person.name, people.PASSWORD, demo=True)
                since = people.today()
                db.session.add(Holding(post_key=person.post, person_id=made.id, since=since, approved=True))
            _work(rows)


def _work(rows: int) -> None:
    """Let most of what lies behind be done, some of it late, a third commented on, a tenth moved; each with its history."""
    from sqlalchemy import insert, select, update

    from ccc_pilot.dates import today, utc_now
    from ccc_pilot.db import db
    from ccc_pilot.people.models import Person
    from ccc_pilot.progress.models import MilestoneChange, MilestoneRow

    dice, day, now, actor = random.Random(rows + 1), today("Europe/Stockholm"), utc_now(), db.session.scalar(select(Person.id))
    after, changes = [], []
    for row_id, due in db.session.execute(select(MilestoneRow.id, MilestoneRow.due)).all():
        ahead = (due - day).days
        choices = (
            ("done",) * 14 + ("ongoing", "ongoing", "at_risk", "at_risk", "claimed", "claimed")
            if ahead < 0
            else ("ongoing", "at_risk") + ("not_started",) * 6
        )
        status, moved = dice.choice(choices), timedelta(days=dice.randrange(1, 40)) if dice.random() < 0.1 else timedelta()
        percent = {"done": 100, "claimed": 100, "not_started": 0}.get(status, dice.randrange(5, 95))
        comment = "Arbetet går som tänkt; nästa avstämning är bokad." if dice.random() < 0.33 else ""
        at = now - timedelta(minutes=dice.randrange(300_000))
        after.append({
            "id": row_id, "status": status, "percent": percent, "comment": comment, "due": due + moved, "due_by_hand": bool(moved),
            "due_reason": "Flyttad efter avstämning" if moved else "", "version": 2, "updated_at": at, "updated_by_id": actor,
        })  # fmt: skip
        changes += [{
            "row_id": row_id, "at": at, "person_id": actor, "status_from": "not_started", "status_to": status,
            "percent_from": 0, "percent_to": percent, "text": comment,
        }] * dice.randrange(1, 4)  # fmt: skip
    db.session.execute(update(MilestoneRow), after)
    db.session.execute(insert(MilestoneChange), changes)


if __name__ == "__main__":
    fill(int(sys.argv[1]))
