"""Links of an action: added by what a person names, and taken away."""

from typing import Any

from flask import flash, redirect, url_for

from ccc_pilot.db import transaction
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import ngettext
from ccc_pilot.improvement import linking, reading
from ccc_pilot.improvement.blueprint import blueprint, neighbours
from ccc_pilot.improvement.link_forms import LinkForm
from ccc_pilot.improvement.views import page
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may


@blueprint.post("/actions/<int:action_id>/links")
@may("improvement.propose")
def link(action_id: int) -> Any:
    """Link an action to what is named."""
    action, form = reading.action(pilots.chosen(), action_id), LinkForm()
    if form.carries_out(linking.link_named, target=action, **form.given(), near=neighbours(), pilot=pilots.chosen(), who=me()):
        return _back(ngettext("%(num)s link was added.", "%(num)s links were added.", form.result), action_id)
    return page(action, link=form), 422


@blueprint.post("/actions/<int:action_id>/links/<int:number>/remove")
@may("improvement.propose")
def unlink(action_id: int, number: int) -> Any:
    """Take a link away."""
    with transaction():
        linking.unlink(target=reading.action(pilots.chosen(), action_id), link_id=number, who=me())
    return _back(_("The link is removed."), action_id)


def _back(message: str, action_id: int) -> Any:
    flash(message, "done")
    return redirect(url_for("improvement.show", action_id=action_id, _anchor="links"))
