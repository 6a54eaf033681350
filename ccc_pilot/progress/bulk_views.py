"""Several rows at once: the change, the page that tells how it went, and its undoing in one step."""

from typing import Any

from flask import flash, redirect, render_template, request

from ccc_pilot.errors import NotFound
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.progress import bulk as changes
from ccc_pilot.progress import outcomes, showing
from ccc_pilot.progress.blueprint import blueprint
from ccc_pilot.progress.bulk import Outcome
from ccc_pilot.progress.bulk_forms import BulkForm, UndoForm
from ccc_pilot.progress.query import query_from
from ccc_pilot.progress.views import matrix
from ccc_pilot.web.access import may


@blueprint.post("/bulk")
@may("milestone.progress")
def bulk() -> Any:
    """Change the chosen rows, each by the permission for its own region."""
    form = BulkForm().offer(may_complete=me().may("milestone.complete"))
    given = {"picked": form.row.data, "wish": form.wish(), "access": me().access, "actor_id": me().person_id}
    if form.carries_out(changes.update, pilot=pilots.chosen(), **given):
        return _told(form.result.id)
    return matrix(form), 422


@blueprint.get("/bulk/<int:number>")
@may("milestone.progress")
def batch(number: int) -> str:
    """How it went: what was saved, what was not and why."""
    found = changes.batch_of(pilots.chosen(), number, me().person_id)
    regions, saved = pilots.regions(pilots.chosen()), {Outcome.SAVED, Outcome.UNDONE}
    return render_template(
        "progress/bulk.html",
        batch=found, back=showing.address(query_from(request.args)), undo_to=showing.address(query_from(request.args), "progress.undo_bulk"),
        saved=outcomes.told([part for part in found.parts if part.outcome in saved], regions),
        left=outcomes.told([part for part in found.parts if part.outcome not in saved], regions),
    )  # fmt: skip


@blueprint.post("/bulk/undo")
@may("milestone.progress")
def undo_bulk() -> Any:
    """Restore what the rows were, where nobody has changed them since."""
    form = UndoForm()
    if form.batch.data is None:
        raise NotFound
    found = changes.batch_of(pilots.chosen(), form.batch.data, me().person_id)
    if form.carries_out(changes.undo, batch=found, access=me().access, actor_id=me().person_id):
        flash(_("%(n)s restored as they were.", n=form.result), "done")
    else:
        flash(_("That has been undone already."), "risk")
    return _told(form.batch.data)


def _told(number: int) -> Any:
    return redirect(showing.address(query_from(request.args), "progress.batch", number=number))
