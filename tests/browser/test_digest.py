"""The day's mail opened in a real browser, as wide as mail programs and phones show it; its link updates a milestone."""

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import update
from werkzeug.serving import make_server

from ccc_pilot.config import Settings
from ccc_pilot.dates import today
from ccc_pilot.db import db, transaction
from ccc_pilot.people.models import Holding
from ccc_pilot.progress.models import MilestoneRow
from tests.reminders.conftest import SLUG, at, only_due, turn_at
from tests.support.installation import settings_in
from tests.support.mail_sink import Sink, listening
from tests.support.server import free_port

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
NOW = today("Europe/Stockholm")
LATELY = NOW - timedelta(days={0: 3, 6: 2}.get(NOW.weekday(), 1))  # a weekday, as mails go out on those
SLUGS = (SLUG, "P0-07", "P0-10", "P2-02")


@dataclass(frozen=True)
class Posted:
    """A mail that reached the lead of RÖ: the file with its HTML, its text, the milestone it is about first, and the application."""

    html: Path
    text: str
    row: int
    app: Flask

    @property
    def status(self) -> str:
        """Where the milestone stands now."""
        with self.app.app_context():
            row = db.session.get(MilestoneRow, self.row)
            assert row is not None
            return row.status


@pytest.fixture
def posted(build_app: Callable[[Settings], Flask], loaded_sqlite: Path, tmp_path: Path) -> Iterator[Posted]:
    """The digest of the weekday before, when four milestones of RÖ were due, sent over SMTP; its links lead to the running program."""
    file, port, sink = tmp_path / "pilot.sqlite", free_port(), Sink()
    file.write_bytes(loaded_sqlite.read_bytes())
    with listening(sink) as smtp_url:
        settings = replace(settings_in(tmp_path, f"sqlite:///{file}"), smtp_url=smtp_url, base_url=f"http://127.0.0.1:{port}")
        app = build_app(settings)
        with app.app_context():
            with transaction():
                db.session.execute(update(Holding).values(since=LATELY))  # the demo's people hold their posts from today on
            rows = only_due(*((slug, "ro", LATELY) for slug in SLUGS))
            turn_at(at(LATELY, 8))
    (letter,) = [one for one in sink.letters if str(one["To"]).startswith(("projektledare.ro", "Demo Projektledare RÖ"))]
    page = tmp_path / "mail.html"
    page.write_text(letter.get_body(("html",)).get_content())
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Posted(page, letter.get_body(("plain",)).get_content(), rows[0], app)
    server.shutdown()
    thread.join()


@pytest.mark.parametrize("width", [600, 375])
def test_the_mail_fits_and_its_link_updates_a_milestone(new_page: Callable[..., Page], posted: Posted, width: int):
    page = new_page(viewport={"width": width, "height": 800})
    page.goto(posted.html.as_uri())
    expect(page.get_by_role("heading", level=1)).to_contain_text("4 saker att göra")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    links = page.get_by_role("link", name="Säg hur det står till")
    expect(links).to_have_count(4)
    assert all(box["height"] >= 36 and box["x"] >= 0 and box["x"] + box["width"] <= width for box in map(box_of, links.all()))
    page.add_script_tag(path=AXE)
    faults = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa']}).then(found => found.violations.map(one => one.id))")
    assert faults == []
    before = posted.status
    page.locator("tr").filter(has_text=SLUG).last.get_by_role("link", name="Säg hur det står till").click()
    expect(page).to_have_url(re.compile("/mail/answer/"))
    assert posted.status == before  # looking changes nothing
    page.get_by_label("I riskzon").check()
    page.get_by_label("Kommentar").fill("Väntar på avtal")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sparat")
    assert posted.status == "at_risk" != before


def box_of(link):
    return link.bounding_box()


def test_the_mail_says_the_same_as_text(posted: Posted):
    assert all(slug in posted.text for slug in SLUGS)
    assert posted.text.count("/mail/answer/") == len(SLUGS)
    assert all(len(line) < 998 for line in posted.text.splitlines())  # RFC 5322: the longest line
