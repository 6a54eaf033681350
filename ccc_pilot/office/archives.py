"""Office files are zip archives: each is looked through before it is stored, or any library unpacks it.

What an archive says of its own size may be a lie, so it is unpacked to nowhere and counted meanwhile.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from ccc_pilot.office.apart import Unreadable

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END = struct.Struct("<4s4H2LH")
FAR, FAR_END = struct.Struct("<4sLQL"), struct.Struct("<4sQ2H2L4Q")  # of an archive whose numbers are too large for ``END``
DIRECTORY_BYTES = 2 << 20
PIECE = 64 * 1024
KEPT = 1 << 20  # of a part that is asked for
DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, OverflowError, NotImplementedError, OSError)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that is unpacked: so many ``members`` and ``bytes`` in all, and ``ratio`` times what is packed, past the first ``small`` bytes."""

    members: int
    bytes: int
    ratio: int
    small: int


STORED = Bounds(2_000, 200 << 20, 100, 1 << 20)  # what is kept for others to open
READ = Bounds(5_000, 400 << 20, 300, 50 << 20)  # what is read once, in a process with limits


@dataclass(frozen=True, slots=True)
class Parts:
    """What an archive holds: the names of its parts, and the first ``KEPT`` bytes of those that were asked for."""

    names: frozenset[str]
    told: Mapping[str, bytes]


def parts_of(data: bytes) -> frozenset[str]:
    """Return the names of the parts of an office file of our day (docx, xlsx, pptx), within ``READ``.

    Raises ``Unreadable`` as ``look`` does, and "password" for one of the old kind, which a locked one of our day looks like.
    """
    if data.startswith(OLD_OFFICE):
        raise Unreadable("password")
    return look(io.BytesIO(data), READ).names


def look(file: BinaryIO, bounds: Bounds, wanted: Collection[str] = ()) -> Parts:
    """Look through the archive ``file``, keeping what its parts called ``wanted`` hold.

    Raises ``Unreadable``: "broken" (cut off, damaged, something else joined to it), "unpacked" (past ``bounds``), "password".
    """
    try:
        if _members(file) > bounds.members:
            raise Unreadable("unpacked")
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            return _whole(archive, bounds, frozenset(wanted))
    except DAMAGES as fault:
        raise Unreadable("broken", repr(fault)) from None
    except RuntimeError:  # so the library says of a member that needs a password
        raise Unreadable("password") from None


def _members(file: BinaryIO) -> int:
    """Return how many members the record says that ends the archive: read before the list of them, which may fill the memory."""
    length = file.seek(0, 2)
    mark, disk, start, here, members, directory, _offset, comment = END.unpack(_at(file, length - END.size, END.size))
    if mark != b"PK\x05\x06" or disk or start or comment or here != members:
        raise Unreadable("broken")
    far = length - END.size - FAR.size
    if far > 0 and (told := FAR.unpack(_at(file, far, FAR.size)))[0] == b"PK\x06\x07":
        *_others, members, directory, _offset = FAR_END.unpack(_at(file, told[2], FAR_END.size))
    if directory > DIRECTORY_BYTES:
        raise Unreadable("unpacked")
    return int(members)


def _at(file: BinaryIO, place: int, length: int) -> bytes:
    file.seek(place)
    return file.read(length)


def _whole(archive: zipfile.ZipFile, bounds: Bounds, wanted: frozenset[str]) -> Parts:
    told: dict[str, bytes] = {}
    members = archive.infolist()
    if len(members) > bounds.members:
        raise Unreadable("unpacked")
    total = packed = 0
    for member in members:
        packed += member.compress_size
        kept = bytearray()
        with archive.open(member) as source:
            while piece := source.read(PIECE):
                total += len(piece)
                if total > min(bounds.bytes, max(bounds.small, packed * bounds.ratio)):
                    raise Unreadable("unpacked")
                if member.filename in wanted and len(kept) < KEPT:
                    kept += piece
        if member.filename in wanted:
            told[member.filename] = bytes(kept)
    return Parts(frozenset(member.filename for member in members), told)
