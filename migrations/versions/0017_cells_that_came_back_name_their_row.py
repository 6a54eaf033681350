"""Cells of sheets that came back name their row as other rooms do too: "row" (a text) instead of "answer" (a number)."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

SHEET = sa.table("assessment_sheet", sa.column("id", sa.Integer), sa.column("cells", sa.JSON), sa.column("taken", sa.JSON))


def upgrade() -> None:
    _rename("answer", "row", str)


def downgrade() -> None:
    _rename("row", "answer", int)


def _rename(before: str, after: str, kind: type) -> None:
    def told(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{after if name == before else name: kind(v) if name == before else v for name, v in row.items()} for row in rows]

    found = op.get_bind().execute(sa.select(SHEET.c.id, SHEET.c.cells, SHEET.c.taken)).all()
    for number, cells, taken in found:
        change = sa.update(SHEET).where(SHEET.c.id == number).values(cells=told(cells), taken=told(taken))
        op.get_bind().execute(change)
