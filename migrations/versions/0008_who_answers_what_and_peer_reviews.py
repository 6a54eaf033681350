"""Who answers what, what is said of points, what is carried forward, and peer reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assessment_assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=20), nullable=False),
        sa.Column("scope_key", sa.String(length=160), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_assessment_assignment_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assessment_assignment_person_id_person")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["assessment_round.id"], name=op.f("fk_assessment_assignment_round_id_assessment_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_assignment")),
    )
    with op.batch_alter_table("assessment_assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_assignment_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_assessment_assignment_round", ["round_id", "region", "scope_key"], unique=False)

    op.create_table(
        "assessment_thread",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("point_key", sa.String(length=160), nullable=False),
        sa.Column("region", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["resolved_by_id"], ["person.id"], name=op.f("fk_assessment_thread_resolved_by_id_person")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["assessment_round.id"], name=op.f("fk_assessment_thread_round_id_assessment_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_thread")),
    )
    with op.batch_alter_table("assessment_thread", schema=None) as batch_op:
        batch_op.create_index("ix_assessment_thread_point", ["round_id", "point_key"], unique=False)

    op.create_table(
        "assessment_carried",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("judged_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["assessment_answer.id"], name=op.f("fk_assessment_carried_answer_id_assessment_answer")
        ),
        sa.ForeignKeyConstraint(["judged_by_id"], ["person.id"], name=op.f("fk_assessment_carried_judged_by_id_person")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["assessment_answer.id"], name=op.f("fk_assessment_carried_source_id_assessment_answer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_carried")),
        sa.UniqueConstraint("answer_id", "source_id", name=op.f("uq_assessment_carried_answer_id")),
    )
    with op.batch_alter_table("assessment_carried", schema=None) as batch_op:
        batch_op.create_index("ix_assessment_carried_source", ["source_id"], unique=False)

    op.create_table(
        "assessment_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assessment_comment_person_id_person")),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["assessment_thread.id"], name=op.f("fk_assessment_comment_thread_id_assessment_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_comment")),
    )
    with op.batch_alter_table("assessment_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_comment_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "assessment_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_assessment_review_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assessment_review_person_id_person")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["assessment_round.id"], name=op.f("fk_assessment_review_round_id_assessment_round")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["assessment_snapshot.id"], name=op.f("fk_assessment_review_snapshot_id_assessment_snapshot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_review")),
    )
    with op.batch_alter_table("assessment_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_review_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assessment_review_round_id"), ["round_id"], unique=False)

    op.create_table(
        "assessment_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("point_keys", sa.JSON(), nullable=False),
        sa.Column("region", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("retracted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assessment_finding_person_id_person")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["assessment_review.id"], name=op.f("fk_assessment_finding_review_id_assessment_review")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["assessment_round.id"], name=op.f("fk_assessment_finding_round_id_assessment_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_finding")),
    )
    with op.batch_alter_table("assessment_finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_finding_round_id"), ["round_id"], unique=False)

    op.create_table(
        "assessment_peer_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("point_key", sa.String(length=160), nullable=False),
        sa.Column("score", sa.String(length=20), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["assessment_review.id"], name=op.f("fk_assessment_peer_answer_review_id_assessment_review")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_peer_answer")),
        sa.UniqueConstraint("review_id", "point_key", name=op.f("uq_assessment_peer_answer_review_id")),
    )


def downgrade() -> None:
    op.drop_table("assessment_peer_answer")
    with op.batch_alter_table("assessment_finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_finding_round_id"))

    op.drop_table("assessment_finding")
    with op.batch_alter_table("assessment_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_review_round_id"))
        batch_op.drop_index(batch_op.f("ix_assessment_review_person_id"))

    op.drop_table("assessment_review")
    with op.batch_alter_table("assessment_comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_comment_thread_id"))

    op.drop_table("assessment_comment")
    with op.batch_alter_table("assessment_carried", schema=None) as batch_op:
        batch_op.drop_index("ix_assessment_carried_source")

    op.drop_table("assessment_carried")
    with op.batch_alter_table("assessment_thread", schema=None) as batch_op:
        batch_op.drop_index("ix_assessment_thread_point")

    op.drop_table("assessment_thread")
    with op.batch_alter_table("assessment_assignment", schema=None) as batch_op:
        batch_op.drop_index("ix_assessment_assignment_round")
        batch_op.drop_index(batch_op.f("ix_assessment_assignment_person_id"))

    op.drop_table("assessment_assignment")
