"""Plans of improvement: actions with their origins and history, versions, reviews, remarks, saved views and changes of several."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "improvement_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("feeds_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("confidence", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["feeds_id"], ["improvement_plan.id"], name=op.f("fk_improvement_plan_feeds_id_improvement_plan")
        ),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_improvement_plan_pilot_id_pilot")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["person.id"], name=op.f("fk_improvement_plan_updated_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_plan")),
    )
    with op.batch_alter_table("improvement_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_improvement_plan_pilot_id"), ["pilot_id"], unique=False)

    op.create_table(
        "improvement_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("current", sa.Text(), nullable=False),
        sa.Column("causes", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("measured", sa.Text(), nullable=False),
        sa.Column("measured_by", sa.String(length=200), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("keep", sa.Text(), nullable=False),
        sa.Column("promise", sa.String(length=20), nullable=False),
        sa.Column("indicator", sa.String(length=200), nullable=False),
        sa.Column("baseline", sa.String(length=100), nullable=False),
        sa.Column("aim", sa.String(length=100), nullable=False),
        sa.Column("for_patients", sa.Text(), nullable=False),
        sa.Column("for_staff", sa.Text(), nullable=False),
        sa.Column("for_governance", sa.Text(), nullable=False),
        sa.Column("post_key", sa.String(length=40), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("owner_words", sa.String(length=200), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("first_due", sa.Date(), nullable=True),
        sa.Column("due_reason", sa.Text(), nullable=False),
        sa.Column("shifts", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=10), nullable=False),
        sa.Column("priority", sa.String(length=10), nullable=False),
        sa.Column("effort", sa.String(length=200), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("blocked_reason", sa.Text(), nullable=False),
        sa.Column("waiting_for", sa.String(length=200), nullable=False),
        sa.Column("decision", sa.String(length=160), nullable=False),
        sa.Column("claimed_on", sa.Date(), nullable=True),
        sa.Column("claimed_by_id", sa.Integer(), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("effect", sa.String(length=20), nullable=False),
        sa.Column("effect_value", sa.String(length=100), nullable=False),
        sa.Column("review", sa.String(length=20), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("confidence", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["claimed_by_id"], ["person.id"], name=op.f("fk_improvement_action_claimed_by_id_person")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_improvement_action_created_by_id_person")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_improvement_action_owner_id_person")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["improvement_plan.id"], name=op.f("fk_improvement_action_plan_id_improvement_plan")
        ),
        sa.ForeignKeyConstraint(["post_key"], ["post.key"], name=op.f("fk_improvement_action_post_key_post")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["person.id"], name=op.f("fk_improvement_action_updated_by_id_person")),
        sa.ForeignKeyConstraint(["verified_by_id"], ["person.id"], name=op.f("fk_improvement_action_verified_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_action")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_improvement_action_plan_id")),
    )
    with op.batch_alter_table("improvement_action", schema=None) as batch_op:
        batch_op.create_index("ix_improvement_action_owner", ["owner_id", "state"], unique=False)
        batch_op.create_index("ix_improvement_action_review", ["plan_id", "review"], unique=False)
        batch_op.create_index("ix_improvement_action_standing", ["plan_id", "state", "due"], unique=False)

    op.create_table(
        "improvement_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_improvement_batch_person_id_person")),
        sa.ForeignKeyConstraint(["plan_id"], ["improvement_plan.id"], name=op.f("fk_improvement_batch_plan_id_improvement_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_batch")),
    )
    op.create_table(
        "improvement_gap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("region", sa.String(length=20), nullable=False),
        sa.Column("core", sa.Boolean(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("risk_decision", sa.String(length=160), nullable=False),
        sa.Column("risk_reason", sa.Text(), nullable=False),
        sa.Column("risk_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("risk_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["improvement_plan.id"], name=op.f("fk_improvement_gap_plan_id_improvement_plan")),
        sa.ForeignKeyConstraint(["risk_by_id"], ["person.id"], name=op.f("fk_improvement_gap_risk_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_gap")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_improvement_gap_plan_id")),
    )
    op.create_table(
        "improvement_plan_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state_from", sa.String(length=30), nullable=False),
        sa.Column("state_to", sa.String(length=30), nullable=False),
        sa.Column("region", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_improvement_plan_step_person_id_person")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["improvement_plan.id"], name=op.f("fk_improvement_plan_step_plan_id_improvement_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_plan_step")),
    )
    with op.batch_alter_table("improvement_plan_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_improvement_plan_step_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "improvement_plan_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(length=200), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_improvement_plan_version_person_id_person")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["improvement_plan.id"], name=op.f("fk_improvement_plan_version_plan_id_improvement_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_plan_version")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_improvement_plan_version_plan_id")),
    )
    op.create_table(
        "improvement_reviewer",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_improvement_reviewer_person_id_person")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["improvement_plan.id"], name=op.f("fk_improvement_reviewer_plan_id_improvement_plan")
        ),
        sa.PrimaryKeyConstraint("plan_id", "person_id", name=op.f("pk_improvement_reviewer")),
    )
    op.create_table(
        "improvement_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_improvement_view_person_id_person")),
        sa.ForeignKeyConstraint(["plan_id"], ["improvement_plan.id"], name=op.f("fk_improvement_view_plan_id_improvement_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_view")),
        sa.UniqueConstraint("plan_id", "person_id", "title", name=op.f("uq_improvement_view_plan_id")),
    )
    op.create_table(
        "improvement_batch_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["improvement_action.id"], name=op.f("fk_improvement_batch_part_action_id_improvement_action")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["improvement_batch.id"], name=op.f("fk_improvement_batch_part_batch_id_improvement_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_batch_part")),
        sa.UniqueConstraint("batch_id", "action_id", name=op.f("uq_improvement_batch_part_batch_id")),
    )
    op.create_table(
        "improvement_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("phase", sa.String(length=10), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["improvement_action.id"], name=op.f("fk_improvement_change_action_id_improvement_action")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_improvement_change_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_change")),
    )
    with op.batch_alter_table("improvement_change", schema=None) as batch_op:
        batch_op.create_index("ix_improvement_change_action_at", ["action_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_improvement_change_person_id"), ["person_id"], unique=False)

    op.create_table(
        "improvement_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["improvement_action.id"], name=op.f("fk_improvement_link_action_id_improvement_action")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_link")),
        sa.UniqueConstraint("action_id", "kind", "key", name=op.f("uq_improvement_link_action_id")),
    )
    with op.batch_alter_table("improvement_link", schema=None) as batch_op:
        batch_op.create_index("ix_improvement_link_key", ["key"], unique=False)

    op.create_table(
        "improvement_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("answers_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retracted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retracted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["action_id"], ["improvement_action.id"], name=op.f("fk_improvement_remark_action_id_improvement_action")
        ),
        sa.ForeignKeyConstraint(
            ["answers_id"], ["improvement_remark.id"], name=op.f("fk_improvement_remark_answers_id_improvement_remark")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_improvement_remark_person_id_person")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["improvement_plan.id"], name=op.f("fk_improvement_remark_plan_id_improvement_plan")
        ),
        sa.ForeignKeyConstraint(["retracted_by_id"], ["person.id"], name=op.f("fk_improvement_remark_retracted_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_remark")),
    )
    with op.batch_alter_table("improvement_remark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_improvement_remark_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_improvement_remark_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "improvement_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["improvement_action.id"], name=op.f("fk_improvement_review_action_id_improvement_action")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_improvement_review_person_id_person")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["improvement_plan.id"], name=op.f("fk_improvement_review_plan_id_improvement_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_review")),
    )
    with op.batch_alter_table("improvement_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_improvement_review_action_id"), ["action_id"], unique=False)
        batch_op.create_index("ix_improvement_review_plan", ["plan_id", "number", "stands"], unique=False)

    op.create_table(
        "improvement_tag",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["improvement_action.id"], name=op.f("fk_improvement_tag_action_id_improvement_action")
        ),
        sa.PrimaryKeyConstraint("action_id", "tag", name=op.f("pk_improvement_tag")),
    )
    op.create_table(
        "improvement_mention",
        sa.Column("remark_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_improvement_mention_person_id_person")),
        sa.ForeignKeyConstraint(
            ["remark_id"], ["improvement_remark.id"], name=op.f("fk_improvement_mention_remark_id_improvement_remark")
        ),
        sa.PrimaryKeyConstraint("remark_id", "person_id", name=op.f("pk_improvement_mention")),
    )
    with op.batch_alter_table("improvement_mention", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_improvement_mention_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("improvement_mention", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_improvement_mention_person_id"))

    op.drop_table("improvement_mention")
    op.drop_table("improvement_tag")
    with op.batch_alter_table("improvement_review", schema=None) as batch_op:
        batch_op.drop_index("ix_improvement_review_plan")
        batch_op.drop_index(batch_op.f("ix_improvement_review_action_id"))

    op.drop_table("improvement_review")
    with op.batch_alter_table("improvement_remark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_improvement_remark_plan_id"))
        batch_op.drop_index(batch_op.f("ix_improvement_remark_action_id"))

    op.drop_table("improvement_remark")
    with op.batch_alter_table("improvement_link", schema=None) as batch_op:
        batch_op.drop_index("ix_improvement_link_key")

    op.drop_table("improvement_link")
    with op.batch_alter_table("improvement_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_improvement_change_person_id"))
        batch_op.drop_index("ix_improvement_change_action_at")

    op.drop_table("improvement_change")
    op.drop_table("improvement_batch_part")
    op.drop_table("improvement_view")
    op.drop_table("improvement_reviewer")
    op.drop_table("improvement_plan_version")
    with op.batch_alter_table("improvement_plan_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_improvement_plan_step_plan_id"))

    op.drop_table("improvement_plan_step")
    op.drop_table("improvement_gap")
    op.drop_table("improvement_batch")
    with op.batch_alter_table("improvement_action", schema=None) as batch_op:
        batch_op.drop_index("ix_improvement_action_standing")
        batch_op.drop_index("ix_improvement_action_review")
        batch_op.drop_index("ix_improvement_action_owner")

    op.drop_table("improvement_action")
    with op.batch_alter_table("improvement_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_improvement_plan_pilot_id"))

    op.drop_table("improvement_plan")
