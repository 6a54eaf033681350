"""How good a piece of evidence is, in seven questions: an optional check list, saved with the version it was based on."""

from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Conflict, Forbidden
from ccc_pilot.evidence import finding, rules
from ccc_pilot.evidence.models import EvidenceItem, EvidenceQuality
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Person


def of(item: EvidenceItem) -> EvidenceQuality | None:
    """Return the check list of ``item``, or None where nobody has begun one."""
    return db.session.get(EvidenceQuality, item.id)


def may_judge(item: EvidenceItem, who: Current) -> bool:
    """Whether ``who`` may fill in the check list: those who may put up or accept evidence of its region."""
    return who.may("evidence.write", item.region) or who.may("evidence.accept", item.region)


def judge(*, item_id: int, version: int, note: str, by: Current, **answers: str) -> EvidenceQuality:
    """Answer some of ``rules.QUESTIONS`` by "yes" or "no" (an empty answer: not judged), with a ``note``.

    ``version`` is that of the check list the form showed (0: there was none). Raises ``NotFound``, ``Forbidden``, ``Conflict``.
    """
    item = finding.item(item_id, by, lock=True)
    if not may_judge(item, by):
        raise Forbidden
    kept = db.session.scalar(select(EvidenceQuality).where(EvidenceQuality.item_id == item.id).with_for_update())
    if (kept.version if kept else 0) != version:
        raise _conflict(kept, {**answers, "note": note})
    if kept is None:
        kept = EvidenceQuality(item_id=item.id, version=0)
        db.session.add(kept)
    kept.answers = {question: answers[question] for question in rules.QUESTIONS if answers.get(question) in {"yes", "no"}}
    kept.note, kept.version, kept.at, kept.person_id = note, kept.version + 1, utc_now(), by.person_id
    yes, answered = rules.quality(kept.answers) or (0, 0)
    journal.write("evidence.quality", item.key, actor_id=by.person_id, region=item.region, yes=yes, answered=answered)
    return kept


def _conflict(kept: EvidenceQuality | None, mine: dict[str, str]) -> Conflict:
    stored = {**dict.fromkeys(rules.QUESTIONS, ""), **(kept.answers if kept else {}), "note": kept.note if kept else ""}
    by = db.session.get(Person, kept.person_id) if kept else None
    theirs = {name: stored.get(name, "") for name in mine}
    return Conflict(
        theirs=theirs, mine=mine, version=kept.version if kept else 0, by=by.name if by else "", at=kept.at if kept else None
    )
