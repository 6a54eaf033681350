"""One item proves many things; a second person accepts; nobody sees or links what is not theirs."""

import pytest
from sqlalchemy import event

from ccc_pilot.db import db, transaction
from ccc_pilot.errors import Forbidden, NotFound, Refused
from ccc_pilot.evidence import items, linking, reading
from ccc_pilot.evidence.items import Carrier
from ccc_pilot.i18n import force_locale
from tests.evidence.conftest import POINT, events


def link(who, item, key=f"{POINT}@ro", place="s. 4", login="expert.ro", **more):
    """Link ``item`` as a demo person and return the link's id."""
    with transaction():
        return linking.link(item.id, key, place, who(login), **more).id


def judge(who, link_id, login, verdict="accepted", reason="", number=1):
    """Judge a link as a demo person."""
    with transaction():
        return linking.judge(link_id, verdict, reason, number, who(login)).state


def test_one_item_proves_many_things_in_many_editions_and_regions(who, put_up):
    item = put_up()
    keys = [f"{POINT}@ro", "rcc-2012:4.1@ro", "sosr-wp4-2025:P0-05@ro"]
    for key in keys:
        link(who, item, key)
    link(who, item, f"{POINT}@rjl", login="expert.rjl")
    found = reading.for_objects([*keys, f"{POINT}@rjl", f"{POINT}@rkl"], who("expert.ro"))
    assert [len(found[key]) for key in keys] == [1, 1, 1]
    assert found[f"{POINT}@rkl"] == ()
    proof = found[f"{POINT}@rjl"][0]
    assert (proof.item_id, proof.title, proof.version, proof.state, proof.also, proof.valid) == (
        item.id,
        item.title,
        1,
        "linked",
        3,
        False,
    )
    assert [told[0] for told in events(item)] == ["evidence.added", *["evidence.linked"] * 4]
    assert events(item)[-1][1:] == ("rjl", {"proves": f"{POINT}@rjl", "place": "s. 4", "state": "linked"})


def test_linking_twice_is_one_link_and_a_removed_one_comes_back_unjudged(who, put_up):
    item = put_up()
    first = link(who, item)
    assert link(who, item, place="s. 9") == first
    judge(who, first, "projektledare.ro")
    with transaction():
        linking.unlink(first, who("projektledare.ro"))
    assert reading.for_objects([f"{POINT}@ro"])[f"{POINT}@ro"] == ()
    with pytest.raises(NotFound), transaction():
        linking.unlink(first, who("projektledare.ro"))
    assert link(who, item) == first
    assert reading.for_objects([f"{POINT}@ro"])[f"{POINT}@ro"][0].state == "linked"


def test_who_linked_or_put_it_up_does_not_accept_but_another_does(who, put_up):
    item = put_up()
    number = link(who, item, login="projektledare.ro")
    for own in ("expert.ro", "projektledare.ro"):
        with force_locale("en"), pytest.raises(Refused, match="Somebody else"):
            judge(who, number, own)
    assert judge(who, number, "granskare.rcc") == "accepted"
    assert reading.for_objects([f"{POINT}@ro"])[f"{POINT}@ro"][0].valid
    assert events(item)[-1][2] == {"proves": f"{POINT}@ro", "state": ["linked", "accepted"], "reason": "", "number": 1}


def test_a_rejection_says_why_and_the_reason_is_shown(who, put_up):
    number = link(who, put_up())
    with pytest.raises(Refused) as refused:
        judge(who, number, "huvudprojektledare", "rejected", "  ")
    assert refused.value.field == "reason"
    judge(who, number, "huvudprojektledare", "rejected", "Gäller en annan klinik")
    proof = reading.for_objects([f"{POINT}@ro"])[f"{POINT}@ro"][0]
    assert (proof.state, proof.reason, proof.valid) == ("rejected", "Gäller en annan klinik", False)


@pytest.mark.parametrize("login", ["expert.rjl", "projektledare.rkl", "granskare.rcc", "ekonom", "rsl", "kollegial"])
def test_nobody_links_to_what_is_not_their_regions(who, put_up, login):
    item = put_up()
    with pytest.raises((Forbidden, NotFound)), transaction():
        linking.link(item.id, f"{POINT}@ro", "", who(login))


@pytest.mark.parametrize("login", ["expert.rjl", "projektledare.rjl", "kollegial", "extern"])
def test_nobody_judges_what_is_not_theirs_to_judge(who, put_up, login):
    number = link(who, put_up())
    with pytest.raises((Forbidden, NotFound)):  # while the regions answer on their own, others know of no link
        judge(who, number, login)


def test_a_suggestion_counts_when_the_region_has_confirmed_it(who, put_up):
    item = put_up()
    number = link(who, item, f"{POINT}@rjl", login="huvudprojektledare", suggested=True)
    with pytest.raises(Refused):
        judge(who, number, "granskare.rcc")
    with pytest.raises((Forbidden, NotFound)), transaction():
        linking.confirm(number, who("expert.ro"))
    with transaction():
        linking.confirm(number, who("expert.rjl"))
    assert judge(who, number, "granskare.rcc") == "accepted"


def test_a_new_version_waits_for_a_new_judgement(who, put_up):
    item = put_up()
    number = link(who, item)
    judge(who, number, "granskare.rcc")
    with transaction():
        items.renew(item_id=item.id, carrier=Carrier(address="https://example.org/rutin-2"), note="Ny rutin", by=who("expert.ro"))
    proof = reading.for_objects([f"{POINT}@ro"])[f"{POINT}@ro"][0]
    assert (proof.state, proof.version, proof.address) == ("linked", 2, "https://example.org/rutin-2")
    with pytest.raises(Refused):
        judge(who, number, "granskare.rcc", number=1)
    assert judge(who, number, "granskare.rcc", number=2) == "accepted"


def test_what_was_rejected_does_not_count_for_being_renewed_until_it_is_judged_anew(who, put_up):
    item = put_up()
    number = link(who, item)
    judge(who, number, "granskare.rcc", "rejected", "Gäller en annan klinik")
    with transaction():
        items.renew(item_id=item.id, carrier=Carrier(address="https://example.org/rutin-2"), note="Ny", by=who("expert.ro"))
    proof = reading.for_objects([f"{POINT}@ro"])[f"{POINT}@ro"][0]
    assert (proof.state, proof.reason) == ("rejected", "Gäller en annan klinik")
    assert judge(who, number, "granskare.rcc", number=2) == "accepted"


def test_what_is_confidential_counts_for_all_but_tells_its_own_region_alone(who, put_up):
    item = put_up("Hemligt avtal", confidential=True)
    link(who, item)
    key = f"{POINT}@ro"
    for login in ("expert.ro", "projektledare.ro", "huvudprojektledare", "granskare.rcc"):
        assert reading.for_objects([key], who(login))[key][0].title == "Hemligt avtal"
    for login in ("expert.rjl", "extern", "kollegial", None):
        proof = reading.for_objects([key], login and who(login))[key][0]
        assert proof.hidden
        assert "Hemligt" not in repr(proof)
        assert "example.org" not in repr(proof)
        assert "s. 4" not in repr(proof)
    with pytest.raises(NotFound), transaction():
        linking.link(item.id, f"{POINT}@rjl", "", who("expert.rjl"))


def test_a_withdrawn_item_proves_nothing_until_it_is_taken_back(who, put_up):
    item = put_up()
    link(who, item)
    with transaction():
        items.withdraw(item_id=item.id, reason="Fel dokument", by=who("expert.ro"))
    assert reading.for_objects([f"{POINT}@ro"])[f"{POINT}@ro"] == ()
    with pytest.raises(Refused), transaction():
        linking.link(item.id, "action:7", "", who("expert.ro"))
    with transaction():
        items.restore(item_id=item.id, by=who("expert.ro"))
    assert len(reading.for_objects([f"{POINT}@ro"])[f"{POINT}@ro"]) == 1


def test_proofs_of_hundreds_of_things_are_one_question(who, put_up):
    item = put_up()
    keys = [f"oeci-3x-p:GOV-01.{number}@ro" for number in range(40)]
    for key in keys[:5]:
        link(who, item, key)
    asked = []
    expert = who("expert.ro")
    event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    assert sum(len(proofs) for proofs in reading.for_objects(keys, expert).values()) == 5
    assert len([one for one in asked if one.startswith("SELECT")]) == 1
