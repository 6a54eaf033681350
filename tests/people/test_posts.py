"""Posts: held, handed over, approved by two, left (ACC-06, ACC-07, AUT-05, AUT-11), as use cases on the database."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest

from ccc_pilot.db import db, transaction
from ccc_pilot.errors import Conflict, NotFound, Refused
from ccc_pilot.people import accounts, doors, factor, posts
from ccc_pilot.people.models import Organisation, Post
from ccc_pilot.people.policy import Grant, Role
from tests.people.conftest import today

pytestmark = pytest.mark.every_engine

DAY = timedelta(days=1)


@pytest.fixture
def inside(network):
    """Runs a use case as the edge does: in a request and a transaction of its own; returns what it returned."""

    def run(use_case, *args, **kwargs):
        with network.test_request_context(), transaction():
            found = use_case(*args, **kwargs)
            return getattr(found, "id", found)

    return run


@pytest.fixture
def line(network):
    """Returns how a post stands on a day, in names and days."""

    def read(key, day=None):
        with network.test_request_context():
            found = posts.line_of(posts.get(key), day or today())
            return {
                "now": found.now and found.now.person.name,
                "until": found.now and found.now.until,
                "waiting": [h.person.name for h in found.waiting],
                "former": [(h.person.name, h.until) for h in found.former],
            }

    return read


@pytest.fixture
def access(network):
    """Returns what a person may do today."""

    def read(person_id):
        with network.test_request_context():
            return doors.access_of(accounts.get(person_id))[0]

    return read


def test_a_new_holder_ends_the_former_one_on_the_day_before(person_factory, inside, line, events):
    admin, olof = person_factory("admin", "admin"), person_factory("olof")
    person_factory("anna", "lead_ro")
    inside(posts.hold, "lead_ro", olof, today(), note="Keys in the drawer", by_id=admin)
    assert line("lead_ro")["now"] == "Olof Test"
    assert line("lead_ro")["former"] == [("Anna Test", today() - DAY)]
    left = events("post.left")[-1]
    assert (left["note"], left["until"], left["actor"], left["region"]) == ("Keys in the drawer", str(today() - DAY), admin, "ro")


def test_a_holder_replaced_on_the_very_first_day_never_held_the_post(person_factory, inside, line):
    anna, olof = person_factory("anna"), person_factory("olof")
    inside(posts.hold, "lead_ro", anna, today())
    inside(posts.hold, "lead_ro", olof, today())
    assert line("lead_ro") == {"now": "Olof Test", "until": None, "waiting": [], "former": []}


def test_a_hand_over_in_the_future_changes_nothing_today(person_factory, inside, line):
    person_factory("anna", "lead_ro")
    olof = person_factory("olof")
    inside(posts.hold, "lead_ro", olof, today() + 30 * DAY)
    assert line("lead_ro")["now"] == "Anna Test"
    assert line("lead_ro")["until"] == today() + 29 * DAY
    assert line("lead_ro", today() + 30 * DAY)["now"] == "Olof Test"


def test_a_holder_cannot_be_put_in_before_one_who_is_already_planned(person_factory, inside):
    anna, olof = person_factory("anna"), person_factory("olof")
    inside(posts.hold, "lead_ro", anna, today() + 30 * DAY)
    with pytest.raises(Refused) as refused:
        inside(posts.hold, "lead_ro", olof, today())
    assert refused.value.field == "since"


def test_a_post_left_vacant_is_shown_vacant_and_its_holder_has_no_rights_the_day_after(person_factory, inside, line, access):
    admin, anna = person_factory("admin", "admin"), person_factory("anna", "lead_ro")
    inside(posts.leave, "lead_ro", today() - DAY, "New job", admin)
    assert line("lead_ro")["now"] is None
    assert not access(anna).may("milestone.progress", "ro")


def test_acc_07_who_has_handed_over_a_region_has_no_rights_left_there_though_still_lead_elsewhere(person_factory, inside, access):
    admin, anna, olof = person_factory("admin", "admin"), person_factory("anna", "lead_ro"), person_factory("olof")
    inside(posts.hold, "lead_rjl", anna, today(), by_id=admin)
    inside(posts.hold, "lead_ro", olof, today(), by_id=admin)
    assert access(anna).may("milestone.progress", "rjl")
    assert not access(anna).may("milestone.progress", "ro")


def test_a_deputy_has_the_same_access_as_the_holder(person_factory, inside, access):
    anna, olof = person_factory("anna"), person_factory("olof")
    inside(posts.hold, "lead_ro", anna, today(), deputy_id=olof)
    assert access(olof) == access(anna)


def test_aut_05_a_change_of_role_ends_the_log_ins_of_all_whose_access_changes(person_factory, browser_of, inside):
    admin = person_factory("admin", "admin")
    people = {name: person_factory(name, post) for name, post in (("anna", "lead_ro"), ("olof", None), ("eva", None))}
    browsers = [browser_of(name) for name in people]
    inside(posts.hold, "lead_ro", people["olof"], today(), deputy_id=people["eva"], by_id=admin)
    assert {browser.get("/account").status_code for browser in browsers} == {302}


@pytest.mark.parametrize("post", ["lead", "reviewer", "admin2"])
def test_a_post_that_steers_or_reviews_takes_effect_only_when_a_second_person_approves(
    person_factory, inside, line, access, post
):
    admin, second, anna = person_factory("admin", "admin"), person_factory("second", "lead"), person_factory("anna")
    proposal = inside(posts.hold, post, anna, today(), by_id=admin)
    assert line(post)["waiting"] == ["Anna Test"]
    assert access(anna).grants == ()
    inside(posts.approve, proposal, second)
    assert line(post)["now"] == "Anna Test"
    assert access(anna).grants


def test_acc_06_neither_the_proposer_nor_the_one_it_concerns_may_approve(person_factory, inside, line):
    admin, lead = person_factory("admin", "admin"), person_factory("second", "lead")
    proposal = inside(posts.hold, "reviewer", lead, today(), by_id=admin)
    for person in (admin, lead):
        with pytest.raises(Refused):
            inside(posts.approve, proposal, person)
    assert line("reviewer")["now"] is None


def test_a_deputy_cannot_be_slipped_into_a_post_that_needs_two(person_factory, inside, access):
    admin, anna, olof = person_factory("admin", "admin"), person_factory("anna", "lead"), person_factory("olof")
    proposal = inside(posts.hold, "lead", anna, today(), deputy_id=olof, by_id=admin)
    assert access(olof).grants == ()
    with pytest.raises(Refused):
        inside(posts.approve, proposal, anna)


def test_a_proposal_turned_down_is_gone_and_remembered_by_the_journal(person_factory, inside, line, events):
    admin, second, anna = person_factory("admin", "admin"), person_factory("second", "lead"), person_factory("anna")
    proposal = inside(posts.hold, "reviewer", anna, today(), by_id=admin)
    inside(posts.decline, proposal, second)
    assert line("reviewer") == {"now": None, "until": None, "waiting": [], "former": []}
    assert [event["actor"] for event in events("post.declined")] == [second]
    with pytest.raises(NotFound):
        inside(posts.approve, proposal, second)


@pytest.mark.parametrize("as_deputy", [False, True])
def test_an_administrator_gives_no_post_to_themselves(person_factory, inside, as_deputy):
    admin, anna = person_factory("admin", "admin"), person_factory("anna")
    holder, deputy = (anna, admin) if as_deputy else (admin, None)
    with pytest.raises(Refused) as refused:
        inside(posts.hold, "economist", holder, today(), deputy_id=deputy, by_id=admin)
    assert refused.value.field == ("deputy_id" if as_deputy else "person_id")


def test_the_last_administrator_can_neither_be_closed_nor_leave_nor_hand_over_to_one_who_cannot_log_in(person_factory, inside):
    admin, second, invited = (
        person_factory("admin", "admin"),
        person_factory("second", "lead"),
        person_factory("olof", password=""),
    )
    with pytest.raises(Refused):
        inside(accounts.disable, admin, "left", second)
    with pytest.raises(Refused):
        inside(posts.leave, "admin", today(), "", second)
    proposal = inside(posts.hold, "admin", invited, today(), by_id=admin)
    with pytest.raises(Refused):
        inside(posts.approve, proposal, second)


def test_one_of_two_administrators_can_be_closed_and_opened_again(person_factory, inside, events):
    first, second = person_factory("admin", "admin"), person_factory("second", "admin2")
    inside(accounts.disable, second, "on leave", first)
    with pytest.raises(Refused):
        inside(accounts.disable, first, "too", first)
    inside(accounts.enable, second, "is back", first)
    assert [event["reason"] for event in events("person.disabled") + events("person.enabled")] == ["on leave", "is back"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"until": -5}, "until"), ({"deputy": "same"}, "deputy_id"), ({"closed": True}, "person_id")],
)
def test_what_cannot_be_is_refused_at_its_field(person_factory, inside, wrong, field):
    admin, anna = person_factory("admin", "admin"), person_factory("anna")
    if "closed" in wrong:
        inside(accounts.disable, anna, "left", admin)
    with pytest.raises(Refused) as refused:
        inside(
            posts.hold, "economist", anna, today(), by_id=admin,
            until=today() + wrong["until"] * DAY if "until" in wrong else None,
            deputy_id=anna if "deputy" in wrong else None,
        )  # fmt: skip
    assert refused.value.field == field


def test_aut_11_a_lost_second_factor_is_taken_away_only_by_two_and_the_journal_names_both(
    person_factory, browser_of, with_factor, inside, network, events
):
    admin, second, anna = person_factory("admin", "admin"), person_factory("second", "lead"), person_factory("anna", "lead_ro")
    with_factor(anna)
    with pytest.raises(Refused):
        inside(factor.approve_reset, anna, second)
    inside(factor.propose_reset, anna, admin)
    for person in (admin, anna):
        with pytest.raises(Refused):
            inside(factor.approve_reset, anna, person)
    inside(factor.approve_reset, anna, second)
    assert [(event["state"], event["actor"]) for event in events("person.factor")] == [
        ("reset proposed", admin),
        ("reset", second),
    ]
    assert browser_of("anna").get("/account").status_code == 200


def test_acc_11_what_the_command_line_does_is_told_as_the_systems_doing(person_factory, events):
    person_factory("anna", "lead_ro")
    assert [event["actor"] for event in events("post.held")] == [None]


def test_the_leads_of_one_role_are_found_by_it(person_factory, network):
    with network.test_request_context():
        assert [line.post.key for line in posts.lines(today(), [Role.REGIONAL_LEAD])] == ["lead_ro", "lead_rjl", "lead_rkl"]


def test_of_two_who_close_the_last_two_administrators_at_once_one_is_refused(person_factory, inside, network):
    first, second = person_factory("anna", "admin"), person_factory("bo", "admin2")
    with ThreadPoolExecutor(1) as pool:
        with network.test_request_context(), transaction():
            accounts.disable(first, "slutat", None)
            other = pool.submit(inside, accounts.disable, second, "slutat", None)
            wait([other], timeout=0.5)
        with pytest.raises(Refused):
            other.result()


@pytest.mark.parametrize(
    ("kind", "parent", "region"),
    [("hospital", "ro", "ro"), ("agency", None, "place"), ("network", None, "place"), ("working_group", "sosr", "place")],
)
def test_a_post_reaches_the_region_its_organisation_lies_in_and_never_more_than_that(
    person_factory, network, inside, access, kind, parent, region
):
    with network.app_context(), transaction():
        db.session.add(Organisation(key="place", short="P", name_sv="Platsen", kind=kind, parent_key=parent))
        db.session.flush()
        db.session.add(Post(key="local", role="regional_lead", organisation_key="place", title_sv="Lokal", title_en="Local"))
    may = access(person_factory("eva", "local"))
    assert may.grants == (Grant(Role.REGIONAL_LEAD, region),)
    assert may.may("milestone.progress", "ro") == (region == "ro")
    assert not may.may("milestone.progress", "sosr")
    assert not may.may("milestone.progress", "rjl")


def test_an_account_made_by_another_in_the_same_moment_is_told_as_taken(inside, network):
    with ThreadPoolExecutor(1) as pool:
        with network.test_request_context(), transaction():
            accounts.create("eva@example.org", "Eva")
            other = pool.submit(inside, accounts.create, "eva@example.org", "Eva")
            wait([other], timeout=0.5)
        with pytest.raises(Refused):
            other.result()


def test_a_transaction_within_a_transaction_is_a_fault(network):
    with network.app_context(), pytest.raises(RuntimeError), transaction(), transaction():
        pass


def test_of_two_who_fill_a_post_the_later_is_told_whom_the_first_has_chosen(person_factory, inside, line):
    admin, other, olof, eva = (
        person_factory("admin", "admin"),
        person_factory("other"),
        person_factory("olof"),
        person_factory("eva"),
    )
    seen = inside(lambda: posts.get("lead_ro").version)
    inside(posts.hold, "lead_ro", olof, today(), version=seen, by_id=admin)
    with pytest.raises(Conflict) as met:
        inside(posts.hold, "lead_ro", eva, today(), version=seen, by_id=other)
    assert (met.value.theirs["person_id"], met.value.mine["person_id"], met.value.version) == (olof, eva, seen + 1)
    with pytest.raises(Refused):
        inside(posts.leave, "lead_ro", today(), "", other, version=seen)
    assert line("lead_ro")["now"] and not line("lead_ro")["former"]
