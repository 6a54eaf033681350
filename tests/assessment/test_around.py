"""Around the answers: who answers what, what is said, peers' reviews, earlier answers; against both databases."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from ccc_pilot.assessment import answers, assigning, carrying, findings, reviewing, rounds, scope, snapshots, talk
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.assessment.review_models import PeerReview
from ccc_pilot.catalogue.editions import edition
from ccc_pilot.catalogue.standard_records import Point
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import Conflict, Forbidden, NotFound, Refused
from ccc_pilot.i18n import today
from ccc_pilot.people.doors import Current, access_of
from tests.factories import person, pilot

EDITION = "oeci-3x-p"
START = date(2026, 1, 12)
SLUG = "GOV-01.1"
REGIONS = ["ro", "rjl", "rkl"]


@pytest.fixture
def opened(entered: Flask) -> AssessmentRound:
    return new_round("Prov")


def new_round(title: str) -> AssessmentRound:
    with transaction():
        return rounds.open_round(
            pilot=pilot(),
            title=title,
            edition_key=EDITION,
            designation="NET",
            start=START,
            due=today() + timedelta(days=60),
            actor_id=head(),
        )


def head() -> int:
    return person("huvudprojektledare").id


def who(login: str) -> Current:
    found = person(login)
    return Current(found.id, found.name, found.email, "", "sv", access_of(found)[0])


def point(round_: AssessmentRound, slug: str = SLUG) -> Point:
    return edition(EDITION).point(round_.point_key(slug))


def answered(round_: AssessmentRound, score: str = "mostly", note: str = "Finns") -> AssessmentRound:
    with transaction():
        rows = AssessmentAnswer.round_id == round_.id
        db.session.execute(update(AssessmentAnswer).where(rows).values(score=score, note=note, state="approved"))
    return round_


@pytest.fixture
def review(opened: AssessmentRound) -> PeerReview:
    """A round frozen, and given to the demo's peer for a week."""
    with transaction():
        answered_round = db.session.get_one(AssessmentRound, opened.id)
        db.session.execute(
            update(AssessmentAnswer).where(AssessmentAnswer.round_id == opened.id).values(score="mostly", note="Finns")
        )
        answered_round.stage, answered_round.frozen_at = "submitted", snapshots.take(answered_round, head()).at
    with transaction():
        return reviewing.open_review(
            round_=opened,
            person_id=person("kollegial").id,
            since=today(),
            until=today() + timedelta(days=7),
            actor_id=head(),
            day=today(),
        )


def test_a_chapter_given_to_an_expert_waits_for_them_until_it_is_handed_in(opened: AssessmentRound):
    expert, due = person("expert.ro"), today() + timedelta(days=5)
    with transaction():
        assigning.assign(round_=opened, region="ro", part="GOV", person_id=expert.id, due=due, actor_id=head(), day=today())
    chapter = [one for one in scope.points(opened) if one.chapter == point(opened).chapter]
    tasks = [one for one in assigning.mine(pilot(), expert.id, ["ro"]) if one.round.id == opened.id]
    assert (len(tasks), tasks[0].due) == (len(chapter), due)
    (load,) = assigning.workload(opened, today())
    assert (load.person, load.region, load.open, load.soon, load.late) == (expert.name, "ro", len(chapter), len(chapter), 0)
    target = answers.answer(opened, "ro", SLUG)
    with transaction():
        answers.write(target=target, version=1, actor_id=expert.id, score="yes", note="Finns", propose=True)
    assert len([one for one in assigning.mine(pilot(), expert.id, ["ro"]) if one.round.id == opened.id]) == len(chapter) - 1


def test_only_those_who_answer_for_the_region_are_given_points_and_only_until_the_round_is_due(opened: AssessmentRound):
    told = {"round_": opened, "region": "ro", "actor_id": head(), "day": today(), "due": None}
    for field, wrong in (
        ("person_id", {"part": SLUG, "person_id": person("expert.rjl").id}),
        ("part", {"part": "NO-1", "person_id": 1}),
    ):
        with pytest.raises(Refused) as refusal, transaction():
            assigning.assign(**{**told, **wrong})  # type: ignore[arg-type]
        assert refusal.value.field == field
    late = {"part": SLUG, "person_id": person("expert.ro").id, "due": opened.due + timedelta(days=1)}
    with pytest.raises(Refused) as refusal, transaction():
        assigning.assign(**{**told, **late})  # type: ignore[arg-type]
    assert refusal.value.field == "due"


def test_what_was_given_can_be_taken_away_once_and_in_its_own_region(opened: AssessmentRound):
    with transaction():
        row = assigning.assign(
            round_=opened, region="ro", part=SLUG, person_id=person("expert.ro").id, due=None, actor_id=head(), day=today()
        )
    with pytest.raises(NotFound), transaction():
        assigning.take_away(round_=opened, region="rjl", number=row.id, actor_id=head())
    with transaction():
        assigning.take_away(round_=opened, region="ro", number=row.id, actor_id=head())
    assert assigning.given(opened) == []


def test_a_question_within_a_region_is_not_seen_by_those_who_do_not_see_its_answers(opened: AssessmentRound):
    expert = who("expert.ro")
    with transaction():
        thread = talk.ask(round_=opened, point=point(opened), region="ro", text="Räknas Motala?", sees=["ro"], who=expert)
    shorts = {"ro": "RÖ"}
    assert talk.threads(opened, point(opened), ["rjl"], shorts, who("expert.rjl")) == []
    (seen,) = talk.threads(opened, point(opened), ["ro"], shorts, expert)
    assert (seen.about, seen.comments[0].text, seen.resolved_by) == ("RÖ", "Räknas Motala?", "")
    with pytest.raises(NotFound):
        talk.found(opened, thread.id, ["rjl"])
    with pytest.raises(Forbidden), transaction():
        talk.ask(round_=opened, point=point(opened), region="rkl", text="x", sees=["ro"], who=expert)


def test_a_thread_is_answered_resolved_and_opened_again(opened: AssessmentRound):
    expert, lead = who("expert.ro"), who("huvudprojektledare")
    with transaction():
        thread = talk.ask(round_=opened, point=point(opened), region="", text="Gäller det alla?", sees=[], who=expert)
    with transaction():
        talk.say(thread=thread, text="Ja", who=lead)
    with transaction():
        talk.resolve(thread=thread, who=lead)
    with pytest.raises(Refused), transaction():
        talk.say(thread=thread, text="En sak till", who=expert)
    with transaction():
        talk.resolve(thread=thread, who=expert)
    (seen,) = talk.threads(opened, point(opened), [], {}, expert)
    assert (len(seen.comments), seen.resolved_at) == (2, None)


def test_a_round_that_is_not_frozen_is_not_reviewed_nor_by_one_who_is_no_peer(opened: AssessmentRound):
    told = {"round_": opened, "since": today(), "until": today(), "actor_id": head(), "day": today()}
    with pytest.raises(Refused), transaction():
        reviewing.open_review(person_id=person("kollegial").id, **told)  # type: ignore[arg-type]


def test_a_peer_sees_the_snapshot_after_declaring_and_only_on_the_days_given(review: PeerReview):
    peer = person("kollegial").id
    with pytest.raises(NotFound):
        reviewing.frozen(review)
    with transaction():
        reviewing.declare(review=review, actor_id=peer)
    answered(db.session.get_one(AssessmentRound, review.round_id), "no", "Ändrat efteråt")
    told = reviewing.frozen(review)
    assert {row["score"] for row in told.network.values()} == {"mostly"}
    assert reviewing.own(review.id, peer, review.until)[0].id == review.id
    for day, person_id in (
        (review.until + timedelta(days=1), peer),
        (review.since - timedelta(days=1), peer),
        (review.since, head()),
    ):
        with pytest.raises(NotFound):
            reviewing.own(review.id, person_id, day)


def test_the_peers_scores_stand_beside_the_networks_and_a_finished_review_takes_no_more(review: PeerReview):
    round_, peer = db.session.get_one(AssessmentRound, review.round_id), person("kollegial").id
    said = {"note": "Visas inte", "question": "", "actor_id": peer}
    with transaction():
        reviewing.declare(review=review, actor_id=peer)
    for slug, score in ((SLUG, "partially"), ("GOV-02.1", "yes"), ("GOV-03.1", "mostly")):
        with transaction():
            reviewing.score(review=review, point=point(round_, slug), score=score, version=0, **said)  # type: ignore[arg-type]
    with pytest.raises(Conflict), transaction():
        reviewing.score(review=review, point=point(round_), score="no", version=0, **said)  # type: ignore[arg-type]
    found, peers = reviewing.compare(round_, review, reviewing.answers(review))
    assert [one.steps for one in found] == [-1, 1, 0]
    assert (peers.both, peers.agreed, peers.over, peers.under) == (3, 1, 1, 1)
    with transaction():
        reviewing.finish(review=review, actor_id=peer)
    with pytest.raises(Refused), transaction():
        reviewing.score(review=review, point=point(round_), score="no", version=1, **said)  # type: ignore[arg-type]


def test_a_finding_has_its_points_and_is_retracted_by_its_writer_or_the_head_lead(opened: AssessmentRound):
    lead = who("huvudprojektledare")
    with transaction():
        row = findings.find(round_=opened, kind="opportunity", text="Följ upp årligen", points=[SLUG], region="rjl", who=lead)
    assert (row.key, row.point_keys) == (f"finding:{row.id}", [f"{EDITION}:{SLUG}"])
    with pytest.raises(Refused), transaction():
        findings.find(round_=opened, kind="strength", text="x", points=["NO-1"], who=lead)
    with pytest.raises(Forbidden), transaction():
        findings.retract(round_=opened, number=row.id, who=who("expert.ro"))
    with transaction():
        findings.retract(round_=opened, number=row.id, who=lead)
    assert findings.of(opened) == []


def test_earlier_answers_are_laid_beside_the_new_and_what_is_still_true_becomes_a_draft(opened: AssessmentRound):
    answered(opened).revealed_at = opened.opened_at
    later = new_round("Nästa")
    with transaction():
        n = carrying.carry(round_=later, source_id=opened.id, actor_id=head())
    with transaction():
        assert carrying.carry(round_=later, source_id=opened.id, actor_id=head()) == 0
    assert sum(carrying.waiting(later).values()) == n
    rows = {(row.answer.slug, row.relation): row for row in carrying.triage(later, "ro")}
    row, expert = rows[SLUG, "same"], person("expert.ro").id
    with pytest.raises(NotFound), transaction():
        carrying.judge(round_=later, region="rjl", number=row.id, verdict="still_true", actor_id=expert)
    with transaction():
        carrying.judge(round_=later, region="ro", number=row.id, verdict="still_true", actor_id=expert)
    assert (row.answer.state, row.answer.score, row.answer.note, row.answer.scored_by_id) == ("draft", "mostly", "Finns", expert)
    other = rows["GOV-02.1", "same"]
    with transaction():
        carrying.judge(round_=later, region="ro", number=other.id, verdict="not_relevant", actor_id=expert)
    assert other.answer.state == "empty"
    assert sum(carrying.waiting(later).values()) == n - 2


def test_an_answer_that_has_been_begun_is_not_written_over_by_an_earlier_one(opened: AssessmentRound):
    answered(opened).revealed_at = opened.opened_at
    later, expert = new_round("Nästa"), person("expert.ro").id
    with transaction():
        carrying.carry(round_=later, source_id=opened.id, actor_id=head())
    target = answers.answer(later, "ro", SLUG)
    with transaction():
        answers.write(target=target, version=1, actor_id=expert, note="Nytt")
    (row,) = [row for row in carrying.triage(later, "ro") if row.answer.slug == SLUG and row.relation == "same"]
    with pytest.raises(Refused), transaction():
        carrying.judge(round_=later, region="ro", number=row.id, verdict="still_true", actor_id=expert)
    assert db.session.scalar(select(AssessmentAnswer.note).where(AssessmentAnswer.id == target.id)) == "Nytt"
