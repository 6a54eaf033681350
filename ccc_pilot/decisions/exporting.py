"""The log of decisions as a table for office programs: what is on the screen, all pages of it."""

from collections.abc import Iterator, Mapping, Sequence

from ccc_pilot.decisions import showing
from ccc_pilot.decisions.models import Decision
from ccc_pilot.decisions.reading import DecisionFact
from ccc_pilot.i18n import gettext as _
from ccc_pilot.office.tables import Column, Kind, Table, Value
from ccc_pilot.people.models import Body


def table(rows: Sequence[Decision], bodies: Mapping[str, Body], owed: Mapping[int, DecisionFact]) -> Table:
    """Return the table of ``rows``; ``owed``: the decisions with a debt, by id. A proposal's text stands in a column of its own."""
    columns = (
        Column(_("Number"), width=18), Column(_("Matter"), width=36), Column(_("Kind"), width=18), Column(_("Body"), width=22),
        Column(_("Day"), width=12), Column(_("Status"), width=18), Column(_("Proposal"), width=60), Column(_("Decided text"), width=60),
        Column(_("Conditions"), width=30), Column(_("Carried out by"), width=26), Column(_("Due"), Kind.DAY, 12),
        Column(_("Review on"), Kind.DAY, 12), Column(_("Not followed up"), width=24), Column(_("Allocates money"), width=40), Column(_("Source"), width=30), Column(_("Confidence"), width=12),
    )  # fmt: skip
    return Table(_("Decisions"), columns, _rows(rows, bodies, owed))


def _rows(rows: Sequence[Decision], bodies: Mapping[str, Body], owed: Mapping[int, DecisionFact]) -> Iterator[tuple[Value, ...]]:
    for row in rows:
        shown = showing.decision(row, bodies, owed)
        yield (
            shown.number, shown.title, shown.kind, shown.body, shown.when, shown.standing.word, row.proposal, row.decided, row.conditions,
            row.executor, row.due, row.review_on, ", ".join(one.word for one in shown.owed),
            "\n".join(showing.sum_line(one) for one in row.sums), " ".join(filter(None, (row.source, row.source_ref))), row.confidence,
        )  # fmt: skip
