"""The store of files: each lies in the data folder under the SHA-256 of what is in it, written whole or not at all, and never changed."""

import errno
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ccc_pilot.errors import Refused
from ccc_pilot.i18n import gettext as _

CHUNK = 1024 * 1024
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FOLDER = "evidence"  # below the data folder
INCOMING = "incoming"


@dataclass(frozen=True, slots=True)
class Store:
    """The files below ``folder``; identical files are one."""

    folder: Path

    def path(self, sha256: str) -> Path:
        """Return where the file with this hash lies, or would."""
        return self.folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Whether the file with this hash is here."""
        return self.path(sha256).is_file()

    def put(self, source: BinaryIO) -> str:
        """Store all that ``source`` holds and return its hash. Raises ``Refused`` when it cannot be written, and leaves nothing behind."""
        try:
            return self._put(source)
        except OSError as error:
            raise Refused(_full() if error.errno in FULL else _broken(), "file") from error

    def _put(self, source: BinaryIO) -> str:
        incoming = self.folder / INCOMING
        incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = incoming / secrets.token_hex(16)
        try:
            digest = _write(source, draft)
            place = self.path(digest)
            if place.is_file():
                os.utime(place)  # younger than what a sweep takes away
            else:
                place.parent.mkdir(mode=0o700, exist_ok=True)
                os.replace(draft, place)
                _settle(place.parent)
            return digest
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)

    def all(self) -> Iterator[Path]:
        """Yield the files of the store; those that are still being written are not among them."""
        yield from (path for folder in self.folder.glob("[0-9a-f][0-9a-f]") for path in folder.iterdir() if path.is_file())

    def drafts(self) -> Iterator[Path]:
        """Yield what was being written when it was cut off, or is being written now."""
        folder = self.folder / INCOMING
        yield from folder.iterdir() if folder.is_dir() else ()


def digest(path: Path) -> str:
    """Return the SHA-256 of the file at ``path``."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(source: BinaryIO, draft: Path) -> str:
    found = hashlib.sha256()
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while piece := source.read(CHUNK):
            found.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return found.hexdigest()


def _settle(folder: Path) -> None:
    """Let the folder itself reach the disk, where the system has a way to ask for it."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _full() -> str:
    return _(
        "The disk of the service is full, so the file was not stored. Nothing else was changed; tell whoever runs the service."
    )


def _broken() -> str:
    return _("The file could not be written and was not stored. Nothing else was changed; tell whoever runs the service.")
