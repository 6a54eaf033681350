"""ACC-02, 03, 05, 07, 08, 09: the same decision by whichever way one tries."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from ccc_pilot.db import db, transaction
from ccc_pilot.i18n import today
from ccc_pilot.people.models import Holding, LoginSession, Person
from ccc_pilot.progress.models import MilestoneRow
from tests.access.conftest import EVERYBODY
from tests.access.table import JOINT, VISITOR
from tests.access.test_walk import cells
from tests.support.pages import form_with, parse, values_of

# What a refusal leaves behind: that it was tried, and what was typed.
KEPT = ("journal", "journal_head", "draft")
LINE = "/milestones/sosr-wp4-2025/P0-05"
JOINT_LINE = "/milestones/sosr-wp4-2025/P0-01"


def rows(house, line="P0-05"):
    """Return status, comment and last hand of a milestone's rows by region."""
    with house.app.app_context():
        found = db.session.scalars(select(MilestoneRow).where(MilestoneRow.line.has(key=f"sosr-wp4-2025:{line}")))
        return {row.region: (row.status, row.comment, row.updated_by_id) for row in found}


def person_id(house, login):
    """Return the id of a demo person."""
    with house.app.app_context():
        return db.session.scalar(select(Person.id).where(Person.email == f"{login}@demo.example"))


def filled(client, region="ro"):
    """Return the fields of the quick form of a region, as the page offers them."""
    page = parse(client.get(f"{LINE}/{region}/edit").text)
    return values_of(form_with(page, {"status", "comment", "version"}, None))


def test_acc_02_a_region_or_person_named_in_the_form_is_not_listened_to(house):
    client, before = house.client("projektledare.ro"), rows(house)
    told = {
        "region": "rkl", "region_id": "rkl", "row_id": "1", "line_id": "1", "id": "1", "pilot_id": "2", "actor_id": "1", "updated_by_id": "1",
        "person_id": "1", "may_complete": "1", "plan": "utlysning-2025", "slug": "U-01", "first_due": "1999-01-01", "assumed": "0",
    }  # fmt: skip
    answer = client.post(
        f"{LINE}/ro?region=rkl&actor_id=1", data={**filled(client), **told, "status": "ongoing", "comment": "Vi har börjat."}
    )
    assert answer.status_code == 302
    after = rows(house)
    assert {region for region in after if after[region] != before[region]} == {"ro"}
    assert after["ro"] == ("ongoing", "Vi har börjat.", person_id(house, "projektledare.ro"))


def test_acc_02_a_lead_who_says_done_and_may_complete_still_only_claims(house):
    client = house.client("projektledare.ro")
    fields = {**filled(client), "comment": "", "may_complete": "1"}
    assert client.post(f"{LINE}/ro", data={**fields, "status": "done"}).status_code == 422
    assert client.post(f"{LINE}/ro", data={**fields, "status": "claimed"}).status_code == 302
    assert rows(house)["ro"][0] == "claimed"


def test_acc_01_a_whole_form_with_its_token_changes_nothing_in_another_region(house):
    client, before = house.client("projektledare.ro"), house.contents(*KEPT)
    fields = {**filled(client), "status": "ongoing", "comment": "Fel region"}
    for path in (
        f"{LINE}/rjl",
        f"{LINE}/rkl",
        f"{JOINT_LINE}/{JOINT}",
        f"{LINE}/RJL",
        f"{LINE}/rjl%20",
        f"{LINE}/ro/date",
        f"{LINE}/rjl/date",
    ):
        assert client.post(path, data=fields).status_code in {403, 404}, path
    assert house.contents(*KEPT) == before


@pytest.mark.parametrize(
    "path",
    [
        f"{LINE}/{JOINT}/edit",
        f"{JOINT_LINE}/ro/edit",
        f"{LINE}/atlantis/edit",
        "/milestones/utlysning-2025/P0-05",
        "/milestones/utlysning-2025/P0-05/ro/edit",
        "/milestones/sosr-wp4-2025/P0-05~2025-10/ro/edit",
        "/milestones/platsbesok/V-01",
        "/milestones/sosr-wp4-2025/P0-99",
        "/milestones/plans/no-such-plan",
        "/people/99999",
        "/people/posts/no-such-post",
    ],
)
def test_acc_03_things_that_do_not_belong_together_are_not_there(house, path):
    assert house.client("huvudprojektledare").get(path).status_code == 404


def test_acc_03_nobody_ends_the_log_in_of_another(house):
    client, before = house.client("projektledare.ro"), house.contents("journal", "journal_head")
    token = values_of(form_with(parse(client.get("/account").text), {"csrf_token"}, None))
    with house.app.app_context():
        others = db.session.scalars(
            select(LoginSession.id).where(LoginSession.person_id != person_id(house, "projektledare.ro"))
        ).all()
    assert others
    assert {client.post(f"/account/sessions/{number}/end", data=token).status_code for number in others} == {404}
    assert house.contents("journal", "journal_head") == before


@pytest.mark.parametrize(
    ("who", "there", "not_there"),
    [
        ("projektledare.ro", "/people/1", "/people/99999"),
        ("projektledare.ro", f"{LINE}/rkl/edit", "/milestones/sosr-wp4-2025/P0-99/rkl/edit"),
        ("projektledare.ro", "/people/posts/pl_ro", "/people/posts/xx_xx"),
        ("administrator", LINE, "/milestones/sosr-wp4-2025/P0-99"),
        ("administrator", "/milestones/plans/sosr-wp4-2025", "/milestones/plans/sosr-wp4-1999"),
    ],
)
def test_acc_05_the_answer_does_not_tell_whether_a_hidden_thing_exists(house, who, there, not_there):
    one, other = (house.client(who).get(path) for path in (there, not_there))
    assert (one.status_code, bare(one.text, there)) == (other.status_code, bare(other.text, not_there))
    assert one.status_code in {403, 404}


def bare(text, path):
    """A page's text without its address and its token."""
    return re.sub(
        r'(?<=name="csrf_token" value=")[^"]+|(?<=name="form_key" value=")[^"]+|(?<="X-CSRFToken": ")[^"]+', "", text
    ).replace(path, "")


@pytest.mark.parametrize("change", ["until", "approved", "active"])
def test_acc_07_who_has_left_a_post_has_no_right_left_at_the_next_request(house, change):
    client = house.fresh("expert.rkl")
    assert client.get("/milestones").status_code == 200
    kept = rights(house, "expert.rkl")
    gone = {"until": today_of(house) - timedelta(days=1), "approved": False, "active": False}[change]
    rights(house, "expert.rkl", **{**kept, "since": kept["since"] - timedelta(days=9), change: gone})
    try:
        answers = {client.get(path).status_code for path in ("/milestones", "/leads", f"{LINE}", "/permissions")}
        assert answers == {302 if change == "active" else 403}
    finally:
        rights(house, "expert.rkl", **kept)
    assert client.get("/milestones").status_code == 200


def rights(house, login, **new):
    """Set (where given) and return what a demo person's rights rest on."""
    with house.app.app_context(), transaction():
        person = db.session.scalar(select(Person).where(Person.email == f"{login}@demo.example"))
        holding = db.session.scalar(select(Holding).where(Holding.person_id == person.id))
        for name, value in new.items():
            setattr(person if name == "active" else holding, name, value)
        return {"since": holding.since, "until": holding.until, "approved": holding.approved, "active": person.active}


def today_of(house):
    """Return the day it is for the people of the pilot."""
    with house.app.app_context():
        return today()


def closed_paths(house, who):
    """The paths that ``who`` may not enter, whatever the method."""
    return sorted({path for _name, method, path, _region, right in cells(house.app, who) if not right and method == "GET"})


@pytest.mark.parametrize("who", ["projektledare.ro", "administrator", "ekonom", VISITOR])
def test_acc_08_no_other_verb_and_no_other_spelling_opens_a_closed_door(house, who):
    client, opened, shapes = house.client(who), [], set()
    for path in closed_paths(house, who):
        asked = [(method, path, {}) for method in ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "QUERY")]
        asked += [
            ("POST", path, {"X-HTTP-Method-Override": "GET"}),
            ("POST", f"{path}?_method=GET", {}),
            ("GET", f"{path}?_method=POST", {}),
        ]
        if shape(path) not in shapes:
            asked += [("GET", spelling, {}) for spelling in spellings(path)]
            shapes.add(shape(path))
        asked += [("GET", "/about", {"X-Original-URL": path, "X-Rewrite-URL": path})]
        for method, way, headers in asked:
            response = client.open(way, method=method, headers=headers, follow_redirects=method == "GET")
            if response.status_code < 300 and response.request.path not in {"/login", "/about", "/"}:
                opened.append(f"{method} {way}: {response.status_code}")
    assert opened == []


def shape(path):
    """The room a path leads to and how deep it lies there: a server that is careless with one is so with all of them."""
    return path.split("/")[1], path.count("/")


def spellings(path):
    """Other ways to write ``path`` that a careless server might take for it."""
    head, _slash, tail = path.rpartition("/")
    return [
        f"{path}/", f"/{path}", path.upper(), f"{path}%00", f"{path}%20", f"{path};x=1", f"{path}.html", f"{path}%2f", f"{head}/./{tail}", f"/about/..{path}",
        f"/about/..;{path}", f"/about/%2e%2e{path}", f"/about/%252e%252e{path}", f"/static/..{path}", f"{head}%2f{tail}", f"{head}%252f{tail}", f"{head}\\{tail}",
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["projektledare.ro", VISITOR])
def test_acc_08_head_is_answered_as_get(house, who):
    client = house.client(who)
    for _name, method, path, _region, _right in cells(house.app, who):
        if method == "GET":
            assert client.head(path).status_code == client.get(path).status_code, path


@pytest.mark.parametrize("who", ["huvudprojektledare", VISITOR])
def test_acc_09_no_page_is_kept_by_a_browser_or_on_the_way(house, who):
    client = house.client(who)
    for name, method, path, _region, _right in cells(house.app, who):
        if not name.startswith("GET /static"):
            assert client.open(path, method=method).headers["Cache-Control"] == "no-store", name


def test_every_demo_person_is_in_the_walk(house):
    with house.app.app_context():
        assert {email.split("@")[0] for email in db.session.scalars(select(Person.email))} == set(EVERYBODY) - {VISITOR}
