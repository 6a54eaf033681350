"""From rows to what a page shows of evidence: states in words, sizes, who may do what with each link. Everything already decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import url_for

from ccc_pilot.evidence import objects, rules, words
from ccc_pilot.evidence.library import STANDINGS, Query
from ccc_pilot.evidence.models import EvidenceItem, EvidenceLink, EvidenceQuality, EvidenceVersion
from ccc_pilot.evidence.reading import Proof
from ccc_pilot.evidence.rules import LinkState
from ccc_pilot.evidence.words import Standing
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import language
from ccc_pilot.people.doors import Current

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


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A proof as it stands in the list of what proves a thing."""

    proof: Proof
    title: str
    url: str
    open_url: str
    icon: str
    details: list[str]
    standings: list[Standing]
    may_confirm: bool
    may_judge: bool
    may_unlink: bool


@dataclass(frozen=True, slots=True)
class Proofs:
    """What proves a thing, ready for the part ``evidence/_proofs.html``. ``at`` is the path to come back to."""

    object_key: str
    id: str
    at: str
    lines: list[ProofLine]
    may_add: bool
    add_url: str
    choose_url: str


def proofs(object_key: str, found: Sequence[Proof], who: Current, at: str, *, region: str | None = None) -> Proofs:
    """Prepare ``found`` (of ``reading.for_objects``) for the part that shows it; ``at`` is the path of the page it stands on.

    ``region`` is the object's where its key does not say it.
    """
    where = rules.region_of(object_key) if region is None else region
    may_add = who.may("evidence.write", where or None)
    name = "proofs-" + "".join(ch if ch.isalnum() else "-" for ch in object_key)
    asked: dict[str, Any] = {"for": object_key, "next": f"{at}#{name}"}
    return Proofs(
        object_key, name, f"{at}#{name}", [_proof_line(proof, where, who) for proof in found], may_add,
        url_for("evidence.new", **asked), url_for("evidence.choose", **asked),
    )  # fmt: skip


def _proof_line(proof: Proof, region: str, who: Current) -> ProofLine:
    told = [proof.filename and f"{proof.filename} {size(proof.size)}", proof.address, proof.place]
    second = rules.may_judge(who.person_id, linked_by=proof.linked_by, uploaded_by=proof.uploaded_by)
    may_write = who.may("evidence.write", region or None)
    suggested = proof.state == LinkState.SUGGESTED
    return ProofLine(
        proof, proof.title or _("Confidential evidence"), "" if proof.hidden else url_for("evidence.show", item_id=proof.item_id),
        "" if proof.hidden else proof.address or url_for("evidence.file", item_id=proof.item_id, number=proof.version),
        icon(proof.mimetype, proof.address), [text for text in told if text],
        [words.link_standing(proof.state), *words.age_standings(expired=proof.expired, stale=proof.stale), *_dead(proof.address_state)],
        may_write and suggested and not proof.hidden,
        second and not suggested and not proof.hidden and who.may("evidence.accept", region or proof.region),
        may_write and not proof.hidden,
    )  # fmt: skip


def _dead(state: str) -> list[Standing]:
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
    told = words.age_standings(expired=expired, stale=stale) + _dead(version.address_state)
    if version.damaged_at:
        told.append(Standing("late", "file", _("The stored file is damaged")))
    if "personal_number" in version.flags:
        told.append(Standing("late", "alert-triangle", _("Looks like a personal identity number in the text")))
    return told


@dataclass(frozen=True, slots=True)
class Use:
    """A thing that an item proves, with what the reader may do about the link."""

    link: EvidenceLink
    title: str
    url: str
    standing: Standing
    outside: bool
    may_confirm: bool
    may_judge: bool
    may_unlink: bool


def use(link: EvidenceLink, latest: EvidenceVersion, who: Current, shorts: Mapping[str, str]) -> Use:
    """Return a thing that an item proves, named by what its key leads to."""
    thing = objects.thing(link.object_key, shorts)
    suggested = link.state == LinkState.SUGGESTED
    second = rules.may_judge(who.person_id, linked_by=link.by_id, uploaded_by=latest.person_id)
    may_write = who.may("evidence.write", link.region or None)
    return Use(
        link, thing.title, thing.url, words.link_standing(link.state), bool(link.region) and link.region != link.item.region,
        may_write and suggested, second and not suggested and who.may("evidence.accept", link.region or link.item.region), may_write,
    )  # fmt: skip


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
