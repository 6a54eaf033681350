"""Keep the Swedish translation whole: ``update`` gathers the texts of the code and compiles, ``check`` says what is missing."""

import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "ccc_pilot" / "translations" / "sv" / "LC_MESSAGES" / "messages.po"
METHODS = [("ccc_pilot/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
KEYWORDS = {
    "_": None,
    "_l": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
}
OPTIONS = {"**": {"silent": "false", "trimmed": "true"}}
HEADER = "# Swedish for ccc-pilot; the English is the text in the code. Brought up to date by: make translations"
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)  # a date that moves would make two branches' files differ
PLACEHOLDER = re.compile(r"%\((\w+)\)")


def gathered() -> Catalog:
    """Return a catalogue of every text that the code and the templates mark for translation."""
    catalog = Catalog(project="ccc-pilot", charset="utf-8")
    found = extract_from_dir(
        ROOT, METHODS, OPTIONS, keywords=KEYWORDS, directory_filter=lambda folder: Path(folder).name not in {"static", ".venv"}
    )
    for file, _line, text, comments, context in found:
        catalog.add(text, locations=[(Path(file).as_posix(), None)], auto_comments=comments, context=context)
    return catalog


def translated() -> Catalog:
    """Return the Swedish translation as it stands in the repository (empty when there is none yet)."""
    if not PO.exists():
        return Catalog(locale="sv", project="ccc-pilot", charset="utf-8")
    with PO.open("rb") as file:
        return read_po(file, locale="sv")


def update() -> None:
    """Bring the translation's list of texts up to date and compile it; what is translated stays."""
    catalog = translated()
    catalog.update(gathered(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.fuzzy, catalog.header_comment = False, HEADER
    catalog.creation_date = catalog.revision_date = NO_DATE
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalog, sort_output=True, omit_header=False, no_location=True, width=130)
    PO.with_suffix(".mo").write_bytes(compiled(translated()))


def compiled(catalog: Catalog) -> bytes:
    """Return ``catalog`` in the form that gettext reads."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def faults() -> list[str]:
    """Return a sentence for every text without Swedish, with other placeholders than the English, or left over."""
    known, wanted = translated(), gathered()
    found = [fault for message in wanted if message.id for fault in _faults_of(message, known.get(message.id, message.context))]
    found += [f"left over: {message.id!r}" for message in known if message.id and not wanted.get(message.id, message.context)]
    if not PO.with_suffix(".mo").exists() or PO.with_suffix(".mo").read_bytes() != compiled(known):
        found.append("messages.mo is not compiled from messages.po")
    return found


def _faults_of(wanted: Message, known: Message | None) -> list[str]:
    texts = known.string if known is not None and isinstance(known.string, tuple) else (known.string if known else "",)
    if known is None or known.fuzzy or not all(texts):
        return [f"no Swedish for: {wanted.id!r} ({', '.join(sorted({file for file, _ in wanted.locations}))})"]
    if isinstance(wanted.id, tuple | list) and texts[0] == wanted.id[1] != texts[-1]:
        return [f"the English plural stands as the Swedish singular of: {wanted.id!r}"]
    english = {name for text in _as_tuple(wanted.id) for name in PLACEHOLDER.findall(text)}
    strange = {name for text in texts for name in PLACEHOLDER.findall(text)} ^ english
    return [f"other placeholders in the Swedish of: {wanted.id!r} ({', '.join(sorted(strange))})"] if strange else []


def _as_tuple(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def main() -> int:
    """Do what the command line asks for; returns 1 when the check finds faults."""
    if sys.argv[1:] == ["update"]:
        update()
        return 0
    found = faults()
    print("\n".join(found) if found else "Every text has its Swedish.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
