"""Lists by date, and what is reported on, read an index."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_milestone_line_reporting", "milestone_line", ["pilot_id", "reporting"])
    op.create_index("ix_milestone_row_of_line", "milestone_row", ["pilot_id", "line_id", "status", "due", "region", "recurs"])


def downgrade() -> None:
    op.drop_index("ix_milestone_row_of_line", table_name="milestone_row")
    op.drop_index("ix_milestone_line_reporting", table_name="milestone_line")
