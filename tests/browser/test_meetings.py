"""A round of the regions' management in a real browser: call, paragraphs, held, decide, lock, and what is not followed up."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from ccc_pilot.dates import today
from tests.browser.test_milestones import log_in
from tests.support.server import Server

NEXT = today("Europe/Stockholm") + timedelta(days=30)
HELD = today("Europe/Stockholm") - timedelta(days=40)


def plan(page: Page, day: str) -> str:
    page.goto("/meetings/new")
    page.get_by_label("Organ", exact=True).select_option("rsl")
    page.get_by_label("Dag", exact=True).fill(day)
    page.get_by_role("button", name="Planera mötet").click()
    expect(page.locator(".flash").first).to_contain_text("Planerat")
    return page.url.split("#")[0]


def test_a_round_of_rsl_from_the_call_to_the_debt(new_page: Callable[..., Page], live_server: Server):
    head = log_in(new_page(base_url=live_server.url), "huvudprojektledare")
    coming = plan(head, NEXT.isoformat())
    head.get_by_role("button", name="Markera som kallat").click()
    expect(head.locator(".lead .st")).to_have_text("Kallat")

    regional = log_in(new_page(base_url=live_server.url), "projektledare.rkl")
    regional.locator("#agenda").get_by_role("link", name="Skriv stycket för RKL").click()
    regional.get_by_role("button", name="Skicka").click()
    expect(regional.locator(".lead")).to_contain_text("Saknas: RÖ, RJL.")

    held = plan(head, HELD.isoformat())
    head.get_by_role("link", name="Lägg till en punkt").click()
    head.get_by_label("Punkt", exact=True).fill("Projektplan")
    head.get_by_label("För", exact=True).select_option("decision")
    head.get_by_role("button", name="Lägg till punkten").click()
    head.get_by_role("link", name="Lägg till ett förslag").last.click()
    head.get_by_label("Förslag till beslut").fill("Projektplanen godkänns.")
    head.get_by_role("button", name="Spara förslaget").click()
    head.get_by_role("button", name="Markera som genomfört").click()
    head.get_by_role("link", name="Skriv anteckningar").click()
    part = head.locator("section", has=head.get_by_role("heading", name="Projektplan", level=2))
    part.get_by_label("Mötesanteckningar").fill("Planen gicks igenom.")
    part.get_by_role("button", name="Spara anteckningarna").click()
    expect(part.locator(".saved").first).to_be_visible()
    part.get_by_text("Registrera vad det blev").click()
    part.get_by_label("Beslutad text").fill("Projektplanen godkänns med ändringen i bilaga 2.")
    part.get_by_role("button", name="Registrera utfallet").click()
    expect(part.get_by_text("RSL").first).to_be_visible()
    head.goto(held)
    head.get_by_role("button", name="Anteckningarna är skrivna").click()
    expect(head.locator("#steps")).to_contain_text("Justera och lås: En annan person")
    expect(head.get_by_role("button", name="Justera och lås")).to_have_count(0)

    second = log_in(new_page(base_url=live_server.url), "rsl")
    second.goto(held)
    second.get_by_role("button", name="Justera och lås").click()
    expect(second.locator(".lead .st")).to_have_text("Justerat")

    head.goto("/")
    debt = head.locator("#agenda li", has_text="Projektplan")
    expect(debt).to_contain_text("Inget påbörjat på 10 d")
    debt.get_by_role("link").click()
    expect(head.locator("#words ins")).to_contain_text("bilaga 2")
    head.get_by_text("Säg hur långt det har kommit").click()
    head.get_by_label("verkställt", exact=True).check()
    head.locator("#todo").get_by_role("button", name="Spara").first.click()
    expect(head.locator(".lead .st").first).to_have_text("Verkställt")
    head.goto("/")
    expect(head.locator("#agenda li", has_text="Projektplan")).to_have_count(0)
    head.goto(coming)
    expect(head.locator("#agenda")).to_contain_text("Statusuppdatering om piloten")
