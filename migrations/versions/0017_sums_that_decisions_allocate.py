"""The money that decisions allocate, as sums with account, years and recipient; what was linked in words alone becomes a sum not known."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

LINK = sa.table(
    "decision_link", *(sa.column(name) for name in ("id", "decision_id", "relation", "object_key", "note"))
)  # fmt: skip
SUM = sa.table("decision_sum", *(sa.column(name) for name in ("id", "decision_id", "account", "amount", "year", "last_year", "object_key", "recipient", "note", "source", "source_ref")))  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "decision_sum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=200), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("last_year", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.String(length=200), nullable=False),
        sa.Column("object_key", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("source_ref", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_sum_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_sum")),
    )
    op.create_index(op.f("ix_decision_sum_decision_id"), "decision_sum", ["decision_id"])
    told = op.get_bind().execute(sa.select(LINK).where(LINK.c.relation == "allocates").order_by(LINK.c.id)).all()
    rows = [
        {"decision_id": row.decision_id, "account": (row.note or row.object_key)[:200], "object_key": row.object_key, "recipient": "", "note": row.note[200:], "source": "", "source_ref": ""}
        for row in told
    ]  # fmt: skip
    if rows:
        op.bulk_insert(SUM, rows)
        op.execute(sa.delete(LINK).where(LINK.c.relation == "allocates"))


def downgrade() -> None:
    told = op.get_bind().execute(sa.select(SUM).order_by(SUM.c.id)).all()
    rows = [{"decision_id": row.decision_id, "relation": "allocates", "object_key": row.object_key, "note": _in_words(row)} for row in told]  # fmt: skip
    if rows:
        op.bulk_insert(LINK, rows)
    op.drop_table("decision_sum")


def _in_words(row: sa.Row) -> str:
    """A sum as the note of a link: what was split off comes first, then what the link had no place for."""
    years = "–".join(str(year) for year in (row.year, row.last_year) if year)
    more = [row.recipient, f"{row.amount} kr" if row.amount is not None else "", years]
    return "; ".join(part for part in (row.account + row.note, *more) if part)[:300]
