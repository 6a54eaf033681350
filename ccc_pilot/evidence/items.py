"""What people do with a piece of evidence itself: put it up, tell its particulars, renew it, withdraw it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Conflict, Forbidden, Refused
from ccc_pilot.evidence import finding, formats, linking, personal_numbers
from ccc_pilot.evidence.models import EvidenceItem, EvidenceText, EvidenceVersion
from ccc_pilot.folding import fold
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Person

PARTICULARS = (
    "title", "region", "kind", "summary", "summary_en", "language", "document_date", "valid_until", "owner", "confidential",
)  # fmt: skip
PROVING = {"kind", "valid_until"}  # what changes what an item is worth as a proof
READ_BY_ALL = ("title", "summary", "summary_en", "owner")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """What a version consists of: a file that lies in the store (``sha256``), or an ``address`` of the web.

    ``mimetype`` is our own word for the type that was found, ``scan`` and ``flags`` as in ``EvidenceVersion``; ``text``: whether it has
    a text that can be read for the search.
    """

    sha256: str = ""
    size: int = 0
    mimetype: str = ""
    filename: str = ""
    address: str = ""
    scan: str = ""
    flags: tuple[str, ...] = ()
    text: bool = False

    @property
    def name(self) -> str:
        """How the carrier is named in the journal: the file's name or the address."""
        return self.filename or self.address


def add(
    *, carrier: Carrier, by: Current, region: str, title: str, kind: str = "", summary: str = "", summary_en: str = "",
    language: str = "sv", document_date: date | None = None, valid_until: date | None = None, owner: str = "",
    confidential: bool = False, object_key: str = "", place: str = "",
) -> EvidenceItem:  # fmt: skip
    """Put up a piece of evidence of ``region`` with its first version; with an ``object_key`` it is linked at once, at ``place``.

    Raises ``Forbidden`` where the region is not theirs, ``Refused`` with the field at fault (a personal number in a text, dates that do
    not fit).
    """
    if not by.may("evidence.write", region):
        raise Forbidden
    now = utc_now()
    item = EvidenceItem(latest=0, created_at=now, created_by_id=by.person_id, updated_at=now, updated_by_id=by.person_id)
    given = {
        "title": title, "region": region, "kind": kind, "summary": summary, "summary_en": summary_en, "language": language,
        "document_date": document_date, "valid_until": valid_until, "owner": owner, "confidential": confidential,
    }  # fmt: skip
    _fill(item, given)
    db.session.add(item)
    db.session.flush()
    _append(item, carrier, "", by)
    journal.write(
        "evidence.added", item.key, actor_id=by.person_id, region=region, title=item.title, carrier=carrier.name, confidential=confidential
    )  # fmt: skip
    if object_key:
        linking.link(item.id, object_key, place, by)
    return item


def add_files(*, carriers: Sequence[Carrier], by: Current, object_key: str = "", place: str = "", **given: Any) -> str:
    """Put up each of ``carriers`` as an item of its own, titled by its name; ``given`` as in ``add``, with an ``object_key`` all are linked.

    A file that already stands as the latest version of an item that ``by`` may see is not put up again; that item is linked instead.
    Returns the items' numbers, a space between. Raises as ``add`` does.
    """
    found = []
    for carrier in carriers:
        known = finding.same_file(carrier.sha256, by)
        item = known or add(carrier=carrier, by=by, title=formats.title_of(carrier.filename), **given)
        if object_key:
            linking.link(item.id, object_key, place, by)
        found.append(str(item.id))
    return " ".join(found)


def change(*, item_id: int, version: int, by: Current, **given: Any) -> EvidenceItem:
    """Tell the particulars anew: ``given`` are some or all of ``PARTICULARS``; ``version`` is the one that the form was based on.

    Raises ``NotFound``, ``Forbidden`` where it is not theirs, ``Refused`` with the field at fault, ``Conflict`` when somebody saved first.
    """
    item = _held(item_id, by)
    if "region" in given and not by.may("evidence.write", given["region"]):
        raise Forbidden
    if item.version != version:
        raise Conflict(
            theirs={name: getattr(item, name) for name in given}, mine=given, version=item.version, by=_name(item.updated_by_id), at=item.updated_at
        )  # fmt: skip
    changed = {name: getattr(item, name) for name, value in given.items() if getattr(item, name) != value}
    if not changed:
        return item
    _fill(item, given)
    _touch(item, by)
    item.version += 1
    told = {name: [before, getattr(item, name)] for name, before in changed.items()}
    journal.write("evidence.changed", item.key, actor_id=by.person_id, region=item.region, fields=told, version=item.version)
    if PROVING & set(changed):
        linking.changed(item, by)
    return item


def renew(*, item_id: int, carrier: Carrier, note: str, by: Current) -> EvidenceItem:
    """Put up a new version, saying in ``note`` what is new. What was accepted before waits for a new judgement, and
    a verified answer that it proves is a draft again.

    Raises ``NotFound``, ``Forbidden``, and ``Refused`` for the very file or address that stands already.
    """
    item = _held(item_id, by)
    latest = finding.version(item)
    if (carrier.sha256, carrier.address) == (latest.sha256, latest.address):
        raise Refused(_("This is the same as the version that stands already; nothing was changed."), "file")
    _append(item, carrier, note.strip(), by)
    linking.ask_anew(item)
    _touch(item, by)
    journal.write(
        "evidence.version", item.key, actor_id=by.person_id, region=item.region, number=item.latest, note=note.strip(), carrier=carrier.name
    )  # fmt: skip
    linking.changed(item, by)
    return item


def withdraw(*, item_id: int, reason: str, by: Current) -> EvidenceItem:
    """Withdraw an item: it proves nothing more, but is kept with its history. Raises ``NotFound``, ``Forbidden``, ``Refused``."""
    item = _held(item_id, by)
    if not reason.strip():
        raise Refused(_("Say why it is withdrawn; the reason goes into the history."), "reason")
    item.withdrawn_at, item.withdrawn_by_id, item.withdrawn_reason = utc_now(), by.person_id, reason.strip()
    journal.write("evidence.withdrawn", item.key, actor_id=by.person_id, region=item.region, reason=item.withdrawn_reason)
    linking.changed(item, by)
    return item


def restore(*, item_id: int, by: Current) -> EvidenceItem:
    """Take back a withdrawn item; its links count again. Raises ``NotFound``, ``Forbidden``."""
    item = _held(item_id, by, withdrawn=True)
    item.withdrawn_at = item.withdrawn_by_id = None
    item.withdrawn_reason = ""
    journal.write("evidence.restored", item.key, actor_id=by.person_id, region=item.region)
    linking.changed(item, by)
    return item


def _held(item_id: int, by: Current, *, withdrawn: bool = False) -> EvidenceItem:
    item = finding.item(item_id, by, lock=True)
    if not by.may("evidence.write", item.region):
        raise Forbidden
    if item.withdrawn_at is not None and not withdrawn:
        raise Refused(_("This evidence is withdrawn. Take it back before you change it."))
    return item


def _fill(item: EvidenceItem, given: Mapping[str, Any]) -> None:
    for name in READ_BY_ALL:
        if personal_numbers.found(given.get(name) or ""):
            raise Refused(_("This looks like a personal identity number. Evidence holds no patient data."), name)
    for name, value in given.items():
        setattr(item, name, value)
    if item.document_date and item.valid_until and item.valid_until < item.document_date:
        raise Refused(_("It cannot cease to be valid before it was dated."), "valid_until")


def _append(item: EvidenceItem, carrier: Carrier, note: str, by: Current) -> None:
    if personal_numbers.found(f"{carrier.name} {note}"):
        raise Refused(_("This looks like a personal identity number. Evidence holds no patient data."), "file")
    item.latest += 1
    db.session.add(
        EvidenceVersion(
            item_id=item.id, number=item.latest, sha256=carrier.sha256, size=carrier.size, mimetype=carrier.mimetype, filename=carrier.filename,
            address=carrier.address, note=note, at=utc_now(), person_id=by.person_id, scan=carrier.scan, flags=list(carrier.flags),
            reading="waiting" if carrier.text else "none",
        )
    )  # fmt: skip
    db.session.flush()
    index(item, carrier.name)


def index(item: EvidenceItem, name: str) -> None:
    """Write anew what the library is searched by: title, summaries, owner and the ``name`` of the file or address."""
    item.search = fold(" ".join((item.title, item.summary, item.summary_en, item.owner, name)))


def keep_text(version: EvidenceVersion, text: str) -> None:
    """Keep the ``text`` that was read out of ``version`` for the search, and say of the version whether it names persons by number."""
    kept = db.session.scalar(select(EvidenceText).where(EvidenceText.version_id == version.id))
    if kept is None:
        kept = EvidenceText(version_id=version.id)
        db.session.add(kept)
    kept.text, kept.folded = text, fold(text)
    version.reading = "done"
    if personal_numbers.found(text) and "personal_number" not in version.flags:
        version.flags = [*version.flags, "personal_number"]


def _touch(item: EvidenceItem, by: Current) -> None:
    item.updated_at, item.updated_by_id = utc_now(), by.person_id
    latest = finding.version(item)
    index(item, latest.filename or latest.address)


def _name(person_id: int) -> str:
    person = db.session.get(Person, person_id)
    return person.name if person else ""
