"""A row of the table is changed where it stands: who, by when, how far and the next step, by the rules of the action's own page."""

from datetime import date

import pytest
from flask import Flask

from ccc_pilot.db import db, transaction
from ccc_pilot.errors import Conflict, Forbidden, Refused
from ccc_pilot.improvement import in_place
from ccc_pilot.improvement.models import Action
from tests.factories import client_of
from tests.improvement.acting import HEAD, RO, acting, complete, new_plan, propose, take
from tests.support.pages import PageClient, parse, values_of

HTMX = {"HX-Request": "true"}


pytestmark = pytest.mark.sqlite_alone  # the services it is put together of are tested on both engines


@pytest.fixture
def action(pilot_context: Flask) -> Action:
    """A complete action of RÖ that is agreed on."""
    return take(complete(propose(new_plan(), "Ett")), "agree")


def save(action: Action, *, by: str = RO, **given):
    with transaction():
        return in_place.save(target=action, who=acting(by), version=given.pop("version", action.version), **given)


def test_who_when_how_far_and_the_next_step_are_saved_in_one_go(action):
    save(
        action, owner="post:lead_pm", due=date(2027, 2, 1), reason="Upphandlingen", priority="high", percent=20, phase="do",
        step="start", text="Vi börjar",
    )  # fmt: skip
    assert (action.owner, action.due, action.priority, action.percent, action.phase, action.state) == (
        "post:lead_pm", date(2027, 2, 1), "high", 20, "do", "in_progress",
    )  # fmt: skip
    assert (action.first_due, action.shifts, action.due_reason) == (date(2026, 12, 31), 1, "Upphandlingen")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"due": date(2027, 2, 1)}, "reason"),
        ({"step": "claim"}, ""),
        ({"step": "start", "due": date(2010, 1, 1), "reason": "x"}, "due"),
    ],
)
def test_what_one_part_refuses_leaves_all_as_it_was(action, given, field):
    version = action.version
    with pytest.raises(Refused) as refused:
        save(action, priority="high", percent=70, **given)
    db.session.expire_all()
    assert (refused.value.field or "") == field
    assert (action.priority, action.percent, action.state, action.version) == ("", 0, "agreed", version)


def test_who_may_not_write_there_changes_nothing_and_a_lost_race_is_told(action):
    with pytest.raises(Forbidden):
        save(action, by="projektledare.rjl", priority="high")
    before = action.version
    save(action, priority="low")
    with pytest.raises(Conflict) as lost:
        save(action, version=before, priority="high")
    assert (lost.value.theirs["priority"], lost.value.mine["priority"]) == ("low", "high")


@pytest.fixture
def ro(pilot_app: Flask) -> PageClient:
    return client_of(pilot_app, RO, "en")


def agreed(app: Flask) -> str:
    with app.app_context():
        return f"/improvement/actions/{take(complete(propose(new_plan(), 'Ett')), 'agree').id}"


def test_the_form_in_the_row_offers_what_may_be_done_and_its_errors_stand_at_their_fields(pilot_app: Flask, ro: PageClient):
    at = agreed(pilot_app)
    form = parse(f"<table>{ro.get(f'{at}/report', headers=HTMX).text}</table>").select_one("tr.editor form.quick")
    assert [label.text.split(" (")[0] for label in form.select("label")][:6] == [
        "Next step", "Responsible", "Percent", "Due", "PDSA", "Priority",
    ]  # fmt: skip
    assert [option["value"] for option in form.select("[name=step] option")] == ["", "start"]  # blocked asks for more than a line
    assert form.select_one("[data-focus]")["name"] == "step"
    refused = ro.submit(f"{at}/report", due="2027-02-01", text="Kvar")
    assert refused.status_code == 422
    page = parse(refused.text)
    assert "Say why the date is moved" in page.select_one(".field.bad").text
    assert page.select_one("[name=reason]")["aria-invalid"] == "true"
    assert page.select_one("[name=text]").text.strip() == "Kvar"
    assert ro.submit(f"{at}/report", due="2027-02-01", reason="Upphandlingen", step="start").status_code == 302
    assert "Under way" in ro.soup(at).text


def test_two_who_change_the_same_in_a_row_see_both_texts(pilot_app: Flask, ro: PageClient):
    with pilot_app.app_context():
        at = f"/improvement/actions/{propose(new_plan(), 'Ett').id}"  # its form asks for less than that of an agreed one
    other = client_of(pilot_app, HEAD, "en")
    sent = values_of(ro.soup(f"{at}/report").select_one("form.quick"))
    other.submit(f"{at}/report", priority="low", percent="30")
    answer = ro.post(f"{at}/report", data={**sent, "priority": "high"})
    assert answer.status_code == 409
    assert {"Low", "High"} <= {word.strip() for word in parse(answer.text).get_text("\n").splitlines()}


def test_who_only_proposes_may_change_what_is_proposed_but_not_report(pilot_app: Flask):
    with pilot_app.app_context():
        at = f"/improvement/actions/{propose(new_plan(), 'Ett').id}"
    expert = client_of(pilot_app, "expert.ro", "en")
    assert [field["name"] for field in expert.soup(f"{at}/report").select("form.quick .field select, form.quick .field input")] == [
        "owner", "due", "priority",
    ]  # fmt: skip
    assert expert.submit(f"{at}/report", priority="high").status_code == 302
