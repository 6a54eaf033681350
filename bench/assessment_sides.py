"""The two sides that are compared on one round: the product through its own client, and the limit, a bare application."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, render_template
from jinja2 import DictLoader
from sqlalchemy import Engine, text

from bench import assessment_data as data

LEAD = "projektledare.ro@demo.example"  # who is logged in: the regional lead of RÖ
PLAIN = (
    "<!doctype html><table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
)
ROWS = (
    "SELECT a.id, a.point_key, a.score, a.state, a.note, a.na_reason, a.version, a.reopened FROM assessment_answer a "
    "WHERE a.round_id = :round AND a.region = 'ro' {more} ORDER BY a.position"
)
ALL = "SELECT point_key, region, score, note, state FROM assessment_answer WHERE round_id = :round ORDER BY region, position"
SAVE = "UPDATE assessment_answer SET note = :note, version = version + 1 WHERE id = :id"


@dataclass
class House:
    """A round of so many regions: the product's client and the bare application's on the same database.

    ``saved``: how often the answer that is saved was saved.
    """

    regions: int
    app: Flask
    client: Any
    bare: Any
    number: int
    saved: int = 0

    @classmethod
    def build(cls, folder: Path, regions: int, evidence: int) -> "House":
        """Build the round in ``folder`` and open both sides."""
        folder.mkdir()
        app, number = data.build(folder, regions, evidence)
        return cls(regions, app, _client(app), _bare(app, number).test_client(), number)

    @property
    def path(self) -> str:
        """Where the product's pages of the round begin."""
        return f"/assessment/{self.number}"

    def close(self) -> None:
        """Close the connections."""
        from ccc_pilot.db import db

        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


def get(client: Any, path: str) -> Any:
    """Fetch a page or a file; returns the answer."""
    response = client.get(path)
    assert response.status_code == 200, f"{path} was answered with {response.status_code}"
    assert response.data
    return response


def post(client: Any, path: str, fields: dict[str, Any], **headers: str) -> Any:
    """Send a form; returns the answer."""
    response = client.post(path, data=fields, headers=headers)
    assert response.status_code in {200, 302}, f"{path} was answered with {response.status_code}"
    return response


def seconds(call: Callable[[], object]) -> float:
    """Return how long ``call`` takes by the clock."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _client(app: Flask) -> Any:
    """Return a client in which the lead is logged in; it takes pages compressed, as browsers do."""
    from ccc_pilot.db import transaction
    from ccc_pilot.people import accounts, sessions

    with app.app_context(), transaction():
        person = accounts.by_email(LEAD)
        assert person is not None
        token = sessions.begin(person)
    client = app.test_client()
    client.environ_base |= {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}
    with client.session_transaction() as session:
        session["token"] = token
    return client


def _bare(app: Flask, number: int) -> Flask:
    """Return the limit: a page is its query and a plain template (compiled once), a save its update."""
    from ccc_pilot.db import db

    bare = Flask("bare")
    bare.jinja_loader = DictLoader({"plain.html": PLAIN})  # type: ignore[assignment]
    with app.app_context():
        engine = db.engine

    def page(query: str) -> Callable[[], str]:
        def show() -> str:
            with engine.connect() as connection:
                return render_template("plain.html", rows=connection.execute(text(query), {"round": number}).all())

        return show

    def save() -> str:
        with engine.begin() as connection:
            connection.execute(text(SAVE), {"note": str(time.time()), "id": last})
        return "saved"

    last = _last(engine, number)
    bare.add_url_rule("/region", "region", page(ROWS.format(more="")))
    bare.add_url_rule("/chapter", "chapter", page(ROWS.format(more=f"AND a.chapter_key = '{data.KEY}:C1'")))
    bare.add_url_rule("/all", "all", page(ALL))
    bare.add_url_rule("/save", "save", save, methods=["POST"])
    return bare


def _last(engine: Engine, number: int) -> int:
    last = "SELECT max(id) FROM assessment_answer WHERE round_id = :round"
    with engine.connect() as connection:
        return int(connection.execute(text(last), {"round": number}).scalar_one())
