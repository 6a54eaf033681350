"""One RSL cycle in a real browser, end to end: call, paragraphs of three regions, freeze, edit, three files, meeting, decision, follow-up,
and the next briefing, which shows exactly what has changed since."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import docx
import pptx
import pypdf
from playwright.sync_api import Page, expect

from ccc_pilot.dates import today
from tests.browser.test_milestones import log_in
from tests.support.server import Server

NOW = today("Europe/Stockholm")
NEXT = NOW + timedelta(days=200)
REGIONS = {"ro": "RÖ", "rjl": "RJL", "rkl": "RKL"}
PROPOSAL = "RÖ utser två projektledare med egen budget."
MILESTONE = "Projektledare är utsedd i varje region"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def plan(page: Page, day: date) -> str:
    page.goto("/meetings/new")
    page.get_by_label("Organ", exact=True).select_option("rsl")
    page.get_by_label("Dag", exact=True).fill(day.isoformat())
    press(page, "Planera mötet")
    expect(page.locator(".flash").first).to_contain_text("Planerat")
    return page.url.split("#")[0]


def freeze(page: Page, meeting: str, cut_off: date) -> str:
    page.goto("/briefings")
    page.get_by_label("Möte", exact=True).select_option(meeting.rpartition("/")[2])
    page.locator("[name=cut_off]").fill(cut_off.isoformat())
    press(page, "Frys")
    page.wait_for_url("**/briefings/*")
    return page.url


def section(page: Page, key: str) -> str:
    return " ".join(page.locator(f"#section-{key} > .body").inner_text().split())


def words(page: Page) -> str:
    """What the sections of a briefing say, without the marks of what has changed since."""
    told: str = page.locator("main").evaluate(
        """main => { const copy = main.cloneNode(true); copy.querySelectorAll(".tag").forEach((tag) => tag.remove());
        return [...copy.querySelectorAll("section[id^=section-]")].map((part) => part.textContent).join(" "); }"""
    )
    return "".join(told.split())


def file(page: Page, kind: str) -> BytesIO:
    with page.expect_download() as coming:
        page.locator("#files li", has_text="Svenska").get_by_role("link", name=kind, exact=True).click()
    return BytesIO(Path(coming.value.path()).read_bytes())


def texts(page: Page) -> dict[str, str]:
    deck, letter, pdf = (file(page, kind) for kind in ("PowerPoint", "Word", "PDF"))
    slides = [shape for slide in pptx.Presentation(deck).slides for shape in slide.shapes]
    said = {
        "PowerPoint": " ".join(
            [shape.text_frame.text for shape in slides if shape.has_text_frame]
            + [cell.text for shape in slides if shape.has_table for row in shape.table.rows for cell in row.cells]
        ),
        "Word": " ".join(paragraph.text for paragraph in docx.Document(letter).paragraphs),
        "PDF": " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(pdf).pages),
    }
    return {kind: " ".join(text.split()) for kind, text in said.items()}


def test_from_the_call_to_the_next_briefing(new_page: Callable[..., Page], live_server: Server):
    head = log_in(new_page(base_url=live_server.url), "huvudprojektledare")
    meeting = plan(head, NOW)
    head.get_by_role("link", name="Lägg till en punkt").click()
    head.get_by_label("Punkt", exact=True).fill("Bemanning")
    head.get_by_label("För", exact=True).select_option("decision")
    press(head, "Lägg till punkten")
    head.get_by_role("link", name="Lägg till ett förslag").last.click()
    head.get_by_label("Förslag till beslut").fill(PROPOSAL)
    press(head, "Spara förslaget")
    press(head, "Markera som kallat")
    expect(head.locator(".lead .st")).to_have_text("Kallat")

    for key, short in REGIONS.items():
        regional = log_in(new_page(base_url=live_server.url), f"projektledare.{key}")
        regional.goto(f"{meeting}/paragraphs/{key}")
        regional.get_by_label("Vad som har gjorts").fill(f"Klart i {short}.")
        regional.get_by_label("Vad regionen önskar").fill(f"Stöd till {short}.")
        press(regional, "Skicka")
        expect(regional.locator(".lead")).to_contain_text("Saknas" if key != "rkl" else "Alla")

    briefing = freeze(head, meeting, NOW)
    assert all(f"Klart i {short}." in section(head, "paragraphs") for short in REGIONS.values())
    assert PROPOSAL in section(head, "proposals")
    head.locator("#section-consequences").get_by_role("link", name="Text").click()
    head.get_by_label("Text", exact=True).fill("Kräver **schemaändring** i RÖ.")
    press(head, "Spara")
    expect(head.locator("#section-consequences strong")).to_have_text("schemaändring")
    for kind, text in texts(head).items():
        assert [
            said
            for said in (PROPOSAL, "schemaändring", *(f"Stöd till {short}." for short in REGIONS.values()))
            if said not in text
        ] == [], kind
    press(head, "Publicera")

    reader = log_in(new_page(base_url=live_server.url), "rsl")
    reader.goto(briefing)
    expect(reader.locator("#section-consequences strong")).to_have_text("schemaändring")
    frozen = words(reader)
    expect(reader.locator("#section-regions .tag")).to_have_count(0)

    head.goto(meeting)
    press(head, "Markera som genomfört")
    head.get_by_role("link", name="Skriv anteckningar").click()
    point = head.locator("section", has=head.get_by_role("heading", name="Bemanning", level=2))
    point.get_by_text("Registrera vad det blev").click()
    point.get_by_label("Beslutad text").fill("RÖ utser en projektledare.")
    press(head, "Registrera utfallet")
    decision = point.get_by_role("link", name=f"RSL {NOW:%y%m%d} § 1")
    expect(decision).to_be_visible()
    decision.click()
    head.get_by_role("link", name="Skriv en åtgärd som verkställer det").click()
    expect(head.get_by_label("Åtgärd", exact=True)).to_have_value("Bemanning")
    head.get_by_label("Ansvarig", exact=True).select_option("post:pl_ro")
    head.get_by_label("Klart senast").fill(NEXT.isoformat())
    head.get_by_label("Mätbart mål").fill("En projektledare i tjänst")
    head.get_by_label("Vad som visar att den är klar").fill("Anställningsavtal")
    press(head, "Spara")
    press(head, "Kom överens")
    press(head, "Påbörja")
    head.goto("/milestones/sosr-wp4-2025/P0-05/ro/edit")
    press(head, "Klar")
    head.wait_for_url("**/milestones/**")

    following = plan(head, NEXT)
    freeze(head, following, NOW)
    assert section(head, "milestones") == f"Klar {MILESTONE} (RÖ)"
    last = section(head, "last")
    assert f"RSL {NOW:%y%m%d} § 1" in last
    assert "RÖ utser en projektledare." in last
    assert "Inget påbörjat" not in last
    assert "schemaändring" not in head.locator("main").inner_text()
    reader.goto(briefing)
    assert words(reader) == frozen
    expect(reader.locator("#section-regions .tag").first).to_contain_text("nu")
