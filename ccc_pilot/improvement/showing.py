"""From actions to what a page shows: standings, names, origins, chips of the filters. Everything a template needs, already decided."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from flask import request, url_for

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.i18n import ngettext
from ccc_pilot.improvement import machine, naming, reading
from ccc_pilot.improvement.listing import Counts, Query
from ccc_pilot.improvement.machine import PlanState, State, Verdict
from ccc_pilot.improvement.models import Action, ActionLink, ImprovementPlan
from ccc_pilot.improvement.words import MOVE_WORDS, PHASE_WORDS, PRIORITY_WORDS, Standing, review_standing, standing
from ccc_pilot.people.doors import Current
from ccc_pilot.web.addresses import path_to

ORIGIN_WORDS = {"finding": _l("Finding"), "decision": _l("Decision"), "meeting": _l("Meeting"), "visit": _l("Site visit")}


@dataclass(frozen=True, slots=True)
class Row:
    """An action as the table shows it."""

    action: Action
    url: str
    report_url: str
    standing: Standing
    review: Standing
    region: str
    owner: str
    phase: str
    priority: str
    origins: list[tuple[str, str]]
    may_report: bool
    may_change: bool
    extra: list[tuple[str, str]] = field(default_factory=list)

    @property
    def pick(self) -> str:
        """How the row is named when it is chosen with others: its id and the version it is chosen at ("12.3")."""
        return f"{self.action.id}.{self.action.version}"


def row(action: Action, known: naming.Names, plan: ImprovementPlan, who: Current, today: date) -> Row:
    """Return one action as the table shows it to ``who`` on the day ``today``."""
    return Row(
        action, path_to("improvement.show", action_id=action.id), path_to("improvement.report", action_id=action.id), standing(action.state, action.percent, action.due, today),
        review_standing(action.review, draft=plan.state == PlanState.RCC_REVIEW and action.state != State.CANCELLED), known.region(action.region), known.owner(action), str(PHASE_WORDS[action.phase]),
        str(PRIORITY_WORDS.get(action.priority, "")), [origin(link) for link in action.links if link.kind == "origin"],
        action.state not in machine.SETTLED and reading.may_report(who, action), may_change(action, who),
        [(column["title"], str(action.extra.get(column["key"], ""))) for column in plan.columns],
    )  # fmt: skip


def may_change(action: Action, who: Current) -> bool:
    """Whether ``who`` may change something of an action in its row: how it goes, or what it says."""
    return action.state not in machine.SETTLED and (reading.may_report(who, action) or reading.may_edit(who, action))


def origin(link: ActionLink) -> tuple[str, str]:
    """Return what an action comes from as (short words, title): of a gap the point's number, else its kind."""
    kind, _colon, rest = link.key.partition(":")
    if kind == "gap":
        return rest.rpartition(":")[2].partition("@")[0] or rest, link.title
    return (str(ORIGIN_WORDS[kind]), link.title) if kind in ORIGIN_WORDS else (link.title or link.key, "")


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that can be clicked."""

    url: str
    label: str
    count: int | None
    current: bool


def chips(plan: ImprovementPlan, query: Query, counts: Counts, who: Current) -> list[Chip]:
    """Return the filters above the table, each with how many actions it holds; what asks something of ``who`` stands first."""
    review = counts.review.get
    ways: list[tuple[str, str, int]] = [
        ("review:waiting", _("To be reviewed"), review(Verdict.WAITING, 0)), ("review:returned", _("Sent back"), review(Verdict.RETURNED, 0)),
        ("standing:late", _("Overdue"), counts.late), ("standing:soon", _("Within two weeks"), counts.soon),
        ("standing:in_progress", _("Under way"), counts.of(State.IN_PROGRESS)), ("standing:blocked", _("Blocked"), counts.of(State.BLOCKED)),
        ("standing:done_claimed", _("To be verified"), counts.of(State.DONE_CLAIMED)),
        ("standing:proposed", _("Suggested"), counts.of(State.PROPOSED)), ("standing:done", _("Verified as done"), counts.of(*machine.DONE)),
    ]  # fmt: skip
    all_chip = Chip(
        address(plan, replace(query, standing="", review="", page=1)),
        _("All"),
        counts.total,
        not query.standing and not query.review,
    )
    return [all_chip, *(_chip(plan, query, *way) for way in ways)]


def _chip(plan: ImprovementPlan, query: Query, key: str, label: str, count: int) -> Chip:
    name, _colon, value = key.partition(":")
    chosen: dict[str, Any] = {"standing": "", "review": "", name: value}
    return Chip(address(plan, replace(query, page=1, **chosen)), label, count, getattr(query, name) == value)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: the address that sorts by it (empty: it cannot), and how it is sorted now (as ``aria-sort`` says it)."""

    label: str
    url: str = ""
    order: str | None = None


def heads(plan: ImprovementPlan, query: Query) -> list[Head]:
    """Return the table's heads, the plan's own columns last: a click sorts, another turns the order round or goes back to the usual."""
    turned = {"due": "due_desc"}
    orders = {"due_desc": "descending"}

    def head(label: str, *sorts: str) -> Head:
        mine = query.sort in sorts
        chosen = turned.get(query.sort, "code") if mine else sorts[0]
        return Head(
            label, address(plan, replace(query, sort=chosen, page=1)), orders.get(query.sort, "ascending") if mine else None
        )

    return [
        head(_("Action"), "title"), Head(_("Gap")), Head(_("Region")), head(_("Responsible"), "owner"), head(_("Due"), "due", "due_desc"),
        Head(_("PDSA")), Head(_("State")), Head(_("RCC")), *(Head(column["title"]) for column in plan.columns),
    ]  # fmt: skip


def given(query: Query) -> dict[str, Any]:
    """Return the parameters of ``query`` that differ from the usual."""
    usual = Query()
    return {
        name: getattr(query, name)
        for name in Query.__dataclass_fields__
        if name != "size" and getattr(query, name) != getattr(usual, name)
    }


def address(plan: ImprovementPlan, query: Query, endpoint: str = "improvement.index", **more: Any) -> str:
    """Return the address of the list of ``plan`` that ``query`` describes, with only what differs from the usual, and ``more``."""
    return url_for(endpoint, plan=plan.id, **given(query), **more)


@dataclass(frozen=True, slots=True)
class Step:
    """A step that may be taken: its name, words, icon, where it is sent, and the fields that it asks for."""

    name: str
    words: str
    icon: str
    url: str
    asks: tuple[str, ...]


ASKS = {
    "block": ("text", "waiting_for"),
    "claim": ("text",),
    "reject": ("text",),
    "check_effect": ("effect", "effect_value", "text"),
    "cancel": ("decision", "text"),
}
ICONS = {
    "agree": "check", "start": "arrow-right", "block": "hourglass", "unblock": "arrow-right", "claim": "progress-check",
    "verify": "circle-check", "reject": "arrow-back-up", "check_effect": "target", "cancel": "circle-x",
}  # fmt: skip


def steps(action: Action, who: Current) -> list[Step]:
    """Return the steps that ``who`` may take with ``action`` as it stands (see ``reading.open_moves``)."""
    return [
        Step(name, str(MOVE_WORDS[name]), ICONS[name], url_for("improvement.move", action_id=action.id, step=name), ASKS.get(name, ()))
        for name in reading.open_moves(who, action)
    ]  # fmt: skip


def sentence(counts: Counts) -> str:
    """Return the answer at the top of the page: "11 of 36 verified as done, 2 overdue, 4 to be reviewed"."""
    live = counts.total - counts.of(State.CANCELLED)
    parts = [_("%(done)s of %(total)s verified as done", done=counts.of(*machine.DONE), total=live)]
    parts.append(ngettext("%(num)s overdue", "%(num)s overdue", counts.late) if counts.late else _("none overdue"))
    waiting, returned = counts.review.get(Verdict.WAITING, 0), counts.review.get(Verdict.RETURNED, 0)
    if waiting:
        parts.append(_("%(n)s to be reviewed by the RCC", n=waiting))
    if returned:
        parts.append(_("%(n)s sent back", n=returned))
    return ", ".join(parts)


def tabs(plan: ImprovementPlan, query: Query) -> list[tuple[str, str, str, bool]]:
    """Return the ways to look at what ``query`` asks for: address, words, icon, whether it is the one that is open."""
    asked = replace(query, page=1)
    ways = (
        ("improvement.index", _("Table"), "table"), ("improvement.board", _("Board"), "layout-dashboard"), ("improvement.timeline", _("Timeline"), "timeline"),
    )  # fmt: skip
    return [(address(plan, asked, endpoint), words, icon, request.endpoint == endpoint) for endpoint, words, icon in ways]


def files(plan: ImprovementPlan, query: Query, who: Current) -> list[tuple[str, str, str]]:
    """Return the files that ``who`` may take the table out as: address, label and icon; none where they may not."""
    if not who.may("improvement.export"):
        return []
    kinds = (
        ("xlsx", "Excel", "file-spreadsheet"),
        ("docx", "Word", "file-type-docx"),
        ("pdf", "PDF", "file-type-pdf"),
        ("csv", "CSV", "table"),
    )
    return [(address(plan, replace(query, page=1), f"improvement.export_{kind}"), label, icon) for kind, label, icon in kinds]
