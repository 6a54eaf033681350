"""Workbooks of a plan of improvement that came back: what differed, what was taken in, whether that was undone."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "improvement_workbook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("unplaced", sa.JSON(), nullable=False),
        sa.Column("taken", sa.JSON(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_improvement_workbook_person_id_person")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["improvement_plan.id"], name=op.f("fk_improvement_workbook_plan_id_improvement_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_workbook")),
    )
    with op.batch_alter_table("improvement_workbook", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_improvement_workbook_plan_id"), ["plan_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("improvement_workbook", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_improvement_workbook_plan_id"))
    op.drop_table("improvement_workbook")
