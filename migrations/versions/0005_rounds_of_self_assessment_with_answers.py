"""Rounds of self-assessment with their answers."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assessment_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("edition_key", sa.String(length=80), nullable=False),
        sa.Column("designation", sa.String(length=10), nullable=False),
        sa.Column("region_keys", sa.JSON(), nullable=False),
        sa.Column("independent", sa.Boolean(), nullable=False),
        sa.Column("index_year", sa.Integer(), nullable=True),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("first_due", sa.Date(), nullable=False),
        sa.Column("visit", sa.Date(), nullable=True),
        sa.Column("plan_due", sa.Date(), nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(length=200), nullable=False),
        sa.Column("project_group", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["frozen_by_id"], ["person.id"], name=op.f("fk_assessment_round_frozen_by_id_person")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_assessment_round_opened_by_id_person")),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_assessment_round_pilot_id_pilot")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["assessment_round.id"], name=op.f("fk_assessment_round_source_id_assessment_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_round")),
    )
    with op.batch_alter_table("assessment_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_round_pilot_id"), ["pilot_id"], unique=False)

    op.create_table(
        "assessment_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=20), nullable=False),
        sa.Column("point_key", sa.String(length=160), nullable=False),
        sa.Column("chapter_key", sa.String(length=160), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("score", sa.String(length=20), nullable=True),
        sa.Column("na_reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("summary_en", sa.Text(), nullable=False),
        sa.Column("pdca", sa.String(length=4), nullable=False),
        sa.Column("absence", sa.Text(), nullable=False),
        sa.Column("improvement", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reopened", sa.Boolean(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("scored_by_id", sa.Integer(), nullable=True),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name=op.f("fk_assessment_answer_approved_by_id_person")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["assessment_round.id"], name=op.f("fk_assessment_answer_round_id_assessment_round")
        ),
        sa.ForeignKeyConstraint(["scored_by_id"], ["person.id"], name=op.f("fk_assessment_answer_scored_by_id_person")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["person.id"], name=op.f("fk_assessment_answer_updated_by_id_person")),
        sa.ForeignKeyConstraint(["verified_by_id"], ["person.id"], name=op.f("fk_assessment_answer_verified_by_id_person")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_assessment_answer_written_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_answer")),
        sa.UniqueConstraint("round_id", "region", "point_key", name=op.f("uq_assessment_answer_round_id")),
    )
    with op.batch_alter_table("assessment_answer", schema=None) as batch_op:
        batch_op.create_index("ix_assessment_answer_order", ["round_id", "region", "position"], unique=False)
        batch_op.create_index(batch_op.f("ix_assessment_answer_point_key"), ["point_key"], unique=False)
        batch_op.create_index(
            "ix_assessment_answer_standing", ["round_id", "region", "chapter_key", "state", "score"], unique=False
        )

    op.create_table(
        "assessment_network_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("point_key", sa.String(length=160), nullable=False),
        sa.Column("score", sa.String(length=20), nullable=False),
        sa.Column("rule", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("agreed", sa.JSON(), nullable=False),
        sa.Column("basis", sa.JSON(), nullable=False),
        sa.Column("dissent", sa.Text(), nullable=False),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["assessment_round.id"], name=op.f("fk_assessment_network_answer_round_id_assessment_round")
        ),
        sa.ForeignKeyConstraint(["updated_by_id"], ["person.id"], name=op.f("fk_assessment_network_answer_updated_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_network_answer")),
        sa.UniqueConstraint("round_id", "point_key", name=op.f("uq_assessment_network_answer_round_id")),
    )
    op.create_table(
        "assessment_outside_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assessment_outside_decision_person_id_person")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["assessment_round.id"], name=op.f("fk_assessment_outside_decision_round_id_assessment_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_outside_decision")),
    )
    with op.batch_alter_table("assessment_outside_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_outside_decision_round_id"), ["round_id"], unique=False)

    op.create_table(
        "assessment_snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assessment_snapshot_person_id_person")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["assessment_round.id"], name=op.f("fk_assessment_snapshot_round_id_assessment_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_snapshot")),
    )
    with op.batch_alter_table("assessment_snapshot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_snapshot_round_id"), ["round_id"], unique=False)

    op.create_table(
        "assessment_transition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("stage_from", sa.String(length=20), nullable=False),
        sa.Column("stage_to", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assessment_transition_person_id_person")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["assessment_round.id"], name=op.f("fk_assessment_transition_round_id_assessment_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_transition")),
    )
    with op.batch_alter_table("assessment_transition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_transition_round_id"), ["round_id"], unique=False)

    op.create_table(
        "assessment_waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assessment_waiver_person_id_person")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["assessment_round.id"], name=op.f("fk_assessment_waiver_round_id_assessment_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_waiver")),
        sa.UniqueConstraint("round_id", "code", name=op.f("uq_assessment_waiver_round_id")),
    )
    op.create_table(
        "assessment_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("state_from", sa.String(length=20), nullable=False),
        sa.Column("state_to", sa.String(length=20), nullable=False),
        sa.Column("score_from", sa.String(length=20), nullable=True),
        sa.Column("score_to", sa.String(length=20), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["assessment_answer.id"], name=op.f("fk_assessment_change_answer_id_assessment_answer")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assessment_change_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_change")),
    )
    with op.batch_alter_table("assessment_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_change_answer_id"), ["answer_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("assessment_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_change_answer_id"))

    op.drop_table("assessment_change")
    op.drop_table("assessment_waiver")
    with op.batch_alter_table("assessment_transition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_transition_round_id"))

    op.drop_table("assessment_transition")
    with op.batch_alter_table("assessment_snapshot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_snapshot_round_id"))

    op.drop_table("assessment_snapshot")
    with op.batch_alter_table("assessment_outside_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_outside_decision_round_id"))

    op.drop_table("assessment_outside_decision")
    op.drop_table("assessment_network_answer")
    with op.batch_alter_table("assessment_answer", schema=None) as batch_op:
        batch_op.drop_index("ix_assessment_answer_standing")
        batch_op.drop_index(batch_op.f("ix_assessment_answer_point_key"))
        batch_op.drop_index("ix_assessment_answer_order")

    op.drop_table("assessment_answer")
    with op.batch_alter_table("assessment_round", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_round_pilot_id"))

    op.drop_table("assessment_round")
