"""A test client that reads every page it fetches as a strict reader would, and fills in forms as a person does."""

from collections import Counter
from html.parser import HTMLParser
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

LANGUAGES = {"sv", "en"}


class PageClient(FlaskClient):
    """Flask's client; a page that breaks the rules of the house fails the test that fetched it."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"  # as browsers tell of what our own pages send

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.data and "Content-Encoding" not in response.headers:
            faults = faults_of(response.text)
            assert not faults, f"{response.request.path}: {'; '.join(faults)}"
        return response

    def soup(self, address: str, **kwargs: Any) -> BeautifulSoup:
        """Fetch a page and return it parsed."""
        return parse(self.get(address, **kwargs).text)

    def submit(self, address: str, *, to: str | None = None, follow_redirects: bool = False, **fields: Any) -> TestResponse:
        """Fetch the page at ``address``, fill ``fields`` into its POST form that has them all and send it, hidden fields included.

        ``to``: the form's action, where several would do.
        """
        form = form_with(self.soup(address), set(fields), to)
        target = form["action"]
        return self.post(target, data={**values_of(form), **fields}, follow_redirects=follow_redirects)


def parse(html: str) -> BeautifulSoup:
    """Return ``html`` as a tree of its elements."""
    return BeautifulSoup(html, "lxml")


def form_with(page: BeautifulSoup, names: set[str], to: str | None = None) -> Tag:
    """Return the first POST form of ``page`` with fields of all ``names`` (and the action ``to``)."""
    for form in page.find_all("form"):
        if form.get("method", "").lower() != "post" or (to is not None and form.get("action") != to):
            continue
        if names <= {field.get("name") for field in form.find_all(["input", "select", "textarea", "button"])}:
            return form
    raise AssertionError(f"no form with {sorted(names)} on the page “{page.title.string if page.title else ''}”")


def values_of(form: Tag) -> dict[str, Any]:
    """Return what a browser would send from ``form`` as it stands."""
    values: dict[str, Any] = {}
    for field in form.find_all("input"):
        kind = field.get("type", "text")
        if (
            field.get("name")
            and kind not in {"submit", "file"}
            and (kind not in {"checkbox", "radio"} or field.has_attr("checked"))
        ):
            values[field["name"]] = field.get("value", "on" if kind == "checkbox" else "")
    for field in form.find_all("textarea"):
        values[field["name"]] = field.text.removeprefix("\n")
    for field in form.find_all("select"):
        options = field.find_all("option")
        chosen = next((option for option in options if option.has_attr("selected")), options[0] if options else None)
        if chosen is not None:
            values[field["name"]] = chosen.get("value", chosen.text)
    return values


def faults_of(html: str) -> list[str]:
    """Return a sentence for every rule of the house that ``html`` (a page or a part of one) breaks."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    if reader.form:
        reader.faults.append(f"{reader.form[0]} is not closed")
    whole = html.lstrip().lower().startswith("<!doctype")
    return [*(reader.shell_faults() if whole else ()), *reader.faults, *reader.id_faults()]


class Reader(HTMLParser):
    """Reads a page once from its beginning to its end and notes what breaks a rule; no tree is built, for every page of every test is read."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()
        self.language: str | None = None
        self.texts: dict[str, list[str]] = {"h1": [], "title": []}  # the text of each
        self.within: str | None = None
        self.form: tuple[str, bool] | None = None  # its name, and whether it still lacks its token

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if told.get("id"):
            self.ids[str(told["id"])] += 1
        self.faults += [f"{tag} has {name}=" for name in told if name == "style" or name.startswith("on")]
        if tag == "html":
            self.language = told.get("lang")
        elif tag == "h1" or (tag == "title" and not self.texts["title"]):
            self.texts[tag].append("")
            self.within = tag
        elif tag == "style":
            self.faults.append("inline style")
        elif tag == "script" and not told.get("src") and told.get("type") != "application/json":
            self.faults.append("inline script")
        elif tag == "form":
            self._form(told)
        elif tag == "input" and told.get("name") == "csrf_token" and self.form:
            self.form = (self.form[0], False)

    def _form(self, told: dict[str, str | None]) -> None:
        method, name = (told.get("method") or "").lower(), f"form {told.get('action')!r}"
        if self.form:
            self.faults.append(f"{name} stands within {self.form[0]}")
        if not told.get("action") or method not in {"get", "post", "dialog"}:
            self.faults.append(f"{name} lacks action or method")
        self.form = (name, method == "post")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.within:
            self.within = None
        if tag == "form" and self.form:
            if self.form[1]:
                self.faults.append(f"{self.form[0]} lacks csrf_token")
            self.form = None

    def handle_data(self, data: str) -> None:
        if self.within:
            self.texts[self.within][-1] += f" {data}"

    def shell_faults(self) -> list[str]:
        """What a whole page must have: one h1, with which its title begins, and its language."""
        headings, titles = ([" ".join(text.split()) for text in self.texts[tag]] for tag in ("h1", "title"))
        faults = [] if self.language in LANGUAGES else [f"lang={self.language!r}"]
        if len(headings) != 1:
            faults.append(f"{len(headings)} h1")
        elif not "".join(titles).startswith(headings[0]):
            faults.append(f"the title “{''.join(titles)}” does not begin with the h1 “{headings[0]}”")
        return faults

    def id_faults(self) -> list[str]:
        """Ids that stand more than once."""
        return [f"id {name!r} stands {count} times" for name, count in self.ids.items() if count > 1]
