"""What is said of a plan and its actions: who is spoken to, how they are told, and that it is kept."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import Forbidden, NotFound
from ccc_pilot.i18n import today
from ccc_pilot.improvement import mentioning, talk
from ccc_pilot.improvement.models import Action
from ccc_pilot.overview import waiting_elsewhere
from ccc_pilot.people.models import Post
from ccc_pilot.reminders import digests, inbox, sweeping, words
from ccc_pilot.reminders.models import Outgoing, Reminder, TeamsHook
from tests.factories import client_of, person, pilot
from tests.improvement.acting import HEAD, RCC, RO, acting, new_plan, propose
from tests.support.pages import values_of

pytestmark = pytest.mark.sqlite_alone  # who is spoken to does not depend on the engine


@pytest.fixture
def plan(pilot_context: Flask):
    """A plan with two actions."""
    made = new_plan()
    propose(made, "Ett")
    propose(made, "Två", region="rjl", by="projektledare.rjl")
    return made


def actions_of(plan) -> list[Action]:
    return list(db.session.scalars(select(Action).where(Action.plan_id == plan.id).order_by(Action.id)))


def say(plan, text: str, *, by: str = RO, action=None, answers_id=None):
    with transaction():
        return talk.say(plan=plan, action=action, text=text, who=acting(by), answers_id=answers_id)


def test_who_is_named_in_a_remark_finds_it_until_it_is_seen(plan):
    action, other = actions_of(plan)
    said = say(plan, "Se över målet, @Demo Granskare RCC!", action=action)
    elsewhere = say(plan, "Och här, @Demo Granskare RCC!", action=other, by="projektledare.rjl")
    assert [one.id for one, _by in talk.to_me(person(RCC).id)] == [elsewhere.id, said.id]
    reply = say(plan, "Det gör jag, @demo projektledare rö.", by=RCC, action=action, answers_id=said.id)
    assert [one.id for one, _by in talk.to_me(person(RCC).id)] == [elsewhere.id]  # who answers has seen it
    assert [one.id for one, _by in talk.to_me(person(RO).id)] == [reply.id]
    with transaction():
        talk.mark_seen(person_id=person(RCC).id, remark_id=elsewhere.id)
    assert talk.to_me(person(RCC).id) == []
    with pytest.raises(NotFound), transaction():
        talk.mark_seen(person_id=person(RCC).id, remark_id=reply.id)
    told = talk.of(plan, action, acting(RO))
    assert [(one.depth, one.to, one.may_retract) for one in told] == [
        (0, ["Demo Granskare RCC"], True), (1, ["Demo Projektledare RÖ"], False),
    ]  # fmt: skip


def test_a_remark_is_kept_when_taken_back_and_belongs_to_its_region(plan):
    action = actions_of(plan)[1]
    with pytest.raises(Forbidden):
        say(plan, "Hej", action=action)
    said = say(plan, "Hej", by="projektledare.rjl", action=action)
    with pytest.raises(Forbidden), transaction():
        talk.retract(plan=plan, remark_id=said.id, who=acting(RO))
    with transaction():
        talk.retract(plan=plan, remark_id=said.id, who=acting("projektledare.rjl"))
    told = talk.of(plan, action, acting(RO))
    assert (told[0].text, told[0].retracted_by) == ("", "Demo Projektledare RJL")
    with pytest.raises(NotFound):
        say(plan, "Svar", by=RCC, answers_id=said.id)


def test_a_post_that_is_named_in_a_remark_is_whoever_holds_it_that_day_and_their_deputy(plan):
    post = db.session.get_one(Post, "pl_ro")
    with transaction():
        post.holdings[0].deputy_id, post.holdings[0].since = person("projektledare.rkl").id, date(2026, 1, 1)
    said = say(plan, f"Hur går det, @{post.title_sv}? Och @{post.title_en}, @PL_RO?", by=HEAD)
    assert talk.names_of([said.id]) == {said.id: ["Demo Projektledare RKL", "Demo Projektledare RÖ"]}
    assert talk.names_of([say(plan, "Hej @pl_rolig och @ingen alls", by=HEAD).id]) == {}
    with transaction():
        post.holdings[0].until = date(2026, 1, 31)
    assert mentioning.spoken_to(plan, "@pl_ro", date(2026, 2, 1)) == []
    assert len(mentioning.spoken_to(plan, "@pl_ro", date(2026, 1, 31))) == 2


def test_a_role_that_is_named_is_the_one_of_the_actions_region(plan):
    ours, theirs = actions_of(plan)
    to = [
        talk.names_of([one.id]).get(one.id)
        for one in (
            say(plan, "@Huvudprojektledare, hinner vi?", action=ours),
            say(plan, "@Medicinsk expert, vad säger du?", action=ours),
            say(plan, "@medical expert?", action=theirs, by=HEAD),
        )
    ]
    assert to == [["Demo Huvudprojektledare"], ["Demo Expert RÖ"], ["Demo Expert RJL"]]


def told_to(login: str) -> list[words.ShownNotice]:
    """The mentions in somebody's inbox."""
    found = inbox.of(person(login).id, today())
    return [words.shown(one, {"ro": "RÖ"}) for one in found if one.deadline.kind == "mention"]


def test_who_is_spoken_to_is_reminded_once_and_not_in_a_regions_channel(plan, pilot_context: Flask):
    action = actions_of(plan)[0]
    said = say(plan, "Se över målet, @Demo Granskare RCC!", action=action)
    with transaction():
        db.session.add(TeamsHook(region="ro", address="https://example.org/hook", person_id=person(HEAD).id, at=utc_now()))
        sweeping.sweep(today())
    with transaction():
        assert sweeping.sweep(today()) == 0
    rows = db.session.scalars(select(Reminder).where(Reminder.object_key.startswith("mention:"))).all()
    assert {(row.person_id, row.channel, row.urgent) for row in rows} == {
        (person(RCC).id, "inbox", False), (person(RCC).id, "mail", False),
    }  # fmt: skip
    with pilot_context.test_request_context():
        [told] = told_to(RCC)
        assert told.url == f"/improvement/actions/{action.id}#remark-{said.id}"
        assert (told.title, told.nearness.word) == ("Demo Projektledare RÖ skriver till dig: F-01 Ett", "I dag")
        assert told.why == "skrivet till dig"
        waits = waiting_elsewhere.for_me(pilot(), acting(RCC), today()).actions
        assert "1 kommentar är skriven till dig" in [way.words for way in waits]
        assert told_to(RO) == []
        mine = [notice for notice in inbox.of(person(RCC).id, today()) if notice.deadline.kind == "mention"]
        message = Outgoing(key="digest:x", made_at=utc_now(), channel="mail")
        letter = digests.digest(person(RCC), digests.News(mine, person(RCC), {"ro": "RÖ"}), message)
        assert "1 sak att göra" in letter.subject and "sen" not in letter.subject
        assert "I dag: Demo Projektledare RÖ skriver till dig: F-01 Ett" in letter.text and "Se över målet" not in letter.text
        later = today() + timedelta(days=9)
        one = next(one for one in inbox.of(person(RCC).id, later) if one.deadline.kind == "mention")
        assert (one.is_late, words.near(one).word) == (False, "för 9 dagar sedan")


def test_what_is_said_to_one_waits_until_one_says_so_or_answers_and_reading_changes_nothing(pilot_app: Flask):
    with pilot_app.app_context():
        plan = new_plan()
        at = f"/improvement/actions/{propose(plan, 'Ett').id}"
        say(plan, "Se över målet, @Demo Granskare RCC!", action=actions_of(plan)[0])
        say(plan, "Och planen, @Demo Granskare RCC!", by=HEAD)
        whole, reviewer = f"/improvement/plans/{plan.id}", person(RCC).id

    def unseen() -> int:
        with pilot_app.app_context():
            return len(talk.to_me(reviewer))

    rcc = client_of(pilot_app, RCC)
    assert client_of(pilot_app, RO).soup(at).select("form[action$='/seen']") == []
    rcc.soup(whole)
    button = rcc.soup(at).select_one("form[action$='/seen']")
    assert unseen() == 2
    said = rcc.post(button["action"], data=values_of(button))
    assert (said.location, unseen()) == (at, 1)
    assert rcc.soup(at).select("form[action$='/seen']") == []
    rcc.submit(whole, text="Tack, jag ser över den.")
    assert unseen() == 0


def test_a_comment_tells_who_is_told_of_it_or_that_nobody_is_called_so(pilot_app: Flask):
    with pilot_app.app_context():
        at = f"/improvement/actions/{propose(new_plan(), 'Ett').id}"
    lead = client_of(pilot_app, RO, "en")
    lead.submit(at, to=f"{at}/remarks", text="@Huvudprojektledare, hinner vi?")
    assert "It is told to: Demo Huvudprojektledare." in lead.soup(at).select_one(".flash").text
    lead.submit(at, to=f"{at}/remarks", text="@Nobody at all?")
    assert "nobody is called" in lead.soup(at).select_one(".flash").text
