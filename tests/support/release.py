"""A later release of the program: a copy of this one with one more migration, run in a process of its own."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.server import ROOT, START_SECONDS, environment

PARTS = ("ccc_pilot", "migrations", "templates", "milestones", "setup.cfg")
MIGRATION = '''"""A shelf for tools."""

import os
import signal

import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = "{before}"


def upgrade() -> None:
    op.create_table("tool", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO tool (id) VALUES (1)")
    if os.environ.get("KILLED_IN_THE_MIDDLE"):
        os.kill(os.getpid(), signal.SIGKILL)
    op.add_column("tool", sa.Column("name", sa.String(20)))


def downgrade() -> None:
    op.drop_table("tool")
'''


class LaterRelease:
    """The program with the migration ``number`` on top of ``before``, laid in ``folder``."""

    def __init__(self, folder: Path, before: str):
        self.folder = folder
        self.number = f"{int(before) + 1:04d}"
        for part in PARTS:
            lay = shutil.copytree if (ROOT / part).is_dir() else shutil.copyfile
            folder.mkdir(exist_ok=True)
            lay(ROOT / part, folder / part)
        text = MIGRATION.format(number=self.number, before=before)
        (folder / "migrations" / "versions" / f"{self.number}_a_shelf_for_tools.py").write_text(text)

    def run(self, *arguments: str, data_dir: Path, killed: bool = False, **settings: object) -> subprocess.CompletedProcess[str]:
        """Run a command of the later release; ``killed``: SIGKILL strikes in the middle of its migration."""
        extra = {"KILLED_IN_THE_MIDDLE": "1"} if killed else {}
        return subprocess.run(
            [sys.executable, "-m", "ccc_pilot", *arguments],
            cwd=self.folder,
            env={**environment(data_dir, **settings), **extra},
            capture_output=True,
            text=True,
            timeout=START_SECONDS,
            check=False,
        )
