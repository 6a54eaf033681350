"""Evidence as people put it up: files dropped on the page, one after the other, each with its fate in words."""

from playwright.sync_api import Page

from ccc_pilot.demo.people import DOMAIN, PASSWORD
from tests.evidence import samples

DROP = """([zone, files]) => {
  const data = new DataTransfer();
  for (const [name, type, text] of files) data.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name, { type }));
  zone.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
}"""


def drop(page: Page, files: list[tuple[str, bytes]]) -> None:
    """Drop files on the page's drop zone."""
    import base64

    told = [(name, "application/octet-stream", base64.b64encode(content).decode()) for name, content in files]
    zone = page.locator("#files [data-drop]").element_handle()
    page.evaluate(DROP, [zone, told])


def test_files_dropped_on_the_page_are_sent_one_by_one_and_each_is_told_its_fate(page: Page):
    page.goto("/login?next=/evidence/new")
    page.locator("[name=email]").fill(f"expert.ro@{DOMAIN}")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form:has([name=password]) button").first.click()
    page.wait_for_url("**/evidence/new")
    page.locator("#upload-harmless").check()
    drop(page, [("Rutin MDK.pdf", samples.pdf("Rutin")), ("bild.svg", samples.SVG)])
    page.locator("#files button.btn-primary").click()
    lines = page.locator(".uploads li")
    page.locator(".uploads li.late").wait_for()
    assert lines.count() == 2
    assert "Lagrad" in lines.nth(0).inner_text()
    assert "bild.svg" in lines.nth(1).inner_text() and "webbsidor" in lines.nth(1).inner_text()
    assert page.locator("#upload-file").evaluate("field => [...field.files].map((file) => file.name)") == ["bild.svg"]
    drop(page, [("Årsrapport.docx", samples.office())])
    page.locator("#files button.btn-primary").click()
    page.wait_for_url("**/evidence")
    assert {"Rutin MDK", "Årsrapport"} <= set(page.locator("tbody th a").all_inner_texts())
