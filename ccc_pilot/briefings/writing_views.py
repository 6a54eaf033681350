"""What the lead does with a briefing: write in its sections, arrange them, publish; and the pilot's own template."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from ccc_pilot.briefings import drafting, finding, templates
from ccc_pilot.briefings.blueprint import blueprint
from ccc_pilot.briefings.forms import ArrangeForm, OwnForm, PlainForm, SectionForm, TemplateForm
from ccc_pilot.briefings.sections import BY_KEY
from ccc_pilot.briefings.views import own, page
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may
from ccc_pilot.web.forms import Form


@blueprint.get("/<int:number>/sections/<key>")
@may("briefing.write")
def section(number: int, key: str) -> str:
    """The form for the prose of a section."""
    found = finding.section(own(number), key)
    form = SectionForm(formdata=None, obj=found).based_on(title=found.title, text=found.text)
    return _editor(number, key, form.recall(url_for("briefings.write", number=number, key=key)))


@blueprint.post("/<int:number>/sections/<key>")
@may("briefing.write")
def write(number: int, key: str) -> Any:
    """Save the prose of a section."""
    found = finding.section(own(number), key)
    form = SectionForm(obj=found).based_on(title=found.title, text=found.text)
    if form.carries_out(drafting.write, section=found, **form.given(), actor_id=me().person_id):
        flash(_("Saved."), "done")
        return redirect(url_for("briefings.show", number=number, _anchor=f"section-{key}"))
    return _editor(number, key, form), 422


def _editor(number: int, key: str, form: Form) -> str:
    title = BY_KEY[key].title if key in BY_KEY else form["title"].data
    return render_template("briefings/section.html", number=number, key=key, form=form, title=title)


@blueprint.post("/<int:number>/sections")
@may("briefing.write")
def add(number: int) -> Any:
    """Add a section of the lead's own."""
    briefing, form = own(number), OwnForm()
    if form.carries_out(drafting.add, briefing=briefing, **form.given(), actor_id=me().person_id):
        return redirect(url_for("briefings.show", number=number, _anchor=f"section-{form.result.key}"))
    return page(briefing, form), 422


@blueprint.post("/<int:number>/arrange")
@may("briefing.write")
def arrange(number: int) -> Any:
    """Move a section, leave it out or take it in."""
    briefing, form = own(number), ArrangeForm()
    if form.carries_out(drafting.arrange, briefing=briefing, **form.given(), actor_id=me().person_id):
        return redirect(url_for("briefings.show", number=number, _anchor=f"section-{form.section.data}"))
    return _refused(number, form)


@blueprint.post("/<int:number>/publish")
@may("briefing.write")
def publish(number: int) -> Any:
    """Let RSL's readers see the briefing."""
    form = PlainForm()
    if form.carries_out(drafting.publish, briefing=own(number), actor_id=me().person_id):
        flash(_("The briefing is published and can be read by RSL."), "done")
        return redirect(url_for("briefings.show", number=number))
    return _refused(number, form)


def _refused(number: int, form: Form) -> Any:
    for message in (*form.form_errors, *(error for field in form for error in field.errors)):
        flash(message, "late")
    return redirect(url_for("briefings.show", number=number))


@blueprint.get("/template")
@may("briefing.write")
def template() -> str:
    """The pilot's own PowerPoint template."""
    return render_template("briefings/template.html", form=TemplateForm(formdata=None), kept=templates.of(pilots.chosen()))


@blueprint.post("/template")
@may("briefing.write")
def keep_template() -> Any:
    """Keep a template."""
    pilot, form = pilots.chosen(), TemplateForm()
    given = (
        {"name": form.file.data.filename or "", "data": form.file.data.read()} if form.file.data else {"name": "", "data": b""}
    )
    if form.carries_out(templates.keep, pilot=pilot, **given, actor_id=me().person_id):
        flash(_("The template is kept; decks use its layouts from now on."), "done")
        return redirect(url_for("briefings.template"))
    return render_template("briefings/template.html", form=form, kept=templates.of(pilot)), 422


@blueprint.post("/template/remove")
@may("briefing.write")
def remove_template() -> Any:
    """Go back to the house's own looks."""
    if PlainForm().carries_out(templates.remove, pilot=pilots.chosen(), actor_id=me().person_id):
        flash(_("Decks have the house's own looks again."), "done")
    return redirect(url_for("briefings.template"))
