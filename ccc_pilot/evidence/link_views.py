"""What evidence proves: linked, confirmed, accepted or rejected, and taken away; one comes back to the page one was on."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from ccc_pilot.db import transaction
from ccc_pilot.evidence import finding, linking, objects
from ccc_pilot.evidence.blueprint import blueprint
from ccc_pilot.evidence.forms import JudgeForm, LinkForm
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may
from ccc_pilot.web.paths import safe_next


@blueprint.post("/links")
@may("evidence.write")
def link() -> Any:
    """Let an item prove something."""
    form = LinkForm()
    if form.carries_out(linking.link, **form.given(), by=me()):
        flash(_("The evidence is linked. A second person accepts it."), "done")
    return _back(form)


@blueprint.post("/links/decline")
@may("evidence.write")
def decline() -> Any:
    """Say that a suggested link does not hold."""
    form = LinkForm()
    given = form.given()
    if form.carries_out(linking.decline, item_id=given["item_id"], object_key=given["object_key"], by=me()):
        flash(_("It is not suggested again."), "done")
    return _back(form)


@blueprint.post("/links/<int:link_id>/confirm")
@may("evidence.write")
def confirm(link_id: int) -> Any:
    """Let a suggestion count as linked."""
    with transaction():
        linking.confirm(link_id, me())
    flash(_("The evidence is linked. A second person accepts it."), "done")
    return redirect(_place(link_id))


@blueprint.get("/links/<int:link_id>/judge")
@may("evidence.accept")
def judging(link_id: int) -> str:
    """Look at what is claimed, and accept or reject it."""
    return _judging(link_id, JudgeForm(formdata=None))


@blueprint.post("/links/<int:link_id>/judge")
@may("evidence.accept")
def judge(link_id: int) -> Any:
    """Accept or reject that an item proves something."""
    form = JudgeForm()
    if form.carries_out(linking.judge, link_id=link_id, **form.given(), by=me()):
        flash(_("Accepted.") if form.result.state == "accepted" else _("Rejected, with your reason."), "done")
        return redirect(_place(link_id))
    return _judging(link_id, form), 422


def _judging(link_id: int, form: JudgeForm) -> str:
    shown = finding.link(link_id, me())
    version = finding.version(shown.item)
    form.number.data = form.number.data or version.number
    return render_template(
        "evidence/judging.html",
        link=shown,
        item=shown.item,
        thing=objects.thing(shown.object_key, pilots.shorts(pilots.chosen())),
        version=version,
        form=form,
        next=request.values.get("next", ""),
    )


@blueprint.post("/links/<int:link_id>/remove")
@may("evidence.write")
def unlink(link_id: int) -> Any:
    """Take a link away."""
    place = _place(link_id)
    with transaction():
        linking.unlink(link_id, me())
    flash(_("The evidence no longer proves this."), "done")
    return redirect(place)


def _place(link_id: int) -> str:
    """Where to go on: the page that was told, else that of the item."""
    item = finding.link(link_id, me()).item
    return safe_next(request.form.get("next")) or url_for("evidence.show", item_id=item.id, _anchor="links")


def _back(form: LinkForm) -> Any:
    for field in form:
        for error in field.errors:
            flash(f"{field.label.text}: {error}", "error")
    for error in form.form_errors:
        flash(error, "error")
    item = (
        url_for("evidence.show", item_id=form.item_id.data, _anchor="links") if form.item_id.data else url_for("evidence.index")
    )
    return redirect(safe_next(request.form.get("next")) or item)
