"""From a gap to an effect, by four persons in a real browser: returned, amended, accepted, adopted, done, verified, checked."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from ccc_pilot.demo.people import DOMAIN, PASSWORD
from tests.support.server import Server

GAP = "gap:1:oeci-3x-p:GOV-01.1@ro"


def logged_in(new_page: Callable[..., Page], server: Server, login: str) -> Page:
    page = new_page(base_url=server.url)
    page.goto("/login")
    page.get_by_label("E-postadress").fill(f"{login}@{DOMAIN}")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_url("**/")
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def reads(page: Page, word: str) -> None:
    expect(page.locator(".lead .st").first).to_contain_text(word)


def test_a_gap_becomes_an_action_that_is_returned_amended_accepted_adopted_done_verified_and_checked(
    new_page: Callable[..., Page], live_server: Server
):
    head, ro, rjl, rcc = (
        logged_in(new_page, live_server, login)
        for login in ("huvudprojektledare", "projektledare.ro", "projektledare.rjl", "granskare.rcc")
    )
    head.goto("/improvement/plans")
    head.get_by_label("Planens namn").fill("Plan 2027")
    press(head, "Börja på planen")
    number = head.url.rpartition("=")[2]
    plan, table = f"/improvement/plans/{number}", f"/improvement?plan={number}"

    ro.goto(f"/improvement/from-gaps?plan={number}&key={GAP}")
    press(ro, "Gör åtgärderna")
    ro.locator("table.actions-table tbody th a").click()
    action = ro.url
    ro.get_by_role("link", name="Ändra", exact=True).click()
    ro.get_by_label("Ansvarig", exact=True).select_option("post:pl_ro")
    ro.get_by_label("Klart senast").fill("2027-12-31")
    ro.get_by_label("Mätbart mål").fill("Bättre")
    ro.get_by_label("Vad som visar att den är klar").fill("Protokoll")
    press(ro, "Spara")
    for page, region in ((ro, "RÖ"), (rjl, "RJL"), (head, "RKL")):
        page.goto(plan)
        press(page, f"Kom överens för {region}")
    reads(head, "Regionerna är överens")
    press(head, "Skicka till RCC för granskning")

    rcc.goto(f"{plan}/review")
    rcc.get_by_label("Mål", exact=True).check()
    rcc.get_by_label("Vad som efterfrågas").fill("Hur mycket bättre?")
    press(rcc, "Återsänd")
    ro.goto("/improvement/mine")
    expect(ro.locator("section.panel").first).to_contain_text("Återsända av RCC")
    ro.goto(action)
    expect(ro.locator("#reviews")).to_contain_text("Hur mycket bättre?")
    ro.get_by_role("link", name="Ändra", exact=True).click()
    ro.get_by_label("Mätbart mål").fill("Alla 18 team")
    press(ro, "Spara")

    rcc.goto(f"{plan}/review")
    press(rcc, "Godkänn")
    rcc.goto(plan)
    press(rcc, "Säg ja till planen")
    reads(rcc, "Godkänd av RCC")
    head.goto(plan)
    head.locator("#steps summary").click()
    head.get_by_label("Beslut eller dokument").fill("RSL § 12")
    press(head, "Anteckna att RSL har antagit den")
    reads(head, "Antagen av RSL")
    expect(head.locator("#versions")).to_contain_text("RSL § 12")

    ro.goto(action)
    press(ro, "Kom överens")
    press(ro, "Påbörja")
    ro.locator("#steps summary", has_text="Klar").click()
    ro.locator("#claim-text").fill("Alla team har en")
    press(ro, "Klar")
    reads(ro, "Anmäld som klar")
    expect(ro.get_by_role("button", name="Verifiera")).to_have_count(0)
    rcc.goto(action)
    press(rcc, "Verifiera")
    rcc.locator("#steps summary").click()
    rcc.get_by_label("Nåddes målet?").select_option("met")
    press(rcc, "Kontrollera effekten")
    reads(rcc, "Effekt kontrollerad")
    head.goto(table)
    expect(head.locator("table.actions-table tbody")).to_contain_text("Effekt kontrollerad")
