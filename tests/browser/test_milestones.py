"""What regional leads and the lead project manager do with milestones, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from ccc_pilot.demo.people import DOMAIN, PASSWORD
from tests.support.server import Server

LEAD = "projektledare.ro"
PHONE = {"width": 375, "height": 780}


def log_in(page: Page, login: str = LEAD) -> Page:
    page.goto("/login")
    page.get_by_label("E-postadress").fill(f"{login}@{DOMAIN}")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Läget i piloten")
    return page


def line_of(page: Page, slug: str) -> Locator:
    return page.locator("table.matrix tbody", has=page.locator(f'a[href$="/{slug}"]'))


def status_of(page: Page, slug: str, column: int = 0) -> Locator:
    return line_of(page, slug).locator("td .st").nth(column)


@pytest.mark.parametrize("slug", ["P0-05", "P3-03", "P4-01"])
def test_a_regional_lead_updates_a_milestone_in_two_clicks(page: Page, slug: str):
    log_in(page).goto("/milestones")
    line_of(page, slug).get_by_role("link", name="Uppdatera").click()
    page.get_by_role("button", name="Pågår", exact=True).click()
    expect(line_of(page, slug).locator(".saved")).to_be_visible()
    expect(line_of(page, slug).locator("form")).to_have_count(0)
    page.goto(f"/milestones/sosr-wp4-2025/{slug}")
    expect(page.locator("#history")).to_contain_text("Ej påbörjad")
    expect(page.locator("#history")).to_contain_text("Demo Projektledare RÖ")


def test_percent_and_comment_go_with_the_click(page: Page):
    log_in(page).goto("/milestones")
    line_of(page, "P0-07").get_by_role("link", name="Uppdatera").click()
    page.get_by_label("Procent").fill("40")
    page.get_by_label("Kommentar").fill("Två av tre utsedda")
    page.get_by_role("button", name="Pågår", exact=True).click()
    expect(status_of(page, "P0-07")).to_contain_text("40")
    expect(line_of(page, "P0-07")).to_contain_text("Två av tre utsedda")


@pytest.mark.parametrize("slug", ["P0-10", "P2-02", "P2-04"])
def test_a_lead_updates_by_keyboard_alone(page: Page, slug: str):
    log_in(page).goto("/milestones")
    line_of(page, slug).get_by_role("link", name="Uppdatera").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Ej påbörjad")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(line_of(page, slug).locator(".saved")).to_be_visible()
    expect(line_of(page, slug).get_by_role("link", name="Uppdatera")).to_be_focused()


def test_a_lead_updates_on_a_phone(new_page: Callable[..., Page], live_server: Server):
    page = log_in(new_page(base_url=live_server.url, viewport=PHONE, has_touch=True, is_mobile=True))
    page.goto("/milestones")
    line_of(page, "P1-05").get_by_role("link", name="Uppdatera").tap()
    page.get_by_role("button", name="Pågår", exact=True).tap()
    expect(line_of(page, "P1-05").locator(".saved")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_without_script_the_same_clicks_go_over_pages(new_page: Callable[..., Page], live_server: Server):
    page = log_in(new_page(base_url=live_server.url, java_script_enabled=False))
    page.goto("/milestones")
    line_of(page, "P2-04").get_by_role("link", name="Uppdatera").click()
    page.get_by_role("button", name="Pågår", exact=True).click()
    expect(page.locator(".flash")).to_contain_text("Sparat")


def test_a_fault_is_told_at_its_field_and_what_was_typed_stays(page: Page):
    log_in(page).goto("/milestones")
    line_of(page, "P2-04").get_by_role("link", name="Uppdatera").click()
    page.get_by_label("Procent").fill("30")
    page.get_by_label("Kommentar").fill("")
    page.get_by_role("button", name="I riskzon").click()
    expect(page.locator(".errors")).to_contain_text("Skriv en rad om varför")
    expect(page.get_by_label("Procent")).to_have_value("30")


def test_a_lead_is_offered_no_change_in_another_region_or_jointly(page: Page):
    log_in(page).goto("/milestones")
    assert line_of(page, "P0-05").get_by_role("link", name="Uppdatera").count() == 1
    assert line_of(page, "P1-01").get_by_role("link", name="Uppdatera").count() == 0


def test_the_lead_project_manager_sees_the_regions_side_by_side_and_settles_a_claim(
    new_page: Callable[..., Page], live_server: Server
):
    lead = log_in(new_page(base_url=live_server.url), "projektledare.rkl")
    lead.goto("/milestones")
    line_of(lead, "P3-03").get_by_role("link", name="Uppdatera").click()
    lead.get_by_role("button", name="Klar", exact=True).click()
    expect(status_of(lead, "P3-03", 2)).to_contain_text("Klar, att godkänna")

    head = log_in(new_page(base_url=live_server.url), "huvudprojektledare")
    head.goto("/milestones?status=claimed")
    line_of(head, "P3-03").get_by_role("link", name="RKL").click()
    head.get_by_role("button", name="Klar", exact=True).click()
    expect(status_of(head, "P3-03", 2)).to_have_text("Klar")


def test_two_who_save_the_same_row_choose_between_what_differs_and_lose_no_text(
    new_page: Callable[..., Page], live_server: Server
):
    first, second = (log_in(new_page(base_url=live_server.url)) for _ in range(2))
    for page, percent, text in ((first, "30", "Den första texten"), (second, "60", "Den andra texten")):
        page.goto("/milestones/sosr-wp4-2025/P4-01/ro/edit")
        page.get_by_label("Procent").fill(percent)
        page.get_by_label("Kommentar").fill(text)
    first.get_by_role("button", name="Pågår", exact=True).click()
    expect(first.locator(".flash")).to_contain_text("Sparat")
    second.get_by_role("button", name="Pågår", exact=True).click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Någon annan hann spara först")
    for both in ("30", "60", "Den första texten"):
        expect(second.locator("#conflict")).to_contain_text(both)
    expect(second.get_by_label("Kommentar")).to_have_value("Den andra texten")
    second.get_by_label("Ta mitt").check()
    second.get_by_role("button", name="Spara det som är valt").click()
    expect(second.locator(".flash")).to_contain_text("Sparat")
    for text in ("Den första texten", "Den andra texten"):
        expect(second.locator("#history")).to_contain_text(text)


def test_the_lead_project_manager_moves_a_date_and_the_first_one_is_kept(page: Page):
    log_in(page, "huvudprojektledare").goto("/milestones/sosr-wp4-2025/P1-01")
    panel = page.locator("#move")
    panel.locator("summary").first.click()
    panel.get_by_label("Nytt datum").fill("31/2")
    panel.get_by_label("Varför flyttas det?").fill("Väntar på Socialstyrelsen")
    panel.get_by_role("button", name="Flytta").click()
    expect(page.locator("#move .errors")).to_contain_text("31/2 är inte ett datum")
    expect(page.get_by_label("Varför flyttas det?")).to_have_value("Väntar på Socialstyrelsen")
    page.get_by_label("Nytt datum").fill("15 januari 2027")
    page.locator("#move").get_by_role("button", name="Flytta").click()
    expect(page.locator(".flash")).to_contain_text("Datumet är flyttat")
    expect(page.locator("main")).to_contain_text("från 2025-12-01")


@pytest.mark.parametrize("login", ["rsl", "granskare.rcc", "extern", "ekonom", "expert.ro"])
def test_readers_see_the_matrix_and_are_offered_no_change(page: Page, login: str):
    log_in(page, login).goto("/milestones")
    expect(page.locator("table.matrix tbody").first).to_be_visible()
    assert page.get_by_role("link", name="Uppdatera").count() == 0


def test_the_lead_project_manager_narrows_the_list_moves_a_date_and_sees_the_chain(page: Page):
    log_in(page, "huvudprojektledare").goto("/milestones")
    page.get_by_label("Sök i listan").fill("P0-05")
    page.get_by_role("button", name="Visa", exact=True).click()
    expect(page.locator("table.matrix tbody")).to_have_count(1)
    page.get_by_role("link", name="Projektledare är utsedd i varje region", exact=True).click()
    panel = page.locator("#move")
    panel.locator("summary").first.click()
    panel.get_by_label("Nytt datum").first.fill("2027-03-01")
    panel.get_by_label("Varför flyttas det?").first.fill("Rekrytering drar ut")
    panel.get_by_role("button", name="Flytta").first.click()
    expect(page.locator(".flash")).to_contain_text("väntar på den här")
    expect(page.locator("main")).to_contain_text("P1-01")
