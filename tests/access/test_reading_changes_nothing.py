"""WEB-02: who only reads changes nothing, and every page's links lead where its reader may go."""

from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from werkzeug.exceptions import HTTPException

from tests.access.conftest import EVERYBODY
from tests.access.test_walk import cells
from tests.support.pages import faults_of, parse

READERS = {role: who for who, (role, _home) in reversed(EVERYBODY.items())}.values()  # one of each role
START = ("/", "/about", "/login", "/account", "/permissions")


def kind(house, address):
    """What kind of page an address shows: one of each kind is read, not every row's."""
    parts = urlsplit(address)
    try:
        endpoint, arguments = house.app.url_map.bind("localhost").match(parts.path)
    except HTTPException:
        return address
    return endpoint, arguments.get("region"), tuple(sorted(name for name, _value in parse_qsl(parts.query)))


def links(page, address):
    """Yield the addresses on this site that a page leads to: its links, what its script fetches, and its searches."""
    for tag in page.select("a[href], [hx-get], form[method=get]"):
        target = urljoin(address, tag.get("href") or tag.get("hx-get") or tag.get("action")).split("#")[0]
        if target.startswith("/") and not target.startswith(("//", "/static")):
            yield target


@pytest.mark.parametrize("who", READERS)
def test_a_reader_who_follows_every_link_finds_no_closed_door_and_changes_nothing(house, who):
    client, seen, closed, before = house.client(who), set(), [], house.contents()
    front = list(START)
    while front:
        address = front.pop(0)
        if kind(house, address) in seen:
            continue
        seen.add(kind(house, address))
        response = client.get(address)
        if response.status_code == 302 and (response.location == "/" or address in START):
            continue
        if response.status_code != 200:
            closed.append(f"{address}: {response.status_code}")
        elif response.mimetype == "text/html":
            closed += [f"{address}: {fault}" for fault in faults_of(response.text)]
            front += links(parse(response.text), address)
    assert closed == []
    assert house.contents() == before
    assert len(seen) > len(START)


@pytest.mark.parametrize("house", ["postgres"], indirect=True)  # every page's questions are asked of PostgreSQL here
@pytest.mark.parametrize("who", READERS)
def test_asking_for_what_one_may_read_by_get_head_and_options_changes_nothing(house, who):
    client, before = house.client(who), house.contents()
    for name, method, path, _region, right in cells(house.app, who):
        if method == "GET" and right:
            for verb in ("GET", "OPTIONS", *(("HEAD",) if who == "projektledare.ro" else ())):
                assert client.open(path, method=verb).status_code < 500, name
    assert house.contents() == before


def test_a_closed_door_that_was_tried_stands_in_the_journal_and_changes_nothing_else(house):
    before = house.contents()
    assert house.client("ekonom").get("/people").status_code == 403
    after = house.contents()
    assert {name for name in after if after[name] != before[name]} == {"journal", "journal_head"}
    assert sum("access.denied" in row and "/people" in row for row in set(after["journal"]) - set(before["journal"])) == 1
