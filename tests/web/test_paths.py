"""WEB-03: a visitor is sent on only to a path of this site."""

import pytest

from ccc_pilot.web.paths import safe_next

TAKEN = (
    "/", "/milestones", "/milestones?region=ro&status=late", "/milestones/sosr-wp4-2025/P0-05", "/milestones/sosr-wp4-2025/PR-01~2025-10", "/a/b/../c",
    "/people?q=%C3%A5", "/people?q=å", "/x?next=https://evil.example", "/x#part", "/@name", "/a:b", "/%2f%2fevil.example", "/x?a=//b",
)  # fmt: skip
REFUSED = (
    None, "", " ", "milestones", "./x", "../x", "?x", "#x", "@evil.example", "evil.example", "//evil.example", "///evil.example", "////evil.example",
    "//evil.example/%2f..", "/\\evil.example", "\\/evil.example", "\\\\evil.example", "/\\/evil.example", "/x\\..\\y", "/\tevil.example", "/\t/evil.example",
    "\t//evil.example", "/\n/evil.example", "/\r/evil.example", "/\r\nLocation: https://evil.example", "/x\r\nSet-Cookie: a=b", "\n/x", " /x", " //evil.example",
    "/x\x00y", "/\x00/evil.example", "/\x0b/evil.example", "/\x1f", "/\x7f", "/\u2028x", "/\u2029x", "/\u200bx", "/\u202ex", "/\ufeffx", "\ufeff/x",
    "http://evil.example", "https://evil.example", "HTTPS://EVIL.EXAMPLE", "https:evil.example", "https:/evil.example", "https:///evil.example", "http:\\\\evil.example",
    "ftp://evil.example", "javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)", "javascript://%0aalert(1)", "data:text/html,<script>alert(1)</script>",
    "vbscript:x", "file:///etc/passwd", "mailto:a@evil.example", "blob:https://evil.example/x", "//evil.example@localhost", "//localhost@evil.example",
    "//[::1]", "//evil。example", "／／evil.example", "//0x7f.1", "//%65vil.example", "https://localhost.evil.example", "http://localhost/x", "//localhost/x", "//",
)  # fmt: skip


@pytest.mark.parametrize("target", TAKEN)
def test_a_path_of_this_site_is_followed(target):
    assert safe_next(target) == target


@pytest.mark.parametrize("target", REFUSED, ids=ascii)
def test_what_could_lead_elsewhere_is_not_followed(target):
    assert safe_next(target) is None


def test_there_are_sixty_ways_tried():
    assert len(set(REFUSED)) >= 60


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_the_choice_of_language_leads_nowhere_else(sqlite_app, target):
    client = sqlite_app.test_client()
    assert client.submit("/about", to="/language", language="en").status_code == 302
    sent = client.submit("/about", to="/language", language="en", next=target)
    assert (sent.status_code, sent.location) == (302, "/")
