"""Rules of people: pure, without application or database."""

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccc_pilot.people import passwords, rules
from ccc_pilot.people.policy import ACTION_TITLES, EVERYBODYS, MATRIX, REACH_TITLES, Access, Grant, Role
from ccc_pilot.people.rules import Fault, fault_of
from ccc_pilot.web.views import safe_next

PHRASE = "åtta gröna älgar öster om ån"


@pytest.mark.parametrize(
    "password",
    [
        "losenord1234", "Lösenord 2025!", "passwordpassword", "qwertyuiop123", "Linköping2025", "Jonkoping-2024", "ccc-pilot-2025",
        "rcc rcc rcc 12", "Östergötland1!", "aaaaaaaaaaaaaa", "abababababab", "123456789012", "210987654321", "abcdefghijklmnop",
        "Anna Andersson 1", "anna.andersson99", "Hösten2025hösten",
    ],
)  # fmt: skip
def test_aut_10_a_password_of_common_words_or_of_the_project_or_of_the_person_is_refused(password: str) -> None:
    assert fault_of(password, ("Anna Andersson", "anna.andersson@example.org")) is Fault.GUESSABLE


@pytest.mark.parametrize(
    "password",
    [
        PHRASE,
        "83749 2039 4857",
        "!?#%&/()=+*-_<>",
        "korrekt häst batteri",
        "kantarellerna i regionen smakar",
        "🦌🌲🍄🏔️🚂🎻🧭🪵🕯️🥁🌾🧵",
    ],
)
def test_aut_10_any_characters_make_a_password_and_a_common_word_within_a_phrase_does_no_harm(password: str) -> None:
    assert fault_of(password, ("Anna Andersson", "anna@example.org")) is None


def test_aut_10_twelve_characters_are_enough_and_eleven_are_not() -> None:
    assert fault_of("xkqvjzwybnt") is Fault.SHORT
    assert fault_of("xkqvjzwybntm") is None


def test_aut_10_a_hundred_and_twenty_eight_characters_are_taken_and_one_more_is_refused_not_cut_off() -> None:
    text = (string.ascii_letters + string.digits + string.punctuation) * 2
    assert fault_of(text[:128]) is None
    assert fault_of(text[:129]) is Fault.LONG


def test_a_password_opens_however_its_letters_are_composed_and_not_with_its_last_character_missing() -> None:
    stored = passwords.sealed(unicodedata.normalize("NFC", PHRASE))
    assert stored.startswith("$argon2id$")
    assert passwords.opens(stored, unicodedata.normalize("NFD", PHRASE))
    assert not passwords.opens(stored, PHRASE[:-1])


def test_the_hash_that_stands_in_for_a_stranger_costs_what_a_real_one_costs() -> None:
    assert not passwords.is_outdated(passwords.NOBODYS)
    assert not passwords.opens("", "anything at all")


@given(st.text(min_size=1, max_size=200))
def test_the_rules_answer_for_every_text_and_look_only_at_its_composed_form(text: str) -> None:
    assert fault_of(unicodedata.normalize("NFD", text)) == fault_of(unicodedata.normalize("NFC", text))


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_safe_next_lets_only_paths_of_this_site_through(target: str) -> None:
    for wanted in (target, f"/{target}", f"//{target}", f"https:{target}"):
        found = safe_next(wanted)
        assert found is None or (
            found.startswith("/") and not found.startswith("//") and "\\" not in found and found.isprintable()
        )


@pytest.mark.parametrize(
    "evil", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/\t/evil.example", "", None]
)
def test_safe_next_refuses_other_places(evil: str | None) -> None:
    assert safe_next(evil) is None


@pytest.mark.parametrize("typed", ["Anna@Example.org ", "anna@example.org", "ANNA@EXAMPLE.ORG"])
def test_an_address_is_the_same_however_it_is_typed(typed: str) -> None:
    assert rules.address(typed) == "anna@example.org"


@pytest.mark.parametrize(
    "typed",
    ["", "anna", "anna@", "@example.org", "a b@example.org", "a@b@c", "a@example.org\nBcc: x@example.org", "x" * 250 + "@e.org"],
)
def test_what_is_no_address_is_not_stored(typed: str) -> None:
    assert rules.address(typed) is None


def test_the_second_person_is_neither_the_proposer_nor_one_whom_it_concerns() -> None:
    assert rules.may_approve(3, proposer=1, concerned=[2, None])
    assert not rules.may_approve(1, proposer=1, concerned=[2])
    assert not rules.may_approve(2, proposer=1, concerned=[2])


def test_every_action_of_the_matrix_has_a_title_and_every_reach_a_word() -> None:
    assert set(ACTION_TITLES) == set(MATRIX)
    assert {reach for cells in MATRIX.values() for reach in cells.values()} <= set(REACH_TITLES)


def test_without_a_post_only_the_own_account_is_open() -> None:
    assert {action for action in MATRIX if Access().may(action)} == EVERYBODYS


def test_a_regional_lead_reports_progress_in_their_own_region_alone() -> None:
    access = Access((Grant(Role.REGIONAL_LEAD, "ro"),))
    assert access.may("milestone.progress", "ro")
    assert not access.may("milestone.progress", "rjl")
