"""People who fill in the small form of a milestone, and what is stored afterwards."""

from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select

from ccc_pilot import drafts
from ccc_pilot.db import db
from ccc_pilot.progress import service
from ccc_pilot.progress.models import MilestoneChange
from tests.factories import person, pilot
from tests.support.pages import PageClient, form_with, values_of

ADDRESS = "/milestones/sosr-wp4-2025/P0-07/ro"
EDIT = f"{ADDRESS}/edit"
DATE = f"{ADDRESS}/date"
MILESTONE = "/milestones/sosr-wp4-2025/P0-07"
LEAD, HEAD, ELSEWHERE = "projektledare.ro", "huvudprojektledare", "projektledare.rjl"
TEXT = "Två av tre experter är utsedda; avtalet väntar på underskrift."


def stored(app: Flask) -> tuple[str, int, str, int]:
    """Return what is stored of the row: status, percent, comment and version."""
    with app.app_context():
        row = service.row(pilot(), "sosr-wp4-2025", "P0-07", "ro")
        return row.status, row.percent, row.comment, row.version


def opened(client: PageClient, address: str = EDIT, action: str = ADDRESS) -> dict[str, Any]:
    """Open the form that is sent to ``action`` and return what it would send as it stands."""
    return values_of(form_with(client.soup(address), {"version"}, action))


def send(client: PageClient, form: dict[str, Any], action: str = ADDRESS, **fields: Any) -> Any:
    """Send ``form`` with ``fields`` filled in; the status, as the button that is pressed, is "ongoing" unless told."""
    return client.post(action, data={"status": "ongoing", **form, **fields})


def changes(app: Flask) -> int:
    """Return how many changes the row's history tells."""
    with app.app_context():
        return db.session.scalar(select(func.count(MilestoneChange.id))) or 0


def draft(app: Flask, login: str = LEAD, path: str = ADDRESS) -> dict[str, Any] | None:
    """Return the fields of a person's draft, or None."""
    with app.app_context():
        found = drafts.of(person(login).id).get(path)
        return found.fields if found else None


def choose(page: BeautifulSoup, **chosen: str) -> dict[str, Any]:
    """Return what the page of a conflict sends when the texts ``chosen`` ("theirs", "mine", or another) are chosen."""
    form = form_with(page, {"version", "base"}, ADDRESS)
    told = values_of(form)
    for name, choice in chosen.items():
        options = [radio["value"] for radio in form.find_all("input", {"name": f"keep.{name}"})]
        told[f"keep.{name}"] = {"theirs": options[0], "mine": options[1]}.get(choice, "")
        if choice not in {"theirs", "mine"}:
            told[name] = choice
    return told
