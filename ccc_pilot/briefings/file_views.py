"""A briefing as a file, at once or as long work."""

from typing import Any

from flask import Response, redirect, request, url_for

from ccc_pilot import works
from ccc_pilot.briefings import files
from ccc_pilot.briefings.blueprint import blueprint
from ccc_pilot.briefings.forms import PlainForm
from ccc_pilot.briefings.views import own
from ccc_pilot.i18n import LANGUAGES, language
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may
from ccc_pilot.web.downloads import download


@blueprint.get("/<int:number>/<any(pptx, docx, pdf, pdfa, md):kind>")
@may("briefing.published")
def file(number: int, kind: str) -> Response:
    """The briefing as a file of a kind, in the language that the address asks for, else the reader's."""
    briefing, chosen = own(number), files.KINDS[kind]
    asked = request.args.get("language", "")
    words = asked if asked in LANGUAGES else language()
    return download(
        lambda target: chosen.write(briefing, words, me().name, target),
        name=files.name_of(briefing, chosen, words),
        mimetype=chosen.mimetype,
    )


@blueprint.post("/<int:number>/files")
@may("briefing.published")
def all_files(number: int) -> Any:
    """Ask for all files in both languages; they are made in the background."""
    briefing, form = own(number), PlainForm()
    back = url_for("briefings.show", number=number)
    title = _("All files of the briefing")
    asked = {"title": title, "language": language(), "back": back, "number": briefing.id, "author": me().name}
    if form.carries_out(works.ask, kind="briefing.files", by=me().person_id, **asked):
        return redirect(url_for("works.show", number=form.result.id))
    return redirect(back)
