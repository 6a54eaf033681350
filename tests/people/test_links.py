"""Links in letters: invitations and new passwords (AUT-02, AUT-07, AUT-08)."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import time_machine

from ccc_pilot.dates import utc_now
from ccc_pilot.db import transaction
from ccc_pilot.people import accounts, links
from tests.people.conftest import PASSWORD, log_in

NEW = "blåbär på en myr"


@pytest.fixture
def letters(settings):
    """Reads the letters laid in the data folder, oldest first."""

    def read():
        files = sorted((settings.data_dir / "mail").glob("*.eml"))
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]

    return read


def ask(client, name):
    """Ask for a new password; the letter is written when the answer has been read to its end, as a server does."""
    response = client.submit("/login/reset", email=f"{name}@example.org")
    response.close()
    return response


def link_in(letter) -> str:
    address = re.search(r"http://localhost(/\S+)", letter.get_body(("plain",)).get_content())
    assert address, letter
    return address[1]


def link_of(network, person_id, make=links.reset_url) -> str:
    with network.app_context(), transaction():
        return make(accounts.get(person_id)).removeprefix("http://localhost")


def choose(client, link, password=NEW, again=None):
    return client.submit(link, password=password, again=again or password)


def test_an_invited_person_chooses_a_password_by_the_link_in_the_letter_and_logs_in(
    person_factory, browser_of, letters, client, events
):
    admin = person_factory("admin", "admin")
    administrator = browser_of("admin")
    administrator.submit("/people/invite", name="Anna Ny", email="anna@example.org", language="en")
    letter = letters()[0]
    assert letter["To"] == "anna@example.org"
    assert choose(client, link_in(letter)).location == "/login"
    assert log_in(client, "anna", NEW).status_code == 302
    assert [(event["actor"], event["email"]) for event in events("person.invited")] == [(admin, "anna@example.org")]


def test_a_letter_is_written_in_its_readers_language_and_holds_the_same_link_as_text_and_html(person_factory, client, letters):
    person_factory("anna")
    ask(client, "anna")
    letter = letters()[0]
    assert letter["Subject"] == "A new password"
    assert link_in(letter) in letter.get_body(("html",)).get_content()


def test_the_link_is_built_from_the_setting_and_not_from_what_the_request_says(person_factory, client, letters, network):
    person_factory("anna")
    network.config["TRUSTED_HOSTS"] = None
    page = client.soup("/login/reset", headers={"Host": "evil.example"}, base_url="http://evil.example")
    token = page.find("input", {"name": "csrf_token"})["value"]
    data = {"csrf_token": token, "email": "anna@example.org"}
    client.post("/login/reset", data=data, base_url="http://evil.example", headers={"Referer": "http://evil.example/"}).close()
    assert "evil.example" not in letters()[0].as_string()


def test_aut_02_asking_for_a_new_password_gets_the_same_answer_for_a_known_and_an_unknown_address(
    person_factory, network, letters
):
    person_factory("anna")
    answers = [ask(network.test_client(), name) for name in ("anna", "olof")]
    assert answers[0].status_code == answers[1].status_code == 200
    texts = [re.sub(r'anna|olof|name="form_key" value="[^"]*"|[\w.-]{60,}', "", answer.text) for answer in answers]
    assert texts[0] == texts[1]
    assert [letter["To"] for letter in letters()] == ["anna@example.org"]


def test_nobody_is_flooded_with_letters(person_factory, network, letters):
    person_factory("anna")
    answers = {ask(network.test_client(), "anna").status_code for _ in range(8)}
    assert answers == {200}
    assert len(letters()) == 5


def test_aut_07_a_mail_scanner_that_opens_the_link_and_even_sends_the_empty_form_does_not_spend_it(person_factory, network):
    link = link_of(network, person_factory("anna"))
    scanner = network.test_client()
    for _ in range(10):
        assert scanner.get(link).status_code == 200
        assert scanner.head(link).status_code == 200
        assert scanner.submit(link, password="", again="").status_code == 422
    assert choose(network.test_client(), link).status_code == 302


def test_aut_08_a_used_link_is_dead(person_factory, client, network):
    link = link_of(network, person_factory("anna"))
    assert choose(client, link).status_code == 302
    assert client.get(link).status_code == 410


def test_aut_08_an_older_link_is_dead_when_a_newer_one_was_made(person_factory, client, network):
    anna = person_factory("anna")
    older, newer = link_of(network, anna), link_of(network, anna)
    assert client.get(older).status_code == 410
    assert client.get(newer).status_code == 200


def test_aut_08_a_link_for_another_purpose_is_dead(person_factory, client, network):
    link = link_of(network, person_factory("anna"))
    assert client.get(link.replace("/reset/", "/invitation/")).status_code == 410


def test_aut_08_a_changed_link_is_dead(person_factory, client, network):
    link = link_of(network, person_factory("anna"))
    assert client.get(link[:-9] + ("a" if link[-9] != "a" else "b") + link[-8:]).status_code == 410
    assert client.get("/reset/nonsense").status_code == 410


@pytest.mark.parametrize(("make", "lives"), [(links.reset_url, timedelta(hours=1)), (links.invitation_url, timedelta(days=7))])
def test_a_link_dies_of_age(person_factory, client, network, make, lives):
    with time_machine.travel(utc_now(), tick=False) as clock:
        link = link_of(network, person_factory("anna"), make)
        clock.shift(lives - timedelta(seconds=5))
        assert client.get(link).status_code == 200
        clock.shift(timedelta(seconds=10))
        assert client.get(link).status_code == 410


def test_a_link_of_a_closed_account_is_dead(person_factory, client, network):
    anna = person_factory("anna")
    link = link_of(network, anna)
    with network.test_request_context(), transaction():
        accounts.disable(anna, "left", None)
    assert client.get(link).status_code == 410


def test_a_new_password_ends_every_log_in_and_does_not_skip_the_second_factor(
    person_factory, browser_of, with_factor, network, client
):
    anna = person_factory("anna", "lead_ro")
    before = browser_of("anna")
    with_factor(anna)
    choose(client, link_of(network, anna))
    assert before.get("/account").status_code == 302
    assert log_in(client, "anna").status_code == 422
    assert log_in(client, "anna", NEW).location == "/login/factor"
    assert client.get("/account").status_code == 302


@pytest.mark.parametrize(
    ("password", "again"), [("too short", "too short"), (NEW, NEW + "!"), ("Anna Test 2025!", "Anna Test 2025!")]
)
def test_a_password_that_breaks_the_rules_leaves_the_link_alive(person_factory, client, network, password, again):
    link = link_of(network, person_factory("anna"))
    assert choose(client, link, password, again).status_code == 422
    assert choose(client, link).status_code == 302


def test_an_invitation_can_be_sent_again_until_it_is_answered(person_factory, browser_of, letters, client, network):
    person_factory("admin", "admin")
    anna = person_factory("anna", password="")
    administrator = browser_of("admin")
    again = f"/people/{anna}/invitation"
    assert administrator.submit(f"/people/{anna}", to=again).status_code == 302
    assert choose(client, link_in(letters()[0])).status_code == 302
    token = administrator.soup("/account").find("input", {"name": "csrf_token"})["value"]
    assert administrator.post(again, data={"csrf_token": token}).status_code == 400
    assert len(letters()) == 1
    assert PASSWORD != NEW
