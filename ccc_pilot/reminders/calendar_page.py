"""What the page of the house's calendar shows: its address, its entries with icon and word, its answer in a sentence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from flask import url_for

from ccc_pilot.dates import DateSpan, format_span
from ccc_pilot.decisions import words as meeting_words
from ccc_pilot.decisions.models import Meeting
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import language, ngettext
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.people.policy import NETWORK
from ccc_pilot.progress import drawing
from ccc_pilot.progress.drawing import Calendar, Due
from ccc_pilot.progress.month import Month, month_from
from ccc_pilot.progress.words import Standing
from ccc_pilot.reminders import addresses, ladders, words
from ccc_pilot.reminders.deadlines import Deadline
from ccc_pilot.reminders.house_calendar import MEETING, Narrowed

KINDS: dict[str, Any] = {
    MEETING: _l("Meetings"),
    **{kind: words for kind, words in ladders.KINDS.items() if kind != addresses.KIND},
}
SYMBOLS = {
    MEETING: "users-group", "reporting": "clipboard-list", "milestone": "flag", "claim": "circle-check", "chain": "clipboard-list",
    "action": "arrow-up-right-circle", "assessment": "checklist", "decision": "gavel", "paragraph": "messages", "evidence": "paperclip",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """The page that an address asks for: a month, or (``listed``) a list of it and the two after it, narrowed."""

    month: Month
    narrowed: Narrowed
    listed: bool

    @property
    def first(self) -> date:
        """The first day shown."""
        return self.month.first

    @property
    def last(self) -> date:
        """The last day shown."""
        return (self.month.after.after if self.listed else self.month).last

    def to(self, **changes: Any) -> str:
        """Return the address of this page with another ``month`` or with ``listed`` changed; the filters stay."""
        page = replace(self, **changes)
        given: dict[str, Any] = {
            "month": page.month.code,
            "region": page.narrowed.region,
            "kind": page.narrowed.kind,
            "as": "list" if page.listed else "",
        }
        return url_for("reminders.calendar", **{name: value for name, value in given.items() if value})


def asked(given: Mapping[str, str], today: date) -> Asked:
    """Return the page that the address's parameters ask for; what is no month or kind is today's, or all."""
    kind = given.get("kind", "")
    narrowed = Narrowed(given.get("region", "")[:20], kind if kind in KINDS else "")
    return Asked(month_from(given.get("month", ""), today), narrowed, given.get("as") == "list")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on one or several days; ``standings`` by the short name of each region that it is about (empty: joint)."""

    days: tuple[date, ...]
    due: Due
    meeting: bool


def entries(
    dues: Iterable[Deadline], held: Sequence[Meeting], page: Asked, shorts: Mapping[str, str], today: date
) -> list[Entry]:
    """Return the meetings and what is due by day; what several regions have on the same day is one entry."""
    found = [*(_of_meeting(row, page, today) for row in held), *_of_deadlines(dues, shorts, today)]
    return sorted(found, key=lambda entry: (entry.days[0], not entry.meeting))


def _of_meeting(row: Meeting, page: Asked, today: date) -> Entry:
    first, last = max(row.day, page.first), min(row.last_day or row.day, page.last)
    days = tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
    standing = Standing(*_looks(meeting_words.meeting(row.state, row.day, today)))
    url = url_for("decisions.meeting", meeting_id=row.id)
    return Entry(
        days, Due(f"{row.starts} {row.title}".strip(), url, [("", standing)], str(KINDS[MEETING]), SYMBOLS[MEETING]), True
    )


def _of_deadlines(dues: Iterable[Deadline], shorts: Mapping[str, str], today: date) -> Iterator[Entry]:
    together: dict[tuple[Any, ...], list[Deadline]] = {}
    for one in dues:
        together.setdefault((one.due, one.kind, one.ref, str(one.title)), []).append(one)
    for (day, kind, ref, title), some in together.items():
        standings = [("" if one.region == NETWORK else shorts.get(one.region, one.region), _near(one, today)) for one in some]
        yield Entry(
            (day,), Due(f"{ref} {title}".strip(), words.address(some[0]), standings, str(KINDS[kind]), SYMBOLS[kind]), False
        )


def _near(one: Deadline, today: date) -> Standing:
    return Standing(*_looks(words.nearness((one.due - today).days, assumed=one.assumed)))


def _looks(shown: Any) -> tuple[str, str, str]:
    return shown.css, shown.icon, shown.word


def drawn(found: Iterable[Entry], page: Asked, today: date) -> Calendar:
    """Return the month with its entries, each on all its days."""
    dues: dict[date, list[Due]] = {}
    for entry in found:
        for day in entry.days:
            dues.setdefault(day, []).append(entry.due)
    return drawing.drawn(page.month, dues, "", today)


def title(page: Asked) -> str:
    """Return the span of the page in words: "november 2026", "november 2026 – januari 2027"."""
    months = [page.month, page.month.after.after] if page.listed else [page.month]
    return " – ".join(format_span(DateSpan(month.first, month.last, "month"), language()) for month in months)


def sentence(found: Sequence[Entry]) -> str:
    """Return the answer in words: how many meetings, how much is due, and what of it is late."""
    held, dues = sum(entry.meeting for entry in found), [entry.due for entry in found if not entry.meeting]
    late = sum(any(standing.css == "late" for _short, standing in due.standings) for due in dues)
    parts = [
        ngettext("%(num)s meeting", "%(num)s meetings", held),
        ngettext("%(num)s thing is due", "%(num)s things are due", len(dues)),
        _("%(n)s late", n=late) if late else _("none late"),
    ]
    return ", ".join(parts) + "."
