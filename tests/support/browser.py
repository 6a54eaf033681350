"""The browser of the tests: Debian's Chromium driven by Playwright, and what it may not complain about."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PARTS_OF_A_PAGE = {"stylesheet", "script", "image", "font"}
ANSWERED_WITH_ERROR = "Failed to load resource"  # told of any 4xx; whether it is a fault depends on what was asked for


def program() -> str:
    """Return the browser's program. Raises ``LookupError`` when there is none."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    raise LookupError("No browser is installed, and the tests need one: sudo apt-get install chromium")


@contextmanager
def launched() -> Iterator[Browser]:
    """A headless browser that talks only to the servers of the tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program(), args=[*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        )
        yield browser
        browser.close()


class Complaints:
    """What a page's browser complains of: script errors, breaches of the Content-Security-Policy, missing parts of a page."""

    def __init__(self, page: Page):
        self.found: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.found.append(f"script error: {error}"))
        page.on("response", self._response)
        page.on("requestfailed", self._failed)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(ANSWERED_WITH_ERROR):
            self.found.append(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type in PARTS_OF_A_PAGE:
            self.found.append(f"{response.status} for {response.url}")

    def _failed(self, request: Request) -> None:
        if request.resource_type in PARTS_OF_A_PAGE and request.failure != "net::ERR_ABORTED":
            self.found.append(f"{request.failure} for {request.url}")
