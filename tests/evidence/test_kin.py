"""What else a document might prove: points that crosswalks tie to those it proves are offered, and taken or declined in one click."""

from flask import Flask

from ccc_pilot.db import db, transaction
from ccc_pilot.evidence import finding, items, kin, linking
from ccc_pilot.evidence.items import Carrier
from ccc_pilot.evidence.models import EvidenceItem
from ccc_pilot.people.doors import current_of
from tests.evidence.conftest import POINT
from tests.factories import client_of, person


def offered(item: EvidenceItem, login: str) -> list[str]:
    who = current_of(person(login))
    return [offer.object_key for offer in kin.offers(item, finding.links_shown(item, who)[0], who)]


def put_up(title: str = "Mandat", place: str = "s. 4") -> EvidenceItem:
    with transaction():
        return items.add(
            carrier=Carrier(address=f"https://example.org/{title}"), by=current_of(person("expert.ro")), region="ro", title=title,
            object_key=f"{POINT}@ro", place=place,
        )  # fmt: skip


def test_points_tied_to_those_it_proves_are_offered_where_one_may_link_and_no_places_for_texts_that_are_not_public(
    pilot_context: Flask,
):
    item = put_up()
    found = offered(item, "expert.ro")
    assert "rcc-2023:7.1@ro" in found and "cci4eu-2024:C111@ro" in found
    assert {key.rpartition("@")[2] for key in found} == {"ro"}
    assert not [key for key in found if key.startswith(("crane", "eunetccc"))]
    assert found == offered(item, "huvudprojektledare") and offered(item, "expert.rjl") == [] == offered(item, "granskare.rcc")
    with transaction():
        linking.link(item.id, "rcc-2023:7.1@ro", "", current_of(person("expert.ro")))
    again = offered(item, "expert.ro")
    assert "rcc-2023:7.1@ro" not in again and f"{POINT}@ro" not in again  # nor what it is offered from
    with transaction():
        linking.decline(item.id, "cci4eu-2024:C111@ro", current_of(person("projektledare.ro")))
    assert "cci4eu-2024:C111@ro" not in offered(item, "expert.ro")
    with transaction():
        linking.link(item.id, "cci4eu-2024:C111@ro", "", current_of(person("expert.ro")))  # one may still change one's mind
    assert [link.state for link in finding.links_of(item)] == ["linked"] * 3
    with transaction():
        items.withdraw(item_id=item.id, reason="Fel dokument", by=current_of(person("expert.ro")))
    assert offered(item, "expert.ro") == []


def test_a_suggestion_is_taken_or_declined_in_one_click(house: Flask):
    with house.app_context():
        number = put_up().id
    expert = client_of(house, "expert.ro", "en")
    page = expert.soup(f"/evidence/{number}")
    assert "GOV-01.1, which it proves, is related to this." in page.select_one("#kin").text
    answer = expert.submit(f"/evidence/{number}", to="/evidence/links", object_key="rcc-2023:7.1@ro", follow_redirects=True)
    assert "The evidence is linked" in answer.text
    form = next(form for form in page.select("#kin form") if "cci4eu-2024:C111@ro" in str(form))
    data = {field["name"]: field["value"] for field in form.select("input")}
    assert data["place"] == "s. 4"
    answer = expert.post(form.select_one("button[formaction]")["formaction"], data=data, follow_redirects=True)
    assert "It is not suggested again" in answer.text
    left = {field["value"] for field in expert.soup(f"/evidence/{number}").select("#kin [name=object_key]")}
    assert left and not left & {"rcc-2023:7.1@ro", "cci4eu-2024:C111@ro"}
    with house.app_context():
        assert [link.object_key for link in finding.links_of(db.session.get_one(EvidenceItem, number))] == [
            f"{POINT}@ro",
            "rcc-2023:7.1@ro",
        ]


def test_where_evidence_is_chosen_what_proves_a_related_point_stands_first(house: Flask):
    with house.app_context():
        put_up("Mandat")
        with transaction():
            items.add(
                carrier=Carrier(address="https://example.org/x"), by=current_of(person("expert.ro")), region="ro", title="Nyare"
            )
    lines = client_of(house, "expert.ro", "en").soup("/evidence/choose?for=rcc-2023:7.1@ro").select("li.ev")
    assert "Mandat" in lines[0].text and "Proves GOV-01.1 already, which is related" in lines[0].text
    assert "Nyare" in lines[1].text and "already" not in lines[1].text
