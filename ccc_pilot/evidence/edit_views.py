"""What is told of a piece of evidence: its particulars, how good it is, and that it is withdrawn or taken back."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from ccc_pilot.db import transaction
from ccc_pilot.errors import Forbidden
from ccc_pilot.evidence import finding, items, kinds, quality
from ccc_pilot.evidence.blueprint import blueprint
from ccc_pilot.evidence.forms import ItemForm, ReasonForm
from ccc_pilot.evidence.models import EvidenceItem
from ccc_pilot.evidence.quality_forms import QualityForm
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may


@blueprint.get("/<int:item_id>/edit")
@may("evidence.write")
def edit(item_id: int) -> Any:
    """Change the particulars; who may not is shown them."""
    item = finding.item(item_id, me())
    if not me().may("evidence.write", item.region):
        return redirect(url_for("evidence.show", item_id=item_id, _anchor="particulars"))
    form = _offer(ItemForm(formdata=None, obj=item)).of(item).recall(url_for("evidence.change", item_id=item_id))
    return _edit(item, form)


@blueprint.post("/<int:item_id>/edit")
@may("evidence.write")
def change(item_id: int) -> Any:
    """Save the particulars."""
    item = _mine(item_id)
    form = _offer(ItemForm(obj=item)).of(item)
    if form.carries_out(items.change, item_id=item_id, **form.given(), by=me()):
        flash(_("Saved."), "done")
        return redirect(url_for("evidence.show", item_id=item_id))
    return _edit(item, form), 422


@blueprint.post("/<int:item_id>/withdraw")
@may("evidence.write")
def withdraw(item_id: int) -> Any:
    """Withdraw an item, with a reason."""
    item, form = _mine(item_id), ReasonForm()
    if form.carries_out(items.withdraw, item_id=item_id, **form.given(), by=me()):
        flash(_("The evidence is withdrawn. It is kept, but proves nothing more."), "done")
        return redirect(url_for("evidence.show", item_id=item_id))
    return _edit(item, _offer(ItemForm(formdata=None, obj=item)).of(item), form), 422


@blueprint.post("/<int:item_id>/restore")
@may("evidence.write")
def restore(item_id: int) -> Any:
    """Take back a withdrawn item."""
    with transaction():
        items.restore(item_id=item_id, by=me())
    flash(_("The evidence is taken back; its links count again."), "done")
    return redirect(url_for("evidence.show", item_id=item_id))


@blueprint.get("/<int:item_id>/quality")
@may("evidence.accept")
def judging_quality(item_id: int) -> str:
    """The seven questions."""
    item = finding.item(item_id, me())
    kept = quality.of(item)
    return _quality(item, QualityForm.blank(kept).recall(url_for("evidence.judge_quality", item_id=item_id)))


@blueprint.post("/<int:item_id>/quality")
@may("evidence.accept")
def judge_quality(item_id: int) -> Any:
    """Save the answers."""
    item, form = finding.item(item_id, me()), QualityForm()
    if form.based_on().carries_out(quality.judge, item_id=item_id, **form.given(), by=me()):
        flash(_("Saved."), "done")
        return redirect(url_for("evidence.show", item_id=item_id, _anchor="quality"))
    return _quality(item, form), 422


def _mine(item_id: int) -> EvidenceItem:
    item = finding.item(item_id, me())
    if not me().may("evidence.write", item.region):
        raise Forbidden
    return item


def _offer(form: ItemForm) -> ItemForm:
    return form.offer([place for place in pilots.places(pilots.chosen()) if me().may("evidence.write", place.key)], kinds.kinds())


def _edit(item: EvidenceItem, form: ItemForm, reason: ReasonForm | None = None) -> str:
    return render_template("evidence/edit.html", item=item, form=form, reason=reason or ReasonForm(formdata=None))


def _quality(item: EvidenceItem, form: QualityForm) -> str:
    return render_template("evidence/judging_quality.html", item=item, form=form)
