"""Finds proposals, decisions and dates in the text of minutes or a deck, as the people here write them. Pure; it only offers, nobody is bound.

Read are the words "Beslut", "Förslag till beslut", "§ 12", "beslutade att …", and their English twins, with what stands under them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ccc_pilot.dates import BadDate, parse_day

MOST = 100
LONGEST_LINE = 2_000
LONGEST = 4_000
CONTINUED = 4
FIRST_YEAR, LAST_YEAR = 2000, 2050

_PROPOSAL = re.compile(
    r"^(?:förslag(?: till)? (?:till )?beslut|beslutsförslag|proposals? for decisions?|proposed decisions?)\b(?P<rest>.*)$", re.I
)
_DECISION = re.compile(
    r"^(?:beslut|beslutat|decisions?|decided)(?P<rest>\s*[:–-].*|\s+(?:i|vid|at|by|of|att|om att|to)\b.*|)$", re.I
)
_SAID = re.compile(
    r"\b(?:beslutar|beslutade|beslutat|har beslutat|togs beslut om|decided|resolved)\s+(?:att|om att|to|that)\s+(?P<what>.{8,})",
    re.I,
)
_ASKED = re.compile(r"\b(?:förslag från|proposal (?:from|by)) [^.:]{1,40}? (?:att|to|that) (?P<what>.{8,})", re.I)
_PARAGRAPH = re.compile(r"^§\s*(?P<number>\d{1,4})\b[.:)]?\s*(?P<rest>.*)$")
_MARK = re.compile(r"^(?:[-*•–·]|\d{1,2}[.)]|att)\s+(?P<rest>.+)$", re.I)
_OTHER = re.compile(r"^[A-ZÅÄÖ][^.!?]{0,60}:\s*$")
_DAY = re.compile(
    r"(?<![\d/,.+-])(?:(?:19|20)\d\d-\d\d?-\d\d?|\d{6}|\d{1,2}/\d{1,2}(?:[ /-](?:19|20)\d\d)?"
    r"|\d{1,2}\.? (?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-zé]*\.?(?: (?:19|20)\d\d)?)(?![\d/,+-])",
    re.I,
)
_DUE = re.compile(r"\b(?:senast|före|innan|by|before|no later than)\s*(?:den\s+)?$", re.I)


@dataclass(frozen=True, slots=True)
class Found:
    """Something that may be a proposal or a decision: ``kind`` "proposal" or "decision", ``line`` counts from 1.

    ``paragraph`` is the number of its §, ``day`` the day told with it, ``due`` a day told as the last one.
    """

    kind: str
    text: str
    title: str
    line: int
    paragraph: int | None = None
    day: date | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A date that stands in the text: the day, as it was written, and the line around it."""

    day: date
    written: str
    line: int
    text: str


def find(text: str, today: date) -> list[Found]:
    """Return what may be proposals and decisions in ``text``, in its order, each once; days without a year are of ``today``'s."""
    lines = [" ".join(line.split())[:LONGEST_LINE] for line in text.splitlines()]
    kept: dict[str, Found] = {}
    for one in _together(_walk(lines, today)):
        kept.setdefault(" ".join(one.text.casefold().split()).rstrip("."), one)
        if len(kept) == MOST:
            break
    return list(kept.values())


def days(text: str, today: date) -> list[Day]:
    """Return the dates in ``text``, in its order: 250512, 2025-05-12, 12/5, 12 maj 2025; at most ``MOST``."""
    found: list[Day] = []
    for number, line in enumerate(text.splitlines(), 1):
        for match in _DAY.finditer(line[:LONGEST_LINE]):
            day = _read(match.group(), today)
            if day is not None and len(found) < MOST:
                found.append(Day(day, match.group(), number, " ".join(line.split())[:200]))
    return found


def _together(found: Iterable[Found]) -> Iterator[Found]:
    """What stands under the same § is one decision, each of its sentences on a line."""
    before: Found | None = None
    for one in found:
        if before and one.paragraph is not None and (one.paragraph, one.kind) == (before.paragraph, before.kind):
            before = replace(before, text=f"{before.text}\n{one.text}"[:LONGEST], due=before.due or one.due)
            continue
        if before:
            yield before
        before = one
    if before:
        yield before


def _walk(lines: Sequence[str], today: date) -> Iterator[Found]:
    matter, paragraph = "", None
    at = 0
    while at < len(lines):
        line = lines[at]
        if found := _PARAGRAPH.match(line):
            paragraph, matter = int(found["number"]), found["rest"]
        heading = _PROPOSAL.match(line) or _DECISION.match(line)
        if heading:
            kind = "proposal" if _PROPOSAL.match(line) else "decision"
            day = _first_day(line, today)
            told, end = _under(lines, at, heading["rest"])
            yield from (_found(kind, text, matter, number, paragraph, day, today) for number, text in told)
            at = end
        else:
            said, asked = _SAID.search(line), _ASKED.search(line)
            if found := said or asked:
                kind, text = "decision" if said else "proposal", _whole(lines, at, found["what"])
                yield _found(kind, text, matter, at + 1, paragraph, _first_day(line, today), today)
            at += 1


def _whole(lines: Sequence[str], at: int, text: str) -> str:
    """A sentence that goes on: the lines after it that begin with a small letter, until one ends it (in a PDF's text each may have an empty one)."""
    near = [line for line in lines[at + 1 : at + 1 + 2 * CONTINUED] if line][:CONTINUED]
    for line in near:
        if text.endswith((".", ":")) or not line[:1].islower():
            break
        text = f"{text} {line}"
    return text.split(". ")[0] if ". " in text else text


def _under(lines: Sequence[str], at: int, rest: str) -> tuple[list[tuple[int, str]], int]:
    """What stands under a heading: the rest of its line, else the lines after it until an empty one, another heading or a §."""
    own = _own_words(rest)
    if own:
        return [(at + 1, own)], at + 1
    told: list[tuple[int, str]] = []
    here = at + 1
    while here < len(lines) and not lines[here]:
        here += 1
    while here < len(lines) and lines[here] and not _ends(lines[here]):
        line = lines[here]
        if (mark := _MARK.match(line)) or not told:
            told.append((here + 1, mark["rest"] if mark else line))
        else:
            told[-1] = (told[-1][0], f"{told[-1][1]} {line}"[:LONGEST])
        here += 1
    return told, max(here, at + 1)


def _own_words(rest: str) -> str:
    """What a heading's own line says beside where and when: "Beslut i RSL om att skicka in … - 250410" says what follows "om att"."""
    said = re.search(r"\b(?:om att|att|to)\s+(.{8,})$", rest, re.I)
    text = said[1] if said else rest.split(":", 1)[1] if ":" in rest else ""
    return re.sub(r"\s*[-–]\s*\d{6}\s*$", "", text).strip()


def _ends(line: str) -> bool:
    return bool(_PARAGRAPH.match(line) or _PROPOSAL.match(line) or _DECISION.match(line) or _OTHER.match(line))


def _found(kind: str, text: str, matter: str, line: int, paragraph: int | None, day: date | None, today: date) -> Found:
    text = text.strip()[:LONGEST]
    text = text[:1].upper() + text[1:]
    return Found(kind, text, _title(matter or text), line, paragraph, day, _due(text, today))


def _title(text: str) -> str:
    words = text.split(". ")[0].rstrip(". ")
    return words if len(words) <= 80 else words[:80].rsplit(" ", 1)[0] + " …"


def _first_day(line: str, today: date) -> date | None:
    return next((day for match in _DAY.finditer(line) if (day := _read(match.group(), today))), None)


def _due(text: str, today: date) -> date | None:
    return next((day for m in _DAY.finditer(text) if _DUE.search(text[: m.start()]) and (day := _read(m.group(), today))), None)


def _read(written: str, today: date) -> date | None:
    try:
        day = parse_day(written, today)
    except BadDate:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
