"""What evidence asks of an office document beyond its being whole: that it is what its name says, and holds no macros."""

import re
from typing import BinaryIO

from ccc_pilot.evidence.formats import Container, Format
from ccc_pilot.office import archives
from ccc_pilot.office.apart import Unreadable

CONTENT_TYPES, PROPERTIES, META, MIMETYPE = "[Content_Types].xml", "docProps/core.xml", "meta.xml", "mimetype"
CREATOR = re.compile(rb"<(?:dc:creator|cp:lastModifiedBy)>\s*[^<\s]")
WHY = {"broken": "cut", "unpacked": "bomb", "password": "protected"}


class Unfit(Exception):
    """The file is not taken; ``code`` says why, as in ``words.UNFIT``."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def look(file: BinaryIO, format: Format) -> tuple[str, ...]:
    """Look through the archive ``file`` of what calls itself ``format``; returns flags (``rules.FLAGS``).

    Raises ``Unfit``: "cut", "bomb", "macros", "protected", "type".
    """
    try:
        parts = archives.look(file, archives.STORED, (CONTENT_TYPES, PROPERTIES, META, MIMETYPE))
    except Unreadable as fault:
        raise Unfit(WHY[fault.code]) from fault
    types = parts.told.get(CONTENT_TYPES, b"").decode("utf-8", "replace")
    if "macroEnabled" in types or any(_is_macro(name) for name in parts.names):
        raise Unfit("macros")
    if format.container is Container.OFFICE:
        sound = format.mark in types
    else:
        sound = parts.told.get(MIMETYPE, b"").decode("ascii", "replace") == format.mark
    if not sound:
        raise Unfit("type")
    return ("author",) if CREATOR.search(parts.told.get(PROPERTIES, b"") + parts.told.get(META, b"")) else ()


def _is_macro(name: str) -> bool:
    return name.lower().endswith(("vbaproject.bin", "vbadata.xml")) or name.startswith("Basic/")
