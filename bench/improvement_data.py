"""Improvement plans to measure: the demo's pilot with plans of so many actions, each action as full as people write them.

``house`` lays the product's folders (links, so that its code is untouched); this file, run inside that house, makes the database.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.data import ROOT, surroundings

STATES = ("proposed", "agreed", "in_progress", "done_claimed", "verified")
REGIONS = ("ro", "rjl", "rkl", "sosr")


def house(folder: Path, sizes: Sequence[int]) -> dict[int, int]:
    """Make in ``folder`` a house with a plan of each of ``sizes`` (actions); returns each plan's number by its size."""
    for name in ("ccc_pilot", "templates", "migrations", "milestones", "standards", "bench"):
        (folder / name).symlink_to(ROOT / name)
    command = [sys.executable, "-m", "bench.improvement_data", *map(str, sizes)]
    found = json.loads(subprocess.check_output(command, cwd=folder, env=surroundings(folder), text=True).splitlines()[-1])
    return {int(size): number for size, number in found.items()}


def fill(sizes: Sequence[int]) -> dict[int, int]:
    """Make the database of the house that this process lives in; returns the plans' numbers by their sizes."""
    from ccc_pilot import config, create_app, demo, schema
    from ccc_pilot.db import transaction

    settings = config.from_environment({**os.environ, "CCC_PILOT_DEMO": "1"})
    with create_app(settings).app_context():
        schema.upgrade(settings.data_dir / "backups")
        demo.load()
        with transaction():
            return {size: _plan(size) for size in sizes}


def _plan(size: int) -> int:
    from sqlalchemy import insert, select

    from ccc_pilot.db import db
    from ccc_pilot.improvement import plans
    from ccc_pilot.improvement.models import Action, ActionLink
    from ccc_pilot.people.models import Pilot

    pilot = db.session.scalars(select(Pilot)).one()
    made = plans.make(pilot=pilot, title=f"{size}", summary="", kind="improvement", feeds_id=None, actor_id=None)
    db.session.execute(insert(Action), [_action(made.id, n) for n in range(1, size + 1)])
    ids = db.session.scalars(select(Action.id).where(Action.plan_id == made.id)).all()
    db.session.execute(
        insert(ActionLink),
        [{"action_id": number, "kind": "origin", "key": f"visit:{1 + number % 7}", "title": "Platsbesök"} for number in ids],
    )
    return made.id


def _action(plan_id: int, n: int) -> dict[str, Any]:
    from ccc_pilot.dates import utc_now
    from ccc_pilot.i18n import today

    now, day = utc_now(), today()
    return {
        "plan_id": plan_id, "number": n, "region": REGIONS[n % 4], "title": f"Processteamet {n} har patientföreträdare och möts varje kvartal",
        "goal": "Alla team har minst två företrädare", "why": "Ett skäl. " * 20, "how": "Ett sätt. " * 20, "proof": "Protokoll", "state": STATES[n % 5],
        "due": day, "first_due": day, "owner_words": "LCCC", "search": f"f-{n} processteamet {n} har patientforetradare", "tags": [], "extra": {},
        "created_at": now, "updated_at": now,
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(fill([int(size) for size in sys.argv[1:]])))
