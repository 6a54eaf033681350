"""The milestones as files: the list as it stands on the screen, with the same parameters in the address."""

from functools import partial

from flask import Response, request

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.office import csv, spreadsheets
from ccc_pilot.office.tables import Table
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.progress import exporting
from ccc_pilot.progress.blueprint import blueprint
from ccc_pilot.progress.query import query_from
from ccc_pilot.web.access import may
from ccc_pilot.web.downloads import download


@blueprint.get("/export.xlsx")
@may("milestone.export")
def export_xlsx() -> Response:
    """The list as an Excel workbook."""
    write = partial(spreadsheets.write, _table(), title=_("Milestones %(day)s", day=today()), author=me().name)
    return download(write, name=_("milestones-%(day)s", day=today()) + ".xlsx", mimetype=spreadsheets.MIMETYPE)


@blueprint.get("/export.csv")
@may("milestone.export")
def export_csv() -> Response:
    """The list as CSV."""
    return download(partial(csv.write, _table()), name=_("milestones-%(day)s", day=today()) + ".csv", mimetype=csv.MIMETYPE)


def _table() -> Table:
    pilot = pilots.chosen()
    return exporting.table(pilot, pilots.regions(pilot), query_from(request.args), today())
