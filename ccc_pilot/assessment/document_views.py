"""Pages of the documents that are asked for of a round beside its points."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from ccc_pilot.assessment import document_words, documents, scope, sight, stages
from ccc_pilot.assessment.blueprint import blueprint
from ccc_pilot.assessment.document_forms import DocumentForm, NewDocumentForm
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.evidence import link_showing, reading
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may

DOCUMENT = "/<int:number>/documents/<document>"


@blueprint.get("/<int:number>/documents")
@may("assessment.read")
def asked(number: int) -> str:
    """The documents that are asked for, how each stands, and what it lacks."""
    return _list(sight.round_(pilots.chosen(), number), NewDocumentForm(formdata=None))


@blueprint.post("/<int:number>/documents")
@may("assessment.steer")
def ask_for(number: int) -> Any:
    """Ask for a further document."""
    round_, form = sight.round_(pilots.chosen(), number), NewDocumentForm()
    if form.carries_out(documents.add, round_=round_, **form.given(), actor_id=me().person_id):
        flash(_("The document is asked for now."), "done")
        return redirect(url_for("assessment.document", number=number, document=form.result.number))
    return _list(round_, form), 422


def _list(round_: AssessmentRound, form: NewDocumentForm) -> str:
    found = documents.of(round_)
    return render_template(
        "assessment/asked.html", round=round_, edition=scope.edition_of(round_), documents=found, words=document_words, form=form,
        complete=sum(one.complete for one in found), opens=me().may("assessment.steer") and round_.stage in documents.WRITTEN_IN,
    )  # fmt: skip


@blueprint.get(DOCUMENT)
@may("assessment.read")
def document(number: int, document: str) -> str:
    """One document: what proves that it is there, and how it stands."""
    round_ = sight.round_(pilots.chosen(), number)
    row = documents.one(round_, document).row
    post = url_for("assessment.record_document", number=number, document=document)
    return _page(round_, document, DocumentForm(formdata=None, obj=row).of(row).recall(post))


@blueprint.post(DOCUMENT)
@may("assessment.steer")
def record_document(number: int, document: str) -> Any:
    """Record how a document stands."""
    round_ = sight.round_(pilots.chosen(), number)
    row = documents.one(round_, document).row
    form = DocumentForm(obj=row).of(row)
    if form.carries_out(documents.record, round_=round_, number=document, **form.given(), actor_id=me().person_id):
        flash(_("Saved."), "done")
        return redirect(url_for("assessment.asked", number=number, _anchor=f"document-{document}"))
    return _page(round_, document, form), 422


def _page(round_: AssessmentRound, document: str, form: DocumentForm) -> str:
    found, here = documents.one(round_, document), url_for("assessment.document", number=round_.id, document=document)
    key = f"round:{round_.id}/{document}"
    proofs = link_showing.proofs(key, reading.for_objects([key], me())[key], me(), here)
    opens = me().may("assessment.steer") and stages.Stage(round_.stage) in documents.WRITTEN_IN
    return render_template(
        "assessment/document.html", round=round_, found=found, form=form if opens else None, proofs=proofs, words=document_words, here=here,
    )  # fmt: skip
