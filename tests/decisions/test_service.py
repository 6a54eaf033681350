"""What people do with meetings and decisions, against both databases."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.db import db, transaction
from ccc_pilot.decisions import finding, linking, minutes, planning, reading, recording
from ccc_pilot.decisions.models import AgendaPoint, Decision, Meeting, Revision
from ccc_pilot.errors import Conflict, NotFound, Refused
from tests.factories import person, pilot

TODAY = date(2026, 11, 23)
TEXT = "Region Östergötland utser projektledare senast 250601."


def head() -> int:
    return person("huvudprojektledare").id


def second() -> int:
    return person("rsl").id


def plan(day: date = date(2026, 11, 20), body: str = "rsl", **more: object) -> Meeting:
    with transaction():
        return planning.plan(pilot=pilot(), body_key=body, title="", day=day, actor_id=head(), **more)  # type: ignore[arg-type]


def add(meeting: Meeting, title: str = "Projektledare", **more: object) -> AgendaPoint:
    with transaction():
        found = finding.meeting(pilot(), meeting.id)
        return planning.add_point(target=found, title=title, kind="decision", actor_id=head(), **more)  # type: ignore[arg-type]


def propose(meeting: Meeting, point: AgendaPoint | None = None, proposal: str = TEXT) -> Decision:
    with transaction():
        return recording.propose(
            pilot=pilot(),
            meeting=meeting,
            point=point,
            title="Projektledare",
            kind="decision",
            proposal=proposal,
            actor_id=head(),
        )


def go(meeting: Meeting, *states: str, by: int | None = None) -> Meeting:
    for to in states:
        with transaction():
            found = finding.meeting(pilot(), meeting.id)
            planning.step(target=found, to=to, version=found.version, today=TODAY, actor_id=by or head())
    return finding.meeting(pilot(), meeting.id)


def settle(
    row: Decision, outcome: str = "decided", decided: str = TEXT, paragraph: int | None = None, by: int | None = None
) -> Decision:
    with transaction():
        return recording.settle(
            target=row,
            outcome=outcome,
            decided=decided,
            paragraph=paragraph,
            version=row.version,
            today=TODAY,
            actor_id=by or head(),
        )


def held() -> tuple[Meeting, AgendaPoint, Decision]:
    meeting = plan()
    point = add(meeting)
    row = propose(meeting, point)
    return go(meeting, "called", "held"), point, row


def test_a_proposal_becomes_a_decision_with_its_number_and_its_history(pilot_context: Flask):
    _meeting, _point, row = held()
    settle(row, decided="Region Östergötland utser projektledare senast 250701.")
    assert (row.status, row.number, row.proposal) == ("decided", "RSL 261120 § 1", TEXT)
    assert [(change.status_from, change.status_to) for change in row.changes] == [("proposed", "decided"), ("", "proposed")]
    entry = db.session.scalars(select(journal.Entry).where(journal.Entry.event == "decision.state")).one()
    assert entry.fields["standing"] == ["proposed", "decided"]
    assert not list(journal.verify())


def test_nothing_is_decided_before_the_meeting_is_held_nor_without_words(pilot_context: Flask):
    meeting = plan()
    row = propose(meeting, add(meeting))
    with pytest.raises(Refused, match="hållits|genomfört|held"):
        settle(row)
    go(meeting, "called", "held")
    with pytest.raises(Refused) as refusal:
        settle(row, decided="  ")
    assert refusal.value.field == "decided"
    assert finding.decision(pilot(), row.id).status == "proposed"


def test_numbers_follow_one_another_and_none_is_given_twice(pilot_context: Flask):
    meeting, point, row = held()
    other, third = propose(meeting, point), propose(meeting, point)
    assert settle(row, paragraph=3).number == "RSL 261120 § 3"
    with pytest.raises(Refused) as refusal:
        settle(other, paragraph=3)
    assert refusal.value.field == "paragraph"
    assert settle(third).paragraph == 4


def test_the_minutes_are_approved_by_another_than_the_one_who_wrote_and_lock_the_decisions(pilot_context: Flask):
    meeting, _point, row = held()
    settle(row)
    go(meeting, "written")
    with pytest.raises(Refused):
        go(meeting, "adjusted")
    found = go(meeting, "adjusted", by=second())
    assert (found.state, found.adjusted_by_id) == ("adjusted", second())
    row = finding.decision(pilot(), row.id)
    assert row.locked_by_id == second()
    with pytest.raises(Refused), transaction():
        recording.change(target=row, version=row.version, actor_id=head(), conditions="något annat")
    with pytest.raises(Refused), transaction():
        planning.add_point(target=found, title="sent", kind="information", actor_id=head())
    with pytest.raises(Refused), transaction():
        minutes.write_text(target=found, text="sent", version=found.version, actor_id=head())
    go(meeting, "closed")


def test_what_happens_after_locking_can_still_be_told(pilot_context: Flask):
    meeting, _point, row = held()
    settle(row)
    go(go(meeting, "written"), "adjusted", by=second())
    for to in ("executing", "executed", "reported"):
        row = finding.decision(pilot(), row.id)
        with transaction():
            recording.step(target=row, to=to, text=f"nu {to}", version=row.version, today=TODAY, actor_id=head())
    assert finding.decision(pilot(), row.id).status == "reported"


def test_minutes_are_not_written_while_a_proposal_is_open(pilot_context: Flask):
    meeting, _point, _row = held()
    with pytest.raises(Refused):
        go(meeting, "written")


def test_a_decision_without_minutes_is_locked_by_a_second_person_alone(pilot_context: Flask):
    _meeting, _point, row = held()
    settle(row)
    with pytest.raises(Refused), transaction():
        recording.lock(target=row, version=row.version, actor_id=head())
    with transaction():
        recording.lock(target=row, version=row.version, actor_id=second())
    with pytest.raises(Refused), transaction():
        recording.lock(target=row, version=row.version, actor_id=second())


def test_a_correction_is_a_new_entry_that_supersedes_the_locked_one(pilot_context: Flask):
    _meeting, _point, row = held()
    settle(row)
    with pytest.raises(Refused), transaction():
        recording.correct(target=row, decided="x", reason="y", version=row.version, actor_id=head())
    with transaction():
        recording.lock(target=row, version=row.version, actor_id=second())
    with transaction():
        new = recording.correct(target=row, decided="Rätt text.", reason="Fel datum", version=row.version, actor_id=head())
    assert (new.number, new.decided, new.status, new.locked_at) == ("RSL 261120 § 1 r1", "Rätt text.", "decided", None)
    assert (row.status, row.decided) == ("superseded", TEXT)
    assert [one.id for one in finding.chain(row).replaced_by] == [new.id]
    assert {fact.id for fact in reading.decisions_in_force(pilot(), "rsl")} >= {new.id}
    assert row.id not in {fact.id for fact in reading.decisions_in_force(pilot())}


def test_standing_points_and_what_was_deferred_come_back_at_the_next_meeting(pilot_context: Flask):
    meeting = plan()
    add(meeting, "Ekonomi", standing=True)
    point = add(meeting)
    row = propose(meeting, point)
    go(meeting, "called", "held")
    settle(row, "deferred", "")
    later = plan(date(2026, 12, 18))
    found = finding.meeting(pilot(), later.id)
    assert [one.title for one in found.points] == ["Statusuppdatering om piloten", "Ekonomi", "Projektledare"]
    [again] = reading.proposals_for(later.id)
    assert (again.proposal, again.status) == (TEXT, "proposed")
    assert [one.id for one in finding.chain(finding.decision(pilot(), again.id)).before] == [row.id]


def test_a_point_left_open_comes_to_a_meeting_that_was_already_planned_and_only_once(pilot_context: Flask):
    meeting = plan(more_days=[date(2026, 12, 18)])
    point = add(meeting, "Rekrytering")
    go(meeting, "called", "held")
    with transaction():
        found = finding.meeting(pilot(), meeting.id)
        minutes.write_point(
            target=found,
            point=finding.point(found, point.id),
            notes="Inte klart.",
            open=True,
            version=point.version,
            actor_id=head(),
        )
    go(meeting, "written", "held", "written")
    later = db.session.scalars(select(Meeting).where(Meeting.day == date(2026, 12, 18))).one()
    assert [one.title for one in finding.meeting(pilot(), later.id).points].count("Rekrytering") == 1


def test_two_who_write_the_same_point_see_both_texts_and_every_saved_text_is_kept(pilot_context: Flask):
    meeting, point, _row = held()
    for text, wrong in (("Först", False), ("Sedan", True)):
        found = finding.meeting(pilot(), meeting.id)
        one = finding.point(found, point.id)
        version = one.version - (1 if wrong else 0)
        if wrong:
            with pytest.raises(Conflict) as conflict, transaction():
                minutes.write_point(target=found, point=one, notes=text, open=False, version=version, actor_id=second())
            assert conflict.value.theirs["notes"] == "Först"
        else:
            with transaction():
                minutes.write_point(target=found, point=one, notes=text, open=False, version=version, actor_id=head())
    assert [kept.text for kept in db.session.scalars(select(Revision))] == ["Först"]
    assert [kept.text for kept in minutes.revisions(finding.meeting(pilot(), meeting.id))] == ["Först"]


def test_a_point_moves_and_goes_but_not_when_something_stands_under_it(pilot_context: Flask):
    meeting = plan(body="svn")
    first, last = add(meeting, "Ett"), add(meeting, "Två")
    with transaction():
        found = finding.meeting(pilot(), meeting.id)
        planning.move_point(target=found, point=finding.point(found, last.id), up=True, actor_id=head())
    assert [one.title for one in finding.meeting(pilot(), meeting.id).points] == ["Två", "Ett"]
    propose(meeting, first)
    with pytest.raises(Refused), transaction():
        planning.remove_point(target=found, point=finding.point(found, first.id), actor_id=head())
    with transaction():
        planning.remove_point(target=found, point=finding.point(found, last.id), actor_id=head())


def test_links_and_registry_numbers_are_added_changed_and_taken_away(pilot_context: Flask):
    _meeting, _point, row = held()
    with transaction():
        kept = linking.link(target=row, relation="creates", object_key="sosr-wp4-2025:P0-05", note="", actor_id=head())
        linking.register(target=row, organisation_key="ro", number="RÖN 2026-1", actor_id=head())
    with pytest.raises(Refused), transaction():
        linking.link(target=row, relation="creates", object_key="sosr-wp4-2025:P0-05", note="", actor_id=head())
    with transaction():
        linking.register(target=row, organisation_key="ro", number="RÖN 2026-2", actor_id=head())
        linking.unlink(target=row, link_id=kept.id, actor_id=head())
    found = finding.decision(pilot(), row.id)
    assert ([one.number for one in found.registrations], found.links) == (["RÖN 2026-2"], [])
    with pytest.raises(NotFound), transaction():
        linking.unlink(target=found, link_id=999, actor_id=head())


def test_a_decision_is_a_debt_until_something_that_it_creates_has_begun(pilot_context: Flask):
    _meeting, _point, row = held()
    settle(row)
    day = date(2027, 1, 15)
    assert [fact.id for fact in reading.in_debt(pilot(), day)] == [row.id]
    with transaction():
        linking.link(target=row, relation="creates", object_key="action:7", note="", actor_id=head())
    assert reading.in_debt(pilot(), day, lambda keys: frozenset(keys)) == []
    with transaction():
        recording.step(target=row, to="executed", text="klart", version=row.version, today=day, actor_id=head())
    assert reading.in_debt(pilot(), day) == []


def test_a_review_is_owed_until_it_was_made(pilot_context: Flask):
    _meeting, _point, row = held()
    settle(row)
    with transaction():
        recording.change(target=row, version=row.version, actor_id=head(), review_on=date(2026, 11, 21))
    assert [one.reason for fact in reading.in_debt(pilot(), TODAY) for one in fact.owed] == ["review"]
    with transaction():
        recording.review(target=row, version=row.version, today=TODAY, text="står kvar", next_on=None, actor_id=head())
    assert reading.in_debt(pilot(), TODAY) == []
