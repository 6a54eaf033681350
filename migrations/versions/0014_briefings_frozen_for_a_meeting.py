"""Briefings frozen for a meeting, their sections, the texts they begin with, and the pilot's own template."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "briefing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("cut_off", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["frozen_by_id"], ["person.id"], name=op.f("fk_briefing_frozen_by_id_person")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_briefing_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_briefing_pilot_id_pilot")),
        sa.ForeignKeyConstraint(["published_by_id"], ["person.id"], name=op.f("fk_briefing_published_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing")),
    )
    op.create_index(op.f("ix_briefing_pilot_id"), "briefing", ["pilot_id"])
    op.create_index(op.f("ix_briefing_meeting_id"), "briefing", ["meeting_id"])
    op.create_table(
        "briefing_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("briefing_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["briefing_id"], ["briefing.id"], name=op.f("fk_briefing_section_briefing_id_briefing")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["person.id"], name=op.f("fk_briefing_section_updated_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing_section")),
        sa.UniqueConstraint("briefing_id", "key", name=op.f("uq_briefing_section_briefing_id")),
    )
    op.create_index(op.f("ix_briefing_section_briefing_id"), "briefing_section", ["briefing_id"])
    op.create_table(
        "briefing_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("after", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("source_ref", sa.String(length=100), nullable=False),
        sa.Column("confidence", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_briefing_text_pilot_id_pilot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing_text")),
        sa.UniqueConstraint("pilot_id", "key", name=op.f("uq_briefing_text_pilot_id")),
    )
    op.create_table(
        "briefing_template",
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_briefing_template_person_id_person")),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_briefing_template_pilot_id_pilot")),
        sa.PrimaryKeyConstraint("pilot_id", name=op.f("pk_briefing_template")),
    )


def downgrade() -> None:
    for table in ("briefing_template", "briefing_text", "briefing_section", "briefing"):
        op.drop_table(table)
