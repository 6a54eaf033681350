"""After the meeting all its proposals are settled in one step, together or not at all; nothing typed is lost."""

from typing import Any

import pytest
from flask import Flask

from ccc_pilot.db import db, transaction
from ccc_pilot.decisions import planning, recording
from ccc_pilot.decisions.models import Decision, Meeting
from ccc_pilot.i18n import today
from tests.factories import person, pilot
from tests.support.pages import PageClient, form_with, parse, values_of

TITLES = ("Bemanning", "Budget", "Tidplan", "Utvärdering", "Webb")


@pytest.fixture
def path(house: Flask) -> str:
    """The address of a meeting held today with five proposals."""
    with house.app_context(), transaction():
        head = person("huvudprojektledare").id
        meeting = planning.plan(pilot=pilot(), body_key="rsl", title="", day=today(), actor_id=head)
        meeting.state = "held"
        for title in TITLES:
            point = planning.add_point(target=meeting, title=title, kind="decision", actor_id=head)
            recording.propose(pilot=pilot(), meeting=meeting, point=point, title=title, kind="decision", proposal=f"{title} godkänns.", actor_id=head)  # fmt: skip
        return f"/meetings/{meeting.id}/outcomes"


def filled(head: PageClient, path: str, *outcomes: str, **more: str) -> dict[str, Any]:
    values = values_of(form_with(head.soup(path), {"rows-0-outcome"}))
    return {**values, **{f"rows-{n}-outcome": outcome for n, outcome in enumerate(outcomes)}, **more}


def stand(house: Flask, path: str) -> dict[str, tuple[str, str, str]]:
    with house.app_context():
        rows = db.session.query(Decision).filter_by(meeting_id=int(path.split("/")[2])).order_by(Decision.id)
        return {row.title: (row.status, row.decided, row.number.rpartition(" ")[2]) for row in rows if row.title in TITLES}


def test_all_are_settled_together_each_in_its_way(house: Flask, head: PageClient, path: str):
    assert path in [link["href"] for link in head.soup(path.removesuffix("/outcomes")).select("main a")]
    told = filled(
        head,
        path,
        "decided",
        "decided",
        "rejected",
        "deferred",
        "referred_back",
        **{"rows-1-decided": "Budgeten godkänns med ändring."},
    )
    assert "5 outcomes are recorded." in head.post(path, data=told, follow_redirects=True).text
    assert stand(house, path) == {
        "Bemanning": ("decided", "Bemanning godkänns.", "1"), "Budget": ("decided", "Budgeten godkänns med ändring.", "2"),
        "Tidplan": ("rejected", "", "3"), "Utvärdering": ("deferred", "", "4"), "Webb": ("referred_back", "", "5"),
    }  # fmt: skip


def test_what_is_not_chosen_stays_a_proposal(house: Flask, head: PageClient, path: str):
    head.post(path, data=filled(head, path, "decided"))
    assert [status for status, _words, _number in stand(house, path).values()] == ["decided", *["proposed"] * 4]
    assert head.post(path, data=filled(head, path)).status_code == 422


def test_where_one_cannot_be_none_is_and_what_was_typed_stays(house: Flask, head: PageClient, path: str):
    answer = head.post(
        path, data=filled(head, path, "decided", "decided", **{"rows-0-decided": "Mina ord.", "rows-1-decided": ""})
    )
    assert answer.status_code == 422
    assert "Budget: Write what was decided." in answer.text
    assert "Mina ord." in answer.text
    assert {status for status, _words, _number in stand(house, path).values()} == {"proposed"}


def test_one_that_somebody_changed_meanwhile_is_told_and_can_be_chosen_again(house: Flask, head: PageClient, path: str):
    told = filled(head, path, "decided")
    with house.app_context(), transaction():
        row = db.session.query(Decision).filter_by(title="Bemanning", status="proposed").one()
        recording.change(target=row, version=row.version, executor="RÖ", actor_id=person("huvudprojektledare").id)
    answer = head.post(path, data=told)
    assert answer.status_code == 422
    assert "somebody else has changed it meanwhile" in answer.text
    again = values_of(form_with(parse(answer.text), {"rows-0-outcome"}))
    assert head.post(path, data=again).status_code == 302
    assert stand(house, path)["Bemanning"][0] == "decided"


def test_another_meetings_proposal_is_not_settled_here(house: Flask, head: PageClient, path: str):
    with house.app_context():
        other = (
            db.session.query(Decision)
            .join(Meeting, Meeting.id == Decision.meeting_id)
            .filter(Meeting.seed_key == "rsl-250512")
            .first()
            .id
        )
    assert head.post(path, data=filled(head, path, "decided", **{"rows-0-decision_id": str(other)})).status_code == 404
