"""An edition as a file."""

from functools import partial

from flask import Response

from ccc_pilot.catalogue import Edition
from ccc_pilot.frameworks import exporting, finding, imports
from ccc_pilot.frameworks.blueprint import blueprint
from ccc_pilot.office import csv, spreadsheets
from ccc_pilot.office.tables import Table
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may
from ccc_pilot.web.downloads import download


@blueprint.get("/<edition>/export.xlsx")
@may("standards.read")
def export_xlsx(edition: str) -> Response:
    """The edition as an Excel workbook."""
    found = finding.edition(edition)
    write = partial(spreadsheets.write, _table(found), title=str(found.title), author=me().name)
    return download(write, name=f"{found.key}.xlsx", mimetype=spreadsheets.MIMETYPE)


@blueprint.get("/<edition>/export.csv")
@may("standards.read")
def export_csv(edition: str) -> Response:
    """The edition as CSV."""
    found = finding.edition(edition)
    return download(partial(csv.write, _table(found)), name=f"{found.key}.csv", mimetype=csv.MIMETYPE)


def _table(edition: Edition) -> Table:
    """An imported edition goes out as its file came in, another with the headings that the import knows."""
    rows = imports.stored_rows(edition.key)
    return exporting.table(edition) if rows is None else exporting.as_it_came(edition.key, rows)
