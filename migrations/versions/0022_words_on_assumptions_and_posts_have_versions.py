"""A word on an assumption and a post have a version, so that of two who save the later one is told what the first has said."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("assumption_verdict", "post"):
        op.add_column(table, sa.Column("version", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    for table in ("post", "assumption_verdict"):
        op.drop_column(table, "version")
