"""What proves what, as pages show it: the proofs of a thing, the things that an item proves, and what the reader may do about each link."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from ccc_pilot.evidence import objects, rules, words
from ccc_pilot.evidence.kin import Offer
from ccc_pilot.evidence.models import EvidenceLink, EvidenceVersion
from ccc_pilot.evidence.neighbours import neighbours
from ccc_pilot.evidence.reading import Proof
from ccc_pilot.evidence.rules import LinkState
from ccc_pilot.evidence.showing import dead, icon, size
from ccc_pilot.evidence.words import Standing
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.doors import Current


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
    may_add = who.may("evidence.write", rules.keeper(where))
    bearers = neighbours().bearers([object_key]).get(object_key, ()) if found else ()
    name = "proofs-" + "".join(ch if ch.isalnum() else "-" for ch in object_key)
    asked: dict[str, Any] = {"for": object_key, "next": f"{at}#{name}"}
    return Proofs(
        object_key, name, f"{at}#{name}", [_proof_line(proof, where, who, bearers) for proof in found], may_add,
        url_for("evidence.new", **asked), url_for("evidence.choose", **asked),
    )  # fmt: skip


def _proof_line(proof: Proof, region: str, who: Current, bearers: Collection[int]) -> ProofLine:
    told = [proof.filename and f"{proof.filename} {size(proof.size)}", proof.address, proof.place]
    second = rules.may_judge(who.person_id, linked_by=proof.linked_by, uploaded_by=proof.uploaded_by, bearers=bearers)
    may_write = who.may("evidence.write", rules.keeper(region))
    suggested = proof.state == LinkState.SUGGESTED
    return ProofLine(
        proof, proof.title or _("Confidential evidence"), "" if proof.hidden else url_for("evidence.show", item_id=proof.item_id),
        "" if proof.hidden else proof.address or url_for("evidence.file", item_id=proof.item_id, number=proof.version),
        icon(proof.mimetype, proof.address), [text for text in told if text],
        [words.link_standing(proof.state), *words.age_standings(expired=proof.expired, stale=proof.stale), *dead(proof.address_state)],
        may_write and suggested and not proof.hidden,
        second and not suggested and not proof.hidden and who.may("evidence.accept", region or proof.region),
        may_write and not proof.hidden,
    )  # fmt: skip


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


@dataclass(frozen=True, slots=True)
class Offered:
    """A thing that an item might prove, ready to be linked or declined: where it stands, and why it is offered."""

    object_key: str
    title: str
    url: str
    why: str
    reason: str
    suggested: bool
    place: str


def offered(found: Sequence[Offer], shorts: Mapping[str, str]) -> list[tuple[str, list[Offered]]]:
    """Return what an item might prove by edition: (the edition's title, its points)."""
    told: dict[str, list[Offered]] = {}
    for offer in found:
        thing = objects.thing(offer.object_key, shorts)
        why = str(words.KIN_WORDS[offer.relation.kind]) % {"point": offer.proved.official or offer.proved.number}
        told.setdefault(str(offer.edition.title), []).append(
            Offered(
                offer.object_key, thing.title, thing.url, why, str(offer.relation.reason), offer.relation.suggested, offer.place
            )
        )
    return list(told.items())


def uses(links: Sequence[EvidenceLink], latest: EvidenceVersion, who: Current, shorts: Mapping[str, str]) -> list[Use]:
    """Return the things that an item proves, each named by what its key leads to."""
    bearers = neighbours().bearers([link.object_key for link in links])
    return [_use(link, latest, who, shorts, bearers.get(link.object_key, ())) for link in links]


def _use(link: EvidenceLink, latest: EvidenceVersion, who: Current, shorts: Mapping[str, str], bearers: Collection[int]) -> Use:
    thing = objects.thing(link.object_key, shorts)
    suggested = link.state == LinkState.SUGGESTED
    second = rules.may_judge(who.person_id, linked_by=link.by_id, uploaded_by=latest.person_id, bearers=bearers)
    may_write = who.may("evidence.write", rules.keeper(link.region))
    return Use(
        link, thing.title, thing.url, words.link_standing(link.state), bool(link.region) and link.region != link.item.region,
        may_write and suggested, second and not suggested and who.may("evidence.accept", link.region or link.item.region), may_write,
    )  # fmt: skip
