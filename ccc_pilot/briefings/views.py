"""Pages of the briefings: the list, one briefing, and how things stood on a day."""

from typing import Any

from flask import redirect, render_template, request, url_for

from ccc_pilot.briefings import drafting, finding, showing, templates
from ccc_pilot.briefings.blueprint import blueprint
from ccc_pilot.briefings.files import KINDS
from ccc_pilot.briefings.forms import ArrangeForm, FreezeForm, OwnForm, PlainForm
from ccc_pilot.briefings.models import Briefing
from ccc_pilot.decisions import reading
from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may


@blueprint.get("")
@may("briefing.published")
def index() -> str:
    """The briefings, and for the lead the form that freezes one."""
    return listed(FreezeForm(formdata=None))


def listed(form: FreezeForm) -> str:
    """Return the page of the list with the form ``form``."""
    pilot = pilots.chosen()
    found = finding.briefings(pilot, drafts=me().may("briefing.read"))
    return render_template(
        "briefings/index.html",
        briefings=found, form=form.offer(reading.meetings(pilot), today()), may_write=me().may("briefing.write"), template=templates.of(pilot),
    )  # fmt: skip


@blueprint.post("")
@may("briefing.write")
def freeze() -> Any:
    """Freeze a briefing."""
    pilot = pilots.chosen()
    form = FreezeForm().offer(reading.meetings(pilot), today())
    if form.carries_out(drafting.freeze, pilot=pilot, **form.given(), actor_id=me().person_id):
        return redirect(url_for("briefings.show", number=form.result.id))
    return listed(form), 422


@blueprint.get("/<int:number>")
@may("briefing.published")
def show(number: int) -> str:
    """A briefing as it reads, its numbers leading to their rows."""
    return page(own(number))


def own(number: int) -> Briefing:
    """Return the briefing that the reader may see."""
    return finding.briefing(pilots.chosen(), number, drafts=me().may("briefing.read"))


def page(briefing: Briefing, own_form: OwnForm | None = None) -> str:
    """Return the page of ``briefing``; ``own_form`` is given back with what was typed."""
    pilot, composed = pilots.chosen(), showing.composed(briefing)
    may_write = me().may("briefing.write") and briefing.state == "draft"
    blank = OwnForm(formdata=None).recall(url_for("briefings.add", number=briefing.id))
    return render_template(
        "briefings/show.html",
        briefing=briefing, composed=composed, parts=composed.all_parts if may_write else composed.parts, blocks=showing.blocks, waiting=showing.waiting,
        changed=showing.changed(pilot, briefing, composed, today()), may_write=may_write, kinds=KINDS, own_form=own_form or blank,
        arrange=ArrangeForm(formdata=None), publish=PlainForm(formdata=None),
    )  # fmt: skip


@blueprint.get("/as-of")
@may("briefing.published")
def as_of() -> str:
    """How the milestones stood at the end of a day."""
    pilot, asked = pilots.chosen(), request.args.get("day", "").strip()
    day = showing.read_day(asked, today())
    return render_template(
        "briefings/as_of.html",
        day=day or today(), asked=asked, is_read=day is not None, rows=showing.as_of(pilot, day or today()), meetings=reading.meetings(pilot),
    )  # fmt: skip
