"""Logging in and out, as the catalogue of attacks has it (AUT-01 to AUT-06, AUT-09, AUT-13 to AUT-15)."""

import string
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import timedelta

import argon2
import pyotp
import pytest
import time_machine
from sqlalchemy import func, select

from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.people import accounts, sessions, throttle, visit
from ccc_pilot.people.models import LoginSession, Person
from tests.people.conftest import PASSWORD, code_now, log_in


def wrong(client, name="anna", times=1):
    return [log_in(client, name, "wrong in every way") for _ in range(times)][-1]


def test_the_right_password_lets_in_and_leads_to_where_one_wanted_to_go(person_factory, client):
    person_factory("anna", "lead_ro")
    assert client.get("/account").location == "/login?next=/account"
    response = client.submit("/login?next=/account", email="ANNA@example.org", password=PASSWORD)
    assert response.location == "/account"
    assert "Anna Test" in client.get("/account").text


def test_a_log_in_never_leads_to_another_site(person_factory, client):
    person_factory("anna", "lead_ro")
    assert client.submit("/login?next=//evil.example/", email="anna@example.org", password=PASSWORD).location == "/"


def test_aut_01_the_eleventh_wrong_attempt_within_five_minutes_is_refused_and_the_form_is_kept(person_factory, client):
    person_factory("anna", "lead_ro")
    assert wrong(client, times=10).status_code == 422
    refused = log_in(client, "anna")
    assert refused.status_code == 429
    assert 'value="anna@example.org"' in refused.text
    assert PASSWORD not in refused.text


def test_aut_01_after_five_minutes_the_counter_is_empty_again(person_factory, client):
    person_factory("anna", "lead_ro")
    with time_machine.travel(utc_now(), tick=False) as clock:
        wrong(client, times=10)
        clock.shift(timedelta(minutes=5, seconds=1))
        assert log_in(client, "anna").status_code == 302


def test_aut_01_the_owner_comes_in_from_a_known_browser_while_others_guess(person_factory, browser_of, network):
    person_factory("anna", "lead_ro")
    known = browser_of("anna")
    known.submit("/account", to="/logout")
    wrong(network.test_client(), times=10)
    assert log_in(network.test_client(), "anna").status_code == 429
    assert log_in(known, "anna").status_code == 302


def test_aut_01_a_known_browser_may_not_guess_without_end_either(person_factory, browser_of):
    person_factory("anna", "lead_ro")
    known = browser_of("anna")
    known.submit("/account", to="/logout")
    assert wrong(known, times=10).status_code == 422
    assert wrong(known).status_code == 429


def test_aut_01_one_place_may_not_try_one_password_on_many_accounts(person_factory, network):
    clients = [network.test_client() for _ in range(11)]
    codes = [wrong(client, f"nobody{n}").status_code for n, client in enumerate(clients)]
    assert codes == [422] * 10 + [429]


def test_aut_01_right_log_ins_are_not_counted_so_that_a_whole_hospital_can_log_in_from_one_address(person_factory, network):
    person_factory("anna", "lead_ro")
    assert {log_in(network.test_client(), "anna").status_code for _ in range(12)} == {302}


def test_aut_02_an_unknown_address_gets_the_same_answer_and_costs_the_same_verification(person_factory, network, monkeypatch):
    person_factory("anna", "lead_ro")
    verified = []
    verify = argon2.PasswordHasher.verify
    monkeypatch.setattr(argon2.PasswordHasher, "verify", lambda self, *args: verified.append(args[0]) or verify(self, *args))
    known, unknown = wrong(network.test_client(), "anna"), wrong(network.test_client(), "olof")
    assert len(verified) == 2
    assert {stored.rpartition("$")[0].rpartition("$")[0] for stored in verified} == {"$argon2id$v=19$m=19456,t=2,p=1"}
    assert known.status_code == unknown.status_code
    assert _faceless(known) == _faceless(unknown)
    assert {name for name, _ in known.headers} == {name for name, _ in unknown.headers}


def test_aut_02_a_closed_account_and_an_unanswered_invitation_look_like_a_wrong_password(person_factory, network):
    closed = person_factory("anna")
    person_factory("olof", password="")
    with network.test_request_context(), transaction():
        accounts.disable(closed, "left", None)
    pages = {_faceless(log_in(network.test_client(), name)) for name in ("anna", "olof", "eva_")}
    assert len(pages) == 1


def _faceless(response) -> str:
    text = response.text
    for name in ("anna", "olof", "eva_"):
        text = text.replace(f"{name}@example.org", "")
    return "".join(line for line in text.splitlines() if "csrf_token" not in line and "X-CSRFToken" not in line)


def test_aut_03_a_cookie_kept_from_before_the_log_out_is_worth_nothing(person_factory, browser_of, network):
    person_factory("anna", "lead_ro")
    client = browser_of("anna")
    kept = client.get_cookie("session").value
    response = client.submit("/account", to="/logout")
    assert '"cache"' in response.headers["Clear-Site-Data"]
    thief = network.test_client()
    thief.set_cookie("session", kept)
    assert thief.get("/account").status_code == 302
    assert thief.get("/account", headers={"HX-Request": "true"}).status_code == 401


def test_aut_04_the_token_is_another_one_after_log_in_and_after_a_new_password(person_factory, browser_of, network):
    person_factory("anna", "lead_ro")
    client = network.test_client()
    client.get("/login")
    with client.session_transaction() as before:
        before["token"] = "fixed by somebody else"
        before["planted"] = "yes"
    log_in(client, "anna")
    with client.session_transaction() as after:
        first = after["token"]
        assert first != "fixed by somebody else"
        assert "planted" not in after
    client.submit("/account/password", present=PASSWORD, password="blåbär på en myr", again="blåbär på en myr")
    with client.session_transaction() as after:
        assert after["token"] != first
    assert client.get("/account").status_code == 200


def test_aut_05_closing_an_account_ends_its_log_ins_at_the_next_request(person_factory, browser_of):
    anna = person_factory("anna", "lead_ro")
    person_factory("admin", "admin")
    client = browser_of("anna")
    administrator = browser_of("admin")
    assert administrator.submit(f"/people/{anna}", to=f"/people/{anna}/disable", reason="has left").status_code == 302
    assert client.get("/account").location.startswith("/login")
    assert log_in(client, "anna").status_code == 422


def test_aut_06_an_idle_log_in_ends_after_an_hour_and_an_old_one_after_ten(person_factory, browser_of):
    person_factory("anna", "lead_ro")
    with time_machine.travel(utc_now(), tick=False) as clock:
        client = browser_of("anna")
        clock.shift(timedelta(minutes=60))
        assert client.get("/account").status_code == 200
        clock.shift(timedelta(minutes=61))
        assert client.get("/account").status_code == 302
        client = browser_of("anna")
        for _ in range(10):
            clock.shift(timedelta(minutes=59))
            assert client.get("/account").status_code == 200
        clock.shift(timedelta(minutes=11))
        assert client.get("/account").status_code == 302


def test_a_log_in_with_a_second_factor_stands_half_way_until_the_code(person_factory, with_factor, network, events):
    anna = person_factory("anna", "lead_ro")
    factor = with_factor(anna)
    client = network.test_client()
    assert client.submit("/login?next=/account", email="anna@example.org", password=PASSWORD).location == "/login/factor"
    assert client.get("/account").status_code == 302
    with client.session_transaction() as half:
        token = half["token"]
    assert client.submit("/login/factor", code=code_now(factor)).location == "/account"
    with client.session_transaction() as full:
        assert full["token"] != token
    assert client.get("/account").status_code == 200
    assert [event["how"] for event in events("session.started")] == ["password and code"]


def test_aut_09_a_code_is_good_once(person_factory, with_factor, network):
    factor = with_factor(person_factory("anna", "lead_ro"))
    code = code_now(factor)
    first, second = network.test_client(), network.test_client()
    for client in (first, second):
        log_in(client, "anna")
    assert first.submit("/login/factor", code=code).status_code == 302
    assert second.submit("/login/factor", code=code).status_code == 422


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 302), (0, 302), (1, 302), (2, 422)])
def test_aut_09_a_clock_may_be_one_step_wrong_and_not_two(person_factory, with_factor, network, steps, status):
    factor = with_factor(person_factory("anna", "lead_ro"))
    client = network.test_client()
    with time_machine.travel(utc_now(), tick=False):
        log_in(client, "anna")
        assert client.submit("/login/factor", code=code_now(factor, steps=steps)).status_code == status


def test_aut_09_after_five_wrong_codes_even_the_right_one_waits(person_factory, with_factor, network):
    factor = with_factor(person_factory("anna", "lead_ro"))
    client = network.test_client()
    with time_machine.travel(utc_now(), tick=False) as clock:
        log_in(client, "anna")
        for _ in range(5):
            assert client.submit("/login/factor", code=code_now(factor, steps=50)).status_code == 422
        assert client.submit("/login/factor", code=code_now(factor)).status_code == 429
        clock.shift(timedelta(minutes=6))
        assert client.submit("/login/factor", code=code_now(factor)).status_code == 302


def test_a_half_log_in_is_forgotten_after_ten_minutes(person_factory, with_factor, network):
    factor = with_factor(person_factory("anna", "lead_ro"))
    client = network.test_client()
    with time_machine.travel(utc_now(), tick=False) as clock:
        log_in(client, "anna")
        page = client.get("/login/factor")
        clock.shift(timedelta(minutes=11))
        assert page.status_code == 200
        assert client.get("/login/factor").location == "/login"
        assert factor


def test_an_administrator_without_a_second_factor_is_led_to_enrol_one(person_factory, browser_of, network):
    anna = person_factory("admin", "admin", factor=False)
    client = browser_of("admin")
    assert client.get("/people").location == "/account/factor"
    client.get("/account/factor")
    with client.session_transaction() as waiting:
        secret = waiting["factor_candidate"]
    assert client.submit("/account/factor", code="000000").status_code == 422
    assert client.submit("/account/factor", code=code_now(pyotp.TOTP(secret))).location == "/account"
    assert client.get("/people").status_code == 200
    with network.app_context():
        assert db.session.get(Person, anna).factor_secret == secret


def test_aut_13_a_new_secret_key_throws_nobody_out_while_the_old_one_is_still_accepted(
    person_factory, browser_of, build_app, settings
):
    person_factory("anna", "lead_ro")
    cookie = browser_of("anna").get_cookie("session").value
    rotated = build_app(
        replace(settings, secret_key="another secret that is long enough too", secret_key_fallbacks=(settings.secret_key,))
    )
    forgotten = build_app(replace(settings, secret_key="another secret that is long enough too"))
    for app, status in ((rotated, 200), (forgotten, 302)):
        client = app.test_client()
        client.set_cookie("session", cookie)
        assert client.get("/account").status_code == status


def test_aut_14_a_made_up_forwarded_address_does_not_empty_the_counter_of_a_place(person_factory, network):
    codes = []
    for n in range(11):
        client = network.test_client()
        client.environ_base["HTTP_X_FORWARDED_FOR"] = f"203.0.113.{n}"
        codes.append(wrong(client, f"nobody{n}").status_code)
    assert codes[-1] == 429


def test_aut_15_a_new_database_has_no_account(app):
    with app.app_context():
        assert db.session.scalar(select(func.count(Person.id))) == 0


def test_refused_and_granted_log_ins_stand_in_the_journal_without_the_password(person_factory, client, events):
    anna = person_factory("anna", "lead_ro")
    wrong(client)
    wrong(client, "stranger")
    log_in(client, "anna")
    assert [event["key"] for event in events("login.refused")] == [f"person:{anna}", "login"]
    assert [(event["actor"], event["how"]) for event in events("session.started")] == [(anna, "password")]


def test_the_table_of_log_ins_knows_no_token(person_factory, browser_of, network):
    person_factory("anna", "lead_ro")
    client = browser_of("anna")
    with client.session_transaction() as cookie, network.app_context():
        assert db.session.scalars(select(LoginSession.token_hash)).one() != cookie["token"]


def test_own_log_ins_are_listed_and_ended_and_those_of_others_are_not_found(person_factory, browser_of, network):
    person_factory("anna", "lead_ro")
    person_factory("olof", "lead_rjl")
    first, second, other = browser_of("anna"), browser_of("anna"), browser_of("olof")
    with network.app_context():
        ids = {row.person.email: row.id for row in db.session.scalars(select(LoginSession))}
    form = first.soup("/account").find("form", {"action": lambda action: action and action.endswith("/end")})
    assert first.submit("/account", to=form["action"]).status_code == 302
    assert second.get("/account").status_code == 302
    token = other.soup("/account").find("input", {"name": "csrf_token"})["value"]
    assert first.get("/account").status_code == 200
    assert other.post(f"/account/sessions/{ids['anna@example.org']}/end", data={"csrf_token": token}).status_code == 404


def test_attempts_and_log_ins_too_old_to_matter_are_swept_away(person_factory, client, network):
    person_factory("anna", "lead_ro")
    wrong(client)
    with time_machine.travel(utc_now() + timedelta(days=1)), network.app_context(), transaction():
        assert throttle.sweep() == 2
        assert sessions.sweep(timedelta(hours=10)) == 0


def test_aut_01_a_known_browser_that_spells_its_cookie_in_other_ways_is_counted_as_one(person_factory, browser_of, network):
    person_factory("anna", "lead_ro")
    cookie = browser_of("anna").get_cookie("device", path="/login").value
    letters = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
    spelt = [
        cookie[:-1] + letters[letters.index(cookie[-1]) // 4 * 4 + n] for n in range(4)
    ]  # the last two bits are no part of it
    counters = set()
    for value in spelt:
        with network.test_request_context("/login", headers={"Cookie": f"device={value}"}):
            counters |= set(visit.subjects("anna@example.org"))
    assert len(counters) == 1


def test_aut_01_attempts_that_come_at_once_are_counted_one_by_one(network):
    def attempt():
        with network.test_request_context(), transaction():
            return throttle.admit(throttle.LOGIN, "somebody")

    with network.test_request_context(), ThreadPoolExecutor(1) as pool:
        with transaction():
            for _ in range(throttle.LOGIN.most):
                assert throttle.admit(throttle.LOGIN, "somebody")
            late = pool.submit(attempt)
            wait([late], timeout=0.5)
        assert late.result() == []
