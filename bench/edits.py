"""Eight who save the same row 200 times each, on SQLite and PostgreSQL: is a text lost, is anybody told that the database is locked?

Run: python -m bench.edits [writers] [saves]
"""

import sys
import tempfile
import time
from pathlib import Path

from ccc_pilot import create_app, demo, schema
from ccc_pilot.config import Settings
from ccc_pilot.db import db
from tests.support import writers
from tests.support.installation import SECRET
from tests.support.postgres import Cluster


def measure(name: str, url: str, folder: Path, count: int, saves: int) -> str:
    """Let ``count`` writers save ``saves`` texts each in a fresh pilot at ``url``; returns a line of the table."""
    app = create_app(Settings(data_dir=folder, database_url=url, secret_key=SECRET))
    with app.app_context():
        schema.upgrade(folder / "backups")
        demo.load()
        db.session.remove()
        db.engine.dispose()
    began = time.perf_counter()
    told = writers.together(url, folder, count, saves)
    took = time.perf_counter() - began
    found = writers.standing(url, folder)
    texts = found["texts"]
    assert isinstance(texts, list)
    lost = len({f"w{n}-{i}" for n in range(count) for i in range(saves)} - set(texts))
    figures = (
        name, count * saves, found["version"], lost, len(texts) - len(set(texts)), int(sum(t["locked"] for t in told)),
        int(sum(t["conflicts"] for t in told)), f"{took:.1f}", f"{max(t['longest'] for t in told):.2f}", len(found["breaks"]),  # type: ignore[arg-type]
    )  # fmt: skip
    return "| " + " | ".join(str(figure) for figure in figures) + " |"


def main() -> None:
    """Print the table for both engines."""
    count, saves = (int(text) for text in (sys.argv[1:] + ["8", "200"][len(sys.argv) - 1 :]))
    print("| engine | saves | version | lost | twice | locked | conflicts met | s | longest save s | breaks in the journal |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(measure("SQLite", f"sqlite:///{folder / 'edits.sqlite'}", folder, count, saves), flush=True)
        cluster = Cluster()
        try:
            print(measure("PostgreSQL", cluster.url(cluster.create()), folder, count, saves))
        finally:
            cluster.stop()


if __name__ == "__main__":
    main()
