"""The tests' own instruments: the strict reader and the browser do complain when a page breaks the rules of the house."""

import pytest

from ccc_pilot.web.access import public
from tests.support import browser as browsers
from tests.support.pages import faults_of

GOOD = """<!doctype html><html lang="sv"><head><title>Start – pilot</title></head><body><h1>Start</h1>
<form action="/a" method="post"><input name="csrf_token" value="x"></form><script src="/app.js"></script></body></html>"""


def test_a_page_that_keeps_the_rules_has_no_faults():
    assert faults_of(GOOD) == []


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ("<h1>Start</h1>", "", "0 h1"),
        ("<h1>Start</h1>", "<h1>Start</h1><h1>Start</h1>", "2 h1"),
        ("<title>Start", "<title>Other", "does not begin with the h1"),
        ('lang="sv"', "", "lang="),
        ('action="/a" ', "", "lacks action"),
        ('<input name="csrf_token" value="x">', "", "lacks csrf_token"),
        ("</form>", "", "is not closed"),
        ("</form>", '<form action="/b" method="get"></form></form>', "stands within form '/a'"),
        ("<h1>", '<h1 style="color: red">', "h1 has style="),
        ("<h1>", '<h1 onclick="go()">', "h1 has onclick="),
        ('src="/app.js"', "", "inline script"),
        ("</body>", '<p id="a"></p><p id="a"></p></body>', "id 'a' stands 2 times"),
    ],
)
def test_a_page_that_breaks_a_rule_is_found_out(was, becomes, fault):
    assert any(fault in found for found in faults_of(GOOD.replace(was, becomes)))


def test_a_client_that_fetches_a_faulty_page_fails(sqlite_app):
    sqlite_app.view_functions["web.about"] = public(lambda: GOOD.replace("Start</h1>", "Other</h1>"))
    with pytest.raises(AssertionError, match="/about: the title"):
        sqlite_app.test_client().get("/about")


def test_the_log_in_page_opens_in_a_browser_without_a_complaint(page):
    page.goto("/login")
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "sv"


def test_a_breach_of_the_content_security_policy_is_a_complaint(browser, live_server):
    page = browser.new_context().new_page()
    complaints = browsers.Complaints(page)
    page.goto(live_server.url + "/login")
    assert complaints.found == []
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.broken = 1'}))")
    page.evaluate("console.error('something fell')")
    page.context.close()
    assert any("Content Security Policy" in complaint for complaint in complaints.found)
    assert "console: something fell" in complaints.found
