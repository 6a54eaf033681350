"""Looking for viruses, where the installation has a ClamAV daemon: the file is sent to it and its word is taken.

Protocol: clamd's own zINSTREAM (pieces with their length before them, a length of zero at the end).
"""

import socket
import struct
from contextlib import closing
from typing import BinaryIO

from ccc_pilot.errors import Refused
from ccc_pilot.i18n import gettext as _

PIECE = 256 * 1024
PATIENCE_SECONDS = 30
CLEAN = "clean"


def scan(file: BinaryIO, place: str) -> str:
    """Ask the daemon at ``place`` ("host:port" or the path of its socket; empty: there is none) about ``file``, left at its start.

    Returns ``CLEAN``, or an empty text where nobody was asked. Raises ``Refused`` for a file that it finds fault with, and when it does not
    answer: what was meant to be looked at is not let in unseen.
    """
    if not place:
        return ""
    try:
        said = _ask(file, place)
    except OSError as error:
        raise Refused(
            _("The virus scanner does not answer, so no file is taken just now. Try again in a while."), "file"
        ) from error
    file.seek(0)
    if said.endswith("FOUND"):
        raise Refused(_("The virus scanner stopped the file. It was not stored; speak to your IT support."), "file")
    if not said.endswith("OK"):
        raise Refused(_("The virus scanner could not look through the file, so it was not stored."), "file")
    return CLEAN


def _ask(file: BinaryIO, place: str) -> str:
    with closing(_connect(place)) as line:
        line.sendall(b"zINSTREAM\0")
        while piece := file.read(PIECE):
            line.sendall(struct.pack("!L", len(piece)) + piece)
        line.sendall(struct.pack("!L", 0))
        said = b""
        while not said.endswith(b"\0") and (more := line.recv(4096)):
            said += more
    return said.rstrip(b"\0").decode("utf-8", "replace").strip()


def _connect(place: str) -> socket.socket:
    if place.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(PATIENCE_SECONDS)
        line.connect(place)
        return line
    host, _colon, port = place.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS)
