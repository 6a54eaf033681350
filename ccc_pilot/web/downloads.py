"""Files made for one visitor: written to a temporary file that is gone when it is sent, and kept by no cache."""

from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from flask import Response, send_file

IN_MEMORY_BYTES = 4 * 1024 * 1024


def download(write: Callable[[BinaryIO], None], *, name: str, mimetype: str) -> Response:
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
