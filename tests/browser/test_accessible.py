"""Every page, read by axe: in both languages, light and dark, at three widths, and never wider than the window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from ccc_pilot.demo.people import DOMAIN, PASSWORD
from tests.support.server import Server

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VISITOR = ("/login", "/login/reset", "/about", "/privacy", "/accessibility", "/no-such-page")
PLAN = "/milestones/sosr-wp4-2025"
PAGES = {
    "huvudprojektledare": (
        "/", "/milestones", "/milestones?status=late", "/milestones?q=finns-inte", f"{PLAN}/P0-07", f"{PLAN}/P1-01", "/milestones/utlysning-2025/U-10",
        f"{PLAN}/P0-07/ro/edit", "/milestones/plans", "/milestones/plans/sosr-wp4-2025", "/leads", "/permissions", "/account",
    ),
    "administrator": ("/people", "/people/1", "/people/posts", "/people/posts/pl_ro", "/people/invite", "/account/factor", "/account/password"),
}  # fmt: skip
LOOKS = [
    (width, theme, language)
    for width, theme in ((1440, "light"), (1440, "dark"), (768, "light"), (320, "light"), (320, "dark"))
    for language in ("sv", "en")
]


def problems(page: Page) -> list[str]:
    """Return what axe finds on the page as it stands, and whether it is wider than the window."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)["violations"]
    told = [f"{v['id']}: {v['help']} ({v['nodes'][0]['html'][:120]})" for v in found]
    wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return told + ([f"{wide} px wide in a window of {window}"] if wide > window else [])


def opened(new_page: Callable[..., Page], server: Server, look: tuple[int, str, str], login: str | None) -> Page:
    width, theme, language = look
    page = new_page(base_url=server.url, viewport={"width": width, "height": 900}, bypass_csp=True, reduced_motion="reduce")
    page.context.add_cookies(
        [{"name": name, "value": value, "url": server.url} for name, value in (("theme", theme), ("language", language))]
    )
    if login:
        page.goto("/login")
        page.locator("[name=email]").fill(f"{login}@{DOMAIN}")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("form:has([name=password]) button").first.click()
        page.wait_for_url("**/")
        if page.locator("html").get_attribute("lang") != language:
            page.locator(f"button[name=language][value={language}]").click()
    return page


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_nothing_is_found_on_any_page(new_page: Callable[..., Page], live_server: Server, look: tuple[int, str, str]):
    found = {}
    for login, addresses in ((None, VISITOR), *PAGES.items()):
        page = opened(new_page, live_server, look, login)
        for address in addresses:
            page.goto(address)
            assert page.locator("html").get_attribute("lang") == look[2]
            assert page.locator("html").get_attribute("data-bs-theme") == look[1]
            if faults := problems(page):
                found[f"{login} {address}"] = faults
    assert not found, "\n".join(f"{where}: {fault}" for where, faults in found.items() for fault in faults)


def test_the_small_form_in_the_matrix_is_accessible_too(new_page: Callable[..., Page], live_server: Server):
    for look in ((1440, "light", "sv"), (320, "dark", "en")):
        page = opened(new_page, live_server, look, "projektledare.ro")
        page.goto("/milestones")
        page.locator("a.edit").first.click()
        page.locator("form.quick").wait_for()
        assert not problems(page)
