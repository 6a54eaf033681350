"""Office documents are zip files: is it whole, does it open to a sane size, and is it what its name says?

Counted while reading, since what a zip says of its own size may be a lie. Limits: 2,000 members, 200 MB, a hundred times packed.
"""

import re
import struct
import zipfile
import zlib
from typing import BinaryIO

from ccc_pilot.evidence.formats import Container, Format

MOST_MEMBERS = 2_000
MOST_BYTES = 200 * 1024 * 1024
MOST_RATIO = 100
SMALL = 1024 * 1024  # so small a document is no bomb, however well it is packed
END = struct.Struct("<4s4H2LH")
DIRECTORY_BYTES = 2 * 1024 * 1024
PIECE = 64 * 1024
CONTENT_TYPES = "[Content_Types].xml"
CREATOR = re.compile(rb"<(?:dc:creator|cp:lastModifiedBy)>\s*[^<\s]")


class Unfit(Exception):
    """The file is not taken; ``code`` says why, as in ``words.UNFIT``."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def look(file: BinaryIO, format: Format) -> tuple[str, ...]:
    """Look through the zip ``file`` of what calls itself ``format``; returns flags (``rules.FLAGS``).

    Raises ``Unfit``: "cut", "bomb", "macros", "protected", "type".
    """
    _end(file)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return _look(archive, format)
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, NotImplementedError) as error:
        raise Unfit("cut") from error
    except RuntimeError as error:  # so the library says of a member that needs a password
        raise Unfit("protected") from error


def _look(archive: zipfile.ZipFile, format: Format) -> tuple[str, ...]:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise Unfit("bomb")
    names = {member.filename for member in members}
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) or name.startswith("Basic/") for name in names):
        raise Unfit("macros")
    told = _whole(archive, members, {CONTENT_TYPES, "mimetype", "docProps/core.xml", "meta.xml"})
    if format.container is Container.OFFICE:
        _is_office(told.get(CONTENT_TYPES, b"").decode("utf-8", "replace"), format)
    elif told.get("mimetype", b"").decode("ascii", "replace") != format.mark:
        raise Unfit("type")
    return ("author",) if CREATOR.search(told.get("docProps/core.xml", b"") + told.get("meta.xml", b"")) else ()


def _is_office(types: str, format: Format) -> None:
    if "macroEnabled" in types:
        raise Unfit("macros")
    if format.mark not in types:
        raise Unfit("type")


def _whole(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], wanted: set[str]) -> dict[str, bytes]:
    """Unpack every member to nowhere, counting; returns what the ``wanted`` ones hold."""
    told: dict[str, bytes] = {}
    total = packed = 0
    for member in members:
        packed += member.compress_size
        kept = bytearray()
        with archive.open(member) as source:
            while piece := source.read(PIECE):
                total += len(piece)
                if total > MOST_BYTES or total > max(SMALL, packed * MOST_RATIO):
                    raise Unfit("bomb")
                if member.filename in wanted and len(kept) < SMALL:
                    kept += piece
        if member.filename in wanted:
            told[member.filename] = bytes(kept)
    return told


def _end(file: BinaryIO) -> None:
    """Read the record that ends a zip: a whole document ends with it, and it says how long the list of members is."""
    file.seek(0, 2)
    length = file.tell()
    if length < END.size:
        raise Unfit("cut")
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        raise Unfit("type")
    file.seek(length - END.size)
    mark, disk, start, here, members, directory, _offset, comment = END.unpack(file.read(END.size))
    if mark != b"PK\x05\x06" or disk or start or comment:
        raise Unfit("cut")
    if members == 0xFFFF or members > MOST_MEMBERS or here != members or directory > DIRECTORY_BYTES:
        raise Unfit("bomb")
    file.seek(max(0, length - END.size - 20))
    if file.read(4) == b"PK\x06\x07":  # a second, larger list, which no document of ours needs
        raise Unfit("bomb")
