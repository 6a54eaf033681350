"""The text of documents, read for the search after they have come in: a slow or hostile file hinders nobody who waits at a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from ccc_pilot.db import db
from ccc_pilot.errors import Refused
from ccc_pilot.evidence import items
from ccc_pilot.evidence.models import EvidenceVersion
from ccc_pilot.evidence.store import Store

AT_ONCE = 20
LONGEST = 200_000
SHEETS = frozenset({"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv"})
LETTERS = frozenset({"message/rfc822"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """A version whose text has not been read yet."""

    version_id: int
    sha256: str
    mimetype: str


def waiting(most: int = AT_ONCE) -> list[Waiting]:
    """Return the first ``most`` versions whose text is still to be read, oldest first."""
    statement = (
        select(EvidenceVersion.id, EvidenceVersion.sha256, EvidenceVersion.mimetype)
        .where(EvidenceVersion.reading == "waiting")
        .order_by(EvidenceVersion.id)
        .limit(most)
    )
    return [Waiting(*row) for row in db.session.execute(statement)]


def read(store: Store, wanted: Iterable[Waiting]) -> list[tuple[int, str | None]]:
    """Read the text of each of ``wanted``, outside any transaction; None where a file gives none (locked, damaged, gone)."""
    return [(one.version_id, _read(store, one)) for one in wanted]


def _read(store: Store, one: Waiting) -> str | None:
    try:
        return _text(store.path(one.sha256).read_bytes(), one.mimetype)[:LONGEST]
    except (Refused, OSError):
        return None


def _text(data: bytes, mimetype: str) -> str:
    from ccc_pilot.office import extract, sheets_in

    if mimetype in SHEETS:
        rows = (row for sheet in sheets_in.read(data) for row in ((sheet.name,), *sheet.rows))
        return "\n".join(" ".join(str(cell) for cell in row if cell not in (None, "")) for row in rows)
    if mimetype in LETTERS:
        return data.decode("utf-8", "replace")
    return extract.read(data).text


def keep(read_texts: Sequence[tuple[int, str | None]]) -> int:
    """Keep what was read, within the transaction now open; returns of how many versions there is a text."""
    kept = 0
    for version_id, text in read_texts:
        version = db.session.get(EvidenceVersion, version_id, with_for_update=True)
        if version is None or version.reading != "waiting":
            continue
        if text is None:
            version.reading = "failed"
        else:
            items.keep_text(version, text.replace("\0", " "))
            kept += 1
    return kept
