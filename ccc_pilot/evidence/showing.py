"""From rows to what a page shows of evidence: states in words, sizes, filters. Everything already decided."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import url_for

from ccc_pilot.evidence import rules, words
from ccc_pilot.evidence.library import STANDINGS, Query
from ccc_pilot.evidence.models import EvidenceItem, EvidenceQuality, EvidenceVersion
from ccc_pilot.evidence.words import Standing
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import language

ICONS = {
    "application/pdf": "file-type-pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "file-type-docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "file-type-xls",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "file-type-ppt",
}
UNITS = ((1024 * 1024, "MB"), (1024, "kB"))


def icon(mimetype: str, address: str) -> str:
    """Return the icon of a kind of file, or of an address."""
    return "link" if address else ICONS.get(mimetype, "file-text")


def size(number: int) -> str:
    """Return a file's size for people: "412 kB", "1,3 MB"."""
    for unit, name in UNITS:
        if number >= unit:
            told = number / unit
            text = f"{told:.0f}" if told >= 10 else f"{told:.1f}".removesuffix(".0")
            return f"{text.replace('.', ',') if language() == 'sv' else text}\u00a0{name}"
    return f"{number}\u00a0B"


def dead(state: str) -> list[Standing]:
    """Return what is to be said of an address that is dead; nothing of another."""
    return [words.address_standing(state)] if state == rules.AddressState.DEAD else []


@dataclass(frozen=True, slots=True)
class Row:
    """An item as the library lists it."""

    item: EvidenceItem
    version: EvidenceVersion
    url: str
    icon: str
    region: str
    kind: str
    details: str
    standings: list[Standing]
    used: str


def row(
    found: tuple[EvidenceItem, EvidenceVersion, int, int], shorts: Mapping[str, str], kinds: Mapping[str, Any], day: date
) -> Row:
    """Return an item of the library as it is listed; ``shorts`` gives the regions' short names, ``kinds`` the kinds' titles."""
    item, version, links, accepted = found
    return Row(
        item, version, url_for("evidence.show", item_id=item.id), icon(version.mimetype, version.address), shorts.get(item.region, item.region),
        str(kinds.get(item.kind, item.kind)), version.address or f"{version.filename} {size(version.size)}", standings(item, version, day),
        _("%(accepted)s of %(links)s accepted", accepted=accepted, links=links) if links else _("proves nothing yet"),
    )  # fmt: skip


def standings(item: EvidenceItem, version: EvidenceVersion, day: date) -> list[Standing]:
    """Return what is to be said of an item: withdrawn, expired, old, dead address, damaged file, a personal number seen in it."""
    if item.withdrawn_at:
        return [Standing("idle", "archive", _("Withdrawn"))]
    expired, stale = rules.is_expired(item.valid_until, day), rules.is_stale(item.document_date, day)
    told = words.age_standings(expired=expired, stale=stale) + dead(version.address_state)
    if version.damaged_at:
        told.append(Standing("late", "file", _("The stored file is damaged")))
    if "personal_number" in version.flags:
        told.append(Standing("late", "alert-triangle", _("Looks like a personal identity number in the text")))
    return told


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that can be clicked."""

    url: str
    label: str
    count: int | None
    current: bool


def chips(query: Query, counts: Mapping[str, int]) -> list[Chip]:
    """Return the filters above the library, each with how many items it holds; those that hold nothing are left out."""
    labels = {
        "": _("All"), "unlinked": _("Proves nothing yet"), "waiting": _("To be accepted"), "suggested": _("Suggestions"), "rejected": _("Not accepted"),
        "expired": _("Expired"), "stale": _("Older than two years"), "dead": _("Dead links"), "withdrawn": _("Withdrawn"),
    }  # fmt: skip
    shown = ("", *(name for name in STANDINGS if counts[name] or name == query.standing))
    return [
        Chip(address(replace(query, standing=name, page=1)), labels[name], counts[name], query.standing == name) for name in shown
    ]


def address(query: Query) -> str:
    """Return the address of the library that ``query`` describes, with only the parameters that differ from the usual."""
    usual = Query()
    given = {name: getattr(query, name) for name in Query.__dataclass_fields__ if getattr(query, name) != getattr(usual, name)}
    return url_for("evidence.index", **given)


def sentence(counts: Mapping[str, int]) -> str:
    """Return the answer at the top of the library: "12 documents and links, 3 to be accepted, 1 expired"."""
    parts = [_("%(n)s documents and links", n=counts[""])]
    for name, text in (
        ("waiting", _("%(n)s to be accepted")),
        ("expired", _("%(n)s expired")),
        ("dead", _("%(n)s with a dead link")),
    ):
        if counts[name]:
            parts.append(text % {"n": counts[name]})
    return ", ".join(parts)


def notes(version: EvidenceVersion) -> list[str]:
    """Return what those who open a version should know of its file: what was noticed in it, and that nobody looked for viruses."""
    told = [str(words.FLAG_WORDS[flag]) for flag in version.flags]
    return told if version.address or version.scan else [*told, str(words.NOT_SCANNED)]


@dataclass(frozen=True, slots=True)
class Checked:
    """The check list of an item as its page shows it: (question, "yes", "no" or empty), and how many of those answered got a yes."""

    lines: list[tuple[str, str]]
    sentence: str
    note: str


def checked(kept: EvidenceQuality | None) -> Checked:
    """Return the check list as it is shown; a question that nobody answered is shown as such."""
    answers = kept.answers if kept else {}
    told = rules.quality(answers)
    words_of = dict(words.ANSWERS)
    return Checked(
        [(str(question), str(words_of[answers.get(name, "")])) for name, question in words.QUESTION_WORDS.items()],
        _("%(yes)s of %(answered)s answered with yes", yes=told[0], answered=told[1]) if told else _("nobody has answered yet"),
        kept.note if kept else "",
    )
