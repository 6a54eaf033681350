"""Long work on its way: its progress, and its file when it is made. Each is seen by the one who asked for it."""

from typing import Any

from flask import Blueprint, Response, render_template

from ccc_pilot import works
from ccc_pilot.errors import NotFound
from ccc_pilot.web import typed
from ccc_pilot.web.access import may
from ccc_pilot.web.downloads import download
from ccc_pilot.web.htmx import is_partial

blueprint = Blueprint("works", __name__, url_prefix="/works")


@blueprint.get("/<int:number>")
@may("own.profile")
def show(number: int) -> Any:
    """How far a work has come."""
    work = _own(number)
    return render_template("works/_state.html" if is_partial() else "works/show.html", work=work)


@blueprint.get("/<int:number>/file")
@may("own.profile")
def file(number: int) -> Response:
    """What a work made."""
    work = _own(number)
    if work.file is None:
        raise NotFound
    data = work.file
    return download(lambda target: target.write(data), name=work.file_name, mimetype=work.file_type)


def _own(number: int) -> works.Work:
    return works.of(typed.writer() or 0, number)
