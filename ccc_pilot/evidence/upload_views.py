"""Putting up evidence: documents, several at once, and pages of the web; and new versions of what stands already."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, flash, jsonify, redirect, render_template, request, session, url_for

from ccc_pilot.evidence import finding, items, kinds, objects, receiving, showing
from ccc_pilot.evidence.blueprint import blueprint
from ccc_pilot.evidence.forms import AddressForm, UploadForm, VersionForm
from ccc_pilot.evidence.items import Carrier
from ccc_pilot.evidence.receiving import Dock, Receipt
from ccc_pilot.evidence.store import FOLDER, Store
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import ngettext
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may
from ccc_pilot.web.forms import Form
from ccc_pilot.web.htmx import is_partial
from ccc_pilot.web.paths import safe_next


@blueprint.get("/new")
@may("evidence.write")
def new() -> str:
    """Put up documents, or a page of the web."""
    return _new()


@blueprint.post("/files")
@may("evidence.write")
def add_files() -> Any:
    """Put up files as evidence: those that are fit; the others are told why not."""
    form = _offer(UploadForm())
    receipt = _receive(form, form.file.data)
    given = {name: value for name, value in form.given().items() if name not in {"file", "harmless"}}
    done = bool(receipt.carriers) and form.carries_out(items.add_files, carriers=receipt.carriers, **given, by=me())
    if done:
        _tell_other_kind(form)
    if is_partial():
        return _fate(form, done)
    for sentence in receipt.refused:
        flash(sentence, "error")
    if done:
        flash(
            ngettext("%(num)s file is put up as evidence.", "%(num)s files are put up as evidence.", len(receipt.carriers)),
            "done",
        )
        return redirect(_onward(form))
    return _new(upload=form), 422


@blueprint.post("/addresses")
@may("evidence.write")
def add_address() -> Any:
    """Put up a page of the web as evidence."""
    form = _offer(AddressForm())
    given = form.given()
    carrier = Carrier(address=given.pop("address") or "")
    if form.carries_out(items.add, carrier=carrier, **given, by=me()):
        flash(_("The address is put up as evidence."), "done")
        _tell_other_kind(form)
        return redirect(safe_next(request.form.get("next")) or url_for("evidence.show", item_id=form.result.id))
    return _new(page=form), 422


@blueprint.get("/<int:item_id>/renew")
@may("evidence.write")
def renewing(item_id: int) -> Any:
    """Put up a new version of a document; who may not is shown those there are."""
    if not me().may("evidence.write", finding.item(item_id, me()).region):
        return redirect(url_for("evidence.show", item_id=item_id, _anchor="versions"))
    return _renewing(item_id, VersionForm(formdata=None))


@blueprint.post("/<int:item_id>/renew")
@may("evidence.write")
def renew(item_id: int) -> Any:
    """Put up a new version; the earlier ones stand."""
    form = VersionForm()
    carriers = (Carrier(address=form.address.data),) if form.address.data else _receive(form, [form.file.data]).carriers
    if carriers and form.carries_out(items.renew, item_id=item_id, carrier=carriers[0], note=form.note.data or "", by=me()):
        flash(_("The new version stands; what was accepted before waits for a new judgement."), "done")
        return redirect(url_for("evidence.show", item_id=item_id, _anchor="versions"))
    return _renewing(item_id, form), 422


def _receive(form: Form, uploads: Any) -> Receipt:
    """Take in the files of a form that is otherwise in order; what is refused is told at the field too."""
    settings = current_app.extensions["ccc_settings"]
    dock = Dock(Store(settings.data_dir / FOLDER), settings.max_upload_mb * 1024 * 1024, settings.clamd)
    receipt = receiving.receive(uploads if form.validate_on_submit() else (), dock)
    form["file"].errors = [*form["file"].errors, *receipt.refused]
    return receipt


def _offer(form: Any) -> Any:
    mine = [place for place in pilots.places(pilots.chosen()) if me().may("evidence.write", place.key)]
    return form.offer(mine, kinds.kinds())


def _tell_other_kind(form: UploadForm | AddressForm) -> None:
    """Tell, once for all the files of a form, that evidence is of another kind than its point asks for: it stands, but is not what was asked."""
    asked = kinds.asked(form.object_key.data or "")
    said = _("The point asks for: %(kinds)s. What you added is linked, but does not count as that.", kinds=_named(asked))
    if asked and form.kind.data not in asked and ("go", said) not in session.get("_flashes", ()):
        flash(said, "go")


def _named(asked: Mapping[str, Any]) -> str:
    return "; ".join(str(title) for title in asked.values())


def _onward(form: UploadForm) -> str:
    ids = form.result.split() if form.result else []
    found = url_for("evidence.show", item_id=int(ids[0])) if len(ids) == 1 else url_for("evidence.index")
    return safe_next(request.form.get("next")) or found


def _fate(form: UploadForm, done: bool) -> Any:
    """Tell the page's script what became of the one file that it sent."""
    if done:
        return jsonify(said=_("Stored."), url=url_for("evidence.show", item_id=int(form.result.split()[0])))
    faults = [*form.form_errors, *(error for field in form for error in field.errors)]
    return jsonify(said=" ".join(str(fault) for fault in faults)), 422


def _new(*, upload: UploadForm | None = None, page: AddressForm | None = None) -> str:
    key, onward = request.values.get("object_key") or request.args.get("for", ""), safe_next(request.values.get("next")) or ""
    forms = upload or _offer(UploadForm(formdata=None)), page or _offer(AddressForm(formdata=None))
    asked, kind = kinds.asked(key), request.values.get("kind", "")
    for form in forms:
        if not form.sent:
            form.object_key.data = key
            form.kind.data = kind if kind in kinds.kinds() else next(iter(asked), "") if len(asked) == 1 else ""
    return render_template(
        "evidence/new.html", upload=forms[0], page=forms[1] if page else forms[1].recall(url_for("evidence.add_address")),
        thing=objects.thing(key, pilots.shorts(pilots.chosen())) if key else None, next=onward, most=current_app.extensions["ccc_settings"].max_upload_mb,
        here=_here(key, onward, kind), asked=_named(asked),
    )  # fmt: skip


def _renewing(item_id: int, form: VersionForm) -> str:
    item = finding.item(item_id, me())
    return render_template(
        "evidence/renewing.html", item=item, latest=finding.version(item), form=form, size=showing.size,
        most=current_app.extensions["ccc_settings"].max_upload_mb,
    )  # fmt: skip


def _here(key: str, onward: str, kind: str) -> str:
    asked: dict[str, Any] = {name: value for name, value in (("for", key), ("next", onward), ("kind", kind)) if value}
    return url_for("evidence.new", **asked)
