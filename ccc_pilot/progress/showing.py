"""What stands around a list of milestones: chips of the filters, tabs, heads and files, each with its address, already decided."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flask import request, url_for

from ccc_pilot.catalogue import Fixed, Item, Offset, PlanMonths, Recurrence
from ccc_pilot.dates import format_span
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import language
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.people.doors import Current
from ccc_pilot.progress.narrowing import Query
from ccc_pilot.progress.rules import Counts

OFTEN = {
    "monthly": _l("every month"),
    "quarterly": _l("every quarter"),
    "half_yearly": _l("every half year"),
    "yearly": _l("every year"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that can be clicked."""

    url: str
    label: str
    count: int | None
    current: bool


def chips(query: Query, counts: Counts, link: Callable[[Query], str] | None = None) -> list[Chip]:
    """Return the filters above a list, each with how many rows it holds; ``link`` gives a narrowed list's address (the matrix's)."""
    link = link or address
    choices = (
        ("", _("All"), counts.total), ("late", _("Late"), counts.late), ("late_assumed", _("Past assumed date"), counts.late_assumed), ("soon", _("Within two weeks"), counts.soon),
        ("at_risk", _("At risk"), counts.at_risk), ("ongoing", _("Ongoing"), counts.ongoing),
        ("claimed", _("To be approved"), counts.claimed), ("done", _("Done"), counts.done), ("unknown", _("Outcome not known"), counts.unknown),
    )  # fmt: skip
    return [Chip(link(replace(query, status=key, page=1)), label, n, query.status == key) for key, label, n in choices]


def address(query: Query, endpoint: str = "progress.index", **more: Any) -> str:
    """Return the address of the list that ``query`` describes, with only the parameters that differ from the usual, and ``more``."""
    usual = Query()
    given = {name: getattr(query, name) for name in Query.__dataclass_fields__ if getattr(query, name) != getattr(usual, name)}
    given.pop("size", None)
    told: dict[str, Any] = {name: 1 if value is True else value for name, value in given.items()}
    return url_for(endpoint, **told, **more)


def at(endpoint: str, **more: Any) -> Callable[[Query], str]:
    """Return what gives a query's address at ``endpoint``."""
    return lambda query: address(query, endpoint, **more)


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the ways to look at the same milestones."""

    url: str
    label: str
    icon: str
    current: bool


def tabs(query: Query) -> list[Tab]:
    """Return the ways to look at what ``query`` asks for; the one that is open is marked."""
    ways = (
        ("progress.index", _("Matrix"), "table"),
        ("progress.timeline", _("Timeline"), "timeline"),
        ("progress.calendar", _("Calendar"), "calendar"),
    )
    asked = replace(query, page=1)
    return [Tab(address(asked, endpoint), label, icon, request.endpoint == endpoint) for endpoint, label, icon in ways]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column that can be sorted by: the address that sorts, and how it is sorted now (as ``aria-sort`` says it)."""

    label: str
    url: str
    order: str | None = None


def heads(query: Query) -> list[Head]:
    """Return the matrix's heads: a click sorts, another turns the order round or goes back to the plan's."""
    turned = {"due": "due_desc", "due_desc": "plan", "title": "plan"}
    orders = {"due": "ascending", "due_desc": "descending", "title": "ascending"}

    def head(label: str, *sorts: str) -> Head:
        mine = query.sort in sorts
        chosen = turned[query.sort] if mine else sorts[0]
        return Head(label, address(replace(query, sort=chosen, page=1)), orders[query.sort] if mine else None)

    return [head(_("Milestone"), "title"), head(_("Due"), "due", "due_desc")]


def exports(query: Query, who: Current) -> list[tuple[str, str, str]]:
    """Return the files that ``who`` may take the list out as: address, label and icon; none where they may not."""
    if not who.may("milestone.export"):
        return []
    files = (("progress.export_xlsx", "Excel", "file-spreadsheet"), ("progress.export_csv", "CSV", "table"))
    return [(address(replace(query, page=1), endpoint), label, icon) for endpoint, label, icon in files]


def sentence(counts: Counts) -> str:
    """Return the answer at the top of the page: "14 of 31 done, 3 at risk, 1 late"."""
    parts = [_("%(done)s of %(total)s done", done=counts.done, total=counts.in_play)]
    if counts.claimed:
        parts.append(_("%(n)s to be approved", n=counts.claimed))
    if counts.at_risk:
        parts.append(_("%(n)s at risk", n=counts.at_risk))
    parts.append(_("%(n)s late", n=counts.late) if counts.late else _("none late"))
    if counts.late_assumed:
        parts.append(_("%(n)s past an assumed date", n=counts.late_assumed))
    return ", ".join(parts)


def when(item: Item) -> str:
    """Return an item's time as its plan gives it: a span, months after the start, or how often."""
    match item.when:
        case Fixed(span=span):
            return format_span(span, language())
        case Offset(months=months):
            return _("%(months)s months after the start", months=months)
        case PlanMonths(first=first, last=last):
            return _("month %(first)s–%(last)s", first=first, last=last) if last > first else _("month %(first)s", first=first)
        case Recurrence(freq=freq):
            return str(OFTEN[freq])
        case _:
            return _("no date known")
