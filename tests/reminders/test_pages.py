"""The pages of reminders: the inbox, also on the start page, and putting away."""

from ccc_pilot.db import transaction
from ccc_pilot.i18n import today
from ccc_pilot.progress import service
from ccc_pilot.reminders import sweeping
from tests.factories import client_of, pilot

PLAN = "sosr-wp4-2025"


def due_today(app):
    """Let one milestone of RÖ be due today, and sweep."""
    with app.app_context(), transaction():
        row = service.row(pilot(), PLAN, "P0-05", "ro")
        row.due, row.status, row.assumed = today(), "ongoing", False
        sweeping.sweep(today())


def test_the_inbox_stands_on_the_start_page_and_is_put_away_one_by_one(pilot_app):
    due_today(pilot_app)
    client = client_of(pilot_app, "projektledare.ro")
    start = client.soup("/").find(id="reminders")
    assert "P0-05" in start.text, start.text
    page = client.soup("/reminders")
    before = page.select(".todo li")
    form = next(li.find("form") for li in before if "P0-05" in li.text)
    answer = client.post(
        form["action"], data={"csrf_token": form.find("input")["value"], "next": "/reminders"}, follow_redirects=True
    )
    assert answer.status_code == 200
    assert len(client.soup("/reminders").select(".todo li")) == len(before) - 1


def test_all_are_put_away_at_once_and_the_empty_page_says_so(pilot_app):
    due_today(pilot_app)
    client = client_of(pilot_app, "projektledare.ro")
    client.submit("/reminders", to="/reminders/seen", up_to=client.soup("/reminders").find("input", {"name": "up_to"})["value"])
    assert "Inget väntar på dig just nu." in client.soup("/reminders").text


def test_anothers_reminder_cannot_be_put_away(pilot_app):
    due_today(pilot_app)
    lead, other = client_of(pilot_app, "projektledare.ro"), client_of(pilot_app, "projektledare.rkl")
    action = next(li.find("form")["action"] for li in lead.soup("/reminders").select(".todo li") if "P0-05" in li.text)
    token = other.soup("/account").find("input", {"name": "csrf_token"})["value"]
    assert other.post(action, data={"csrf_token": token}).status_code == 404


def test_the_command_shows_and_then_tells(pilot_app, capsys):
    from ccc_pilot.cli import remind

    with pilot_app.app_context():
        remind._tell(sweeping.missing(today()))
    assert "reminders would be made" in capsys.readouterr().out
