"""What is said of a milestone and what belongs to it: comments that are kept even when retracted, links and documents elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Forbidden, NotFound
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Person
from ccc_pilot.people.policy import NETWORK
from ccc_pilot.progress.listing import Line
from ccc_pilot.progress.models import MilestoneComment, MilestoneLink

LONGEST_TEXT = 4_000
MOST = 200
LINK_KINDS = {"document": _l("Document"), "minutes": _l("Minutes or notes"), "page": _l("Web page"), "other": _l("Other")}


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as it is read; of a retracted one only who took it back and when (``text`` is empty)."""

    id: int
    by: str
    region: str
    at: datetime
    text: str
    retracted_by: str
    retracted_at: datetime | None
    may_retract: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """A link as it is shown; ``address`` is empty for a document that lies elsewhere."""

    id: int
    title: str
    address: str
    note: str
    kind: str
    by: str
    at: datetime
    may_remove: bool


def comments(line: Line, shorts: Mapping[str, str], who: Current) -> list[Said]:
    """Return what was said of ``line``, oldest first (the latest ``MOST``); ``shorts`` gives the regions' short names."""
    retractor = aliased(Person)
    statement = (
        select(MilestoneComment, Person.name, retractor.name)
        .join(Person, Person.id == MilestoneComment.person_id)
        .outerjoin(retractor, retractor.id == MilestoneComment.retracted_by_id)
        .where(MilestoneComment.line_id == line.line_id)
        .order_by(MilestoneComment.id.desc())
        .limit(MOST)
    )
    found = db.session.execute(statement).all()
    return [
        Said(
            one.id, by, shorts.get(one.region, _("Joint")), one.at, "" if one.retracted_at else one.text, retracted_by or "",
            one.retracted_at, one.retracted_at is None and _may_take_back(one.person_id, who),
        )
        for one, by, retracted_by in reversed(found)
    ]  # fmt: skip


def say(*, line: Line, region: str, text: str, who: Current) -> MilestoneComment:
    """Keep a comment (Markdown, at most ``LONGEST_TEXT`` characters) on ``line``, jointly (``region`` empty) or for a region.

    Raises ``Forbidden`` where the region is not theirs to comment on.
    """
    if not who.may("milestone.comment", region or NETWORK):
        raise Forbidden
    comment = MilestoneComment(line_id=line.line_id, region=region, text=text.strip(), person_id=who.person_id, at=utc_now())
    db.session.add(comment)
    journal.write("milestone.comment", line.place, actor_id=who.person_id, region=region or None, text=comment.text)
    return comment


def retract(*, line: Line, comment_id: int, who: Current) -> None:
    """Take a comment back: its text is hidden but kept. Raises ``NotFound``, or ``Forbidden`` for all but author and head lead."""
    comment = db.session.get(MilestoneComment, comment_id, with_for_update=True)
    if comment is None or comment.line_id != line.line_id or comment.retracted_at is not None:
        raise NotFound
    if not _may_take_back(comment.person_id, who):
        raise Forbidden
    comment.retracted_at, comment.retracted_by_id = utc_now(), who.person_id
    journal.write(
        "milestone.comment_retracted", line.place, actor_id=who.person_id, region=comment.region or None, comment=comment.id
    )


def links(line: Line, who: Current) -> list[Linked]:
    """Return what belongs to ``line`` and is not removed, oldest first (the first ``MOST``)."""
    statement = (
        select(MilestoneLink, Person.name)
        .join(Person, Person.id == MilestoneLink.person_id)
        .where(MilestoneLink.line_id == line.line_id, MilestoneLink.removed_at.is_(None))
        .order_by(MilestoneLink.id)
        .limit(MOST)
    )
    return [
        Linked(
            one.id, one.title, one.address, one.note, str(LINK_KINDS[one.kind]), by, one.at, _may_take_back(one.person_id, who)
        )
        for one, by in db.session.execute(statement)
    ]  # fmt: skip


def link(*, line: Line, title: str, address: str, note: str, kind: str, who: Current) -> MilestoneLink:
    """Let a page at ``address`` (http or https, never fetched) or a document described by ``note`` belong to ``line``.

    Raises ``Forbidden`` where none of the line's regions is theirs to comment on.
    """
    if not any(who.may("milestone.comment", region) for region in line.cells):
        raise Forbidden
    kept = MilestoneLink(
        line_id=line.line_id, title=title, address=address, note=note, kind=kind, person_id=who.person_id, at=utc_now()
    )
    db.session.add(kept)
    _told(line, kept, who, "added")
    return kept


def unlink(*, line: Line, link_id: int, who: Current) -> None:
    """Remove a link; it is kept out of sight. Raises ``NotFound``, or ``Forbidden`` for all but the one who added it and the head lead."""
    kept = db.session.get(MilestoneLink, link_id, with_for_update=True)
    if kept is None or kept.line_id != line.line_id or kept.removed_at is not None:
        raise NotFound
    if not _may_take_back(kept.person_id, who):
        raise Forbidden
    kept.removed_at, kept.removed_by_id = utc_now(), who.person_id
    _told(line, kept, who, "removed")


def _told(line: Line, kept: MilestoneLink, who: Current, verdict: str) -> None:
    journal.write(
        "milestone.link", line.place, actor_id=who.person_id, title=kept.title, address=kept.address or kept.note, verdict=verdict
    )


def _may_take_back(author_id: int, who: Current) -> bool:
    return (author_id == who.person_id and who.may("milestone.comment")) or who.may("milestone.plan")
