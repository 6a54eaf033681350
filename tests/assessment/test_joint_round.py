"""A round that the network answers as one: a single answer to each point, written by any region, approved by the lead project manager."""

import pytest
from flask import Flask

from ccc_pilot.assessment import answers, carrying, listing, network, rounds, sight
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import Refused
from ccc_pilot.evidence import linking, rules
from ccc_pilot.evidence.models import EvidenceItem
from ccc_pilot.i18n import today
from ccc_pilot.people.doors import current_of
from ccc_pilot.people.policy import NETWORK, Access, Grant, Role
from tests.factories import client_of, person, pilot

pytestmark = pytest.mark.every_engine


def test_everybody_of_a_region_answers_for_the_network_and_its_lead_alone_approves():
    lead, expert, head = (
        Access((Grant(role, region),))
        for role, region in ((Role.REGIONAL_LEAD, "ro"), (Role.MEDICAL_EXPERT, "rkl"), (Role.HEAD_LEAD, NETWORK))
    )
    told = [(one.may("assessment.answer", NETWORK), one.may("assessment.approve", NETWORK)) for one in (lead, expert, head)]
    assert told == [(True, False), (True, False), (False, True)]
    assert [head.may("assessment.approve", region) for region in ("ro", "rkl")] == [False, False]
    assert [lead.may("assessment.answer", region) for region in ("ro", "rkl")] == [True, False]
    assert rules.NETWORK == NETWORK


def opened() -> AssessmentRound:
    with transaction():
        return rounds.open_round(
            pilot=pilot(), title="Nätverket", edition_key="oeci-net-2021-p", mode="network", start=today(), actor_id=None
        )


def test_there_is_one_answer_to_a_point_and_nobody_to_hide_it_from(pilot_context: Flask):
    with pytest.raises(Refused) as refused, transaction():
        rounds.open_round(pilot=pilot(), title="x", edition_key="rcc-2012", mode="all", start=today(), actor_id=None)
    assert refused.value.field == "mode"
    round_ = opened()
    assert (round_.region_keys, round_.joint, round_.independent) == ([NETWORK], True, False)
    assert listing.of_region(listing.progress(round_), NETWORK).total == 12
    assert sight.regions(round_, current_of(person("expert.rjl")), today()) == (NETWORK,)
    target = answers.answer(round_, NETWORK, "NET-01.1")
    with transaction():
        answers.write(target=target, version=1, actor_id=person("expert.ro").id, score="partially", note="Påbörjat", propose=True)
    joint = next(one for one in network.joints(round_) if one.across.point.key == target.point_key)
    assert (joint.score, joint.unsettled, network.unsettled(round_)) == ("partially", False, 0)
    with transaction():
        link = linking.link(1, target.object_key, "", current_of(person("expert.rkl")))
    assert (link.state, link.region) == ("linked", NETWORK)
    assert db.session.get_one(EvidenceItem, 1).region == NETWORK


def next_round(mode: str) -> int:
    """Open a round after the demo's, answered by the regions or by the network as one, and return its number."""
    with transaction():
        told = {"pilot": pilot(), "edition_key": "oeci-3x-p", "designation": "CCC", "start": today(), "actor_id": None}
        return rounds.open_round(title=mode, mode=mode, **told).id


def test_what_the_regions_answered_before_is_laid_beside_the_networks_answer_once_they_see_one_another(house: Flask):
    with house.app_context():
        head, modes = person("huvudprojektledare").id, ("network", "regions")
        before, (joint, apart) = db.session.get_one(AssessmentRound, 1), [next_round(mode) for mode in modes]
        for number in (joint, apart):
            later = db.session.get_one(AssessmentRound, number)
            assert before not in carrying.sources(later, today())
            with pytest.raises(Refused) as refused, transaction():
                carrying.carry(round_=later, source_id=1, actor_id=head)
            assert refused.value.field == "source_id" and carrying.triage(later, NETWORK) == []
    assert not client_of(house, "huvudprojektledare").soup(f"/assessment/{joint}/carry").select("option[value='1']")
    with house.app_context():
        with transaction():
            db.session.get_one(AssessmentRound, 1).revealed_at = utc_now()
        later = db.session.get_one(AssessmentRound, joint)
        with transaction():
            laid = carrying.carry(round_=later, source_id=1, actor_id=head)
        shown = carrying.triage(later, NETWORK)
        assert len(shown) == laid and {row.source.region for row in shown} == {"ro", "rjl", "rkl"}
    assert client_of(house, "huvudprojektledare").soup(f"/assessment/{joint}/carry").select("option[value='1']")


def test_the_pages_of_a_joint_round_lead_from_the_first_score_to_its_approval(house: Flask):
    head, expert, lead = (client_of(house, login, "en") for login in ("huvudprojektledare", "expert.ro", "projektledare.rkl"))
    answer = head.submit("/assessment/new", title="As one", edition_key="oeci-net-2021-p", mode="network", start="2026-01-12")
    page = answer.location
    assert "Consensus list" not in head.get(page).text
    point = f"{page}/sosr/points/NET-01.1"
    expert.submit(point, score="mostly", note="There is a plan", propose="1")
    assert "side by side" not in expert.get(point).text
    assert not expert.soup(point).select(f'form[action="{point}/verify"]')  # nobody is offered to verify what they wrote
    assert lead.submit(point, to=f"{point}/verify").status_code == 302
    assert not lead.soup(point).select(f'form[action="{point}/approve"]')
    assert "verifies; the lead project manager approves" in lead.get(point).text
    assert "1 answer to approve" in head.get("/").text
    assert head.submit(point, to=f"{point}/approve").status_code == 302
    with house.app_context():
        assert db.session.query(AssessmentAnswer).filter_by(point_key="oeci-net-2021-p:NET-01.1").one().state == "approved"
    for address in ("/sosr", "/sosr/sheets", "/results", "/gaps", "/designation", "/pace", "/workload", "/documents"):
        assert expert.get(f"{page}{address}").status_code == 200, address
    assert head.get(f"{page}/sosr/assignments").status_code == 200
    assert expert.get(f"{page}/ro").status_code == 404
