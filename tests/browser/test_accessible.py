"""Every page, read by axe: in both languages, light and dark, at three widths, and never wider than the window.

A page is read in six looks, chosen so that every width meets every theme and every language, and every theme every language.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from ccc_pilot.demo.people import DOMAIN, PASSWORD
from tests.support.server import Server

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = {"sv": ((1440, "light"), (768, "dark"), (320, "light")), "en": ((1440, "dark"), (768, "light"), (320, "dark"))}
PLAN = "/milestones/sosr-wp4-2025"
HEAD, LEAD, ADMIN = "huvudprojektledare", "projektledare.ro", "administrator"
PAGES = [
    *((None, address) for address in ("/login", "/login/reset", "/help", "/about", "/privacy", "/accessibility", "/no-such-page")),
    *((HEAD, address) for address in (
        "/", "/milestones", "/milestones?status=late&plan=utlysning-2025", "/milestones?q=finns-inte", "/milestones?choose=1&phase=P0",
        "/milestones/timeline?phase=P0", "/milestones/calendar?month=2026-02", f"{PLAN}/P0-07", f"{PLAN}/P1-01", "/milestones/utlysning-2025/U-10",
        f"{PLAN}/P0-07/ro/edit", "/milestones/plans", "/milestones/plans/utlysning-2025", "/search", "/search?q=plan", "/journal", "/journal?since=31/2", "/regions/ro", "/leads",
        "/permissions", "/standards", "/standards/import", "/standards/oeci-3x-p", "/standards/rcc-2012?designation=NET", "/account", "/account/password",
    )),
    *((HEAD, address) for address in (
        "/calendar?month=2026-02", "/calendar?as=list", "/week", "/reminders", "/reminders/choices", "/reminders/calendars", "/reminders/ladders", "/reminders/ladders/milestone",
        "/reminders/undelivered", "/reminders/teams", "/reminders/chains", "/reminders/chains/new",
    )),
    *((HEAD, f"/improvement{address}") for address in (
        "?plan=2", "?plan=2&choose=1", "/plans", "/plans/2", "/plans/2/gaps", "/plans/2/columns", "/plans/2/sheets", "/plans/2/workbooks", "/actions/2", "/actions/2/a3",
        "/actions/new", "/actions/2/report", "/board?plan=2", "/timeline?plan=2", "/mine", "/from-gaps?key=gap:1:oeci-3x-p:GOV-01.1@ro",
    )),
    *((LEAD, address) for address in ("/", "/week", "/milestones?region=ro&phase=P0")),
    *((LEAD, address) for address in (
        "/assessment/1/results", "/assessment/1/results/unscored", "/assessment/1/gaps", "/assessment/1/designation", "/assessment/1/pace", "/assessment/1/clock",
        "/assessment/1/chapters/GOV",
        "/assessment/1/ro/sheets",
    )),
    *((HEAD, address) for address in ("/meetings", "/meetings/new", "/meetings/8", "/meetings/8/minutes", "/meetings/8/paragraphs", "/meetings/8/paragraphs/ro", "/meetings/8/find", "/meetings/8/outcomes", "/decisions", "/decisions/1", "/decisions/2", "/decisions/2/edit")),
    *((HEAD, address) for address in ("/briefings", "/briefings/1", "/briefings/as-of?day=250410", "/briefings/template")),
    *((HEAD, address) for address in (
        "/evidence", "/evidence/1", "/evidence/new?for=oeci-3x-p:GOV-01.1@ro", "/evidence/choose?for=action:7", "/evidence/1/edit", "/evidence/1/renew",
        "/evidence/1/quality", "/evidence/links/1/judge",
    )),
    *((HEAD, f"/assessment{address}") for address in ("", "/new", "/1", "/1/sosr", "/1/workload", "/1/ro/assignments", "/1/comparison", "/1/carry", "/1/documents", "/1/documents/06")),
    *((LEAD, f"/assessment{address}") for address in (
        "/1/ro?chapter=GOV", "/1/ro/points/GOV-01.1", "/1/ro/points/GOV-02.1", "/1/rjl/points/GOV-01.1", "/1/ro/points/GOV-05.1/edit", "/mine", "/1/ro/triage",
    )),
    *((ADMIN, address) for address in ("/people", "/people/1", "/people/posts", "/people/posts/pl_ro", "/people/invite", "/account/factor")),
]  # fmt: skip


def problems(page: Page) -> list[str]:
    """Return what axe finds on the page as it stands, and whether it is wider than the window."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text(encoding="utf-8"))
    if page.locator(".bulk-bar").count():  # it floats over the rows until one comes to the end of them
        page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", RULES)["violations"]
    told = [f"{v['id']}: {v['help']} ({v['nodes'][0]['html'][:160]})" for v in found]
    wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return told + ([f"{wide} px wide in a window of {window}"] if wide > window else [])


@pytest.fixture(scope="module")
def logged_in(browser: Browser, live_server: Server) -> dict[str, list[Any]]:
    """The cookies of those who look at pages, by log-in name."""
    cookies = {}
    for login in (HEAD, LEAD, ADMIN):
        context = browser.new_context(base_url=live_server.url, locale="sv-SE")
        page = context.new_page()
        page.goto("/login")
        page.locator("[name=email]").fill(f"{login}@{DOMAIN}")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("form:has([name=password]) button").first.click()
        page.wait_for_url("**/")
        cookies[login] = context.cookies()
        context.close()
    return cookies


@pytest.fixture(scope="module")
def spoken() -> dict[str, str]:
    """The language in which the server now speaks to each of them; all begin in Swedish."""
    return dict.fromkeys((HEAD, LEAD, ADMIN), "sv")


def speak(page: Page, spoken: dict[str, str], login: str | None, language: str, url: str) -> None:
    """Let the server speak ``language`` with ``login``, or with who is not logged in."""
    if login is None:
        page.context.add_cookies([{"name": "language", "value": language, "url": url}])
    elif spoken[login] != language:
        page.goto("/about")
        page.locator(f"button[name=language][value={language}]").click()
        page.wait_for_load_state()
        spoken[login] = language


@pytest.mark.parametrize(
    ("language", "login", "address"), [(language, login, address) for language in LOOKS for login, address in PAGES]
)
def test_nothing_is_found_on_a_page_in_any_look(
    new_page: Callable[..., Page], live_server: Server, logged_in: dict[str, list[Any]], spoken: dict[str, str], language: str,
    login: str | None, address: str,
):  # fmt: skip
    page = new_page(base_url=live_server.url, bypass_csp=True, reduced_motion="reduce")
    page.context.add_cookies(logged_in[login] if login else [])
    speak(page, spoken, login, language, live_server.url)
    found = {}
    for number, (width, theme) in enumerate(LOOKS[language]):
        page.set_viewport_size({"width": width, "height": 900})
        if not number:
            page.context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
            page.goto(address)
            assert page.locator("html").get_attribute("lang") == language
            assert page.locator("html").get_attribute("data-bs-theme") == theme
        page.evaluate("theme => { document.documentElement.dataset.bsTheme = theme }", theme)
        if faults := problems(page):
            found[f"{width} {theme}"] = faults
    assert not found, "\n".join(f"{look}: {fault}" for look, faults in found.items() for fault in faults)


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (320, "dark")])
def test_the_small_form_in_the_matrix_is_accessible_too(
    new_page: Callable[..., Page], live_server: Server, logged_in: dict[str, list[Any]], width: int, theme: str
):
    page = new_page(base_url=live_server.url, bypass_csp=True, viewport={"width": width, "height": 900})
    page.context.add_cookies([*logged_in[LEAD], {"name": "theme", "value": theme, "url": live_server.url}])
    page.goto("/milestones")
    page.locator("a.edit").first.click()
    page.locator("form.quick").wait_for()
    assert not problems(page)
