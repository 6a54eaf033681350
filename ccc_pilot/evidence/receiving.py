"""Files on their way in: each is looked at, scanned and stored by itself, before anything is written in the database.

A file that is stored but never mentioned in the database (the process died between the two) is taken away by ``keeping.sweep``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, BinaryIO, Protocol, cast

from ccc_pilot.errors import Refused
from ccc_pilot.evidence import inspection, scanning
from ccc_pilot.evidence.items import Carrier
from ccc_pilot.evidence.store import Store


class Upload(Protocol):
    """A file as a form sends it."""

    filename: str | None
    stream: IO[bytes]


@dataclass(frozen=True, slots=True)
class Dock:
    """Where files come in: the ``store``, the largest size in bytes, and where a virus scanner listens (empty: nowhere)."""

    store: Store
    most_bytes: int
    clamd: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of the files that were sent: those stored, and a sentence for each that was refused."""

    carriers: tuple[Carrier, ...]
    refused: tuple[str, ...]


def receive(uploads: Iterable[Upload], dock: Dock) -> Receipt:
    """Look at each of ``uploads`` and store those that are fit; one that is not does not hinder the others."""
    carriers, refused = [], []
    for upload in uploads:
        try:
            carriers.append(_receive(cast(BinaryIO, upload.stream), upload.filename or "", dock))
        except Refused as refusal:
            refused.append(str(refusal.message))
    return Receipt(tuple(carriers), tuple(refused))


def _receive(file: BinaryIO, name: str, dock: Dock) -> Carrier:
    looked = inspection.look(file, name, dock.most_bytes)
    scan = scanning.scan(file, dock.clamd)
    return Carrier(
        sha256=dock.store.put(file), size=looked.size, mimetype=looked.format.mimetype, filename=looked.name, scan=scan, flags=looked.flags,
        text=looked.format.has_text,
    )  # fmt: skip
