"""Freezing and writing: what is frozen stays, the next briefing shows only what has changed, and no text is lost."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from ccc_pilot.briefings import composing, drafting, finding, rules
from ccc_pilot.briefings.composing import texts_of
from ccc_pilot.db import db, transaction
from ccc_pilot.decisions.models import Meeting
from ccc_pilot.errors import Conflict, NotFound, Refused
from ccc_pilot.progress import service
from tests.briefings.freezing import CUT_OFF, frozen, meeting
from tests.factories import person, pilot

PLAN = "sosr-wp4-2025"


def lead() -> int:
    return person("huvudprojektledare").id


def report(slug: str, region: str, status: str, comment: str = "") -> None:
    with transaction():
        row = service.row(pilot(), PLAN, slug, region)
        service.update(
            target=row, status=status, percent=None, comment=comment, version=row.version, actor_id=lead(), may_complete=True
        )


def move(slug: str, region: str, day: date) -> None:
    with transaction():
        row = service.row(pilot(), PLAN, slug, region)
        service.reschedule(target=row, due=day, reason="senare", version=row.version, actor_id=lead())


def next_meeting(day: date) -> Meeting:
    with transaction():
        made = Meeting(pilot_id=pilot().id, body_key="rsl", title="Regionsjukvårdsledningen", day=day, state="planned")
        meeting().state = "held"
        db.session.add(made)
    return made


def text_of(briefing, key: str) -> str:
    part = next((part for part in composing.compose(briefing, "sv").parts if part.key == key), None)
    return "\n".join(text for block in part.blocks for text in texts_of(block)) if part else ""


def test_what_is_frozen_stays_whatever_happens_to_the_rows(briefing):
    before = [text_of(briefing, part.key) for part in composing.compose(briefing, "sv").parts]
    digest = briefing.digest
    report("P0-05", "ro", "done")
    move("P0-06", "sosr", date(2026, 6, 1))
    db.session.expire_all()
    assert [text_of(briefing, part.key) for part in composing.compose(briefing, "sv").parts] == before
    assert rules.digest(briefing.snapshot) == briefing.digest == digest


def test_the_next_briefing_shows_the_difference_and_only_it(briefing):
    moved = service.row(pilot(), PLAN, "P0-06", "sosr").due
    report("P0-05", "ro", "done")
    report("P0-05", "rjl", "at_risk", "ingen sökande")
    move("P0-06", "sosr", date(2026, 12, 31))
    following = next_meeting(date(2030, 9, 1))
    with transaction():
        after = drafting.freeze(pilot=pilot(), meeting_id=following.id, cut_off=date(2030, 8, 30), actor_id=lead())
    assert text_of(after, "milestones").splitlines() == [
        "Klar", "Projektledare är utsedd i varje region (RÖ)",
        "Senarelagda", f"En ekonom är kopplad till projektet (Gemensam): från {composing.format_day(moved, 'sv')} till 31 december 2026",
        "Ändrat", "Projektledare är utsedd i varje region (RJL): ej påbörjad → i riskzon",
    ]  # fmt: skip
    assert "ingen sökande" in text_of(after, "risks")
    assert text_of(briefing, "milestones") == ""


def test_what_was_changed_after_the_cut_off_day_is_left_out(pilot_context):
    with time_machine.travel(datetime(2026, 3, 10, 12, tzinfo=UTC)):
        report("P0-05", "ro", "ongoing")
    with time_machine.travel(datetime(2026, 3, 11, 12, tzinfo=UTC)):
        report("P0-05", "ro", "done")
    following = next_meeting(date(2026, 4, 1))
    with transaction():
        early = drafting.freeze(pilot=pilot(), meeting_id=following.id, cut_off=date(2026, 3, 10), actor_id=lead())
        late = drafting.freeze(pilot=pilot(), meeting_id=following.id, cut_off=date(2026, 3, 11), actor_id=lead())
    stood = [one.snapshot["rows"][f"{PLAN}:P0-05@ro"]["standing"][0] for one in (early, late)]
    assert stood == ["ongoing", "done"]


def test_a_new_freeze_for_the_same_meeting_keeps_all_that_was_written(briefing):
    with transaction():
        section = finding.section(briefing, "consequences")
        drafting.write(section=section, title="", text="Inga kända.", version=section.version, actor_id=lead())
        drafting.add(briefing=briefing, title="Eget", text="mitt", actor_id=lead())
        drafting.arrange(briefing=briefing, section="own-1", move="up", actor_id=lead())
        drafting.arrange(briefing=briefing, section="reporting", move="hide", actor_id=lead())
    keys = [one.key for one in briefing.sections]
    again = frozen()
    assert [one.key for one in again.sections] == keys
    assert "Inga kända." in text_of(again, "consequences")
    assert text_of(again, "own-1") == "mitt"
    assert text_of(again, "reporting") == ""
    following = next_meeting(date(2030, 9, 1))
    with transaction():
        after = drafting.freeze(pilot=pilot(), meeting_id=following.id, cut_off=date(2030, 8, 30), actor_id=lead())
    assert "OECI-ackreditering" in text_of(after, "background")
    assert text_of(after, "consequences") == ""


def test_two_who_write_the_same_section_lose_no_text(briefing):
    section = finding.section(briefing, "consequences")
    with transaction():
        drafting.write(section=section, title="", text="hennes", version=1, actor_id=lead())
    with pytest.raises(Conflict) as lost, transaction():
        drafting.write(section=section, title="", text="mina", version=1, actor_id=lead())
    assert (lost.value.theirs["text"], lost.value.mine["text"], lost.value.version) == ("hennes", "mina", 2)


def test_what_is_published_stays_as_it_is(briefing):
    with transaction():
        drafting.publish(briefing=briefing, actor_id=lead())
    section = finding.section(briefing, "consequences")
    for change in (
        lambda: drafting.write(section=section, title="", text="x", version=1, actor_id=lead()),
        lambda: drafting.add(briefing=briefing, title="x", text="", actor_id=lead()),
        lambda: drafting.arrange(briefing=briefing, section="coming", move="up", actor_id=lead()),
        lambda: drafting.publish(briefing=briefing, actor_id=lead()),
    ):
        with pytest.raises(Refused), transaction():
            change()


def test_a_day_after_the_meeting_and_unknown_sections_are_refused(briefing):
    with pytest.raises(Refused) as refusal, transaction():
        drafting.freeze(pilot=pilot(), meeting_id=meeting().id, cut_off=date(2025, 5, 13), actor_id=lead())
    assert refusal.value.field == "cut_off"
    with pytest.raises(NotFound), transaction():
        drafting.arrange(briefing=briefing, section="no-such", move="up", actor_id=lead())
    with pytest.raises(NotFound), transaction():
        drafting.arrange(briefing=briefing, section="coming", move="remove", actor_id=lead())
    with pytest.raises(NotFound), transaction():
        drafting.freeze(pilot=pilot(), meeting_id=9_999, cut_off=CUT_OFF, actor_id=lead())


def test_the_first_meeting_of_a_body_has_nothing_to_be_compared_with(pilot_context):
    first = frozen("rccsg-250507", date(2025, 5, 7))
    assert first.snapshot["before"] is None
    assert text_of(first, "milestones") == ""
    assert first.snapshot["meeting"]["body"] == "rccsg"
