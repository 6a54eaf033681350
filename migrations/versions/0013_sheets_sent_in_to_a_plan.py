"""Spreadsheets that are sent in to a plan of improvement, held while their columns are matched."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "improvement_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("made", sa.JSON(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_improvement_sheet_person_id_person")),
        sa.ForeignKeyConstraint(["plan_id"], ["improvement_plan.id"], name=op.f("fk_improvement_sheet_plan_id_improvement_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_sheet")),
    )
    with op.batch_alter_table("improvement_sheet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_improvement_sheet_plan_id"), ["plan_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("improvement_sheet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_improvement_sheet_plan_id"))
    op.drop_table("improvement_sheet")
