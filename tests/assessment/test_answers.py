"""What people do with answers, against both databases."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.assessment import answers, facts, listing, rounds, sight
from ccc_pilot.assessment.models import AnswerChange, AssessmentAnswer, AssessmentRound
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import Conflict, NotFound, Refused
from ccc_pilot.i18n import force_locale
from ccc_pilot.people.doors import Current, access_of
from tests.factories import person, pilot

EDITION = "rcc-2012"
START = date(2026, 1, 12)
REGIONS = ("ro", "rjl", "rkl")
CANARY = "kanariefågel i Kalmar"


@pytest.fixture
def opened(pilot_context: Flask) -> AssessmentRound:
    """A round of all three regions on the ten criteria."""
    with transaction():
        return rounds.open_round(
            pilot=pilot(), title="Prov", edition_key=EDITION, start=START, actor_id=person("huvudprojektledare").id
        )


def who(login: str) -> Current:
    found = person(login)
    return Current(found.id, found.name, found.email, "", "sv", access_of(found)[0])


def first(round_: AssessmentRound, region: str = "ro", place: int = 0) -> AssessmentAnswer:
    rows = select(AssessmentAnswer).where(AssessmentAnswer.round_id == round_.id, AssessmentAnswer.region == region)
    return db.session.scalars(rows.order_by(AssessmentAnswer.position).offset(place).limit(1)).one()


def top(round_: AssessmentRound) -> str:
    fact = facts.load(round_, ["ro"])[0]
    levels = rounds.edition(fact.point.key.split(":")[0]).scale.levels
    return max((level for level in levels if level.value is not None), key=lambda level: level.value).code


def write(target: AssessmentAnswer, by: str = "expert.ro", **content: object) -> AssessmentAnswer:
    with transaction():
        return answers.write(target=target, **{"version": target.version, "actor_id": person(by).id, **content})  # type: ignore[arg-type]


def step(use_case: object, target: AssessmentAnswer, by: str, comment: str = "") -> AssessmentAnswer:
    with transaction():
        return use_case(target=target, comment=comment, version=target.version, actor_id=person(by).id)  # type: ignore[operator]


def test_a_round_has_an_empty_answer_per_region_and_point_and_six_months(opened: AssessmentRound):
    progress = listing.progress(opened)
    assert {region for region, _chapter in progress} == set(REGIONS)
    assert opened.due == date(2026, 7, 12)
    assert len({listing.of_region(progress, region).total for region in REGIONS}) == 1
    assert listing.of_region(progress, "ro").scored == 0
    assert [fact.region for fact in facts.load(opened, ["rkl", "ro"])][0] == "rkl"


def test_a_round_on_an_edition_that_is_not_there_or_due_before_it_starts_is_refused(pilot_context: Flask):
    with pytest.raises(Refused) as refusal, transaction():
        rounds.open_round(pilot=pilot(), title="x", edition_key="no-such", start=START, actor_id=None)
    assert refusal.value.field == "edition_key"
    with pytest.raises(Refused) as refusal, transaction():
        rounds.open_round(pilot=pilot(), title="x", edition_key=EDITION, start=START, due=START, actor_id=None)
    assert refusal.value.field == "due"


def test_an_answer_goes_from_draft_to_approved_by_four_eyes_with_its_history(opened: AssessmentRound):
    target = first(opened)
    score = top(opened)
    assert write(target, score=score, note="Finns").state == "draft"
    assert write(target, propose=True).state == "proposed"
    with pytest.raises(Refused):
        step(answers.verify, target, "expert.ro")
    assert step(answers.verify, target, "projektledare.ro").state == "verified"
    assert step(answers.approve, target, "projektledare.ro").state == "approved"
    acts = db.session.scalars(select(AnswerChange.act).where(AnswerChange.answer_id == target.id).order_by(AnswerChange.id)).all()
    assert list(acts) == ["write", "propose", "verify", "approve"]
    entry = db.session.scalars(select(journal.Entry).order_by(journal.Entry.seq.desc())).first()
    assert entry is not None
    assert (entry.event, entry.object_key, entry.region) == ("assessment.answer", target.object_key, "ro")
    assert entry.fields["state"] == ["verified", "approved"]
    assert list(journal.verify()) == []


def test_the_last_to_write_does_not_verify_although_another_scored(opened: AssessmentRound):
    target = write(first(opened), score=top(opened), note="Finns")
    write(target, by="projektledare.ro", note="Finns sedan 2019", propose=True)
    for writer in ("expert.ro", "projektledare.ro"):
        with pytest.raises(Refused):
            step(answers.verify, target, writer)
    assert step(answers.verify, target, "granskare.rcc").state == "verified"


def test_who_verifies_is_told_which_kind_of_evidence_is_missing(pilot_context: Flask):
    with transaction():
        round_ = rounds.open_round(pilot=pilot(), title="Prov", edition_key="oeci-3x-p", start=START, actor_id=None)
    key = round_.point_key("GOV-08.1")
    ours = select(AssessmentAnswer).where(AssessmentAnswer.round_id == round_.id, AssessmentAnswer.region == "ro")
    target = write(
        db.session.scalars(ours.where(AssessmentAnswer.point_key == key)).one(), score="mostly", note="Nästan", propose=True
    )
    with force_locale("sv"), pytest.raises(Refused, match="Indikatorrapport"):
        step(answers.verify, target, "projektledare.ro")


def test_a_change_after_it_was_approved_makes_a_draft_of_it_and_saving_the_same_does_not(opened: AssessmentRound):
    target = write(first(opened), score=top(opened), note="Finns", propose=True)
    step(answers.verify, target, "projektledare.ro")
    step(answers.approve, target, "projektledare.ro")
    version = target.version
    assert write(target, score=top(opened), note="Finns").state == "approved"
    assert target.version == version
    changed = write(target, note="Finns inte längre")
    assert (changed.state, changed.verified_by_id, changed.approved_by_id) == ("draft", None, None)


def test_an_answer_is_returned_with_a_comment_and_handed_in_again(opened: AssessmentRound):
    target = write(first(opened), score=top(opened), note="Finns", propose=True)
    with pytest.raises(Refused) as refusal:
        step(answers.send_back, target, "projektledare.ro", " ")
    assert refusal.value.field == "comment"
    assert step(answers.send_back, target, "projektledare.ro", "Visa var").state == "returned"
    assert write(target, propose=True).state == "proposed"


@pytest.mark.parametrize("content", [{}, {"note": "Utan bedömning"}])
def test_what_is_not_scored_is_not_handed_in_and_nothing_is_stored(opened: AssessmentRound, content: dict[str, str]):
    target = first(opened)
    with pytest.raises(Refused):
        write(target, propose=True, **content)
    db.session.expire_all()
    assert (target.state, target.note, target.version) == ("empty", "", 1)


def test_a_score_that_is_not_on_the_scale_is_refused(opened: AssessmentRound):
    with pytest.raises(Refused) as refusal:
        write(first(opened), score="brilliant")
    assert refusal.value.field == "score"


def test_a_form_based_on_an_older_version_meets_both_texts(opened: AssessmentRound):
    target = write(first(opened), note="Den enas text")
    with pytest.raises(Conflict) as conflict:
        write(target, by="projektledare.ro", version=1, note="Den andras text")
    assert (conflict.value.theirs, conflict.value.mine) == ({"note": "Den enas text"}, {"note": "Den andras text"})
    assert conflict.value.by == "Demo Expert RÖ"


def test_before_the_reveal_nobody_reads_another_regions_answers(opened: AssessmentRound):
    target = write(first(opened, "rkl"), by="expert.rkl", score=top(opened), note=CANARY)
    point = facts.load(opened, ["rkl"])[0].point
    day = opened.due
    for login in ("expert.ro", "projektledare.rjl", "huvudprojektledare", "rsl", "extern"):
        assert "rkl" not in sight.regions(opened, who(login), day), login
        assert CANARY not in repr([one.note for one in listing.beside(opened, point, who(login), day).values()]), login
    for login in ("expert.rkl", "projektledare.rkl", "granskare.rcc"):
        assert listing.beside(opened, point, who(login), day)["rkl"].note == CANARY, login
    after = day + timedelta(days=1)
    assert listing.beside(opened, point, who("expert.ro"), after)["rkl"].id == target.id
    assert sight.regions(opened, who("huvudprojektledare"), after) == REGIONS
    assert sight.regions(opened, who("ekonom"), after) == ()


def test_the_round_is_revealed_when_the_last_answer_is_handed_in(opened: AssessmentRound):
    rows = db.session.scalars(select(AssessmentAnswer).where(AssessmentAnswer.round_id == opened.id)).all()
    with transaction():
        for row in rows[1:]:
            row.state, row.score, row.note = "proposed", top(opened), "Finns"
    assert opened.revealed_at is None
    write(rows[0], by=f"expert.{rows[0].region}", score=top(opened), note="Finns", propose=True)
    assert opened.revealed_at is not None
    assert sight.is_revealed(opened, START)


def test_a_closed_round_takes_no_answers(opened: AssessmentRound):
    with transaction():
        opened.stage = "submitted"
    with pytest.raises(Refused):
        write(first(opened), note="För sent")


def test_an_answer_that_is_not_there_is_not_found(opened: AssessmentRound):
    for region, slug in (("ro", "no-such"), ("sosr", first(opened).slug)):
        with pytest.raises(NotFound):
            answers.answer(opened, region, slug)
    with pytest.raises(NotFound):
        sight.round_(pilot(), 999)
