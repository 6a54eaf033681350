"""A test client that reads every page it fetches as a strict reader would, and fills in forms as a person does."""

from collections import Counter
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
    """Return ``html`` as a browser would read it."""
    return BeautifulSoup(html, "html5lib")


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
    page = parse(html)
    whole = html.lstrip().lower().startswith("<!doctype")
    return [*(_shell_faults(page) if whole else ()), *_form_faults(page), *_inline_faults(page), *_id_faults(page)]


def _shell_faults(page: BeautifulSoup) -> list[str]:
    faults = []
    headings = page.find_all("h1")
    if len(headings) != 1:
        faults.append(f"{len(headings)} h1")
    elif not _text(page.title).startswith(_text(headings[0])):
        faults.append(f"the title “{_text(page.title)}” does not begin with the h1 “{_text(headings[0])}”")
    if page.html.get("lang") not in LANGUAGES:
        faults.append(f"lang={page.html.get('lang')!r}")
    return faults


def _text(tag: Tag | None) -> str:
    return " ".join(tag.get_text(" ").split()) if tag is not None else ""


def _form_faults(page: BeautifulSoup) -> list[str]:
    faults = []
    for form in page.find_all("form"):
        method = form.get("method", "").lower()
        name = f"form {form.get('action')!r}"
        if not form.get("action") or method not in {"get", "post", "dialog"}:
            faults.append(f"{name} lacks action or method")
        if method == "post" and not form.find("input", {"name": "csrf_token"}):
            faults.append(f"{name} lacks csrf_token")
    return faults


def _inline_faults(page: BeautifulSoup) -> list[str]:
    faults = [f"inline {tag.name}" for tag in page.find_all("style")]
    faults += ["inline script" for tag in page.find_all("script") if not tag.get("src") and tag.get("type") != "application/json"]
    for tag in page.find_all(True):
        faults += [f"{tag.name} has {name}=" for name in tag.attrs if name == "style" or name.startswith("on")]
    return faults


def _id_faults(page: BeautifulSoup) -> list[str]:
    counts = Counter(tag["id"] for tag in page.find_all(id=True))
    return [f"id {name!r} stands {count} times" for name, count in counts.items() if count > 1]
