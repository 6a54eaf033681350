"""Pages of the standards: the list of editions, one edition to read and print, and the way to one point."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ccc_pilot.catalogue import DESIGNATIONS
from ccc_pilot.catalogue.crosswalks import crosswalks
from ccc_pilot.frameworks import finding, showing, words
from ccc_pilot.frameworks.blueprint import blueprint
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may


@blueprint.get("")
@may("standards.read")
def index() -> str:
    """The editions, with what each holds and how sure it is."""
    return render_template(
        "frameworks/index.html", summaries=showing.summaries(), links=sum(len(one.links) for one in crosswalks()),
        origins=words.ORIGINS, may_import=me().may("standards.import"),
    )  # fmt: skip


@blueprint.get("/<edition>")
@may("standards.read")
def show(edition: str) -> str:
    """One edition, whole: to read, to print, and to be led to by links."""
    found = finding.edition(edition)
    asked = request.args.get("designation")
    designation = asked if asked in DESIGNATIONS else None
    return render_template(
        "frameworks/show.html", edition=found, sections=showing.chapters(found, designation), chips=showing.chips(found, designation),
        designation=words.DESIGNATIONS.get(designation or ""), origins=words.ORIGINS,
    )  # fmt: skip


@blueprint.get("/at/<key>")
@may("standards.read")
def place(key: str) -> Response:
    """Lead to the place of a point, standard or chapter by its key."""
    edition, anchor = finding.place(key)
    return redirect(url_for("frameworks.show", edition=edition, _anchor=anchor))
