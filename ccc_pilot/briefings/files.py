"""A briefing as a file of each kind, all from the same snapshot; and all of them at once, as long work."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO

from ccc_pilot.briefings import composing
from ccc_pilot.briefings.models import Briefing, BriefingTemplate
from ccc_pilot.db import db
from ccc_pilot.errors import NotFound
from ccc_pilot.i18n import gettext as _
from ccc_pilot.office import documents, markdown_out, slides, typeset
from ccc_pilot.office.typeset import Standard
from ccc_pilot.works import Made, Report

Write = Callable[[Briefing, str, str, BinaryIO], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: the end of its name, what it is to the browser, its icon and its words, and what writes it."""

    end: str
    mimetype: str
    icon: str
    title: str
    write: Write


def _deck(briefing: Briefing, language: str, author: str, target: BinaryIO) -> None:
    own = db.session.get(BriefingTemplate, briefing.pilot_id)
    slides.write(composing.deck(briefing, language, author), target, template=own.data if own else None)


def _word(briefing: Briefing, language: str, author: str, target: BinaryIO) -> None:
    documents.write(composing.paper(briefing, language, author), target)


def _pdf(standard: Standard, briefing: Briefing, language: str, author: str, target: BinaryIO) -> None:
    typeset.write(composing.paper(briefing, language, author), target, standard=standard)


def _markdown(briefing: Briefing, language: str, author: str, target: BinaryIO) -> None:
    markdown_out.write(composing.paper(briefing, language, author), target)


KINDS: dict[str, Kind] = {
    "pptx": Kind("pptx", slides.MIMETYPE, "file-type-ppt", "PowerPoint", _deck),
    "docx": Kind("docx", documents.MIMETYPE, "file-type-docx", "Word", _word),
    "pdf": Kind("pdf", typeset.MIMETYPE, "file-type-pdf", "PDF", partial(_pdf, Standard.ACCESSIBLE)),
    "pdfa": Kind("arkiv.pdf", typeset.MIMETYPE, "archive", "PDF/A", partial(_pdf, Standard.ARCHIVE)),
    "md": Kind("md", markdown_out.MIMETYPE, "file-text", "Markdown", _markdown),
}


def name_of(briefing: Briefing, kind: Kind, language: str) -> str:
    """Return the name of a file: "underlag-rsl-250512-sv.pptx"."""
    meeting = briefing.snapshot["meeting"]
    day = meeting["day"][2:].replace("-", "")
    return f"{_name()}-{meeting['body']}-{day}-{language}.{kind.end}".replace("--", "-")


def _name() -> str:
    return _("briefing")


def all_files(report: Report, *, number: int, author: str) -> Made:
    """Make every kind of file in both languages and lay them in one archive: the long work "briefing.files"."""
    briefing = db.session.get(Briefing, number)
    if briefing is None:
        raise NotFound
    target = io.BytesIO()
    wanted: list[tuple[str, Kind]] = [(language, kind) for language in ("sv", "en") for kind in KINDS.values()]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, (language, kind) in enumerate(wanted):
            report(100 * done // len(wanted), name_of(briefing, kind, language))
            briefing = db.session.get_one(Briefing, number)  # telling how far it has come ends the reading
            archive.writestr(name_of(briefing, kind, language), _made(briefing, kind, language, author))
    return Made(f"{_name()}-{number}.zip", "application/zip", target.getvalue())


def _made(briefing: Briefing, kind: Kind, language: str, author: str) -> bytes:
    file: Any = io.BytesIO()
    kind.write(briefing, language, author, file)
    return bytes(file.getvalue())
