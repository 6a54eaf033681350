"""The front end's promises: nothing inline, nothing from elsewhere, known icons, vendored files as locked, readable colours."""

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "ccc_pilot" / "static"
OWN = ("app.css", "app.js", "theme.js")
FIRST_VISIT = ("app.css", "app.js", "theme.js", "icon.svg", "vendor/tabler.min.css", "vendor/htmx.min.js", "vendor/icons.svg")
PAGES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "mail" not in path.parts and "office" not in path.parts)
LOCK = json.loads((ROOT / "scripts" / "vendor.lock").read_text("utf-8"))
CSS = (STATIC / "app.css").read_text("utf-8")

FORBIDDEN = {
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an event attribute of htmx": re.compile(r"\shx-on[:-]", re.IGNORECASE),
    "a script without src": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "a file from another host": re.compile(
        r"<(?:script|link|img|source|iframe)\b[^>]*\s(?:src|href)=[\"']?(?:https?:)?//", re.IGNORECASE
    ),
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_needs_nothing_that_the_content_security_policy_forbids(page):
    text = re.sub(r"\{#.*?#\}", "", page.read_text("utf-8"), flags=re.DOTALL)
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == []


def test_own_files_fetch_nothing_and_evaluate_nothing():
    for name in OWN:
        text = (STATIC / name).read_text("utf-8")
        assert not re.search(r"https?://|\beval\(|new Function|\.style\b|cssText|innerHTML", text), name


def sprite():
    return set(re.findall(r'<symbol id="ti-([a-z0-9-]+)"', (STATIC / "vendor/icons.svg").read_text("utf-8")))


def icons_named_in(text):
    calls = re.findall(r"(?:\bui\.|\{\{\s*)icon\(([^()]*)", text)
    return {
        name
        for call in calls
        for name in re.findall(r"\d+: \"([a-z0-9-]+)\"|^\s*[\"']([a-z0-9-]+)[\"']", call)
        for name in name
        if name
    }


def test_every_icon_named_in_a_page_is_in_the_sprite():
    named = {name for page in PAGES for name in icons_named_in(page.read_text("utf-8"))}
    assert len(named) >= 10
    assert named - sprite() == set()


def test_the_sprite_holds_the_icons_of_the_lock():
    assert sprite() == set(LOCK["icons"]["names"])


@pytest.mark.parametrize("path", sorted(LOCK["sums"]))
def test_a_vendored_file_is_the_one_in_the_lock(path):
    digest = hashlib.sha512((ROOT / path).read_bytes()).digest()
    assert "sha512-" + base64.b64encode(digest).decode() == LOCK["sums"][path]


def test_every_vendored_file_is_in_the_lock_and_every_package_has_its_licence():
    vendored = {str(path.relative_to(ROOT)) for folder in (STATIC / "vendor", ROOT / "tests/vendor") for path in folder.iterdir()}
    assert vendored == set(LOCK["sums"])
    assert {package["licence_to"] for package in LOCK["packages"]} <= vendored
    assert all(re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", package["sha512"]) for package in LOCK["packages"])


def test_styles_scripts_and_icons_of_a_first_visit_stay_below_140_kb_compressed():
    assert sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in FIRST_VISIT) < 140_000


def tokens(selector):
    block = re.search(re.escape(selector) + r"\s*\{(.*?)\}", CSS, re.DOTALL).group(1)
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})\b", block))


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


LIGHT = tokens(":root")
DARK = LIGHT | tokens(":root[data-bs-theme=dark]")
GROUNDS = ("paper", "wash", "soft")
STATUSES = ("done", "go", "risk", "late", "idle")
TEXT = (
    [(ink, ground) for ink in ("ink", "ink-2", "ink-3", "brand", "brand-ink", *STATUSES) for ground in GROUNDS]
    + [(status, f"{status}-wash") for status in STATUSES]
    + [("brand-ink", "brand-wash"), ("ink", "brand-wash"), ("ink-2", "brand-wash"), ("ink", "idle-wash")]
    + [("on-fill", "fill"), ("on-fill", "fill-hover"), ("count-ink", "count")]
    + [("rail-ink", "rail"), ("rail-ink-2", "rail"), ("rail-on", "rail")]
)


@pytest.mark.parametrize("theme", (LIGHT, DARK), ids=("light", "dark"))
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_reads_at_4_5_to_1_on_its_ground(theme, ink, ground):
    assert contrast(theme[ink], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", (LIGHT, DARK), ids=("light", "dark"))
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edge_of_a_field_is_seen_at_3_to_1(theme, ground):
    assert contrast(theme["field-line"], theme[ground]) >= 3


def test_the_dark_theme_names_the_same_colours_as_the_light_one():
    assert set(tokens(":root[data-bs-theme=dark]")) == set(LIGHT)


def test_there_is_a_width_for_every_whole_per_cent():
    assert re.findall(r"\.w-p(\d+) \{ width: (\d+)% \}", CSS) == [(str(n), str(n)) for n in range(101)]


def test_the_bare_error_page_needs_nothing_at_all():
    text = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True).get_template("errors/bare.html").render()
    assert "<h1>" in text
    assert not re.search(r"<script|<link|<img|\{\{", text)
