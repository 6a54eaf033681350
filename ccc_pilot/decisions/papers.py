"""The minutes of a meeting as a paper, from which Word and PDF are made."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from ccc_pilot.decisions import words
from ccc_pilot.decisions.models import AgendaPoint, Decision, Meeting
from ccc_pilot.decisions.rules import OPEN_STATES, SEALED, PointKind
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import language
from ccc_pilot.office import prose
from ccc_pilot.office.blocks import Block, Facts, Grid, Heading, Paper, Paragraph, Run, bullets, plain
from ccc_pilot.people.models import Body
from ccc_pilot.web import filters


def minutes(
    found: Meeting, rows: Sequence[Decision], bodies: Mapping[str, Body], *, author: str, approved_by: str, made_at: datetime
) -> Paper:
    """Return the minutes of ``found`` with what was decided (``rows``); until they are approved they say that they are a draft."""
    body = bodies.get(found.body_key or "")
    kind = str(words.MINUTES_WORDS[body.minutes if body else ""])
    draft = found.state not in SEALED
    title = f"{body.name_sv if body else found.title} {found.day.isoformat()}"
    return Paper(
        title, language(), tuple(_blocks(found, rows, body, approved_by)), marks=(kind, _("Draft, not approved") if draft else _("Approved")),
        author=author, subject=kind, footer=title, made_at=made_at,
    )  # fmt: skip


def _blocks(found: Meeting, rows: Sequence[Decision], body: Body | None, approved_by: str) -> Iterator[Block]:
    yield _head(found, body, approved_by)
    if found.attendance:
        yield Heading(_("Who was there"))
        yield bullets([one.name for one in found.attendance])
    for place, point in enumerate(found.points, 1):
        yield from _point(place, point, [row for row in rows if row.point_id == point.id])
    loose = [row for row in rows if row.point_id is None]
    if loose:
        yield Heading(_("Decisions without a point on the agenda"))
        for row in loose:
            yield from _decision(row)
    if found.text:
        yield Heading(_("Other"))
        yield from prose.blocks(found.text, top=2)


def _head(found: Meeting, body: Body | None, approved_by: str) -> Facts:
    time = "–".join(filter(None, (found.starts, found.ends)))
    until = f" – {filters.day(found.last_day)}" if found.last_day else ""
    pairs = [
        (_("Body"), body.name_sv if body else found.title),
        (_("Day"), " ".join(filter(None, (filters.day(found.day) + until, time)))),
        (_("Place"), found.place),
        (_("Approved by"), f"{approved_by}, {filters.moment(found.adjusted_at)}" if found.adjusted_at else ""),
    ]
    return Facts(tuple((name, value) for name, value in pairs if value))


def _point(place: int, point: AgendaPoint, rows: Sequence[Decision]) -> Iterator[Block]:
    yield Heading(f"{place}. {point.title}")
    told = [str(words.POINT_WORDS[PointKind(point.kind)]), point.presenter]
    yield Paragraph(plain(" · ".join(filter(None, told))), "note")
    yield from prose.blocks(point.notes or point.text, top=3)
    for row in rows:
        yield from _decision(row)
    if point.open:
        yield Paragraph(plain(_("Not finished: comes back at the next meeting")), "note")


def _decision(row: Decision) -> Iterator[Block]:
    standing = words.decision(row.status).word
    proposed = row.status in OPEN_STATES
    yield Heading(" ".join(filter(None, (row.number, row.title))), 2)
    lead = _("Proposal, not decided") if row.status == "proposed" else standing
    yield Paragraph((Run(f"{lead}: ", bold=True), *plain((row.proposal if proposed else row.decided) or row.proposal)))
    pairs = [
        (_("Carried out by"), row.executor), (_("Due"), filters.day(row.due) if row.due else ""),
        (_("Review on"), filters.day(row.review_on) if row.review_on else ""), (_("Conditions"), row.conditions),
    ]  # fmt: skip
    if any(value for _name, value in pairs):
        yield Facts(tuple((name, value) for name, value in pairs if value))
    if row.sums:
        header = (_("Account or source"), _("Year"), _("To whom"), _("Amount"))
        money = tuple((one.account, one.years or "–", one.recipient or "–", filters.kronor(one.amount)) for one in row.sums)
        yield Grid(header, money, _("Allocates money"), (3, 1, 2, 1.6), frozenset({3}))
