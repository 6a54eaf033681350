"""What people do with decisions: propose, decide or not, carry out, lock, correct."""

from datetime import date
from typing import Any

from sqlalchemy import func, select

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.decisions import finding, rules, sums, words
from ccc_pilot.decisions.guarding import hold, refused, touch, write
from ccc_pilot.decisions.models import AgendaPoint, Decision, DecisionChange, Meeting
from ccc_pilot.decisions.rules import BEFORE, IN_FORCE, OPEN_STATES, SEALED, Broken, DecisionState, Facts
from ccc_pilot.errors import Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.models import Body, Pilot

LONGEST_TEXT = 4_000


def propose(
    *, pilot: Pilot, title: str, kind: str, proposal: str, actor_id: int, meeting: Meeting | None = None, point: AgendaPoint | None = None,
    body_key: str | None = None, decider: str = "", day: date | None = None, follows_id: int | None = None, **more: Any,
) -> Decision:  # fmt: skip
    """Keep a proposal: for a ``meeting`` (there under a ``point``), or for a body or another ``decider`` without one.

    ``more``: conditions, executor, due, review_on, evidence, paragraph. Raises ``Refused`` where the minutes of the meeting are approved.
    """
    if meeting is not None and meeting.state in SEALED:
        raise Refused(_("The minutes are approved; nothing of the meeting is changed any more."))
    if follows_id is not None:
        finding.decision(pilot, follows_id)
    row = Decision(
        pilot_id=pilot.id, meeting_id=meeting.id if meeting else None, point_id=point.id if point else None,
        body_key=(meeting.body_key if meeting else body_key) or None, decider=decider, day=meeting.day if meeting else day,
        precision="day" if meeting or day else "unknown", title=title, kind=kind, status="proposed", proposal=proposal,
        follows_id=follows_id, updated_at=utc_now(), updated_by_id=actor_id, **more,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    _note(row, actor_id, "", proposal)
    journal.write("decision.proposed", row.place_key, actor_id=actor_id, title=title, text=proposal)
    return row


def change(*, target: Decision, version: int, actor_id: int, **given: Any) -> Decision:
    """Change what is told of a decision (columns of it). Raises ``Conflict``, or ``Refused`` where a locked text would change."""
    hold(target, version, given)
    worded = {"title", "kind", "proposal", "conditions"} & {name for name in given if given[name] != getattr(target, name)}
    if target.locked_at is not None and worded:
        raise refused(Broken("unlocked"))
    if (earlier := given.get("follows_id")) is not None and earlier != target.follows_id:
        pilot = db.session.get_one(Pilot, target.pilot_id)
        if finding.comes_before(target.id, finding.decision(pilot, earlier)):
            raise Refused(_("That decision goes on from this one; the chain would go round in a circle."), "follows_id")
    changed = write(target, given, actor_id)
    if changed:
        journal.write("decision.changed", target.place_key, actor_id=actor_id, fields=", ".join(changed), version=target.version)
        _note(
            target,
            actor_id,
            target.status,
            _("Changed: %(fields)s", fields=", ".join(str(words.FIELD_WORDS[name]) for name in changed)),
        )
    return target


def hindrance(target: Decision, today: date) -> str:
    """Return why it cannot be recorded what became of ``target``, as a sentence; empty where it can."""
    meeting = db.session.get(Meeting, target.meeting_id) if target.meeting_id else None
    facts = Facts(today, decided_text=True, locked=target.locked_at is not None, held=_was_held(target, meeting, today))
    try:
        rules.decision_step(target.status, DecisionState.DECIDED, facts)
    except Broken as broken:
        return str(refused(broken).message)
    return ""


def settle(
    *, target: Decision, outcome: str, decided: str, paragraph: int | None, version: int, today: date, actor_id: int, **given: Any
) -> Decision:
    """Let a proposal be decided, rejected, deferred or referred back: ``outcome`` of ``rules.OUTCOMES``.

    ``decided``: the words of the decision (for the others what was said, if anything). ``paragraph``: its number within the meeting (None: the
    next free one). ``given``: conditions, executor, due, review_on. Raises ``Conflict`` and ``Refused``.
    """
    text = decided.strip()
    hold(target, version, {"decided": text, **given})
    meeting = db.session.get(Meeting, target.meeting_id) if target.meeting_id else None
    before = target.status
    facts = Facts(today, decided_text=bool(text), locked=target.locked_at is not None, held=_was_held(target, meeting, today))
    try:
        target.status = rules.decision_step(before, outcome, facts)
    except Broken as broken:
        raise refused(broken, "decided" if broken.code == "text" else None) from broken
    write(target, {"decided": text, **given}, actor_id)
    if meeting is not None:
        _number(target, meeting, paragraph)
        _leave_point(target)
    target.recorded_by_id = actor_id
    touch(target, actor_id)
    return _told(target, before, text, actor_id)


def step(*, target: Decision, to: str, text: str, version: int, today: date, actor_id: int) -> Decision:
    """Say how far the carrying out has come (``to``: executing, executed, reported, or proposed anew). Raises ``Conflict`` and ``Refused``."""
    hold(target, version, {"status": to})
    if to in {DecisionState.SUPERSEDED, *rules.OUTCOMES}:
        raise refused(Broken("no_such_step"))
    before = target.status
    try:
        target.status = rules.decision_step(before, to, Facts(today))
    except Broken as broken:
        raise refused(broken) from broken
    touch(target, actor_id)
    return _told(target, before, text.strip(), actor_id)


def review(*, target: Decision, version: int, today: date, text: str, next_on: date | None, actor_id: int) -> Decision:
    """Say that a decision was reviewed on ``today``; ``next_on``: when it is to be reviewed again. Raises ``Conflict``."""
    hold(target, version, {})
    write(target, {"reviewed_on": today, "review_on": next_on}, actor_id)
    return _told(target, target.status, text.strip() or _("Reviewed."), actor_id)


def lock(*, target: Decision, version: int, actor_id: int) -> Decision:
    """Lock the words of what was settled, as the second person. Raises ``Conflict`` and ``Refused``."""
    hold(target, version, {})
    if broken := _hindrance(target, actor_id):
        raise refused(Broken(broken))
    target.locked_at, target.locked_by_id = utc_now(), actor_id
    touch(target, actor_id)
    journal.write("decision.locked", target.place_key, actor_id=actor_id, title=target.number or target.title)
    _note(target, actor_id, target.status, _("The text was locked."))
    return target


def can_lock(target: Decision, actor_id: int) -> bool:
    """Whether a person may lock what was settled: it is not locked yet, and somebody else wrote it."""
    return not _hindrance(target, actor_id)


def _hindrance(target: Decision, actor_id: int) -> str:
    """The guard that says no to locking, or an empty text."""
    if target.status in OPEN_STATES:
        return "text"
    facts = Facts(date.min, writer=target.recorded_by_id, actor=actor_id, locked=target.locked_at is not None)
    return next((name for name in ("unlocked", "second_person") if not rules.GUARDS[name](facts)), "")


def correct(*, target: Decision, decided: str, reason: str, version: int, actor_id: int) -> Decision:
    """Correct a locked decision: a new entry with the words ``decided`` supersedes it. Returns the new one. Raises ``Conflict``, ``Refused``."""
    hold(target, version, {})
    if target.locked_at is None or target.status not in IN_FORCE:
        raise Refused(_("Only a locked decision in force is corrected. Change the text instead."))
    kept = ("pilot_id", "meeting_id", "point_id", "body_key", "decider", "day", "precision", "paragraph", "title", "kind", "status", "proposal", "conditions", "executor", "due", "review_on", "follow_up", "follows_id")  # fmt: skip
    highest = select(func.max(Decision.correction)).where(
        Decision.meeting_id == target.meeting_id, Decision.paragraph == target.paragraph
    )
    count = max(db.session.scalar(highest) or 0, target.correction) + 1
    row = Decision(
        **{name: getattr(target, name) for name in kept}, decided=decided.strip(), correction=count, supersedes_id=target.id,
        recorded_by_id=actor_id, updated_at=utc_now(), updated_by_id=actor_id, sums=sums.copied(target),
        number=f"{target.number.split(' r')[0]} r{count}" if target.number else "",
    )  # fmt: skip
    db.session.add(row)
    before, target.status = target.status, DecisionState.SUPERSEDED
    touch(target, actor_id)
    _told(target, before, reason, actor_id)
    return _told(row, "", reason, actor_id)


def next_paragraph(meeting: Meeting) -> int:
    """Return the next free number within a meeting."""
    return (db.session.scalar(select(func.max(Decision.paragraph)).where(Decision.meeting_id == meeting.id)) or 0) + 1


def if_free(meeting: Meeting, paragraph: int | None) -> int | None:
    """Return ``paragraph`` where no other entry of the meeting has it, else None."""
    taken = select(Decision.id).where(Decision.meeting_id == meeting.id, Decision.paragraph == paragraph)
    return None if paragraph is None or db.session.scalar(taken.limit(1)) is not None else paragraph


def _was_held(target: Decision, meeting: Meeting | None, today: date) -> bool:
    if meeting is not None:
        return meeting.state not in {*BEFORE, "cancelled"}
    return target.day is None or target.day <= today


def _number(target: Decision, meeting: Meeting, paragraph: int | None) -> None:
    wanted = paragraph or target.paragraph or next_paragraph(meeting)
    same = select(Decision.id).where(Decision.meeting_id == meeting.id, Decision.paragraph == wanted, Decision.id != target.id)
    if db.session.scalar(same.where(Decision.correction == target.correction).limit(1)) is not None:
        raise Refused(_("§ %(number)s is taken at this meeting.", number=wanted), "paragraph")
    body = db.session.get(Body, meeting.body_key) if meeting.body_key else None
    target.paragraph = wanted
    target.number = rules.number((body.short or body.name_sv)[:40] if body else "", meeting.day, wanted)


def _leave_point(target: Decision) -> None:
    """A point whose matter was deferred or referred back comes back; one that was settled does not."""
    point = db.session.get(AgendaPoint, target.point_id) if target.point_id else None
    if point is not None:
        point.open = target.status in OPEN_STATES


def _told(row: Decision, before: str, text: str, actor_id: int) -> Decision:
    db.session.flush()
    _note(row, actor_id, before, text)
    journal.write("decision.state", row.place_key, actor_id=actor_id, standing=[before, str(row.status)], text=text)
    return row


def _note(row: Decision, actor_id: int, before: str, text: str) -> None:
    change = DecisionChange(
        decision_id=row.id, at=utc_now(), person_id=actor_id, status_from=before, status_to=row.status, text=text
    )
    db.session.add(change)
