"""Rules of people and access, pure: which passwords are taken, how an address is written, who may approve whom."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from ccc_pilot.people.guessable import COMMON, CONTEXT

LEAST, ADVISED, MOST = 12, 15, 128
LETTERS_LEFT = 4
DISTINCT = 5
SHORTEST_WORD = 3

ADDRESS = re.compile(r"[^@\s\x00-\x1f\x7f,;:<>()\[\]\\\"]+@[^@\s\x00-\x1f\x7f,;:<>()\[\]\\\"]+")


class Fault(StrEnum):
    """Why a password is not taken."""

    SHORT = "short"
    LONG = "long"
    GUESSABLE = "guessable"


def normal(password: str) -> str:
    """Return the form of ``password`` that is hashed: NFC, so that å as one sign or two is the same; nothing is cut off."""
    return unicodedata.normalize("NFC", password)


def fault_of(password: str, own_words: Iterable[str] = ()) -> Fault | None:
    """Return why ``password`` is refused, or None. ``own_words``: the person's name and address.

    Length and what is easy to guess count, never what kinds of characters there are. Source: OWASP ASVS 5.0, 6.2.
    """
    text = normal(password)
    if len(text) < LEAST:
        return Fault.SHORT
    if len(text) > MOST:
        return Fault.LONG
    words = COMMON | CONTEXT | {part for word in own_words for part in re.split(r"[\W\d_]+", _plain(word))}
    return Fault.GUESSABLE if _is_monotonous(text.casefold()) or _is_only(_plain(text), words) else None


def _plain(text: str) -> str:
    """``text`` folded to small letters without accents: guessers try "Jonkoping" too."""
    return "".join(ch for ch in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(ch))


def _is_only(text: str, words: Iterable[str]) -> bool:
    rest = text
    for word in sorted((word for word in words if len(word) >= SHORTEST_WORD), key=lambda word: (-len(word), word)):
        rest = rest.replace(word, "")
    return rest != text and sum(ch.isalpha() for ch in rest) < LETTERS_LEFT


def _is_monotonous(text: str) -> bool:
    period = (text + text).find(text, 1)
    return len(set(text)) < DISTINCT or period < min(LEAST, len(text)) or len({*map(_step, text, text[1:])}) == 1


def _step(left: str, right: str) -> int:
    step = ord(right) - ord(left)
    return step % 10 if left.isdigit() and right.isdigit() else step


def address(typed: str) -> str | None:
    """Return an e-mail address as it is stored (NFC, small letters), or None if ``typed`` is none."""
    text = unicodedata.normalize("NFC", typed).strip().lower()
    return text if len(text) <= 254 and ADDRESS.fullmatch(text) else None


def may_approve(approver: int, *, proposer: int | None, concerned: Iterable[int | None]) -> bool:
    """Whether ``approver`` may be the second person: neither the one who proposed nor one whom it concerns."""
    return approver != proposer and approver not in set(concerned)
