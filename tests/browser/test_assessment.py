"""A whole round of self-assessment in a real browser: three regions answer on their own, the network agrees, the round is frozen."""

import re
import sqlite3
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_milestones import PHONE, log_in
from tests.support.server import Server

LAST = "GOV-01.1"
ROUND = "/assessment/1"


@pytest.fixture(scope="module")
def nearly_done(live_server: Server) -> Server:
    """The demo's round, in which every region has all but its first point approved already."""
    with sqlite3.connect(live_server.data_dir / "ccc_pilot.sqlite", timeout=20) as database:
        database.execute(
            "UPDATE assessment_answer SET score = 'mostly', note = 'Finns', summary_en = 'There is', absence = 'Revideras', state = 'approved'"
            " WHERE round_id = 1 AND position > 0"
        )
        database.execute(
            "UPDATE assessment_answer SET score = NULL, note = '', absence = '', state = 'empty' WHERE round_id = 1 AND position = 0"
        )
    return live_server


def test_what_is_typed_on_a_phone_survives_a_log_out_and_a_lost_race(new_page: Callable[..., Page], live_server: Server):
    point = f"{ROUND}/ro/points/GOV-07.1"
    expert, lead = (
        log_in(new_page(base_url=live_server.url, viewport=PHONE, has_touch=True, is_mobile=True), login)
        for login in ("expert.ro", "projektledare.ro")
    )
    expert.goto(point)
    expert.get_by_label("Motivering").fill("Expertens halva mening")
    expect(expert.locator("form.answer [data-draft-saved]")).to_contain_text("Sparat")
    expert.context.clear_cookies()
    expert.goto(point)
    expect(expert).to_have_url(re.compile("/login"))
    log_in(expert, "expert.ro").goto(point)
    expect(expert.get_by_label("Motivering")).to_have_value("Expertens halva mening")

    lead.goto(point)
    lead.locator("form.answer .scale label", has_text="Delvis").tap()
    lead.get_by_label("Motivering").fill("Ledarens text")
    lead.get_by_role("button", name="Spara", exact=True).tap()
    expect(lead.locator(".flash.done")).to_contain_text("Sparat")

    expert.locator("form.answer .scale label", has_text="Till stor del").tap()
    expert.get_by_role("button", name="Spara", exact=True).tap()
    expect(expert.get_by_role("heading", level=1)).to_have_text("Någon annan hann spara först")
    for words in ("Expertens halva mening", "Ledarens text", "Delvis", "Till stor del"):
        expect(expert.locator("#conflict")).to_contain_text(words)
    for mine in expert.get_by_label("Ta mitt").all():
        mine.check()
    expert.get_by_role("button", name="Spara det som är valt").tap()
    expect(expert.get_by_label("Motivering")).to_have_value("Expertens halva mening")
    expect(expert.locator("#history")).to_contain_text("Till stor del")
    assert expert.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def answer(page: Page, region: str, score: str, note: str) -> None:
    page.goto(f"{ROUND}/{region}/points/{LAST}")
    page.locator("form.answer .scale label", has_text=score).click()
    page.get_by_label("Motivering").fill(note)
    page.get_by_text("Engelsk sammanfattning, vad").click()
    page.get_by_label("Varför saknas underlag?").fill("Revideras")
    page.get_by_role("button", name="Lämna in och nästa").click()
    expect(page.locator(".flash.done")).to_contain_text("Inlämnat")


def move(page: Page, words: str) -> None:
    page.goto(ROUND)
    page.locator("#stage summary", has_text=words).click()
    page.get_by_role("button", name=words, exact=True).click()
    expect(page.locator(".flash.done")).to_be_visible()


def test_three_regions_answer_alone_agree_and_hand_in(new_page: Callable[..., Page], nearly_done: Server):
    url = nearly_done.url
    ro = log_in(new_page(base_url=url), "expert.ro")
    answer(ro, "ro", "Ja", "Mandat sedan 2019")
    expect(ro.locator("body")).to_contain_text("visas inte ännu")
    ro.goto(f"{ROUND}/rkl/points/{LAST}")
    expect(ro.locator("main")).to_contain_text("Regionerna svarar var för sig")

    rjl = log_in(new_page(base_url=url), "expert.rjl")
    answer(rjl, "rjl", "Till stor del", "Beslutat, ännu inte utsett")

    rkl = log_in(new_page(base_url=url, viewport=PHONE, has_touch=True, is_mobile=True), "expert.rkl")
    answer(rkl, "rkl", "Nej", "Saknas i Kalmar")
    rkl.goto(f"{ROUND}/rkl/points/{LAST}")
    expect(rkl.locator("main")).to_contain_text("Olika bild")
    assert rkl.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    for region in ("ro", "rjl", "rkl"):
        lead = log_in(new_page(base_url=url), f"projektledare.{region}")
        lead.goto(f"{ROUND}/{region}/points/{LAST}")
        lead.get_by_role("button", name="Verifiera", exact=True).click()
        lead.get_by_role("button", name="Godkänn", exact=True).click()
        expect(lead.locator(".flash.done")).to_contain_text("Godkänt")

    head = log_in(new_page(base_url=url), "huvudprojektledare")
    move(head, "Nätverket enas")
    head.goto(f"{ROUND}/sosr")
    head.get_by_role("link", name=LAST).click()
    expect(head.locator("main")).to_contain_text("Saknas i Kalmar")
    head.locator("form.answer .scale label", has_text="Delvis").click()
    head.get_by_label("Varför nätverket svarar så").fill("Två av tre har mandatet")
    head.get_by_label("RKL", exact=True).uncheck()
    head.get_by_role("button", name="Spara nätverkets svar").click()
    expect(head.locator(".errors")).to_contain_text("Alla regioner var inte eniga")
    head.get_by_label("Avvikande mening").fill("I Kalmar saknas beslutet")
    head.get_by_role("button", name="Spara nätverkets svar").click()
    expect(head.locator(".flash.done")).to_contain_text("Nätverkets svar är sparat")

    move(head, "Kontrolleras före inlämning")
    head.goto(ROUND)
    while head.locator("#readiness summary").count():
        head.locator("#readiness summary").first.click()
        head.locator("#readiness details[open] input[name=reason]").fill("Övning")
        head.locator("#readiness details[open] button").click()
        expect(head.locator(".flash.done")).to_be_visible()
    move(head, "Lämna in och frys")
    expect(head.locator("#snapshots")).to_contain_text("Oförändrad sedan dess")

    ro.goto(f"{ROUND}/ro")
    expect(ro.locator("main")).to_contain_text("Fryst")
    expect(ro.locator("a.edit")).to_have_count(0)


def test_the_arrow_keys_lead_to_the_next_and_the_previous_point(page: Page):
    log_in(page, "expert.ro").goto(f"{ROUND}/ro/points/GOV-02.1")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", level=1)).to_contain_text("GOV-03.1")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", level=1)).to_contain_text("GOV-02.1")
