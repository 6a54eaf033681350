"""The rules of evidence, by themselves."""

from datetime import date

import pytest

from ccc_pilot.evidence import personal_numbers, rules
from ccc_pilot.evidence.rules import AddressState, Broken, LinkState

DAY = date(2026, 3, 31)


def judged(**given):
    """Judge a link that 1 made to the version 2 put up, by 3, unless told otherwise."""
    usual = {"reason": "", "judge_id": 3, "linked_by": 1, "uploaded_by": 2, "shown": 4, "latest": 4}
    state, verdict = given.pop("state", LinkState.LINKED), given.pop("verdict", LinkState.ACCEPTED)
    return rules.judge(state, verdict, **{**usual, **given})


def test_a_second_person_accepts_or_rejects_with_a_reason():
    assert judged() is LinkState.ACCEPTED
    assert judged(verdict=LinkState.REJECTED, reason="Fel år") is LinkState.REJECTED


def test_a_verdict_can_be_changed():
    assert judged(state=LinkState.REJECTED) is LinkState.ACCEPTED


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"judge_id": 1}, "own"),
        ({"judge_id": 2}, "own"),
        ({"state": LinkState.SUGGESTED}, "state"),
        ({"verdict": LinkState.LINKED}, "state"),
        ({"verdict": LinkState.REJECTED}, "reason"),
        ({"shown": 3}, "version"),
    ],
)
def test_nobody_judges_their_own_nor_a_suggestion_nor_what_they_did_not_see(given, code):
    with pytest.raises(Broken) as broken:
        judged(**given)
    assert broken.value.code == code


@pytest.mark.parametrize(("valid_until", "expired"), [(None, False), (DAY, False), (date(2026, 3, 30), True)])
def test_a_document_is_in_force_on_its_last_day_and_expired_the_day_after(valid_until, expired):
    assert rules.is_expired(valid_until, DAY) is expired


@pytest.mark.parametrize(
    ("dated", "stale"), [(None, False), (date(2024, 3, 31), False), (date(2024, 3, 30), True), (date(2024, 2, 29), True)]
)
def test_a_document_is_old_after_two_years_and_one_without_a_date_is_not_called_old(dated, stale):
    assert rules.is_stale(dated, DAY) is stale


@pytest.mark.parametrize(
    ("key", "region"),
    [
        ("oeci-3x-p:GOV-01.1@ro", "ro"),
        ("sosr-wp4-2025:PR-01@rkl/2025-10", "rkl"),
        ("action:7", ""),
        ("gap:3:oeci-3x-p:GOV-01.1@rjl", "rjl"),
    ],
)
def test_a_key_tells_the_region_of_what_it_names(key, region):
    assert rules.region_of(key) == region


@pytest.mark.parametrize(
    "key", ["oeci-3x-p:GOV-01.1@ro", "rcc-2012:4.1@sosr", "sosr-wp4-2025:PR-01~2025-10@ro", "action:7", "meeting:12"]
)
def test_keys_of_the_house_have_the_shape_of_keys(key):
    assert rules.is_object_key(key)


@pytest.mark.parametrize("key", ["", "action", "a b:c", "<b>:1", "javascript:alert(1)", "action:7\n", "oeci:" + "x" * 200, "Å:1"])
def test_what_is_no_key_is_refused(key):
    assert not rules.is_object_key(key)


def test_an_address_is_dead_at_once_when_it_is_gone_and_after_three_failures_when_nobody_answers():
    assert rules.address_state(True, False, 0) is AddressState.ALIVE
    assert rules.address_state(False, True, 1) is AddressState.DEAD
    assert [rules.address_state(False, False, n) for n in (1, 2, 3)] == [AddressState.AWAY, AddressState.AWAY, AddressState.DEAD]


def test_questions_that_nobody_answered_do_not_count_as_no():
    assert rules.quality({}) is None
    assert rules.quality({"reliable": "yes", "current": "no", "clear": "yes", "nonsense": "yes"}) == (2, 3)


@pytest.mark.parametrize(
    "text", ["850709-9805", "8507099805", "19850709-9805", "Sammanfattning 850769-9802.pdf", "(198507099805)", "19121212+1212"]
)
def test_a_personal_number_is_seen_however_it_is_written(text):
    assert personal_numbers.found(text)


@pytest.mark.parametrize(
    "text",
    [
        "850709-9806",
        "2025-05-12",
        "232100-0040",
        "dnr 2025-001234",
        "070-123 45 67",
        "20250512",
        "0123456789012345",
        "851309-9805",
    ],
)
def test_dates_registry_numbers_organisations_and_wrong_check_digits_are_none(text):
    assert not personal_numbers.found(text)
