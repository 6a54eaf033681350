"""Guests of meetings, and messages of more than one kind."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting_guest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_guest_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_meeting_guest_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_guest")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_meeting_guest_meeting_id")),
    )
    op.create_index(op.f("ix_meeting_guest_person_id"), "meeting_guest", ["person_id"])
    op.add_column("outgoing", sa.Column("kind", sa.String(length=12), nullable=False, server_default="digest"))


def downgrade() -> None:
    op.drop_column("outgoing", "kind")
    op.drop_table("meeting_guest")
