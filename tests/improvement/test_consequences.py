"""What a change withdraws of agreements and acceptances is told before it is carried out, and after."""

import io

import pytest
from flask import Flask

from ccc_pilot.db import transaction
from ccc_pilot.improvement import consequences, reading, reviewing, steering
from ccc_pilot.people import pilots
from ccc_pilot.people.policy import NETWORK
from tests.factories import client_of, pilot
from tests.improvement.acting import HEAD, RCC, RO, acting, complete, new_plan, propose
from tests.improvement.sheets import look_over, out, put, rows, take_in, told
from tests.support.pages import values_of

pytestmark = pytest.mark.sqlite_alone  # what is withdrawn is tested on both engines elsewhere; here how it is told


def a_plan():
    """A plan with an action of RÖ and one of RJL."""
    made = new_plan()
    complete(propose(made, "Ett"))
    complete(propose(made, "Två", region="rjl", by="projektledare.rjl"))
    return made


def agree(plan, *regions: str) -> None:
    for region in regions:
        with transaction():
            lead = acting(f"projektledare.{region}")
            steering.agree(pilot=pilot(), plan=plan, region=region, who=lead, version=plan.version)


def changed(plan, heading: str, text: str):
    """A workbook that comes back with one cell of F-01 changed."""
    sheet = out(plan)
    put(sheet, "F-01", heading, text)
    return look_over(plan, sheet)


def after(plan, workbook) -> list[str]:
    before = consequences.stand(plan)
    take_in(plan, workbook)
    return consequences.happened(before, plan, pilots.regions(pilot()))


def test_a_workbook_that_comes_back_tells_whose_agreement_it_withdraws(pilot_context: Flask):
    plan = a_plan()
    agree(plan, "ro", "rjl")
    assert told(plan, changed(plan, "Procent", "10")).follows == []
    workbook = changed(plan, "Mätbart mål", "Två i varje team")
    [sentence] = told(plan, workbook).follows
    assert "inte längre när detta tas in: RÖ. " in sentence
    [sentence] = after(plan, workbook)
    assert "gäller inte längre: RÖ. " in sentence


def test_a_joint_action_and_a_plan_all_agree_with_concern_all_regions(pilot_context: Flask):
    plan = a_plan()
    agree(plan, "ro", "rjl", "rkl")
    first, second = told(plan, changed(plan, "Mätbart mål", "Två")).follows
    assert "tas in: RÖ. " in first and second == "Planen blir ett utkast igen."
    before, one = consequences.stand(plan), rows(plan)[0]
    complete(one, by=HEAD, region="rkl")
    first, second = consequences.happened(before, plan, pilots.regions(pilot()))
    assert "gäller inte längre: RÖ, RKL. " in first and second == "Planen är ett utkast igen."
    agree(plan, "ro")
    regions = pilots.regions(pilot())
    assert "RÖ, RJL. " in consequences.to_come(plan, {NETWORK}, 0, regions)[0]
    assert consequences.to_come(plan, set(), 0, regions) == []


def test_what_the_rcc_had_accepted_is_told_too(pilot_context: Flask):
    plan = a_plan()
    agree(plan, "ro", "rjl", "rkl")
    with transaction():
        steering.take(pilot=pilot(), plan=plan, step="submit", who=acting(HEAD), version=plan.version)
    with transaction():
        one = rows(plan)[0]
        reviewing.review(pilot=pilot(), target=one, who=acting(RCC), version=one.version, verdict="accepted")
    workbook = changed(plan, "Mätbart mål", "Två i varje team")
    assert told(plan, workbook).follows == ["1 åtgärd som RCC hade godkänt granskas på nytt."]
    assert after(plan, workbook) == ["1 åtgärd som RCC hade godkänt är inte längre godkänd."]


def test_a_spreadsheet_tells_it_before_and_after_and_the_plan_asks_for_agreement_anew(pilot_app: Flask):
    with pilot_app.app_context():
        plan = a_plan()
        agree(plan, "ro")
        at = f"/improvement/plans/{plan.id}"
    lead = client_of(pilot_app, RO, "en")
    assert "Nothing for you to do" in lead.soup(at).select_one("#steps").text
    file = (io.BytesIO("Åtgärd;Klart\nTre;2026-12-31\n".encode()), "gammal.csv")
    sent = lead.submit(f"{at}/sheets", to=f"{at}/sheets", file=file)
    assert "agreed to no longer stands when this is taken in: RÖ." in lead.soup(sent.location).text
    done = lead.submit(sent.location, to=f"{sent.location}/take-in", follow_redirects=True)
    assert "had agreed to no longer stands: RÖ." in done.text
    steps = lead.soup(at).select_one("#steps").text
    assert "Your region has not agreed" in steps and "Nothing for you to do" not in steps


def test_actions_made_of_gaps_and_of_several_rows_tell_it_too(pilot_app: Flask):
    with pilot_app.app_context():
        plan = a_plan()
        number, row = plan.id, f"{rows(plan)[0].id}.{rows(plan)[0].version}"
        agree(plan, "ro")
    lead, gap = client_of(pilot_app, RO, "en"), "gap:1:oeci-3x-p:GOV-01.1@ro"
    at = f"/improvement/plans/{number}"
    made = lead.submit(f"/improvement/from-gaps?plan={number}&key={gap}", to=f"{at}/from-gaps", follow_redirects=True)
    assert "had agreed to no longer stands: RÖ." in made.text
    with pilot_app.app_context():
        agree(reading.plan(pilot(), number), "ro")
    form = lead.soup(f"/improvement?plan={number}&choose=1").select_one("#bulk")
    sent = {**values_of(form), "row": [row], "priority": "high"}
    assert "had agreed to no longer stands: RÖ." in lead.post(form["action"], data=sent, follow_redirects=True).text
