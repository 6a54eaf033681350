"""Figures recorded for the designation, and sheets of answers that came back."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assessment_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=20), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("updated_by_id", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["assessment_round.id"], name=op.f("fk_assessment_figure_round_id_assessment_round")
        ),
        sa.ForeignKeyConstraint(["updated_by_id"], ["person.id"], name=op.f("fk_assessment_figure_updated_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_figure")),
        sa.UniqueConstraint("round_id", "region", "item", name=op.f("uq_assessment_figure_round_id")),
    )
    op.create_table(
        "assessment_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("unplaced", sa.JSON(), nullable=False),
        sa.Column("taken", sa.JSON(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assessment_sheet_person_id_person")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["assessment_round.id"], name=op.f("fk_assessment_sheet_round_id_assessment_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_sheet")),
    )
    with op.batch_alter_table("assessment_sheet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_sheet_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assessment_sheet_round_id"), ["round_id"], unique=False)


def downgrade() -> None:
    op.drop_table("assessment_sheet")
    op.drop_table("assessment_figure")
