"""Office files are archives: what one claims to hold is looked at before any library unpacks it."""

import io
from zipfile import BadZipFile, ZipFile

from ccc_pilot.office.apart import Unreadable

MOST_UNPACKED = 400 << 20
MOST_PARTS = 5_000
STEEPEST = 300
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def parts_of(data: bytes) -> frozenset[str]:
    """Return the names of the parts of an office file of our day (docx, xlsx, pptx).

    Raises ``Unreadable`` for one that is locked by a password or of the old kind ("password"), broken ("broken"), or larger
    unpacked than anybody writes ("unpacked").
    """
    if data.startswith(OLD_OFFICE):
        raise Unreadable("password")
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        raise Unreadable("broken") from None
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or (unpacked > 50 << 20 and unpacked > STEEPEST * len(data)):
        raise Unreadable("unpacked")
    return frozenset(part.filename for part in parts)
