"""The plan as files, as it stands on the screen; one action as an A3 page; the plan along the time."""

from dataclasses import replace
from functools import partial
from typing import Any

from flask import Response, redirect, render_template, request, url_for

from ccc_pilot.errors import NotFound
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.improvement import exporting, listing, naming, reading, showing, timing
from ccc_pilot.improvement.blueprint import blueprint
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.improvement.query import query_from
from ccc_pilot.improvement.views import looked_at
from ccc_pilot.office import csv, documents, spreadsheets, typeset
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may
from ccc_pilot.web.downloads import download


@blueprint.get("/export.xlsx")
@may("improvement.export")
def export_xlsx() -> Response:
    """The table as an Excel workbook."""
    plan, actions, known = _asked()
    table = exporting.table(plan, actions, known, today())
    return download(
        partial(spreadsheets.write, table, title=plan.title, author=me().name), name=_name("xlsx"), mimetype=spreadsheets.MIMETYPE
    )


@blueprint.get("/export.csv")
@may("improvement.export")
def export_csv() -> Response:
    """The table as CSV."""
    plan, actions, known = _asked()
    return download(partial(csv.write, exporting.table(plan, actions, known, today())), name=_name("csv"), mimetype=csv.MIMETYPE)


@blueprint.get("/export.docx")
@may("improvement.export")
def export_docx() -> Response:
    """The plan of action as a Word document."""
    return download(partial(documents.write, _paper()), name=_name("docx"), mimetype=documents.MIMETYPE)


@blueprint.get("/export.pdf")
@may("improvement.export")
def export_pdf() -> Response:
    """The plan of action as an accessible PDF."""
    return download(partial(typeset.write, _paper()), name=_name("pdf"), mimetype=typeset.MIMETYPE)


def _asked() -> tuple[ImprovementPlan, list[Action], naming.Names]:
    plan = looked_at()
    if plan is None:
        raise NotFound
    actions = list(listing.every(plan, query_from(request.args), today(), me().person_id))
    return plan, actions, naming.names(actions, pilots.regions(pilots.chosen()))


def _paper() -> Any:
    plan, actions, known = _asked()
    return exporting.paper(plan, actions, known, today(), me().name)


def _name(ending: str) -> str:
    stem = _("improvement-plan")
    return f"{stem}-{today()}.{ending}"


@blueprint.get("/actions/<int:action_id>/a3")
@may("improvement.read")
def a3(action_id: int) -> str:
    """One action on one page, to be printed on A3: problem, current state, goal, causes, actions, follow-up, how it is kept."""
    action = reading.action(pilots.chosen(), action_id)
    known = naming.names([action], pilots.regions(pilots.chosen()))
    return render_template(
        "improvement/a3.html", action=action, plan=action.plan, row=showing.row(action, known, action.plan, me(), today())
    )


@blueprint.get("/timeline")
@may("improvement.read")
def timeline() -> Any:
    """The actions along the time, and how many were done by when."""
    plan, query = looked_at(), query_from(request.args)
    if plan is None:
        return redirect(url_for("improvement.index"))
    by_date = query if query.sort != "code" else replace(query, sort="due")
    found = listing.find(plan, by_date, today(), me().person_id)
    known = naming.names(found.rows, pilots.regions(pilots.chosen()))
    rows = [showing.row(action, known, plan, me(), today()) for action in found.rows]
    return render_template(
        "improvement/timeline.html", plan=plan, tabs=showing.tabs(plan, query), bars=timing.bars(rows, today()), narrowed=bool(showing.given(query)),
        burn=timing.burn_up(plan, query, today(), me().person_id), on_time=timing.on_time(plan, query, today(), me().person_id),
        page=listing.page(found, lambda n: showing.address(plan, replace(query, page=n), "improvement.timeline")),
    )  # fmt: skip
