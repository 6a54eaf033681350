"""A piece of evidence: its page and its files."""

from typing import Any

from flask import current_app, redirect, render_template, request, url_for

from ccc_pilot.errors import NotFound
from ccc_pilot.evidence import finding, history, kin, kinds, link_showing, quality, showing, words
from ccc_pilot.evidence.blueprint import blueprint
from ccc_pilot.evidence.store import FOLDER, Store
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may
from ccc_pilot.web.downloads import stored


@blueprint.get("/<int:item_id>")
@may("evidence.read")
def show(item_id: int) -> str:
    """One piece of evidence: what it is, its versions, and what it proves."""
    item = finding.item(item_id, me())
    latest = finding.version(item)
    shorts = pilots.shorts(pilots.chosen())
    links, unseen = finding.links_shown(item, me())
    return render_template(
        "evidence/show.html",
        item=item, latest=latest, versions=item.versions, uses=link_showing.uses(links, latest, me(), shorts), unseen=unseen,
        offered=link_showing.offered(kin.offers(item, links, me()), shorts),
        standings=showing.standings(item, latest, today()), region=shorts.get(item.region, item.region), kind=kinds.kinds().get(item.kind, ""),
        size=showing.size, notes=showing.notes, address_standing=words.address_standing, history=history.of(item, shorts, me()), checked=showing.checked(quality.of(item)), may_write=me().may("evidence.write", item.region), may_judge=quality.may_judge(item, me()),
    )  # fmt: skip


@blueprint.get("/<int:item_id>/versions/<int:number>")
@may("evidence.read")
def file(item_id: int, number: int) -> Any:
    """The file of a version: a PDF or an image is shown where ``open=1`` asks for it, all else is saved. An address has its page."""
    version = finding.version(finding.item(item_id, me()), number)
    if version.address:
        return redirect(url_for("evidence.show", item_id=item_id))
    place = _store().path(version.sha256)
    if not place.is_file():
        raise NotFound(_("There is no stored file of this version."))
    return stored(place, name=version.filename, mimetype=version.mimetype, inline=request.args.get("open") == "1")


def _store() -> Store:
    return Store(current_app.extensions["ccc_settings"].data_dir / FOLDER)
