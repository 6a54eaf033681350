"""Importing an edition: a file comes in, its columns are named, it is looked at as often as one likes, and is stored whole at once."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from ccc_pilot import journal
from ccc_pilot.catalogue import Edition, editions, spelling
from ccc_pilot.catalogue.spelling import Change
from ccc_pilot.catalogue.stored import ImportedEdition, forget
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import NotFound, Refused
from ccc_pilot.frameworks.columns import FIELDS, HEADINGS_WITHIN, guess
from ccc_pilot.frameworks.columns import heading_row as likely_row
from ccc_pilot.frameworks.models import FrameworkUpload
from ccc_pilot.frameworks.reading import Head, Reading, read
from ccc_pilot.frameworks.sheets import Rows, packed, unpacked
from ccc_pilot.i18n import gettext as _
from ccc_pilot.office.sheet_cells import text_of
from ccc_pilot.office.sheets_in import Sheet

KEPT_DAYS = 14  # an upload that is not finished
LIKE = "oeci-3x-p"


@dataclass(frozen=True, slots=True)
class Preview:
    """What an upload would become: the reading, what the edition of the same key has (None: new), and why it may not be stored."""

    reading: Reading
    stored: Edition | None
    changes: list[Change]
    hindrance: Any
    seal: str

    @property
    def ready(self) -> bool:
        """Whether it may be stored as it is."""
        return self.reading.edition is not None and not self.hindrance


def receive(*, sheets: Sequence[Sheet], file_name: str, file_sha256: str, actor_id: int) -> int:
    """Keep the ``sheets`` read from a file and guess what their columns hold. Returns the upload's id.

    Uploads of more than ``KEPT_DAYS`` days that nobody finished are thrown away. Raises ``Refused`` where no sheet has rows.
    """
    db.session.execute(delete(FrameworkUpload).where(FrameworkUpload.at < utc_now() - timedelta(days=KEPT_DAYS)))
    filled = [(sheet.name, packed(sheet.rows)) for sheet in sheets if len(sheet.rows) > 1]
    if not filled:
        raise Refused(_("No sheet of the file has headings with rows below them."), "file")
    upload = FrameworkUpload(
        file_name=file_name[:200] or "?", file_sha256=file_sha256, sheets=[list(one) for one in filled],
        chosen=_guess(filled, file_name), by_id=actor_id, at=utc_now(),
    )  # fmt: skip
    db.session.add(upload)
    db.session.flush()
    return upload.id


def _guess(sheets: Sequence[tuple[str, Rows]], file_name: str) -> dict[str, Any]:
    guesses = []
    for number, (_name, rows) in enumerate(sheets):
        said = [[text_of(cell) for cell in unpacked(row)] for row in rows[:HEADINGS_WITHIN]]
        row = likely_row(said)
        guesses.append((guess(said[row]), number, row))
    found, sheet, row = max(guesses, key=lambda guess: len(guess[0]))
    title = file_name.rsplit(".", 1)[0][:200]
    return {
        "sheet": sheet, "heading_row": row, "columns": {str(number): name for number, name in found.items()},
        "key": "", "title_sv": title, "title_en": "", "framework": "", "version": "", "like": LIKE, "earlier": "",
    }  # fmt: skip


def find(number: int) -> FrameworkUpload | None:
    """Return the upload with this id, or None."""
    return db.session.get(FrameworkUpload, number)


def upload(number: int) -> FrameworkUpload:
    """Return the upload with this id. Raises ``NotFound``."""
    found = find(number)
    if found is None:
        raise NotFound(_("The file is no longer here: it has been imported or thrown away."))
    return found


def choose(*, target: FrameworkUpload, sheet: int, heading_row: int, columns: Mapping[str, str], **head: str) -> None:
    """Say which sheet, headings (row from 0) and columns (number from 0 as text: what it holds) count, and what the edition is called.

    ``head``: key, title_sv, title_en, framework, version, like and earlier (keys of editions, earlier may be empty). Raises ``Refused``
    with the field when two columns are said to hold the same. Where another sheet or row of headings is chosen, its columns are guessed anew.
    """
    if not 0 <= sheet < len(target.sheets):
        raise Refused(_("The file has no such sheet."), "sheet")
    if (sheet, heading_row) != (target.chosen["sheet"], target.chosen["heading_row"]):
        columns = _columns_of(target.sheets[sheet][1], heading_row)
    named = list(columns.values())
    if twice := next((name for name in named if named.count(name) > 1), None):
        raise Refused(_("Two columns cannot both hold: %(name)s.", name=_field_title(twice)), "columns")
    target.chosen = {"sheet": sheet, "heading_row": heading_row, "columns": dict(columns), **head}


def _columns_of(rows: Rows, heading_row: int) -> dict[str, str]:
    said = [text_of(cell) for cell in unpacked(rows[heading_row])] if heading_row < len(rows) else []
    return {str(number): name for number, name in guess(said).items()}


def _field_title(name: str) -> str:
    return str(FIELDS.get(name, name))


def rows_of(target: FrameworkUpload) -> Rows:
    """Return the rows of the chosen sheet."""
    return [unpacked(row) for row in target.sheets[target.chosen["sheet"]][1]]


def preview(target: FrameworkUpload) -> Preview:
    """Return what the upload would become; nothing is stored."""
    chosen = target.chosen
    known = editions.editions()
    head = Head(
        key=chosen["key"] or "new", title={code: chosen[f"title_{code}"] for code in ("sv", "en")}, framework=chosen["framework"] or "?",
        version=chosen["version"] or "?", file_name=target.file_name,
        like=known.get(chosen["like"]) or known[LIKE], earlier=known.get(chosen["earlier"]),
    )  # fmt: skip
    reading = read(
        rows_of(target), chosen["heading_row"], {int(column): name for column, name in chosen["columns"].items()}, head
    )
    stored = known.get(chosen["key"])
    alike = bool(stored and reading.edition and spelling.same_structure(stored, reading.edition))
    changes = spelling.changes(stored, reading.edition) if alike and stored and reading.edition else []
    hindrance = _hindrance(chosen, stored, alike, changes) if reading.edition else None
    return Preview(reading, stored, changes, hindrance, _seal(reading.tree))


def _hindrance(chosen: Mapping[str, Any], stored: Edition | None, alike: bool, changes: list[Change]) -> Any:
    if not all(chosen[name] for name in ("key", "framework", "version")) or not (chosen["title_sv"] or chosen["title_en"]):
        return _("Fill in what the edition is called first.")
    if stored is None:
        return None
    if stored.origin == "shelf":
        return _("The key %(key)s belongs to an edition that ships with the program. Choose another.", key=stored.key)
    if not alike or not all(change.spelling for change in changes):
        return _(
            "The edition %(key)s is in use and changes only in spelling. Give the new text a key of its own, and name this one as the earlier edition.",
            key=stored.key,
        )
    return None if changes else _("The edition %(key)s is stored already, and nothing differs.", key=stored.key)


def store(*, target: FrameworkUpload, seal: str, actor_id: int) -> str:
    """Store the edition as it was previewed under ``seal``, all of it or nothing; the upload goes. Returns the edition's key.

    Raises ``Refused`` when it has faults, may not replace what is stored, or is no longer what was previewed.
    """
    row = db.session.get(ImportedEdition, target.chosen["key"], with_for_update=True)
    forget()  # somebody else may have stored one since the page was looked at
    found = preview(target)
    if not found.ready or found.reading.edition is None:
        raise Refused(found.hindrance or _("The file has faults. Mend them and import it again."))
    if found.seal != seal:
        raise Refused(_("Something was changed after you looked at it. Look at it again, then import."))
    edition = found.reading.edition
    row = row or ImportedEdition(key=edition.key, version=0)
    row.tree, row.seal = _json(found.reading.tree), found.seal
    row.sheet = _json(target.sheets[target.chosen["sheet"]][1])
    row.file_name, row.file_sha256 = target.file_name, target.file_sha256
    row.imported_by_id, row.imported_at, row.version = actor_id, utc_now(), row.version + 1
    db.session.add(row)
    db.session.delete(target)
    _flush(edition.key)
    forget()
    _tell(found, row, actor_id)
    return edition.key


def _flush(key: str) -> None:
    try:
        db.session.flush()
    except IntegrityError as taken:  # by somebody else in this very moment
        raise Refused(
            _("Somebody else has just imported an edition called %(key)s. Look at the preview again.", key=key)
        ) from taken


def _tell(found: Preview, row: ImportedEdition, actor_id: int) -> None:
    about: dict[str, Any] = {
        "object_key": f"standard:{row.key}",
        "actor_id": actor_id,
        "file": row.file_name,
        "sha256": row.file_sha256,
    }
    if found.stored is None:
        journal.write("standard.imported", points=found.reading.points, **about)
    else:
        journal.write("standard.respelled", texts=len(found.changes), **about)


def discard(*, target: FrameworkUpload) -> None:
    """Throw the upload away."""
    db.session.delete(target)


def stored_rows(key: str) -> Rows | None:
    """Return the rows of an imported edition's file as they came, None for an edition that was not imported."""
    row = db.session.scalar(select(ImportedEdition).where(ImportedEdition.key == key))
    return None if row is None else [unpacked(cells) for cells in row.rows]


def _seal(tree: Mapping[str, Any]) -> str:
    return hashlib.sha256(_json(tree).encode()).hexdigest()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
