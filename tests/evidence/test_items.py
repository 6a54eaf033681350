"""A piece of evidence and its page: particulars that two may change, seven questions, withdrawal, history, and being found."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template_string
from sqlalchemy import event

from ccc_pilot.db import db, transaction
from ccc_pilot.errors import Conflict, Forbidden, NotFound, Refused
from ccc_pilot.evidence import items, library, link_showing, linking, quality, reading
from ccc_pilot.evidence.items import Carrier
from ccc_pilot.evidence.library import Query
from ccc_pilot.evidence.models import EvidenceItem
from ccc_pilot.i18n import today
from ccc_pilot.people.doors import current_of
from tests.evidence.conftest import POINT, events
from tests.factories import client_of, person
from tests.support.pages import PageClient, form_with, values_of


@pytest.fixture
def expert(pilot_app: Flask) -> PageClient:
    return client_of(pilot_app, "expert.ro", "en")


def put(app: Flask, title: str = "Rutin för MDK", **given) -> int:
    """Put up an address of Östergötland and return the item's number."""
    with app.app_context(), transaction():
        by = current_of(person("expert.ro"))
        given = {"region": "ro", **given}
        return items.add(carrier=Carrier(address="https://example.org/rutin"), by=by, title=title, **given).id


def connect(app: Flask, item_id: int, key: str = f"{POINT}@ro", login: str = "expert.ro") -> int:
    """Link an item and return the link's number."""
    with app.app_context(), transaction():
        return linking.link(item_id, key, "s. 4", current_of(person(login))).id


def test_a_change_tells_what_was_and_what_is(who, put_up):
    item = put_up()
    with transaction():
        items.change(
            item_id=item.id, version=1, by=who("projektledare.ro"), title="Rutin för MDK 2025", confidential=True, region="ro"
        )
    told = {"title": ["Rutin för MDK", "Rutin för MDK 2025"], "confidential": [False, True]}
    assert events(item)[-1] == ("evidence.changed", "ro", {"fields": told, "version": 2})


def test_nothing_changed_is_no_version(who, put_up):
    item = put_up()
    with transaction():
        items.change(item_id=item.id, version=1, by=who("expert.ro"), title=item.title)
    assert (item.version, len(events(item))) == (1, 1)


def test_who_saves_later_gets_both_texts_and_a_new_version_of_the_file_is_no_quarrel(who, put_up):
    item = put_up()
    with transaction():
        items.renew(item_id=item.id, carrier=Carrier(address="https://example.org/2"), note="", by=who("projektledare.ro"))
        items.change(item_id=item.id, version=1, by=who("projektledare.ro"), title="Deras")
    with pytest.raises(Conflict) as conflict, transaction():
        items.change(item_id=item.id, version=1, by=who("expert.ro"), title="Min")
    assert (conflict.value.theirs, conflict.value.mine, conflict.value.version) == ({"title": "Deras"}, {"title": "Min"}, 2)


@pytest.mark.parametrize("login", ["expert.rjl", "granskare.rcc", "extern"])
def test_nobody_changes_what_is_not_their_regions(who, put_up, login):
    item = put_up()
    for act in (
        lambda by: items.change(item_id=item.id, version=1, by=by, title="X"),
        lambda by: items.renew(item_id=item.id, carrier=Carrier(address="https://example.org/3"), note="", by=by),
        lambda by: items.withdraw(item_id=item.id, reason="X", by=by),
    ):
        with pytest.raises(Forbidden), transaction():
            act(who(login))
    with pytest.raises(Forbidden), transaction():
        items.add(carrier=Carrier(address="https://example.org"), by=who(login), region="ro", title="X")


def test_nobody_gives_evidence_to_a_region_that_is_not_theirs(who, put_up):
    item = put_up()
    with pytest.raises(Forbidden), transaction():
        items.change(item_id=item.id, version=1, by=who("expert.ro"), region="rjl")


@pytest.mark.parametrize("field", ["title", "summary", "summary_en", "owner"])
def test_upl_11_a_personal_number_in_a_text_is_refused_at_its_field(who, put_up, field):
    item = put_up()
    with pytest.raises(Refused) as refused, transaction():
        items.change(item_id=item.id, version=1, by=who("expert.ro"), **{field: "Patient 850709-9805"})
    assert refused.value.field == field


def test_the_seven_questions_are_answered_by_those_concerned_and_not_lost_when_two_do(who, put_up):
    item = put_up()
    with transaction():
        quality.judge(item_id=item.id, version=0, note="", by=who("granskare.rcc"), relevant="yes", current="no", clear="")
    kept = quality.of(item)
    assert (kept.answers, kept.version) == ({"relevant": "yes", "current": "no"}, 1)
    assert events(item)[-1] == ("evidence.quality", "ro", {"yes": 1, "answered": 2})
    with pytest.raises(Conflict) as conflict, transaction():
        quality.judge(item_id=item.id, version=0, note="", by=who("expert.ro"), relevant="no")
    assert conflict.value.theirs == {"relevant": "yes", "note": ""}
    with pytest.raises(Forbidden), transaction():
        quality.judge(item_id=item.id, version=1, note="", by=who("expert.rjl"), relevant="no")
    hidden = put_up("Hemligt", confidential=True)
    with pytest.raises(NotFound), transaction():
        quality.judge(item_id=hidden.id, version=0, note="", by=who("expert.rjl"), relevant="no")


def test_the_page_says_what_it_is_what_it_proves_and_what_became_of_it(pilot_app: Flask, expert: PageClient):
    item = put(pilot_app, summary="Hur mötena hålls", owner="Verksamhetschefen")
    connect(pilot_app, item)
    expert.submit(f"/evidence/{item}/edit", title="Rutin för MDK 2025", valid_until="2020-01-01")
    page = expert.soup(f"/evidence/{item}")
    assert "Rutin för MDK 2025" in page.h1.text
    assert "Expired" in page.select_one(".lead").text
    assert page.select_one("#links a")["href"] == "/standards/oeci-3x-p#GOV-01.1"
    assert "Verksamhetschefen" in page.select_one("#particulars").text
    history = [line.text for line in page.select("#history li")]
    assert len(history) == 3
    assert "Rutin för MDK 2025" in history[0] and "s. 4" in history[1]


def test_a_form_that_was_overtaken_shows_both_and_nothing_typed_is_lost(pilot_app: Flask, expert: PageClient):
    item = put(pilot_app)
    form = {"title": "Min titel"}
    fields = expert.soup(f"/evidence/{item}/edit")
    client_of(pilot_app, "projektledare.ro", "en").submit(f"/evidence/{item}/edit", title="Deras titel")
    answer = expert.post(f"/evidence/{item}/edit", data={**values_of(form_with(fields, {"title", "version"})), **form})
    assert answer.status_code == 409
    assert "Deras titel" in answer.text and "Min titel" in answer.text


def test_who_may_not_change_an_item_is_led_to_its_page_and_cannot_send_the_form(pilot_app: Flask, expert: PageClient):
    item = put(pilot_app)
    other = client_of(pilot_app, "expert.rjl", "en")
    assert other.get(f"/evidence/{item}/edit").location == f"/evidence/{item}#particulars"
    assert other.get(f"/evidence/{item}/renew").location == f"/evidence/{item}#versions"
    form = values_of(form_with(expert.soup(f"/evidence/{item}/edit"), {"title", "version"}))
    token = other.soup("/account").select_one("input[name=csrf_token]")["value"]
    assert other.post(f"/evidence/{item}/edit", data={**form, "csrf_token": token, "title": "X"}).status_code == 403
    assert "Rutin för MDK" in expert.soup(f"/evidence/{item}").h1.text


def test_withdrawn_evidence_leaves_the_library_and_comes_back(pilot_app: Flask, expert: PageClient):
    item = put(pilot_app)
    assert expert.submit(f"/evidence/{item}/edit", to=f"/evidence/{item}/withdraw", reason="").status_code == 422
    assert expert.submit(f"/evidence/{item}/edit", to=f"/evidence/{item}/withdraw", reason="Fel dokument").status_code == 302
    assert f"/evidence/{item}" not in str(expert.soup("/evidence").main)
    assert f"/evidence/{item}" in str(expert.soup("/evidence?standing=withdrawn").main)
    assert expert.submit(f"/evidence/{item}", to=f"/evidence/{item}/restore").status_code == 302
    assert f"/evidence/{item}" in str(expert.soup("/evidence").main)


def test_a_second_person_accepts_on_the_page_and_comes_back_to_where_they_were(pilot_app: Flask, expert: PageClient):
    item = put(pilot_app)
    link = connect(pilot_app, item)
    assert expert.soup(f"/evidence/{item}").select(f"a[href='/evidence/links/{link}/judge']") == []
    reviewer = client_of(pilot_app, "granskare.rcc", "en")
    assert reviewer.soup(f"/evidence/{item}").select(f"a[href='/evidence/links/{link}/judge']")
    judging = f"/evidence/links/{link}/judge?next=/milestones"
    assert reviewer.submit(judging, verdict="rejected", reason="").status_code == 422
    answer = reviewer.submit(judging, verdict="accepted")
    assert (answer.status_code, answer.location) == (302, "/milestones")
    assert "Accepted" in reviewer.soup(f"/evidence/{item}").select_one("#links").text


def test_what_there_is_already_is_chosen_for_a_point(pilot_app: Flask, expert: PageClient):
    item = put(pilot_app)
    choose = f"/evidence/choose?for={POINT}@ro&q=mdk&next=/milestones"
    form = expert.soup(choose).select_one("form[action='/evidence/links']")
    answer = expert.post("/evidence/links", data={**values_of(form), "place": "s. 9"})
    assert (answer.status_code, answer.location) == (302, "/milestones")
    with pilot_app.app_context():
        proof = reading.for_objects([f"{POINT}@ro"], current_of(person("expert.ro")))[f"{POINT}@ro"][-1]
        assert (proof.item_id, proof.place) == (item, "s. 9")
    assert f'value="{item}"' not in expert.get(choose).text


@pytest.mark.parametrize(
    ("login", "may_add", "may_judge"), [("expert.ro", True, False), ("granskare.rcc", False, True), ("expert.rjl", False, False)]
)
def test_the_part_for_other_pages_offers_what_each_may_do(pilot_app: Flask, login, may_add, may_judge):
    connect(pilot_app, put(pilot_app))
    with pilot_app.test_request_context():
        who, key = current_of(person(login)), f"{POINT}@ro"
        found = [proof for proof in reading.for_objects([key], who)[key] if proof.title == "Rutin för MDK"]
        shown = link_showing.proofs(key, found, who, "/milestones")
        part = BeautifulSoup(
            render_template_string(
                '{% import "evidence/_proofs.html" as evidence with context %}{{ evidence.proofs(shown) }}', shown=shown
            ),
            "html5lib",
        )
    assert part.select_one(".panel")["id"] == shown.id
    assert bool(part.select("a[href^='/evidence/new?']")) is may_add
    assert bool(part.select("a[href*='/judge?next=']")) is may_judge


def test_the_library_is_narrowed_and_tells_how_many_of_each(pilot_app: Flask, expert: PageClient):
    first, second = (
        put(pilot_app, "Rutin för MDK", kind="sop"),
        put(pilot_app, "Årsrapport", kind="annual", valid_until=date(2020, 5, 12)),
    )
    connect(pilot_app, first)
    with pilot_app.app_context():
        by = current_of(person("expert.ro"))
        counts = library.counts(Query(region="ro"), by, today())
        assert {name: number for name, number in counts.items() if number} == {"": 2, "unlinked": 1, "waiting": 1, "expired": 1}

        def found(**asked):
            return [row[0].id for row in library.shelf(Query(**asked), by, today()).rows]

        assert found(q="arsrapport") == [second]
        assert found(kind="sop") == [first]
        assert found(region="ro", standing="unlinked") == [second]
        assert found(region="ro", sort="title") == [first, second]
    assert expert.get("/evidence?standing=nonsense&sort=x&page=99&q=%25").status_code == 200


def test_the_library_asks_no_more_the_more_there_is(pilot_app: Flask, expert: PageClient):
    def asked() -> int:
        count = []
        with pilot_app.app_context():
            engine = db.engine

        def note(*_args):
            count.append(1)

        event.listen(engine, "before_cursor_execute", note)
        expert.get("/evidence")
        event.remove(engine, "before_cursor_execute", note)
        return len(count)

    put(pilot_app)
    asked()
    few = asked()
    for number in range(8):
        connect(pilot_app, put(pilot_app, f"Rutin {number}"))
    assert asked() == few


def test_the_search_of_the_house_finds_evidence_that_the_reader_may_see(pilot_app: Flask, expert: PageClient):
    open_one, hidden = put(pilot_app, "Räksmörgåsrutin"), put(pilot_app, "Räksmörgåsavtal", confidential=True)
    links = {link["href"] for link in expert.soup("/search?q=raksmorgas").select("#evidence .hits a")}
    assert links == {f"/evidence/{open_one}", f"/evidence/{hidden}"}
    others = {
        link["href"] for link in client_of(pilot_app, "expert.rjl", "en").soup("/search?q=raksmorgas").select("#evidence .hits a")
    }
    assert others == {f"/evidence/{open_one}"}
    assert client_of(pilot_app, "ekonom", "en").soup("/search?q=raksmorgas").select("#evidence") == []


def test_the_journal_tells_the_texts_of_evidence_only_to_those_who_read_it(pilot_app: Flask, expert: PageClient):
    item = put(pilot_app, "Hemligt avtal", confidential=True)
    with pilot_app.app_context():
        assert db.session.get(EvidenceItem, item).confidential
    assert "Hemligt avtal" in client_of(pilot_app, "huvudprojektledare", "en").get("/journal?event=evidence").text
    for login in ("administrator", "extern"):
        page = client_of(pilot_app, login, "en").get("/journal?event=evidence")
        assert page.status_code == 200 and "Hemligt avtal" not in page.text
