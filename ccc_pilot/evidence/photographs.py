"""Does a photograph tell where it was taken? Read from the list of tags at its head; the picture itself is never decoded. Pure.

Source: Exif 2.3, the pointer to the list of positions is tag 0x8825 of the first list.
"""

import struct

POSITION = 0x8825
MOST_TAGS = 200


def tells_position(head: bytes) -> bool:
    """Whether the first bytes of a JPEG file, ``head``, hold a pointer to a position."""
    at = head.find(b"Exif\0\0")
    if at < 0:
        return False
    tags = head[at + 6 :]
    order = {b"II": "<", b"MM": ">"}.get(tags[:2])
    try:
        return order is not None and POSITION in _tags(tags, order)
    except struct.error:
        return False


def _tags(tags: bytes, order: str) -> list[int]:
    (start,) = struct.unpack_from(f"{order}L", tags, 4)
    (count,) = struct.unpack_from(f"{order}H", tags, start)
    return [struct.unpack_from(f"{order}H", tags, start + 2 + 12 * place)[0] for place in range(min(count, MOST_TAGS))]
