"""Editions of standards that the network imports, stored whole, and files on their way in."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imported_edition",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("tree", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("imported_by_id", sa.Integer(), nullable=True),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["imported_by_id"], ["person.id"], name=op.f("fk_imported_edition_imported_by_id_person")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_imported_edition")),
    )
    op.create_table(
        "framework_upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("sheets", sa.JSON(), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_framework_upload_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_upload")),
    )
    with op.batch_alter_table("framework_upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_framework_upload_by_id"), ["by_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("framework_upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_framework_upload_by_id"))
    op.drop_table("framework_upload")
    op.drop_table("imported_edition")
