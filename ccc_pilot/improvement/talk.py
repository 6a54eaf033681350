"""What is said of an action or of the plan: remarks with answers, and those who are spoken to. Kept even when taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import aliased

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Forbidden, NotFound
from ccc_pilot.i18n import local
from ccc_pilot.improvement import mentioning
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.improvement.review_models import Mention, Remark
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Person
from ccc_pilot.people.policy import NETWORK

LONGEST_TEXT = 4_000
MOST = 200


@dataclass(frozen=True, slots=True)
class Said:
    """A remark as it is read; of one taken back only who did and when (``text`` is empty). ``depth``: 1 where it answers another.

    ``waits``: the reader is spoken to in it and has not said that it is seen.
    """

    id: int
    by: str
    at: datetime
    text: str
    to: list[str]
    depth: int
    retracted_by: str
    retracted_at: datetime | None
    may_retract: bool
    waits: bool


def say(*, plan: ImprovementPlan, action: Action | None, text: str, who: Current, answers_id: int | None = None) -> Remark:
    """Keep a remark (Markdown, at most ``LONGEST_TEXT`` characters) on ``action``, or on the plan as a whole.

    Whoever is named in it, by "@" and their name or post, is spoken to: see ``mentioning``. ``answers_id``: the remark that it answers.
    Who says something there has seen what was said to them there. Raises ``Forbidden`` outside one's regions and ``NotFound`` for an
    answer to something else.
    """
    if not who.may("improvement.comment", action.region if action else NETWORK):
        raise Forbidden
    if answers_id is not None:
        answers_id = _first(plan, action, answers_id)
    made = Remark(
        plan_id=plan.id, action_id=action.id if action else None, answers_id=answers_id, text=text.strip(), person_id=who.person_id,
        at=utc_now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    mentioning.see(person_id=who.person_id, remarks=mentioning.unseen(plan, action, who.person_id))
    named = mentioning.spoken_to(plan, text, local(made.at).date(), action.region if action else NETWORK)
    spoken_to = [number for number in named if number != who.person_id]
    if spoken_to:
        db.session.execute(insert(Mention), [{"remark_id": made.id, "person_id": number} for number in spoken_to])
    place = action.key if action else f"improvement-plan:{plan.id}"
    journal.write("improvement.remark", place, actor_id=who.person_id, region=action.region if action else None, text=made.text)
    return made


def _first(plan: ImprovementPlan, action: Action | None, number: int) -> int:
    """The remark that begins the thread: an answer to an answer belongs to the same thread."""
    found = db.session.get(Remark, number)
    if found is None or found.plan_id != plan.id or found.action_id != (action.id if action else None):
        raise NotFound
    return found.answers_id or found.id


def retract(*, plan: ImprovementPlan, remark_id: int, who: Current) -> Remark:
    """Take a remark back: its text is hidden but kept. Raises ``NotFound``, or ``Forbidden`` for all but its writer and the head lead."""
    said = db.session.get(Remark, remark_id, with_for_update=True)
    if said is None or said.plan_id != plan.id or said.retracted_at is not None:
        raise NotFound
    if not _may_take_back(said.person_id, who):
        raise Forbidden
    said.retracted_at, said.retracted_by_id = utc_now(), who.person_id
    place = f"action:{said.action_id}" if said.action_id else f"improvement-plan:{plan.id}"
    journal.write("improvement.remark_retracted", place, actor_id=who.person_id, comment=said.id)
    return said


def of(plan: ImprovementPlan, action: Action | None, who: Current) -> list[Said]:
    """Return what was said of ``action`` (or of the plan), each thread with its answers below, the latest ``MOST``."""
    retractor = aliased(Person)
    same = Remark.action_id == action.id if action else Remark.action_id.is_(None)
    statement = (
        select(Remark, Person.name, retractor.name)
        .join(Person, Person.id == Remark.person_id)
        .outerjoin(retractor, retractor.id == Remark.retracted_by_id)
        .where(Remark.plan_id == plan.id, same)
        .order_by(Remark.id.desc())
        .limit(MOST)
    )
    found = list(reversed(db.session.execute(statement).all()))
    to, waiting = names_of(one.id for one, *_rest in found), frozenset(mentioning.unseen(plan, action, who.person_id))
    found.sort(key=lambda row: (row[0].answers_id or row[0].id, row[0].id))
    return [
        Said(
            one.id, by, one.at, "" if one.retracted_at else one.text, to.get(one.id, []), int(one.answers_id is not None),
            retracted_by or "", one.retracted_at, one.retracted_at is None and _may_take_back(one.person_id, who),
            one.id in waiting,
        )
        for one, by, retracted_by in found
    ]  # fmt: skip


def names_of(remarks: Iterable[int]) -> dict[int, list[str]]:
    """Return the names of those who are spoken to in the ``remarks``, by the remark's id."""
    statement = select(Mention.remark_id, Person.name).join(Person, Person.id == Mention.person_id)
    found: dict[int, list[str]] = {}
    for number, name in db.session.execute(statement.where(Mention.remark_id.in_(list(remarks))).order_by(Person.name)):
        found.setdefault(number, []).append(name)
    return found


def to_me(person_id: int) -> Sequence[tuple[Remark, str]]:
    """Return the remarks in which a person is spoken to and that they have not seen yet, newest first, with who said each."""
    statement = (
        select(Remark, Person.name).join(Mention, Mention.remark_id == Remark.id).join(Person, Person.id == Remark.person_id)
    )
    unseen = statement.where(Mention.person_id == person_id, Mention.seen_at.is_(None), Remark.retracted_at.is_(None))
    return [(one, name) for one, name in db.session.execute(unseen.order_by(Remark.id.desc()).limit(MOST))]


def mark_seen(*, person_id: int, remark_id: int) -> None:
    """Note that a person has seen a remark in which they are spoken to. Raises ``NotFound`` where they are not."""
    if not mentioning.see(person_id=person_id, remarks=[remark_id]):
        raise NotFound


def _may_take_back(author_id: int, who: Current) -> bool:
    return (author_id == who.person_id and who.may("improvement.comment")) or who.may("improvement.steer")
