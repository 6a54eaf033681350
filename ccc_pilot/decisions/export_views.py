"""Minutes as Word and PDF, and the log of decisions as a workbook."""

from functools import partial

from flask import Response, request

from ccc_pilot.dates import utc_now
from ccc_pilot.decisions import exporting, finding, listing, papers, telling
from ccc_pilot.decisions.blueprint import blueprint, neighbours
from ccc_pilot.decisions.query import query_from
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.office import documents, spreadsheets, typeset
from ccc_pilot.office.blocks import Paper
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may
from ccc_pilot.web.downloads import download


@blueprint.get("/meetings/<int:meeting_id>/minutes.docx")
@may("decision.export")
def minutes_docx(meeting_id: int) -> Response:
    """The minutes as a Word document."""
    paper = _paper(meeting_id)
    return download(partial(documents.write, paper), name=f"{paper.title}.docx", mimetype=documents.MIMETYPE)


@blueprint.get("/meetings/<int:meeting_id>/minutes.pdf")
@may("decision.export")
def minutes_pdf(meeting_id: int) -> Response:
    """The minutes as an accessible PDF."""
    paper = _paper(meeting_id)
    return download(partial(typeset.write, paper), name=f"{paper.title}.pdf", mimetype=typeset.MIMETYPE)


@blueprint.get("/decisions/export.xlsx")
@may("decision.export")
def export_log() -> Response:
    """The log as it is narrowed, as an Excel workbook."""
    found = listing.everything(pilots.chosen(), query_from(request.args), today(), neighbours().started)
    write = partial(
        spreadsheets.write,
        exporting.table(found.rows, finding.bodies(), found.debts),
        title=_("Decisions %(day)s", day=today()),
        author=me().name,
    )
    return download(write, name=_("decisions-%(day)s", day=today()) + ".xlsx", mimetype=spreadsheets.MIMETYPE)


def _paper(meeting_id: int) -> Paper:
    found = finding.meeting(pilots.chosen(), meeting_id)
    return papers.minutes(
        found, finding.decisions_at(found.id), finding.bodies(), author=me().name, approved_by=telling.person(found.adjusted_by_id),
        made_at=utc_now(),
    )  # fmt: skip
