"""An old plan in a spreadsheet: which of its columns is which field, and what each row would become. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ccc_pilot.dates import BadDate, parse_day

DAYS = ("start", "due")
HEAD_WITHIN = 15
# What people call the columns, folded; the first field whose word begins the heading is guessed, longer words before shorter ones.
GUESSES: dict[str, str] = {
    "atgard": "title", "aktivitet": "title", "forbattringsatgard": "title", "insats": "title", "action": "title", "activity": "title",
    "titel": "title", "rubrik": "title", "varfor": "why", "problem": "why", "bakgrund": "why", "why": "why", "iakttagelse": "why",
    "finding": "why", "hur mats": "measured", "matning": "measured", "matmetod": "measured", "how measured": "measured",
    "uppfoljning": "measured", "hur": "how", "genomforande": "how", "how": "how", "beskrivning": "how", "mal": "goal", "goal": "goal",
    "matbart mal": "goal", "malvarde": "aim", "target": "aim", "ansvarig": "owner_words", "responsible": "owner_words",
    "owner": "owner_words", "vem": "owner_words", "start": "start", "borjar": "start", "fran": "start", "klart": "due", "klar": "due",
    "slut": "due", "due": "due", "deadline": "due", "tid": "due", "nar": "due", "region": "region", "prioritet": "priority",
    "priority": "priority", "belagg": "proof", "bevis": "proof", "evidence": "proof", "proof": "proof", "indikator": "indicator",
    "indicator": "indicator", "kostnad": "cost", "cost": "cost", "resurs": "effort", "effort": "effort", "tagg": "tags", "tags": "tags",
    "etikett": "tags", "orsak": "causes", "cause": "causes", "nulage": "current", "current": "current", "patient": "for_patients",
    "verksamhet": "for_staff", "medarbetare": "for_staff", "styrning": "for_governance",
}  # fmt: skip


def head_of(rows: Sequence[Sequence[str]]) -> int:
    """Return which of the first rows names the columns: the one with most cells filled, the first of equals."""
    return max(range(min(HEAD_WITHIN, len(rows))), key=lambda n: (sum(bool(cell.strip()) for cell in rows[n]), -n), default=0)


def guess(heading: str, fold: Any, own: Mapping[str, str]) -> str:
    """Return the field that a column with this ``heading`` probably is; empty where nobody can tell. ``own``: titles of own columns by key."""
    told = fold(heading.strip())
    for key, title in own.items():
        if told and told == fold(title):
            return key
    words = sorted(GUESSES, key=len, reverse=True)
    return next((GUESSES[word] for word in words if told.startswith(word)), "")


def mapping_of(headings: Sequence[str], fold: Any, own: Mapping[str, str]) -> list[str]:
    """Return the field of each column, each field once: the first column that is probably it."""
    told: list[str] = []
    for heading in headings:
        found = guess(heading, fold, own)
        told.append(found if found not in told else "")
    return told


@dataclass(frozen=True, slots=True)
class Read:
    """What a row would become: its number in the sheet (from 1), the fields it gives, and the codes of what is wrong by field."""

    number: int
    given: dict[str, Any]
    faults: dict[str, str]


def read(
    rows: Sequence[Sequence[str]], head: int, mapping: Sequence[str], *, regions: Mapping[str, str], usual: str, priorities: Mapping[str, str],
    today: date, longest: Mapping[str, int],
) -> list[Read]:  # fmt: skip
    """Return what the rows below the headings would become; empty rows are left out.

    ``regions`` and ``priorities`` map what may stand in a cell, folded, to the key; a row that names no region gets the ``usual`` one.
    """
    told = []
    for n, row in enumerate(rows[head + 1 :], head + 2):
        cells = {field: row[place].strip() for place, field in enumerate(mapping) if field and place < len(row)}
        if any(cells.values()):
            told.append(_one(n, cells, regions, usual, priorities, today, longest))
    return told


def _one(
    n: int,
    cells: dict[str, str],
    regions: Mapping[str, str],
    usual: str,
    priorities: Mapping[str, str],
    today: date,
    longest: Mapping[str, int],
) -> Read:
    given: dict[str, Any] = {"region": usual}
    faults: dict[str, str] = {} if cells.get("title") else {"title": "empty"}
    for field, text in cells.items():
        if not text:
            continue
        try:
            given[field] = _value(field, text, regions, priorities, today)
        except BadDate:
            faults[field] = "day"
        except LookupError:
            faults[field] = "unknown"
        except ValueError:
            faults[field] = "whole"
        if len(text) > longest.get(field, 8_000):
            faults[field] = "long"
    return Read(n, given, faults)


def _value(field: str, text: str, regions: Mapping[str, str], priorities: Mapping[str, str], today: date) -> Any:
    if field in DAYS:
        return parse_day(text[:10] if text[:4].isdecimal() and "T" in text else text, today)
    if field == "region":
        return regions[text.casefold()]
    if field == "priority":
        return priorities[text.casefold()]
    if field == "cost":
        return int(text.replace(" ", "").replace("\u00a0", "").replace("\u202f", "").removesuffix("kr").removesuffix(".0"))
    return text
