"""The kinds of files that are taken as evidence, and how their names are read. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

LONGEST_NAME = 150


class Container(StrEnum):
    """How a format is built, and so how it is looked at."""

    PDF = "pdf"
    OFFICE = "office"  # a zip with [Content_Types].xml
    OPEN = "open"  # a zip with the entry mimetype first
    IMAGE = "image"
    TEXT = "text"
    LETTER = "letter"  # a compound file, as Outlook saves one letter


@dataclass(frozen=True, slots=True)
class Format:
    """A format: ``mark`` is what its container says of itself (a part of the main content type, or the mimetype entry)."""

    ending: str
    mimetype: str
    container: Container
    mark: str = ""

    @property
    def has_text(self) -> bool:
        """Whether there is a text in it that can be read for the search."""
        return self.container in {Container.PDF, Container.OFFICE, Container.TEXT}


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
FORMATS = {
    format.ending: format
    for format in (
        Format("pdf", "application/pdf", Container.PDF),
        Format("docx", f"{_OFFICE}wordprocessingml.document", Container.OFFICE, f"{_OFFICE}wordprocessingml.document.main+xml"),
        Format("xlsx", f"{_OFFICE}spreadsheetml.sheet", Container.OFFICE, f"{_OFFICE}spreadsheetml.sheet.main+xml"),
        Format(
            "pptx", f"{_OFFICE}presentationml.presentation", Container.OFFICE, f"{_OFFICE}presentationml.presentation.main+xml"
        ),
        Format("odt", f"{_OPEN}text", Container.OPEN, f"{_OPEN}text"),
        Format("ods", f"{_OPEN}spreadsheet", Container.OPEN, f"{_OPEN}spreadsheet"),
        Format("odp", f"{_OPEN}presentation", Container.OPEN, f"{_OPEN}presentation"),
        Format("png", "image/png", Container.IMAGE),
        Format("jpg", "image/jpeg", Container.IMAGE),
        Format("jpeg", "image/jpeg", Container.IMAGE),
        Format("txt", "text/plain", Container.TEXT),
        Format("md", "text/markdown", Container.TEXT),
        Format("csv", "text/csv", Container.TEXT),
        Format("eml", "message/rfc822", Container.TEXT),
        Format("msg", "application/vnd.ms-outlook", Container.LETTER),
    )
}
# An ending that a computer may run or a browser may draw: not even as the last but one.
RUNS = frozenset(
    [
        "app",
        "bat",
        "chm",
        "cmd",
        "com",
        "cpl",
        "dll",
        "exe",
        "hta",
        "htm",
        "html",
        "htc",
        "jar",
        "js",
        "jse",
        "lnk",
        "mht",
        "mhtml",
        "mjs",
        "msc",
        "msi",
        "pif",
        "php",
        "phtml",
        "ps1",
        "py",
        "reg",
        "scf",
        "scr",
        "sh",
        "shtml",
        "svg",
        "svgz",
        "swf",
        "url",
        "vb",
        "vbe",
        "vbs",
        "wsf",
        "wsh",
        "xht",
        "xhtml",
        "xml",
        "xsl",
        "xslt",
    ]
)
# Formats that people do send, each with what to do instead (see words.NOT_TAKEN).
INSTEAD = {
    **dict.fromkeys(("docm", "xlsm", "pptm", "dotm", "xltm", "potm", "xlsb"), "macros"),
    **dict.fromkeys(("doc", "xls", "ppt", "rtf", "dot", "xlt", "pot"), "old"),
    **dict.fromkeys(("zip", "7z", "rar", "tar", "gz", "tgz"), "archive"),
    **dict.fromkeys(("svg", "html", "htm", "xhtml", "xml", "mht", "mhtml"), "page"),
}
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def display_name(told: str) -> str:
    """Return the name a file is shown and saved by: the last part of ``told``, without signs that steer a computer or a reader's eye.

    It is never a path: files lie in the store under their hash.
    """
    last = unicodedata.normalize("NFC", told).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(ch for ch in last if unicodedata.category(ch)[0] != "C" and ch not in '<>:"|?*').strip(" .")
    stem, dot, end = kept.rpartition(".")
    if len(kept) > LONGEST_NAME and dot:
        kept = f"{stem[: LONGEST_NAME - len(end) - 1]}.{end}"
    kept = kept[:LONGEST_NAME]
    return f"_{kept}" if RESERVED.fullmatch(kept) or not kept else kept


def ending(name: str) -> str:
    """Return the last ending of a name, in small letters; empty where there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def hidden_ending(name: str) -> str:
    """Return an ending before the last one that a computer would run ("exe" of "report.exe.pdf"), else an empty text."""
    return next((part for part in name.lower().split(".")[1:-1] if part.strip() in RUNS), "")


def title_of(name: str) -> str:
    """Return a title for a file's name: "Rutin MDK 2024" of "Rutin_MDK_2024.docx"."""
    stem = name.rpartition(".")[0] or name
    return " ".join(stem.replace("_", " ").split())[:200] or name
