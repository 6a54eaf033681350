"""A round of self-assessment with a few made-up answers, marked as such, so that its pages show what they are for."""

from sqlalchemy import select

from ccc_pilot.assessment import answers, rounds
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.db import db
from ccc_pilot.i18n import today
from ccc_pilot.people.models import Person, Pilot

EDITION = "oeci-3x-p"
TITLE = "Självvärdering, övning (demo)"
NOTE = "Demosvar, påhittat för att visa sidan. Skriv över det."
# Region -> the scores of the edition's first points, as far as it has come.
SCORES = {
    "ro": ("yes", "mostly", "yes", "partially", "mostly", "yes"),
    "rjl": ("mostly", "no", "yes", "mostly"),
    "rkl": ("partially", "mostly", "partially"),
}
HANDED_IN = 3  # of each region's answers; the first is verified and approved too


def load_round(pilot: Pilot, domain: str) -> AssessmentRound:
    """Store the round for ``pilot``, answered by the demo people whose addresses end in ``domain``; returns it."""
    people: dict[str, int] = {
        person.email.split("@")[0]: person.id for person in db.session.scalars(select(Person)) if person.email.endswith(domain)
    }
    round_ = rounds.open_round(
        pilot=pilot,
        title=TITLE,
        edition_key=EDITION,
        designation="CCC",
        start=today(),
        actor_id=people["huvudprojektledare"],
        demo=True,
    )
    for region, scores in SCORES.items():
        first = select(AssessmentAnswer).where(AssessmentAnswer.round_id == round_.id, AssessmentAnswer.region == region)
        for place, target in enumerate(db.session.scalars(first.order_by(AssessmentAnswer.position).limit(len(scores))).all()):
            target.demo = True
            _answer(target, scores[place], place, people[f"expert.{region}"], people[f"projektledare.{region}"])
    return round_


def _answer(target: AssessmentAnswer, score: str, place: int, expert: int, lead: int) -> None:
    answers.write(
        target=target,
        version=target.version,
        actor_id=expert,
        propose=place < HANDED_IN,
        score=score,
        note=NOTE,
        absence=NOTE if place == 0 else "",
    )
    if place == 0:
        answers.verify(target=target, comment="", version=target.version, actor_id=lead)
        answers.approve(target=target, comment="", version=target.version, actor_id=lead)
