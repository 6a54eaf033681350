"""Files on their way to one visitor, kept by no cache: made for the occasion, or stored ones that others have put up."""

from collections.abc import Callable
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from flask import Response, send_file

IN_MEMORY_BYTES = 4 * 1024 * 1024


def download(write: Callable[[BinaryIO], object], *, name: str, mimetype: str) -> Response:
    """Let ``write`` fill a temporary file and return the response that sends it as an attachment called ``name`` (RFC 6266)."""
    file = cast(BinaryIO, SpooledTemporaryFile(max_size=IN_MEMORY_BYTES))  # noqa: SIM115 (the response closes it when it is sent)
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    response = send_file(file, mimetype=mimetype, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response


# A stored file may try anything: nothing in it runs, asks for anything or stands within another page.
LOCKED = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# The browsers' own readers of PDF show nothing in a sandbox; they are given nothing but their own inline style.
PDF_LOCKED = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
PDF = "application/pdf"
SHOWN = frozenset({PDF, "image/png", "image/jpeg", "image/gif", "image/webp"})


def stored(path: Path, *, name: str, mimetype: str, inline: bool = False) -> Response:
    """Return the response that sends the file at ``path``, called ``name`` (RFC 6266), of which ``mimetype`` is what we found it to be.

    ``inline``: shown in the browser, if it is a PDF or an image; everything else is always an attachment.
    """
    shown = inline and mimetype in SHOWN
    response = send_file(path, mimetype=mimetype, as_attachment=not shown, download_name=name, etag=False)
    response.headers["Content-Security-Policy"] = PDF_LOCKED if shown and mimetype == PDF else LOCKED
    response.headers["Cache-Control"] = "no-store"
    return response
