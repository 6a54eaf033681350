"""Proposals, decisions and dates found in text: as people here write them, and whatever else is sent in."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ccc_pilot.decisions.finder import LONGEST, MOST, days, find

DAY = date(2025, 5, 12)
DECK = """Vid RSL 250410 togs beslut om att skicka in intresseanmälan

Beslut och fortsatt arbete

Förslag till beslut vid RSL 250512:

SÖSR deltar i piloten i enlighet med skrivelse från Socialstyrelsen

Fortsatt arbete:

• Projektledare utses per region.
• Förslag från RCC att motsvarande medel används för RKL och RJL under 2025-2026.
"""
MINUTES = """§ 12 Projektledare
Ordföranden föredrar ärendet.
Beslut
RSL beslutar
att varje region utser en projektledare senast 250601
att återrapportering sker 12/9

§ 13 Övrigt
Inga beslut fattades.
"""


def told(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in find(text, DAY)]


def test_the_deck_before_12_may_2025_holds_a_decision_and_two_proposals():
    assert told(DECK) == [
        ("decision", "Skicka in intresseanmälan"),
        ("proposal", "SÖSR deltar i piloten i enlighet med skrivelse från Socialstyrelsen"),
        ("proposal", "Motsvarande medel används för RKL och RJL under 2025-2026."),
    ]
    assert [one.day for one in find(DECK, DAY)] == [date(2025, 4, 10), DAY, None]


def test_what_stands_under_a_paragraph_is_one_decision_with_its_number_matter_and_last_day():
    [one] = find(MINUTES, DAY)
    assert one.text.splitlines() == [
        "RSL beslutar", "Varje region utser en projektledare senast 250601", "Återrapportering sker 12/9",
    ]  # fmt: skip
    assert (one.kind, one.paragraph, one.title, one.due, one.line) == ("decision", 12, "Projektledare", date(2025, 6, 1), 4)


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Beslut: Bifall till förslaget om ny mottagning", "decision", "Bifall till förslaget om ny mottagning"),
        ("Beslut i RSL om att skicka in en intresseanmälan - 250410", "decision", "Skicka in en intresseanmälan"),
        ("Förslag till beslut\n1. Godkänna planen\n2. Avsätta medel", "proposal", "Godkänna planen"),
        ("Under 2024 har RSL beslutat att inrätta ett gemensamt\n\nkansli för testning. Mer följer.", "decision", "Inrätta ett gemensamt kansli för testning"),
        ("The board decided to take part in the pilot.", "decision", "Take part in the pilot."),
        ("Proposal for decision: The region takes part", "proposal", "The region takes part"),
    ],
)  # fmt: skip
def test_the_ways_in_which_it_is_written(text: str, kind: str, found: str):
    assert (kind, found) in told(text)


@pytest.mark.parametrize(
    "text", ["", "Beslut och fortsatt arbete", "Beslutsunderlag bifogas", "Inga beslut.", "Vi diskuterade läget."]
)
def test_what_is_no_decision_is_not_offered(text: str):
    assert told(text) == []


def test_the_dates_of_a_text_are_told_with_their_line():
    found = days("Möte 250512 och 12/5.\nSenast 1 juni 2025, eller 2025-06-02.\nInte 2,2+1,5 eller 202201-202406.", DAY)
    assert [(one.day, one.line) for one in found] == [
        (DAY, 1), (DAY, 1), (date(2025, 6, 1), 2), (date(2025, 6, 2), 2),
    ]  # fmt: skip


WORDS = st.sampled_from(
    [
        "Beslut",
        "Förslag till beslut",
        "§ 7",
        "beslutade att",
        "250512",
        "12/5",
        "99/99",
        "att",
        ":",
        "\n",
        "\n\n",
        "-",
        "RSL",
        "deltar i piloten",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS | st.text(max_size=20), max_size=60).map(" ".join))
@example("Beslut" * 50_000)
@example("§" * 10_000 + "\n" * 10_000)
@example("beslutade att " * 20_000)
def test_whatever_is_sent_in_only_offers_what_stands_there(text: str):
    lines = text.splitlines()
    found = find(text, DAY)
    assert len(found) <= MOST
    for one in found:
        assert one.text and len(one.text) <= LONGEST and len(one.title) <= 100
        assert 1 <= one.line <= max(1, len(lines))
        assert one.kind in {"proposal", "decision"}
    assert all(1 <= day.line <= len(lines) for day in days(text, DAY))
