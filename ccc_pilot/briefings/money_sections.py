"""The money line: what the proposals and decisions give to whom, from which account, in which years; and what the plan's actions cost."""

from collections.abc import Mapping, Sequence
from typing import Any

from ccc_pilot.briefings.telling import Told
from ccc_pilot.decisions.rules import IN_FORCE, DecisionState
from ccc_pilot.decisions.words import DECISION_WORDS
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import ngettext
from ccc_pilot.office.blocks import Block, Cell, Grid, Paragraph, Run, Runs, plain
from ccc_pilot.web.filters import kronor

Row = Mapping[str, Any]


def money(told: Told) -> tuple[Block, ...]:
    """A table of the sums, what is decided and what is only proposed, and what of it is not known; then the cost of the plan's actions."""
    found = [(decision, one) for decision in told.snapshot.get("money", ()) for one in decision["sums"]]
    blocks: list[Block] = []
    if found:
        header = (_("Decision"), _("Account or source"), _("Year"), _("To whom"), _("Amount"), _("Status"))
        rows = tuple(_row(told, decision, one) for decision, one in found)
        blocks = [Grid(header, rows, _("Money in proposals and decisions"), (2.6, 3, 1.3, 2, 1.7, 1.5), frozenset({4}))]
        blocks.append(Paragraph(plain(_totals(found))))
    notes = (Paragraph(_note(told, one), "note") for _decision, one in found if one["note"] or one["key"])
    return (*blocks, *notes, *_cost(told))


def _row(told: Told, decision: Row, one: Row) -> tuple[Cell, ...]:
    page = {"decision_id": decision["id"]}
    return (
        told.link(decision["number"] or decision["title"], "decisions.decision", **page), one["account"], one["years"] or "–", one["recipient"] or "–",
        told.link(kronor(one["amount"]), "decisions.decision", **page, _anchor=f"sum-{one['id']}"), str(DECISION_WORDS[DecisionState(decision["status"])]),
    )  # fmt: skip


def _note(told: Told, one: Row) -> Runs:
    """What is said of a sum, and how the milestone stands that it is for."""
    milestone = _("Milestone")
    runs = [Run(": ".join(filter(None, (one["account"], one["note"]))))]
    for row in (row for row in told.rows.values() if f"{row.plan}:{row.slug}" == one["key"].partition("@")[0]):
        runs += [
            Run(f" {milestone}: "),
            told.row_link(row),
            Run(f" ({told.region(row.region)}, {told.status(row).lower()})."),
        ]
    return tuple(runs)


def _totals(found: Sequence[tuple[Row, Row]]) -> str:
    """What is decided and what is proposed, each as far as it is known; a sum that is not known is told as such, never as nothing."""
    parts = []
    for words, sums in (
        (_("Decided: %(amount)s"), [one for decision, one in found if decision["status"] in IN_FORCE]),
        (_("Proposed, not decided: %(amount)s"), [one for decision, one in found if decision["status"] not in IN_FORCE]),
    ):
        known = [one["amount"] for one in sums if one["amount"] is not None]
        if sums:
            unknown = len(sums) - len(known)
            said = kronor(sum(known)) if known else _("no amount known")
            more = ngettext("%(num)s sum not known", "%(num)s sums not known", unknown) if unknown and known else ""
            parts.append(words % {"amount": f"{said} ({more})" if more else said})
    return ". ".join(parts) + "."


def _cost(told: Told) -> tuple[Block, ...]:
    """What the actions of the improvement plan cost, as far as it is told."""
    plan = told.snapshot.get("improvement")
    actions = plan["actions"] if plan else []
    known = [one["cost"] for one in actions if one.get("cost") is not None]
    if not plan or not known:
        return ()
    words = _("%(known)s of %(total)s actions have a cost told", known=len(known), total=len(actions))
    runs: Runs = (
        Run(_("The actions of the improvement plan: ")),
        told.link(kronor(sum(known)), "improvement.plan", plan_id=plan["id"]), Run(f" ({words})."),
    )  # fmt: skip
    return (Paragraph(runs),)
