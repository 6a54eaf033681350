"""Several actions at once, the board, a cell changed where it stands, and ways to look that have a name."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from ccc_pilot.db import transaction
from ccc_pilot.errors import NotFound
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.improvement import boards, consequences, looks, naming, reading, service, showing
from ccc_pilot.improvement import bulk as changes
from ccc_pilot.improvement.blueprint import blueprint
from ccc_pilot.improvement.bulk import Outcome
from ccc_pilot.improvement.bulk_forms import BulkForm, PhaseForm, UndoForm, ViewForm
from ccc_pilot.improvement.query import query_from
from ccc_pilot.improvement.views import choices, looked_at, table, tell
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may
from ccc_pilot.web.htmx import is_partial


@blueprint.post("/plans/<int:plan_id>/bulk")
@may("improvement.propose")
def bulk(plan_id: int) -> Any:
    """Change the chosen actions, each by the permission for its own region."""
    plan = reading.plan(pilots.chosen(), plan_id)
    form, before = BulkForm().offer(choices().owners), consequences.stand(plan)
    if form.carries_out(changes.update, plan=plan, picked=form.row.data, wish=form.wish(), who=me()):
        tell(before, plan)
        return redirect(
            url_for("improvement.batch", plan_id=plan_id, number=form.result.id, **showing.given(query_from(request.args)))
        )
    return table(plan, bulk=form), 422


@blueprint.get("/plans/<int:plan_id>/bulk/<int:number>")
@may("improvement.propose")
def batch(plan_id: int, number: int) -> str:
    """How it went: what was saved, what was not and why."""
    plan = reading.plan(pilots.chosen(), plan_id)
    found = changes.batch_of(plan, number, me().person_id)
    saved = {Outcome.SAVED, Outcome.UNDONE}
    return render_template(
        "improvement/batch.html", plan=plan, batch=found, back=showing.address(plan, query_from(request.args)),
        saved=[part for part in found.parts if part.outcome in saved], left=[part for part in found.parts if part.outcome not in saved],
    )  # fmt: skip


@blueprint.post("/plans/<int:plan_id>/bulk/undo")
@may("improvement.propose")
def undo_bulk(plan_id: int) -> Any:
    """Restore what the actions were, where nobody has changed them since."""
    plan, form = reading.plan(pilots.chosen(), plan_id), UndoForm()
    if form.batch.data is None:
        raise NotFound
    found, before = changes.batch_of(plan, form.batch.data, me().person_id), consequences.stand(plan)
    if form.carries_out(changes.undo, plan=plan, batch=found, who=me()):
        flash(_("%(n)s restored as they were.", n=form.result), "done")
        tell(before, plan)
    else:
        flash(_("That has been undone already."), "risk")
    return redirect(url_for("improvement.batch", plan_id=plan_id, number=form.batch.data))


@blueprint.get("/board")
@may("improvement.read")
def board() -> Any:
    """The open actions by phase of PDSA."""
    plan = looked_at()
    if plan is None:
        return redirect(url_for("improvement.index"))
    found = boards.columns(plan, query_from(request.args), today(), me().person_id)
    known = naming.names([action for column in found for action in column.actions], pilots.regions(pilots.chosen()))
    columns = [(column, [showing.row(action, known, plan, me(), today()) for action in column.actions]) for column in found]
    template = "improvement/_board.html" if is_partial() else "improvement/board.html"
    given, moved = showing.given(query_from(request.args)), request.args.get("moved", "")
    return render_template(
        template, plan=plan, columns=columns, given=given, moved=moved, tabs=showing.tabs(plan, query_from(request.args))
    )


@blueprint.post("/actions/<int:action_id>/phase")
@may("improvement.propose")
def turn(action_id: int) -> Any:
    """Let an action come to another phase: dropped in its column, or chosen by keyboard."""
    action, form = reading.action(pilots.chosen(), action_id), PhaseForm()
    given = {"version": form.version.data, "phase": form.phase.data, "percent": None, "text": ""}
    if not form.carries_out(service.report, target=action, who=me(), **given):
        flash(_("It was not moved: look at how it stands now."), "risk")
    target = url_for("improvement.board", plan=action.plan_id, moved=action_id, **showing.given(query_from(request.args)))
    return redirect(target, 303)


@blueprint.post("/plans/<int:plan_id>/views")
@may("improvement.read")
def keep_view(plan_id: int) -> Any:
    """Give the way in which one looks at the table a name."""
    plan, form = reading.plan(pilots.chosen(), plan_id), ViewForm()
    parameters: dict[str, Any] = {
        name: str(value) for name, value in showing.given(query_from(request.args)).items() if name != "page"
    }
    if form.carries_out(looks.keep, plan=plan, parameters=parameters, who=me(), **form.given()):
        flash(_("The view is kept; it stands above the table."), "done")
        return redirect(url_for("improvement.index", plan=plan_id, **parameters))
    return table(plan, view_form=form), 422


@blueprint.post("/plans/<int:plan_id>/views/<int:number>/drop")
@may("improvement.read")
def drop_view(plan_id: int, number: int) -> Any:
    """Remove a view of one's own."""
    with transaction():
        looks.drop(plan=reading.plan(pilots.chosen(), plan_id), number=number, who=me())
    flash(_("The view is removed."), "done")
    return redirect(url_for("improvement.index", plan=plan_id))
