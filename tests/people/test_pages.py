"""Pages of people, read strictly by the client (one h1, labelled forms, unique ids, nothing inline)."""

import pytest

from ccc_pilot.db import transaction
from ccc_pilot.people import leads, posts
from ccc_pilot.people.policy import MATRIX, ROLE_TITLES
from tests.people.conftest import PASSWORD, code_now, today
from tests.support.pages import form_with, values_of

ALL = (
    "/account",
    "/account/password",
    "/account/factor",
    "/people",
    "/people/invite",
    "/people/posts",
    "/people/posts/lead_ro",
    "/permissions",
)


def test_every_page_of_an_administrator_opens(person_factory, browser_of):
    admin = person_factory("admin", "admin")
    client = browser_of("admin")
    assert {path: client.get(path).status_code for path in (*ALL, f"/people/{admin}")} == dict.fromkeys(
        (*ALL, f"/people/{admin}"), 200
    )


@pytest.mark.parametrize("path", ALL)
def test_nobody_who_has_not_logged_in_sees_a_page_of_people(network, client, path):
    assert client.get(path).location.startswith("/login?next=/")


@pytest.mark.parametrize("path", ["/people", "/people/1", "/people/posts", "/people/posts/lead_ro", "/people/invite"])
def test_a_regional_lead_sees_neither_persons_nor_posts(person_factory, browser_of, path, events):
    anna = person_factory("anna", "lead_ro")
    assert browser_of("anna").get(path).status_code == 403
    assert [(event["actor"], event["path"]) for event in events("access.denied")] == [(anna, path)]


def test_acc_05_a_person_or_post_that_is_not_there_looks_the_same_as_one_hidden(person_factory, browser_of):
    person_factory("anna", "lead_ro")
    person_factory("admin", "admin")
    lead, administrator = browser_of("anna"), browser_of("admin")
    assert {lead.get(path).status_code for path in ("/people/1", "/people/999", "/people/posts/none")} == {403}
    assert {administrator.get(path).status_code for path in ("/people/999", "/people/posts/none")} == {404}


def test_the_head_lead_sees_posts_and_approves_but_has_no_form_to_fill_them(person_factory, browser_of):
    person_factory("lead", "lead")
    page = browser_of("lead").soup("/people/posts/lead_ro")
    assert page.find("form", {"action": "/people/posts/lead_ro/hold"}) is None


def test_an_administrator_fills_a_post_with_deputy_share_and_months(person_factory, browser_of):
    person_factory("admin", "admin")
    anna, olof = person_factory("anna"), person_factory("olof")
    client = browser_of("admin")
    assert "vacant" in client.get("/people/posts/lead_ro").text
    response = client.submit(
        "/people/posts/lead_ro",
        person_id=str(anna),
        deputy_id=str(olof),
        since=today().isoformat(),
        share_percent="50",
        months="12",
    )
    assert response.location == "/people/posts/lead_ro"
    page = client.soup("/people/posts").get_text(" ")
    assert "Anna Test" in page
    assert "Olof Test" in page
    assert "50\u00a0% , 12 months" in page.replace("%,", "% ,")


def test_what_was_typed_stays_when_a_post_cannot_be_filled_so(person_factory, browser_of):
    person_factory("admin", "admin")
    anna = person_factory("anna")
    response = browser_of("admin").submit(
        "/people/posts/lead_ro", person_id=str(anna), since="31 februari 2025", share_percent="150", note="Nycklar i lådan"
    )
    assert response.status_code == 422
    assert "31 februari 2025" in response.text
    assert "Nycklar i lådan" in response.text
    assert "1 to 100" in response.text


def test_two_people_fill_the_head_leads_post_through_the_pages(person_factory, browser_of):
    person_factory("admin", "admin")
    person_factory("second", "admin2")
    anna = person_factory("anna")
    first, second = browser_of("admin"), browser_of("second")
    first.submit("/people/posts/lead", person_id=str(anna), since=today().isoformat())
    page = first.soup("/people/posts")
    assert page.find("button", {"value": "approve"}) is None
    action = second.soup("/people/posts").find("button", {"value": "approve"}).find_parent("form")["action"]
    token = page.find("input", {"name": "csrf_token"})["value"]
    assert first.post(action, data={"csrf_token": token, "answer": "approve"}).status_code == 400
    assert second.submit("/people/posts", to=action, answer="approve").status_code == 302
    assert "Anna Test" in second.soup("/people/posts").find("table").get_text()


def test_a_forged_form_without_its_token_changes_nothing(person_factory, browser_of):
    anna = person_factory("anna")
    person_factory("admin", "admin")
    assert browser_of("admin").post(f"/people/{anna}/disable", data={"reason": "x"}).status_code == 400
    assert browser_of("anna").get("/account").status_code == 200


def test_fields_that_a_form_does_not_have_are_ignored(person_factory, browser_of):
    person_factory("anna", "lead_ro")
    client = browser_of("anna")
    page = client.soup("/account")
    token = page.find("input", {"name": "csrf_token"})["value"]
    client.post(
        "/account", data={"csrf_token": token, "name": "Anna B", "language": "en", "email": "evil@example.org", "active": ""}
    )
    text = client.soup("/account").get_text()
    assert "anna@example.org" in text
    assert "evil@example.org" not in text


def test_the_language_chosen_in_the_head_of_a_page_follows_the_person_to_another_browser(person_factory, browser_of):
    person_factory("anna", "lead_ro")
    client = browser_of("anna")
    assert client.soup("/account").html["lang"] == "en"
    client.submit("/account", to="/language", language="sv")
    assert client.soup("/account").html["lang"] == "sv"
    assert browser_of("anna").soup("/account").html["lang"] == "sv"


def test_who_has_no_post_reaches_the_own_account_and_is_told_why_there_is_no_more(person_factory, browser_of):
    person_factory("anna")
    client = browser_of("anna")
    assert "You hold no post yet" in client.get("/account").text
    assert client.get("/leads").status_code == 403


def test_the_leads_page_shows_each_region_in_order_with_lead_and_deputy_and_vacant_posts_as_vacant(
    person_factory, browser_of, network
):
    person_factory("anna", "lead_ro")
    page = browser_of("anna").soup("/leads")
    assert [heading.get_text() for heading in page.find_all("h2")] == [
        "Sydöstra sjukvårdsregionen",
        "Region RÖ",
        "Region RJL",
        "Region RKL",
    ]
    assert "Anna Test" in page.find(id="lead-ro").get_text()
    assert "vacant" in page.find(id="lead-rjl").get_text()
    assert "Nothing is late" in page.find(id="lead-ro").get_text()


def test_the_leads_page_shows_what_a_region_is_behind_with_when_a_feature_tells(person_factory, browser_of, network):
    person_factory("anna", "lead_ro")
    network.extensions["ccc_behind"] = lambda: {"rjl": [leads.Late("The plan", "/milestones/plan", "3 days late")]}
    page = browser_of("anna").soup("/leads")
    assert page.find(id="lead-rjl").find("a", {"href": "/milestones/plan"}).get_text() == "The plan"
    assert "Nothing is late" in page.find(id="lead-ro").get_text()


def test_the_page_of_permissions_has_a_row_for_every_action_of_the_matrix(person_factory, browser_of):
    person_factory("anna", "lead_ro")
    page = browser_of("anna").soup("/permissions")
    assert [code.get_text() for code in page.select("tbody th code")] == list(MATRIX)
    assert {len(row.find_all("td")) for row in page.select("tbody tr")} == {len(ROLE_TITLES)}


def test_a_wrong_present_password_does_not_change_it(person_factory, browser_of):
    person_factory("anna", "lead_ro")
    client = browser_of("anna")
    assert (
        client.submit(
            "/account/password", present="not it at all", password="blåbär på en myr", again="blåbär på en myr"
        ).status_code
        == 422
    )
    assert browser_of("anna", PASSWORD)


def test_the_second_factor_is_turned_off_with_a_code_of_it_only(person_factory, browser_of, with_factor, network):
    anna = person_factory("anna", "lead_ro")
    client = browser_of("anna")
    factor = with_factor(anna)
    assert client.submit("/account/factor", code="123").status_code == 422
    assert client.submit("/account/factor", code=code_now(factor)).location == "/account"
    assert "No second factor" in client.get("/account").text


def test_an_invitation_sent_twice_by_a_double_click_is_one_person_and_one_letter(person_factory, browser_of, events):
    person_factory("admin", "admin")
    client = browser_of("admin")
    form = values_of(form_with(client.soup("/people/invite"), {"name", "email"}))
    answers = [client.post("/people/invite", data={**form, "name": "Ny", "email": "ny@example.org"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].location == answers[1].location
    assert len(events("person.invited")) == 1


@pytest.mark.parametrize("number", [2**31, 2**63, 10**40])
def test_a_number_that_no_row_can_have_is_not_found(person_factory, browser_of, number):
    person_factory("admin", "admin")
    client = browser_of("admin")
    assert client.get(f"/people/{number}").status_code == 404
    assert client.get(f"/people/{2**31 - 1}").status_code == 404


def test_an_answer_that_is_neither_yes_nor_no_leaves_the_proposal_as_it_is(person_factory, browser_of, network):
    admin, olof = person_factory("admin", "admin"), person_factory("olof")
    person_factory("other", "admin2")
    with network.test_request_context(), transaction():
        number = posts.hold("lead", olof, today(), by_id=admin).id
    client = browser_of("other")
    form = values_of(form_with(client.soup("/people/posts"), {"answer"}))
    assert client.post(f"/people/approvals/{number}", data={**form, "answer": "perhaps"}).status_code == 400
    with network.test_request_context():
        assert len(posts.line_of(posts.get("lead"), today()).waiting) == 1


def test_a_post_filled_by_another_meanwhile_is_shown_with_both_names_and_nothing_is_lost(person_factory, browser_of, network):
    person_factory("admin", "admin")
    olof, eva = person_factory("olof"), person_factory("eva")
    client = browser_of("admin")
    form = form_with(client.soup("/people/posts/lead_ro"), {"person_id"})
    with network.test_request_context(), transaction():
        posts.hold("lead_ro", olof, today())
    answer = client.post(form["action"], data={**values_of(form), "person_id": str(eva), "note": "Nycklarna ligger i lådan"})
    assert answer.status_code == 409
    assert all(word in answer.text for word in ("Olof Test", "Eva Test", "Nycklarna ligger i lådan"))
