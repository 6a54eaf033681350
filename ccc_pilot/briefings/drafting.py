"""What people do with briefings: freeze one, write in its sections, arrange them, publish it."""

from datetime import date
from typing import Any

from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.briefings import finding, gathering, rules
from ccc_pilot.briefings.models import Briefing, BriefingSection, BriefingText
from ccc_pilot.briefings.sections import BY_KEY, OWN, SECTIONS
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.decisions import finding as decisions
from ccc_pilot.decisions.models import Meeting
from ccc_pilot.errors import Conflict, NotFound, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.models import Person, Pilot

LONGEST_TEXT = 20_000
MOST_OWN = 20
MOVES = ("up", "down", "hide", "show", "remove")
DRAFT, PUBLISHED = "draft", "published"


def freeze(*, pilot: Pilot, meeting_id: int, cut_off: date, actor_id: int | None) -> Briefing:
    """Freeze what is known at the end of ``cut_off`` for a meeting, and return the new briefing.

    Its sections begin as those of the last briefing for the same body, with the texts that go on; else with the pilot's own texts.
    Raises ``NotFound`` for the meeting, ``Refused`` for a cut-off day after the meeting.
    """
    meeting = decisions.meeting(pilot, meeting_id)
    if cut_off > meeting.day:
        raise Refused(_("The cut-off day cannot be after the meeting, %(day)s.", day=meeting.day.isoformat()), "cut_off")
    last, before = finding.last_for(pilot, meeting), finding.before(pilot, meeting)
    snapshot = gathering.gather(pilot, meeting, cut_off, before.snapshot if before else None)
    briefing = Briefing(
        pilot_id=pilot.id, meeting_id=meeting.id, cut_off=cut_off, snapshot=snapshot, digest=rules.digest(snapshot),
        frozen_at=utc_now(), frozen_by_id=actor_id, sections=_carried(last, meeting) if last else _begun(pilot, meeting),
    )  # fmt: skip
    db.session.add(briefing)
    db.session.flush()
    journal.write(
        "briefing.frozen",
        briefing.place_key,
        actor_id=actor_id,
        meeting=meeting.place_key,
        cut_off=cut_off,
        digest=briefing.digest,
    )
    return briefing


def _begun(pilot: Pilot, meeting: Meeting) -> list[BriefingSection]:
    """The pilot's own texts; what a paper for another meeting told as news of that day is left out, its own sections ready to be shown again."""
    texts = list(db.session.scalars(select(BriefingText).where(BriefingText.pilot_id == pilot.id).order_by(BriefingText.id)))
    prose = {text.key: text for text in texts}
    keys = [section.key for section in SECTIONS]
    for text in texts:
        if text.key not in BY_KEY:
            keys.insert(keys.index(text.after) + 1 if text.after in keys else len(keys), text.key)
    return [_section(place, key, prose.get(key), meeting) for place, key in enumerate(keys, start=1)]


def _section(place: int, key: str, text: BriefingText | None, meeting: Meeting) -> BriefingSection:
    own = key.startswith(OWN)
    goes_on = text is not None and (meeting.day.isoformat() in text.source or (not own and BY_KEY[key].background))
    if text is None or not (goes_on or own):
        return BriefingSection(key=key, position=place)
    source = " ".join(filter(None, (text.source, text.source_ref)))
    return BriefingSection(key=key, position=place, title=text.title, text=text.text, source=source, hidden=not goes_on)


def _carried(last: Briefing, meeting: Meeting) -> list[BriefingSection]:
    """The sections of the last briefing; for another meeting only the texts that go on, for the same one all that was written."""
    carried = [
        _copy(
            one,
            place,
            other=last.meeting_id != meeting.id,
            whole=last.meeting_id == meeting.id or one.key.startswith(OWN) or BY_KEY[one.key].background,
        )
        for place, one in enumerate(last.sections, start=1)
        if one.key in BY_KEY or one.key.startswith(OWN)
    ]
    there = {one.key for one in carried}
    missing = [section.key for section in SECTIONS if section.key not in there]
    return carried + [BriefingSection(key=key, position=place) for place, key in enumerate(missing, start=len(carried) + 1)]


def _copy(one: BriefingSection, place: int, *, whole: bool, other: bool) -> BriefingSection:
    """``other``: the briefing is for another meeting; an own section that nobody has touched since its paper is left out there."""
    text = {"text": one.text, "source": one.source} if whole else {}
    hidden = one.hidden or (one.key.startswith(OWN) and other and bool(one.source) and one.version == 1)
    return BriefingSection(key=one.key, position=place, hidden=hidden, title=one.title, **text)


def write(*, section: BriefingSection, title: str, text: str, version: int, actor_id: int) -> BriefingSection:
    """Save the prose (Markdown) of a section, and the title of one of the lead's own. Raises ``Conflict`` and ``Refused``."""
    briefing = editable(section.briefing_id)
    db.session.refresh(section, with_for_update=True)
    if section.version != version:
        raise _contest(section, {"title": title, "text": text})
    if section.key.startswith(OWN) and not title.strip():
        raise Refused(_("Give the section a title."), "title")
    if (section.title, section.text) == (title, text):
        return section
    section.title, section.text, section.version = title, text, section.version + 1
    section.updated_at, section.updated_by_id = utc_now(), actor_id
    journal.write("briefing.section", briefing.place_key, actor_id=actor_id, section=section.key, version=section.version)
    return section


def _contest(section: BriefingSection, mine: dict[str, Any]) -> Conflict:
    by = db.session.get(Person, section.updated_by_id) if section.updated_by_id else None
    theirs = {"title": section.title, "text": section.text}
    return Conflict(theirs=theirs, mine=mine, version=section.version, by=by.name if by else "", at=section.updated_at)


def editable(briefing_id: int) -> Briefing:
    """Return a briefing to be changed, held until that is done. Raises ``Refused`` where it is published."""
    briefing = db.session.get(Briefing, briefing_id, with_for_update=True)
    if briefing is None:
        raise NotFound
    if briefing.state == PUBLISHED:
        raise Refused(_("The briefing is published and stays as it is. Freeze a new one to change it."))
    return briefing


def add(*, briefing: Briefing, title: str, text: str, actor_id: int) -> BriefingSection:
    """Add a section of the lead's own at the end. Raises ``Refused``."""
    briefing = editable(briefing.id)
    own = [int(one.key[len(OWN) :]) for one in briefing.sections if one.key[len(OWN) :].isdigit() and one.key.startswith(OWN)]
    if len(own) >= MOST_OWN:
        raise Refused(_("A briefing has at most %(most)s sections of its own.", most=MOST_OWN))
    last = max((one.position for one in briefing.sections), default=0)
    section = BriefingSection(key=f"{OWN}{max(own, default=0) + 1}", position=last + 1, title=title, text=text, updated_at=utc_now(), updated_by_id=actor_id)  # fmt: skip
    briefing.sections.append(section)
    db.session.flush()
    journal.write("briefing.section", briefing.place_key, actor_id=actor_id, section=section.key, version=1)
    return section


def arrange(*, briefing: Briefing, section: str, move: str, actor_id: int) -> Briefing:
    """Move the section with the key ``section`` "up" or "down", leave it out ("hide") or take it in again ("show"), or "remove" one's own.

    Raises ``Refused`` and ``NotFound``.
    """
    briefing = editable(briefing.id)
    found = finding.section(briefing, section)
    if move in {"hide", "show"}:
        found.hidden = move == "hide"
    elif move == "remove" and section.startswith(OWN):
        briefing.sections.remove(found)
    elif move in {"up", "down"}:
        order = rules.arranged([one.key for one in briefing.sections], section, move)
        for one in briefing.sections:
            one.position = order.index(one.key) + 1
    else:
        raise NotFound
    journal.write("briefing.arranged", briefing.place_key, actor_id=actor_id, section=section, move=move)
    db.session.flush()
    db.session.expire(briefing, ["sections"])
    return briefing


def publish(*, briefing: Briefing, actor_id: int) -> Briefing:
    """Let RSL's readers see the briefing; from now on it stays as it is. Raises ``Refused`` where it is published already."""
    briefing = editable(briefing.id)
    briefing.state, briefing.published_at, briefing.published_by_id = PUBLISHED, utc_now(), actor_id
    journal.write("briefing.published", briefing.place_key, actor_id=actor_id, digest=briefing.digest)
    return briefing
