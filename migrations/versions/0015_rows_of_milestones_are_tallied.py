"""How many rows stand where is kept by the database itself; what is reported on and what recurs is found in order.

The overview of twenty thousand rows then costs what that of two hundred does. Triggers keep the tally, so that whoever writes a row
need not think of it, and nothing can be forgotten.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

WATCHED = "pilot_id, region, status"
ADD = (
    "INSERT INTO milestone_tally (pilot_id, region, status, n) VALUES ({row}.pilot_id, {row}.region, {row}.status, {n}) "
    "ON CONFLICT (pilot_id, region, status) DO UPDATE SET n = milestone_tally.n + {n};"
)
MOVED = "(old.pilot_id, old.region, old.status) <> (new.pilot_id, new.region, new.status)"


def upgrade() -> None:
    op.create_table(
        "milestone_tally",
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_milestone_tally_pilot_id_pilot")),
        sa.PrimaryKeyConstraint("pilot_id", "region", "status", name=op.f("pk_milestone_tally")),
    )
    op.execute(f"INSERT INTO milestone_tally ({WATCHED}, n) SELECT {WATCHED}, count(*) FROM milestone_row GROUP BY {WATCHED}")
    _follow()
    op.drop_index("ix_milestone_line_reporting", table_name="milestone_line")
    op.create_index("ix_milestone_line_reporting", "milestone_line", ["pilot_id", "reporting", "position", "occurrence"])
    op.create_index("ix_milestone_row_recurring", "milestone_row", ["pilot_id", "recurs", "region", "status", "due"])


def _follow() -> None:
    """Let the tally follow the rows."""
    gone, come = ADD.format(row="old", n=-1), ADD.format(row="new", n=1)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION milestone_tally_follows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'UPDATE' AND NOT {MOVED} THEN RETURN NULL; END IF; "
            f"IF TG_OP <> 'INSERT' THEN {gone} END IF; IF TG_OP <> 'DELETE' THEN {come} END IF; RETURN NULL; END $$"
        )
        op.execute(
            f"CREATE TRIGGER milestone_tally_follows AFTER INSERT OR DELETE OR UPDATE OF {WATCHED} ON milestone_row "
            "FOR EACH ROW EXECUTE FUNCTION milestone_tally_follows()"
        )
        return
    op.execute(f"CREATE TRIGGER milestone_tally_come AFTER INSERT ON milestone_row BEGIN {come} END")
    op.execute(f"CREATE TRIGGER milestone_tally_gone AFTER DELETE ON milestone_row BEGIN {gone} END")
    op.execute(
        f"CREATE TRIGGER milestone_tally_moved AFTER UPDATE OF {WATCHED} ON milestone_row WHEN {MOVED} BEGIN {gone} {come} END"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER milestone_tally_follows ON milestone_row")
        op.execute("DROP FUNCTION milestone_tally_follows()")
    else:
        for name in ("come", "gone", "moved"):
            op.execute(f"DROP TRIGGER milestone_tally_{name}")
    op.drop_index("ix_milestone_row_recurring", table_name="milestone_row")
    op.drop_index("ix_milestone_line_reporting", table_name="milestone_line")
    op.create_index("ix_milestone_line_reporting", "milestone_line", ["pilot_id", "reporting"])
    op.drop_table("milestone_tally")
