"""People who save the same row at the same time, each in a process of its own, as often as it takes to get each text in."""

import json
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from ccc_pilot import create_app, journal
from ccc_pilot.config import Settings
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import Conflict
from ccc_pilot.progress import service
from ccc_pilot.progress.models import MilestoneChange
from tests.factories import person, pilot
from tests.support.installation import SECRET
from tests.support.server import ROOT

PLAN, SLUG, REGION = "sosr-wp4-2025", "P0-07", "ro"
PLACE = f"{PLAN}:{SLUG}@{REGION}"


def start(url: str, folder: Path, name: str, saves: int) -> "subprocess.Popen[str]":
    """Start a writer that saves ``saves`` texts of its own ("name-0", "name-1", …) and then prints its figures as JSON."""
    arguments = [sys.executable, "-m", "tests.support.writers", url, str(folder), name, str(saves)]
    return subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def together(url: str, folder: Path, writers: int, saves: int) -> list[dict[str, float]]:
    """Let ``writers`` of them save ``saves`` texts each, all on one row; returns the figures of each."""
    started = [start(url, folder, f"w{n}", saves) for n in range(writers)]
    told = [process.communicate()[0] for process in started]
    assert not any(process.returncode for process in started), told
    return [json.loads(text) for text in told]


def standing(url: str, folder: Path) -> dict[str, object]:
    """Return what the row, its history and the journal say now: the version, the texts and what is wrong with the chain."""
    app = create_app(Settings(data_dir=folder, database_url=url, secret_key=SECRET))
    with app.app_context():
        row = service.row(pilot(), PLAN, SLUG, REGION)
        entries = select(func.count()).select_from(journal.Entry).where(journal.Entry.object_key == PLACE)
        found = {
            "version": row.version,
            "comment": row.comment,
            "texts": list(db.session.scalars(select(MilestoneChange.text).where(MilestoneChange.row_id == row.id))),
            "entries": db.session.scalar(entries),
            "breaks": list(journal.verify()),
        }
        db.session.remove()
        db.engine.dispose()
    return found


def _write(url: str, folder: str, name: str, saves: int) -> dict[str, float]:
    app = create_app(Settings(data_dir=Path(folder), database_url=url, secret_key=SECRET))
    told = {"conflicts": 0, "locked": 0, "longest": 0.0, "seconds": 0.0}
    with app.app_context():
        actor = person("projektledare.ro").id
        version = service.row(pilot(), PLAN, SLUG, REGION).version
        began = time.perf_counter()
        for n in range(saves):
            since = time.perf_counter()
            version = _save(f"{name}-{n}", version, actor, told)
            told["longest"] = max(told["longest"], time.perf_counter() - since)
        told["seconds"] = time.perf_counter() - began
    return told


def _save(text: str, version: int, actor: int, told: dict[str, float]) -> int:
    while True:
        try:
            with transaction():
                row = service.row(pilot(), PLAN, SLUG, REGION)
                given = {"status": "ongoing", "percent": None, "comment": text, "version": version}
                return service.update(target=row, **given, actor_id=actor, may_complete=False).version  # type: ignore[arg-type]
        except Conflict as conflict:
            told["conflicts"] += 1
            version = conflict.version
        except OperationalError as error:
            told["locked"] += "locked" in str(error)


if __name__ == "__main__":
    print(json.dumps(_write(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))))
