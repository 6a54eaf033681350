"""Importing an edition, page by page: the file, its columns with a preview, and the word to store it."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from ccc_pilot.db import transaction
from ccc_pilot.frameworks import imports, previewing
from ccc_pilot.frameworks.blueprint import blueprint
from ccc_pilot.frameworks.forms import ChoiceForm, StoreForm, UploadForm
from ccc_pilot.frameworks.models import FrameworkUpload
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may
from ccc_pilot.web.forms import Form


@blueprint.get("/import")
@may("standards.import")
def new() -> str:
    """Where a file is chosen."""
    return _new(UploadForm(formdata=None))


@blueprint.post("/import")
@may("standards.import")
def receive() -> Response | tuple[str, int]:
    """Take in the file."""
    form = UploadForm()
    if form.carries_out(lambda: imports.receive(**form.given(), actor_id=me().person_id)):
        return redirect(url_for("frameworks.prepare", number=form.result))
    return _new(form), 422


@blueprint.get("/import/<int:number>")
@may("standards.import")
def prepare(number: int) -> Response | str:
    """What the file's columns hold and what it would become; back to the start where the file is gone."""
    target = imports.find(number)
    if target is None:
        flash(_("The file is no longer here: it has been imported or thrown away."), "go")
        return redirect(url_for("frameworks.new"))
    return _page(target, previewing.chosen(target))


@blueprint.post("/import/<int:number>")
@may("standards.import")
def choose(number: int) -> Response | tuple[str, int]:
    """Say what the columns hold, and look at it again."""
    target = imports.upload(number)
    form = previewing.offered(ChoiceForm(), target)
    if form.carries_out(lambda: imports.choose(target=target, **form.given())):
        return redirect(url_for("frameworks.prepare", number=number, _anchor="preview"))
    return _page(target, form), 422


@blueprint.post("/import/<int:number>/store")
@may("standards.import")
def store(number: int) -> Response | tuple[str, int]:
    """Store what was looked at."""
    target, form = imports.upload(number), StoreForm()
    if form.carries_out(lambda: imports.store(target=target, seal=form.seal.data or "", actor_id=me().person_id)):
        flash(_("The edition is imported."), "done")
        return redirect(url_for("frameworks.show", edition=form.result))
    return _page(target, previewing.chosen(target), form), 422


@blueprint.post("/import/<int:number>/discard")
@may("standards.import")
def discard(number: int) -> Response:
    """Throw the file away."""
    with transaction():
        imports.discard(target=imports.upload(number))
    flash(_("The file was thrown away; nothing was imported."), "go")
    return redirect(url_for("frameworks.index"))


def _new(form: Form) -> str:
    return render_template("frameworks/new.html", form=form, columns=previewing.columns())


def _page(target: FrameworkUpload, form: ChoiceForm, store_form: Form | None = None) -> str:
    return render_template(
        "frameworks/prepare.html", upload=target, form=form, store_form=store_form or StoreForm(formdata=None),
        shown=previewing.shown(target), examples=previewing.examples(imports.rows_of(target), target.chosen["heading_row"]),
    )  # fmt: skip
