"""A round as one file for those who review it: answers and evidence ordered by standard, the documents that are asked for beside the
points, an index, checksums, open JSON and Excel.

Confidential evidence is named, never packed. What one document proves in several places is packed once.
"""

import hashlib
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from sqlalchemy import select

from ccc_pilot.assessment import documents, dossier_index, facts, scope, sheets
from ccc_pilot.assessment.documents import Asked
from ccc_pilot.assessment.dossier_index import Entry
from ccc_pilot.assessment.fact_records import Fact
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.catalogue.standard_records import Edition
from ccc_pilot.db import db
from ccc_pilot.errors import NotFound, Refused
from ccc_pilot.evidence.counting import COUNTS_NOT
from ccc_pilot.evidence.models import EvidenceVersion
from ccc_pilot.evidence.reading import Proof
from ccc_pilot.evidence.store import Store
from ccc_pilot.i18n import gettext as _
from ccc_pilot.office.roundtrip_files import write_workbook
from ccc_pilot.people import pilots
from ccc_pilot.people.models import Pilot
from ccc_pilot.works import Made

MIMETYPE = "application/zip"
KIND = "assessment.dossier"
MOST_MEGABYTES = 300
STEADY = (2000, 1, 1, 0, 0, 0)  # so that the same round makes the same file
PACKED = frozenset({"pdf", "png", "jpg", "jpeg", "docx", "xlsx", "pptx", "zip"})
Progress = Callable[[int, str], None]


@dataclass
class _Pack:
    """The archive as it grows: what has been packed, by its path, with its checksum, and where each file of the store lies."""

    archive: zipfile.ZipFile
    sums: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def add(self, path: str, data: bytes) -> None:
        """Pack ``data`` at ``path``."""
        packed = path.rsplit(".", 1)[-1].lower() in PACKED
        entry = zipfile.ZipInfo(path, STEADY)
        entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        self.archive.writestr(entry, data)
        self.sums[path] = hashlib.sha256(data).hexdigest()


def perform(report: Progress, *, store: Store, round_id: int, regions: Sequence[str]) -> Made:
    """Build the dossier as a work in the background (see ``works``). Raises ``NotFound`` where the round is gone, ``Refused`` past the bounds."""
    round_ = db.session.get(AssessmentRound, round_id)
    if round_ is None:
        raise NotFound
    target = io.BytesIO()
    write(round_, regions, store, target, report)
    name = _("dossier")
    return Made(f"{name}-{round_id}.zip", MIMETYPE, target.getvalue())


def write(round_: AssessmentRound, regions: Sequence[str], store: Store, target: BinaryIO, progress: Progress) -> None:
    """Write the dossier of the round's ``regions`` to ``target``; ``progress`` is told per cent and what comes next.

    Raises ``Refused`` where the evidence is more than ``MOST_MEGABYTES``.
    """
    found, told, asked = scope.edition_of(round_), facts.load(round_, regions), documents.of(round_)
    ordered = sorted(told, key=lambda fact: (fact.point.order, list(regions).index(fact.region)))
    versions = _versions(
        [*(proof for one in asked for proof in one.linked), *(proof for fact in ordered for proof in fact.proofs)]
    )
    if sum(version.size for version in versions.values()) > MOST_MEGABYTES << 20:
        raise Refused(_("The evidence is more than %(most)s MB. Take out one region at a time.", most=MOST_MEGABYTES))
    with zipfile.ZipFile(target, "w", allowZip64=True) as archive:
        pack = _Pack(archive)
        beside = [_document(pack, one, versions, store) for one in asked]
        entries = _evidence(pack, found, ordered, versions, store, progress)
        progress(90, _("Answers"))
        _answers(pack, round_, found, regions, ordered, entries, beside)
        pack.add("index.html", dossier_index.page(round_, found, ordered, entries, beside, _shorts(round_)).encode())
        pack.add("SHA256SUMS", "".join(f"{digest}  {path}\n" for path, digest in sorted(pack.sums.items())).encode())


def _shorts(round_: AssessmentRound) -> dict[str, str]:
    return pilots.shorts(db.session.get_one(Pilot, round_.pilot_id))


def _versions(linked: Sequence[Proof]) -> dict[tuple[int, int], EvidenceVersion]:
    wanted = {(proof.item_id, proof.version) for proof in linked if not proof.hidden and proof.state not in COUNTS_NOT}
    ids = sorted({item for item, _number in wanted})
    found: dict[tuple[int, int], EvidenceVersion] = {}
    for start in range(0, len(ids), 500):
        rows = db.session.scalars(select(EvidenceVersion).where(EvidenceVersion.item_id.in_(ids[start : start + 500])))
        found |= {(row.item_id, row.number): row for row in rows if (row.item_id, row.number) in wanted}
    return found


def _document(pack: _Pack, asked: Asked, versions: dict[tuple[int, int], EvidenceVersion], store: Store) -> Entry:
    """Pack a document that is asked for beside the points, where it is there, and return how it stands."""
    folder = f"documents/{safe_name(asked.number)}"
    packed = [_entry(pack, proof, versions.get((proof.item_id, proof.version)), store, folder) for proof in asked.linked]
    return {
        "number": asked.number, "title": str(asked.title), "state": asked.row.state, "english": asked.row.english, "reason": asked.row.reason,
        "complete": asked.complete, "lacks": list(asked.lacks), "evidence": packed,
    }  # fmt: skip


def _evidence(
    pack: _Pack, found: Edition, told: Sequence[Fact], versions: dict[tuple[int, int], EvidenceVersion], store: Store, progress: Progress
) -> dict[str, list[Entry]]:  # fmt: skip
    """Pack the evidence, and return the entries of each answer by its key."""
    entries: dict[str, list[Entry]] = {}
    for done, fact in enumerate(told):
        if done % 50 == 0:
            progress(90 * done // len(told), _("Evidence"))
        folder = f"evidence/{safe_name(found.standard(fact.point.standard).number)}"
        entries[fact.key] = [
            _entry(pack, proof, versions.get((proof.item_id, proof.version)), store, folder) for proof in fact.proofs
        ]
    return entries


def _entry(pack: _Pack, proof: Any, version: EvidenceVersion | None, store: Store, folder: str) -> Entry:
    entry: Entry = {
        "item": proof.item_id,
        "version": proof.version,
        "kind": proof.kind,
        "state": proof.state,
        "expired": proof.expired,
    }
    if proof.hidden or version is None:
        return {**entry, "confidential": True}
    entry |= {"title": proof.title, "place": proof.place}
    if not version.sha256:
        return {**entry, "address": version.address}
    return {**entry, "sha256": version.sha256, "file": _packed(pack, version, store, folder)}


def _packed(pack: _Pack, version: EvidenceVersion, store: Store, folder: str) -> str | None:
    """Pack a file of the store once and return where it lies; None where the store no longer has it as it was."""
    if version.sha256 not in pack.places:
        path = store.path(version.sha256)
        data = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(data).hexdigest() != version.sha256:
            return None
        place = f"{folder}/{version.item_id}-{version.number}-{safe_name(version.filename)}"
        pack.add(place, data)
        pack.places[version.sha256] = place
    return pack.places[version.sha256]


def safe_name(name: str) -> str:
    """Return ``name`` as a file may be called on every system: no path, no signs that some forbid, at most 80 characters."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = re.sub(r'[<>:"|?*\x00-\x1f\x7f]', "_", plain).strip(". ") or "_"
    stem, dot, ending = plain.rpartition(".")
    return plain[:80] if not dot or len(ending) > 8 else f"{stem[: 79 - len(ending)]}.{ending}"


def _answers(
    pack: _Pack, round_: AssessmentRound, found: Edition, regions: Sequence[str], told: Sequence[Fact], entries: dict[str, list[Entry]],
    beside: Sequence[Entry],
) -> None:  # fmt: skip
    told_round = {
        "title": round_.title, "edition": found.key, "designation": round_.designation, "due": round_.due.isoformat(),
        "stage": round_.stage, "regions": list(regions),
    }  # fmt: skip
    answers = [
        {
            "point": fact.point.key, "number": fact.point.official or fact.point.number, "region": fact.region, "score": fact.score,
            "na_reason": fact.na_reason, "note": fact.note, "summary_en": fact.summary_en, "improvement": fact.improvement,
            "state": fact.state, "evidence": entries[fact.key],
        }
        for fact in told
    ]  # fmt: skip
    whole = {"round": told_round, "documents": beside, "answers": answers}
    pack.add("answers.json", json.dumps(whole, ensure_ascii=False, indent=1).encode())
    workbook = io.BytesIO()
    write_workbook(sheets.layout(found), sheets.rows(round_, regions), workbook, title=round_.title, author="")
    pack.add("answers.xlsx", workbook.getvalue())
