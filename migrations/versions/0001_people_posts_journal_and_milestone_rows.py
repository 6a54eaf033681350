"""People, posts, journal and milestone rows.

Numbered sentence; keep data, write both ways, import nothing from ccc_pilot. Make a column first (nullable or with a
server default), fill it, then tighten it, so that the version before can still read.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index("ix_attempt_kind_subject_at", ["kind", "subject", "at"], unique=False)

    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_kind", sa.String(length=20), nullable=False),
        sa.Column("event", sa.String(length=60), nullable=False),
        sa.Column("object_key", sa.String(length=200), nullable=False),
        sa.Column("region", sa.String(length=20), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
        sa.UniqueConstraint("prev", name=op.f("uq_journal_prev")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_event"), ["event"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_object_key"), ["object_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_region"), ["region"], unique=False)

    op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_head")),
    )
    op.create_table(
        "organisation",
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("short", sa.String(length=40), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("parent_key", sa.String(length=20), nullable=True),
        sa.Column("hospital", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["parent_key"], ["organisation.key"], name=op.f("fk_organisation_parent_key_organisation")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_organisation")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("factor_secret", sa.String(length=64), nullable=False),
        sa.Column("factor_step", sa.Integer(), nullable=False),
        sa.Column("factor_reset_by_id", sa.Integer(), nullable=True),
        sa.Column("link_seal", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["factor_reset_by_id"], ["person.id"], name=op.f("fk_person_factor_reset_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "body",
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("short", sa.String(length=40), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=False),
        sa.Column("organisation_key", sa.String(length=20), nullable=False),
        sa.Column("minutes", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["organisation_key"], ["organisation.key"], name=op.f("fk_body_organisation_key_organisation")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_body")),
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("form_path", sa.String(length=300), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draft_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("person_id", "form_path", name=op.f("uq_draft_person_id")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_saved_at"), ["saved_at"], unique=False)

    op.create_table(
        "login_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_login_session_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_login_session_token_hash")),
    )
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "pilot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("network_key", sa.String(length=20), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("start_confidence", sa.String(length=20), nullable=False),
        sa.Column("length_months", sa.Integer(), nullable=False),
        sa.Column("plan_keys", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["network_key"], ["organisation.key"], name=op.f("fk_pilot_network_key_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot")),
        sa.UniqueConstraint("key", name=op.f("uq_pilot_key")),
    )
    op.create_table(
        "processed_form",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("form_key", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_processed_form_person_id_person")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_processed_form")),
    )
    with op.batch_alter_table("processed_form", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_processed_form_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_processed_form_form_key"), ["form_key"], unique=False)

    op.create_table(
        "assumption_verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assumption_verdict_person_id_person")),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_assumption_verdict_pilot_id_pilot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assumption_verdict")),
        sa.UniqueConstraint("pilot_id", "key", name=op.f("uq_assumption_verdict_pilot_id")),
    )
    op.create_table(
        "milestone_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_milestone_batch_person_id_person")),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_milestone_batch_pilot_id_pilot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_batch")),
    )
    op.create_table(
        "milestone_dependency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("waits_for", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_milestone_dependency_person_id_person")),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_milestone_dependency_pilot_id_pilot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_dependency")),
        sa.UniqueConstraint("pilot_id", "key", "waits_for", name=op.f("uq_milestone_dependency_pilot_id")),
    )
    op.create_table(
        "milestone_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("plan_key", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("occurrence", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=40), nullable=False),
        sa.Column("owner_role", sa.String(length=40), nullable=False),
        sa.Column("reporting", sa.Boolean(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_milestone_line_pilot_id_pilot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_line")),
        sa.UniqueConstraint("pilot_id", "key", "occurrence", name=op.f("uq_milestone_line_pilot_id")),
    )
    with op.batch_alter_table("milestone_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_line_key"), ["key"], unique=False)
        batch_op.create_index("ix_milestone_line_order", ["pilot_id", "position", "occurrence"], unique=False)

    op.create_table(
        "pilot_region",
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("organisation_key", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_key"], ["organisation.key"], name=op.f("fk_pilot_region_organisation_key_organisation")
        ),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_pilot_region_pilot_id_pilot")),
        sa.PrimaryKeyConstraint("pilot_id", "organisation_key", name=op.f("pk_pilot_region")),
    )
    op.create_table(
        "post",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("organisation_key", sa.String(length=20), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=True),
        sa.Column("title_sv", sa.String(length=120), nullable=False),
        sa.Column("title_en", sa.String(length=120), nullable=False),
        sa.Column("optional", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["organisation_key"], ["organisation.key"], name=op.f("fk_post_organisation_key_organisation")),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_post_pilot_id_pilot")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_post")),
    )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_role"), ["role"], unique=False)

    op.create_table(
        "holding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_key", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("share_percent", sa.Integer(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("handover_note", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name=op.f("fk_holding_approved_by_id_person")),
        sa.ForeignKeyConstraint(["deputy_id"], ["person.id"], name=op.f("fk_holding_deputy_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_holding_person_id_person")),
        sa.ForeignKeyConstraint(["post_key"], ["post.key"], name=op.f("fk_holding_post_key_post")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_holding_proposed_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holding")),
    )
    with op.batch_alter_table("holding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_holding_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_holding_post_since", ["post_key", "since"], unique=False)

    op.create_table(
        "milestone_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retracted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retracted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["line_id"], ["milestone_line.id"], name=op.f("fk_milestone_comment_line_id_milestone_line")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_milestone_comment_person_id_person")),
        sa.ForeignKeyConstraint(["retracted_by_id"], ["person.id"], name=op.f("fk_milestone_comment_retracted_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_comment")),
    )
    with op.batch_alter_table("milestone_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_comment_line_id"), ["line_id"], unique=False)

    op.create_table(
        "milestone_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["line_id"], ["milestone_line.id"], name=op.f("fk_milestone_link_line_id_milestone_line")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_milestone_link_person_id_person")),
        sa.ForeignKeyConstraint(["removed_by_id"], ["person.id"], name=op.f("fk_milestone_link_removed_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_link")),
    )
    with op.batch_alter_table("milestone_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_link_line_id"), ["line_id"], unique=False)

    op.create_table(
        "milestone_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=20), nullable=False),
        sa.Column("recurs", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("first_due", sa.Date(), nullable=True),
        sa.Column("assumed", sa.Boolean(), nullable=False),
        sa.Column("due_by_hand", sa.Boolean(), nullable=False),
        sa.Column("due_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["line_id"], ["milestone_line.id"], name=op.f("fk_milestone_row_line_id_milestone_line")),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_milestone_row_pilot_id_pilot")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["person.id"], name=op.f("fk_milestone_row_updated_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_row")),
        sa.UniqueConstraint("line_id", "region", name=op.f("uq_milestone_row_line_id")),
    )
    with op.batch_alter_table("milestone_row", schema=None) as batch_op:
        batch_op.create_index("ix_milestone_row_due", ["pilot_id", "due"], unique=False)
        batch_op.create_index("ix_milestone_row_line_due", ["line_id", "due"], unique=False)
        batch_op.create_index(
            "ix_milestone_row_standing", ["pilot_id", "region", "status", "due", "recurs", "assumed"], unique=False
        )

    op.create_table(
        "milestone_batch_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status_before", sa.String(length=20), nullable=False),
        sa.Column("percent_before", sa.Integer(), nullable=False),
        sa.Column("comment_before", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["milestone_batch.id"], name=op.f("fk_milestone_batch_part_batch_id_milestone_batch")
        ),
        sa.ForeignKeyConstraint(["row_id"], ["milestone_row.id"], name=op.f("fk_milestone_batch_part_row_id_milestone_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_batch_part")),
        sa.UniqueConstraint("batch_id", "row_id", name=op.f("uq_milestone_batch_part_batch_id")),
    )
    op.create_table(
        "milestone_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("status_from", sa.String(length=20), nullable=False),
        sa.Column("status_to", sa.String(length=20), nullable=False),
        sa.Column("percent_from", sa.Integer(), nullable=True),
        sa.Column("percent_to", sa.Integer(), nullable=True),
        sa.Column("due_from", sa.Date(), nullable=True),
        sa.Column("due_to", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_milestone_change_person_id_person")),
        sa.ForeignKeyConstraint(["row_id"], ["milestone_row.id"], name=op.f("fk_milestone_change_row_id_milestone_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_change")),
    )
    with op.batch_alter_table("milestone_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_change_row_id"), ["row_id"], unique=False)

    op.execute("INSERT INTO journal_head (id, seq, hash) VALUES (1, 0, '" + "0" * 64 + "')")
    _close_the_journal()


def _close_the_journal() -> None:
    """Entries are only ever added: the database itself refuses to change or delete one."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION journal_is_closed() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the journal is only added to'; END $$"
        )
        op.execute(
            "CREATE TRIGGER journal_is_closed BEFORE UPDATE OR DELETE ON journal "
            "FOR EACH ROW EXECUTE FUNCTION journal_is_closed()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER journal_no_{verb.lower()} BEFORE {verb} ON journal "
            "BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER journal_is_closed ON journal")
        op.execute("DROP FUNCTION journal_is_closed()")
    with op.batch_alter_table("milestone_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestone_change_row_id"))

    op.drop_table("milestone_change")
    op.drop_table("milestone_batch_part")
    with op.batch_alter_table("milestone_row", schema=None) as batch_op:
        batch_op.drop_index("ix_milestone_row_standing")
        batch_op.drop_index("ix_milestone_row_line_due")
        batch_op.drop_index("ix_milestone_row_due")

    op.drop_table("milestone_row")
    with op.batch_alter_table("milestone_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestone_link_line_id"))

    op.drop_table("milestone_link")
    with op.batch_alter_table("milestone_comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestone_comment_line_id"))

    op.drop_table("milestone_comment")
    with op.batch_alter_table("holding", schema=None) as batch_op:
        batch_op.drop_index("ix_holding_post_since")
        batch_op.drop_index(batch_op.f("ix_holding_person_id"))

    op.drop_table("holding")
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_post_role"))

    op.drop_table("post")
    op.drop_table("pilot_region")
    with op.batch_alter_table("milestone_line", schema=None) as batch_op:
        batch_op.drop_index("ix_milestone_line_order")
        batch_op.drop_index(batch_op.f("ix_milestone_line_key"))

    op.drop_table("milestone_line")
    op.drop_table("milestone_dependency")
    op.drop_table("milestone_batch")
    op.drop_table("assumption_verdict")
    with op.batch_alter_table("processed_form", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_processed_form_form_key"))
        batch_op.drop_index(batch_op.f("ix_processed_form_at"))

    op.drop_table("processed_form")
    op.drop_table("pilot")
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_session_person_id"))

    op.drop_table("login_session")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_saved_at"))

    op.drop_table("draft")
    op.drop_table("body")
    op.drop_table("person")
    op.drop_table("organisation")
    op.drop_table("journal_head")
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_region"))
        batch_op.drop_index(batch_op.f("ix_journal_object_key"))
        batch_op.drop_index(batch_op.f("ix_journal_event"))
        batch_op.drop_index(batch_op.f("ix_journal_actor_id"))

    op.drop_table("journal")
    op.drop_table("heartbeat")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_attempt_kind_subject_at")

    op.drop_table("attempt")
