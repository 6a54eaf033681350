"""The text of documents that people send in (docx, pptx, pdf, md, txt), place by place, read in a process of its own within limits."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from ccc_pilot.office import apart, archives, refusing
from ccc_pilot.office.apart import Unreadable
from ccc_pilot.office.sheets_in import decoded

KINDS = "docx, pptx, pdf, md, txt"


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read: ``megabytes`` of the file, ``places`` (pages, slides), ``characters`` of text in all."""

    megabytes: int = 50
    places: int = 1_000
    characters: int = 2_000_000
    seconds: int = 45


@dataclass(frozen=True, slots=True)
class Place:
    """Where text was found: ``kind`` is "page", "slide" or "text", ``number`` counts from 1; a line per paragraph or table row."""

    kind: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Extract:
    """What was read of a file: its ``kind`` (docx, pptx, pdf, text), its places, and whether there was more (``cut``)."""

    kind: str
    places: tuple[Place, ...]
    cut: bool

    @property
    def text(self) -> str:
        """All the text, places divided by an empty line."""
        return "\n\n".join(place.text for place in self.places if place.text)


def read(data: bytes, *, limits: Limits | None = None, field: str | None = None) -> Extract:
    """Return the text of a document, told by what is in it, not by its name. A scanned PDF has no text and gives none.

    Raises ``errors.Refused`` at the form field ``field``, in words, for what is no such file, is locked, damaged or too large; what
    is past ``places`` or ``characters`` is left out, and ``cut`` says so.
    """
    limits = limits or Limits()
    try:
        if not data:
            raise Unreadable("empty")
        if len(data) > limits.megabytes << 20:
            raise Unreadable("bytes", str(limits.megabytes))
        told = json.loads(apart.run("text", data, seconds=limits.seconds, limits=asdict(limits)))
    except Unreadable as fault:
        raise refusing.refused(fault, field) from fault
    return Extract(told["kind"], tuple(Place(*place) for place in told["places"]), told["cut"])


def read_here(data: bytes, limits: dict[str, int]) -> bytes:
    """Read ``data`` in this process and return kind, places and cut as JSON. Raises ``Unreadable``."""
    bounds = Limits(**limits)
    kind = _kind(data)
    found: list[tuple[str, int, str]] = []
    left, cut = bounds.characters, False
    for place in READERS[kind](data):
        if len(found) >= bounds.places or left <= 0:
            cut = True
            break
        text = _tidy(place[2])
        cut = cut or len(text) > left
        found.append((place[0], place[1], text[:left]))
        left -= len(text)
    return json.dumps({"kind": kind, "places": found, "cut": cut}, ensure_ascii=False).encode("utf-8", "replace")


def _tidy(text: str) -> str:
    lines = (" ".join(line.replace("\0", "").split()) for line in text.replace("\v", "\n").splitlines())
    return "\n".join(line for line in lines if line)


def _kind(data: bytes) -> str:
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if not data.startswith((b"PK", archives.OLD_OFFICE)):
        return "text"
    parts = archives.parts_of(data)
    kind = "docx" if "word/document.xml" in parts else "pptx" if "ppt/presentation.xml" in parts else ""
    if not kind:
        raise Unreadable("kind", KINDS)
    return kind


def _text(data: bytes) -> Iterator[tuple[str, int, str]]:
    try:
        yield "text", 1, decoded(data)
    except Unreadable:
        raise Unreadable("kind", KINDS) from None


def _pdf(data: bytes) -> Iterator[tuple[str, int, str]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("password" if "password" in str(error).lower() else "broken") from None
    for number in range(len(document)):
        try:
            yield "page", number + 1, document[number].get_textpage().get_text_bounded().replace("\ufffe", "")
        except pypdfium2.PdfiumError:
            yield "page", number + 1, ""


def _docx(data: bytes) -> Iterator[tuple[str, int, str]]:
    import docx

    with _readable():
        document = docx.Document(io.BytesIO(data))
        yield "text", 1, "\n".join(_blocks(document.iter_inner_content()))


def _blocks(blocks: Any) -> Iterator[str]:
    for block in blocks:
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = {cell._tc: cell for cell in row.cells}  # merged cells come once
                yield " | ".join(" ".join(_blocks(cell.iter_inner_content())).strip() for cell in cells.values())
        else:
            yield block.text


def _pptx(data: bytes) -> Iterator[tuple[str, int, str]]:
    import pptx

    with _readable():
        for number, slide in enumerate(pptx.Presentation(io.BytesIO(data)).slides, start=1):
            notes = [slide.notes_slide.notes_text_frame] if slide.has_notes_slide else []
            said = [*_shapes(slide.shapes), *(frame.text for frame in notes if frame is not None)]
            yield "slide", number, "\n".join(said)


def _shapes(shapes: Any) -> Iterator[str]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        elif getattr(shape, "has_table", False):
            yield from (" | ".join(cell.text for cell in row.cells) for row in shape.table.rows)
        elif shape.has_text_frame:
            yield shape.text_frame.text


@contextmanager
def _readable() -> Iterator[None]:
    """What a library says of a damaged file, whatever it says, is that it is damaged."""
    try:
        yield
    except (Unreadable, MemoryError):
        raise
    except Exception as fault:
        raise Unreadable("broken", repr(fault)) from None


READERS = {"pdf": _pdf, "docx": _docx, "pptx": _pptx, "text": _text}
