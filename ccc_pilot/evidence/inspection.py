"""Is a file what its name says, whole and harmless? Looked at before anything is stored; nothing in it is run, drawn or unpacked to disk."""

import re
from dataclasses import dataclass
from typing import BinaryIO

import filetype

from ccc_pilot.errors import Refused
from ccc_pilot.evidence import formats, packages, photographs, words
from ccc_pilot.evidence.formats import FORMATS, Container, Format
from ccc_pilot.evidence.packages import Unfit
from ccc_pilot.office.archives import OLD_OFFICE

HEAD, TAIL, PIECE = 8 * 1024, 64 * 1024, 1024 * 1024
MARKUP = re.compile(
    r"<\s*(?:!doctype|\?xml|html|head|body|script|svg|iframe|meta|img|math|object|embed|style)\b|<!--", re.IGNORECASE
)
LETTER = "__properties_version1.0".encode("utf-16-le")
LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
ENDS = {"image/png": b"IEND\xaeB`\x82", "image/jpeg": b"\xff\xd9"}


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found of a file: its name for people, size and format, and flags (``rules.FLAGS``)."""

    name: str
    size: int
    format: Format
    flags: tuple[str, ...]


def look(file: BinaryIO, told_name: str, most_bytes: int) -> Looked:
    """Look at ``file``, which calls itself ``told_name`` and may be at most ``most_bytes`` long; it is left at its start.

    Raises ``Refused`` with a sentence that says what is wrong and what to do instead.
    """
    name = formats.display_name(told_name)
    try:
        format = _format(name)
        size = _size(file, most_bytes)
        file.seek(0)
        flags = CHECKS[format.container](file, format)
    except Unfit as unfit:
        raise Refused(words.unfit(unfit.code, name, most_bytes), "file") from unfit
    file.seek(0)
    return Looked(name, size, format, flags)


def _format(name: str) -> Format:
    end = formats.ending(name)
    if end in formats.INSTEAD:
        raise Unfit(formats.INSTEAD[end])
    if end not in FORMATS:
        raise Unfit("unknown")
    if formats.hidden_ending(name):
        raise Unfit("two_endings")
    return FORMATS[end]


def _size(file: BinaryIO, most_bytes: int) -> int:
    size = file.seek(0, 2)
    if size == 0:
        raise Unfit("empty")
    if size > most_bytes:
        raise Unfit("large")
    return size


def _pdf(file: BinaryIO, _format: Format) -> tuple[str, ...]:
    if not file.read(5) == b"%PDF-":
        raise Unfit(_instead(file))
    if b"%%EOF" not in _tail(file, 2048):
        raise Unfit("cut")
    return tuple(flag for flag, word in (("protected", b"/Encrypt"), ("author", b"/Author")) if _holds(file, word))


def _zip(file: BinaryIO, format: Format) -> tuple[str, ...]:
    if file.read(len(OLD_OFFICE)) == OLD_OFFICE:
        raise Unfit("protected" if _holds(file, LOCKED_OFFICE) else "type")
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        raise Unfit(_instead(file))
    return packages.look(file, format)


def _image(file: BinaryIO, format: Format) -> tuple[str, ...]:
    if filetype.guess_mime(file.read(HEAD)) != format.mimetype:
        raise Unfit(_instead(file))
    if ENDS[format.mimetype] not in _tail(file, TAIL):
        raise Unfit("cut")
    file.seek(0)
    return ("position",) if format.mimetype == "image/jpeg" and photographs.tells_position(file.read(TAIL)) else ()


def _text(file: BinaryIO, _format: Format) -> tuple[str, ...]:
    head = file.read(HEAD)
    text = head.decode("utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8", "replace")
    if "\0" in text or filetype.guess_mime(head) is not None:
        raise Unfit("type")
    if MARKUP.match(text.lstrip("\ufeff \t\r\n")):
        raise Unfit("page")
    return ()


def _letter(file: BinaryIO, _format: Format) -> tuple[str, ...]:
    if file.read(len(OLD_OFFICE)) != OLD_OFFICE:
        raise Unfit(_instead(file))
    if not _holds(file, LETTER):
        raise Unfit("type")
    return ()


CHECKS = {
    Container.PDF: _pdf, Container.OFFICE: _zip, Container.OPEN: _zip, Container.IMAGE: _image, Container.TEXT: _text, Container.LETTER: _letter,
}  # fmt: skip


def _instead(file: BinaryIO) -> str:
    """Why a file that does not begin as it should is refused: a page of the web in disguise, or simply another type."""
    file.seek(0)
    return "page" if MARKUP.search(file.read(HEAD).decode("latin-1").replace("\0", "")) else "type"


def _tail(file: BinaryIO, length: int) -> bytes:
    size = file.seek(0, 2)
    file.seek(max(0, size - length))
    return file.read()


def _holds(file: BinaryIO, word: bytes) -> bool:
    file.seek(0)
    rest = b""
    while piece := file.read(PIECE):
        if word in rest + piece:
            return True
        rest = piece[-len(word) :]
    return False
