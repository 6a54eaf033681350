"""ACC-01, ACC-12: every address, asked for by everybody, for each region, answers as the permission model says."""

import pytest

from ccc_pilot.web.access import Door
from tests.access.conftest import EVERYBODY
from tests.access.table import (
    EXAMPLES,
    EXAMPLES_AT,
    IN_A_REGION,
    JOINT,
    MODEL,
    OF_ONES_OWN,
    PER_REGION,
    PUBLIC,
    ROUTES,
    VISITOR,
    WITHOUT_TOKEN,
    allowed,
)

ASKED = {"GET", "POST", "PUT", "PATCH", "DELETE"}


def routes_of(app):
    """Yield "METHOD rule" with the rule, for every address of ``app``."""
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods & ASKED):
            yield f"{method} {rule.rule}", rule


def undeclared(app):
    """Return a sentence for each address that lacks a line in the table, an example or a door."""
    faults = []
    for name, rule in routes_of(app):
        if name not in ROUTES:
            faults.append(f"{name}: write in tests/access/table.py which activity of the permission model it serves")
        faults += [
            f"{name}: give an example of {word} in tests/access/table.py"
            for word in sorted(rule.arguments - EXAMPLES.keys() - EXAMPLES_AT.get(name, {}).keys())
        ]
        if rule.endpoint != "static" and not isinstance(getattr(app.view_functions[rule.endpoint], "door", None), Door):
            faults.append(f"{name}: mark the view with @may(…) or @public")
    return faults


def cells(app, who):
    """Yield (address's name, method, path, region, whether the model allows it) for ``who``; paths with a region once per region."""
    role, home = EVERYBODY[who]
    with app.test_request_context():
        urls = app.url_map.bind("localhost")
        for name, rule in routes_of(app):
            for region, words in IN_A_REGION.items() if "region" in rule.arguments else ((None, {}),):
                arguments = {word: {**EXAMPLES, **words, **EXAMPLES_AT.get(name, {})}[word] for word in rule.arguments}
                path = urls.build(rule.endpoint, arguments, method=name.split()[0])
                if (name, region) not in {(name, JOINT) for name in PER_REGION}:
                    yield name, name.split()[0], path, region, allowed(ROUTES[name], role, home, region)


def answer(response):
    """Tell whether the house let the visitor in, by the answer alone."""
    if response.status_code in {301, 302, 303} and response.location.split("?")[0] == "/login":
        return "log in first"
    if response.status_code == 401:
        return "log in first"
    if response.status_code >= 500:
        return "broken"
    return "denied" if response.status_code in {403, 404} else "let in"


def test_every_address_is_declared(house):
    assert undeclared(house.app) == []


def test_the_table_names_no_address_that_is_gone(house):
    assert set(ROUTES) - {name for name, _rule in routes_of(house.app)} == set()
    assert set(ROUTES.values()) <= {*MODEL, PUBLIC}


def walk(house, who, headers=None):
    """Ask for every address as ``who`` and return a sentence for each answer that the model does not give."""
    wrong = []
    for name, method, path, region, right in cells(house.app, who):
        response = house.client(who).open(path, method=method, headers=headers)
        wanted = "let in" if right else "log in first" if who == VISITOR else "denied"
        got = "let in" if name in OF_ONES_OWN and response.status_code == 404 else answer(response)
        if got != wanted and (ROUTES[name], got) != (PUBLIC, "log in first"):  # half a log-in may be sent back to the log-in page
            wrong.append(f"{name} of {region}: {wanted} by the model, {got} ({response.status_code}) by the app")
        if (
            right and method == "POST" and name not in WITHOUT_TOKEN and response.status_code not in {400, 409}
        ):  # 409: a part is asked to be sent again
            wrong.append(f"{name} of {region} took a form without its token ({response.status_code})")
    return wrong


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_is_let_in_exactly_where_the_model_says(house, who):
    assert walk(house, who) == []


@pytest.mark.parametrize("who", ["projektledare.rjl", VISITOR])
def test_a_part_asked_for_by_script_gets_the_same_answer(house, who):
    assert walk(house, who, {"HX-Request": "true"}) == []
    assert house.client(VISITOR).get("/milestones", headers={"HX-Request": "true"}).status_code == 401


def test_the_walk_sees_a_door_that_is_open_too_wide(house, monkeypatch):
    monkeypatch.setattr(house.app.view_functions["people.index"], "door", Door("milestone.read"))
    assert walk(house, "projektledare.ro") == ["GET /people of None: denied by the model, let in (200) by the app"]


def test_the_walk_sees_a_region_that_is_forgotten(house, monkeypatch):
    monkeypatch.setattr(house.app.view_functions["progress.edit"], "door", Door("milestone.progress"))
    assert len(walk(house, "projektledare.ro")) == 3


def test_a_new_address_without_a_declaration_is_found_and_closed_to_all(house, build_app):
    app = build_app(house.app.extensions["ccc_settings"])
    app.add_url_rule("/novelty/<thing>", "novelty", lambda thing: thing)
    assert [fault.split(": ")[1][:5] for fault in undeclared(app)] == ["write", "give ", "mark "]
    for who in EVERYBODY:
        client = app.test_client()
        if who != VISITOR:
            with client.session_transaction() as session:
                session["token"] = house.tokens[who]
        assert client.get("/novelty/x").status_code == (302 if who == VISITOR else 403), who
