"""WEB-05 and WEB-09: the headers stand on every response there is, and an error page tells what to do but nothing of the inside."""

import re
from dataclasses import replace

import pytest
from sqlalchemy.exc import OperationalError

from ccc_pilot import errors
from ccc_pilot.web.access import public
from ccc_pilot.web.forms import Form, TextField

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SECRET = "the innermost secret of /etc/house"


class NoteForm(Form):
    """A form over which two may fall out."""

    note = TextField("Note")


def breaking(error):
    """Return a view that fails with ``error``."""

    @public
    def view():
        if isinstance(error, errors.Conflict):
            error.form = NoteForm(formdata=None)
        raise error

    return view


FAULTS = {
    "/fault/500": RuntimeError(SECRET),
    "/fault/500-lookup": LookupError(SECRET),
    "/fault/503": OperationalError(f"SELECT {SECRET}", {}, Exception(SECRET)),
    "/fault/409": errors.Conflict(theirs={"note": "a"}, mine={"note": "b"}, version=2),
    "/fault/400": errors.Refused("That is not done here."),
    "/fault/403": errors.Forbidden(),
    "/fault/404": errors.NotFound(),
}


@pytest.fixture
def faulty(build_app, settings):
    """The application with an address for each kind of fault."""
    app = build_app(settings)
    for path, error in FAULTS.items():
        app.add_url_rule(path, path.strip("/").replace("/", "-"), breaking(error))
    return app


def responses(client):
    """Yield (what was asked, the answer) for every kind of answer there is."""
    yield from (
        (path, client.get(path)) for path in ("/about", "/login", "/healthz", "/no-such-page", "/", "/favicon.ico", *FAULTS)
    )
    yield "head", client.head("/about")
    yield "options", client.options("/about")
    yield "static", client.get("/static/app.css")
    yield "static with its version", client.get("/static/app.css?v=1")
    yield (
        "static unchanged",
        client.get("/static/app.css", headers={"If-None-Match": client.get("/static/app.css").headers["ETag"]}),
    )
    yield "a part of a static file", client.get("/static/app.css", headers={"Range": "bytes=0-9"})
    yield "no such static file", client.get("/static/no-such-file.css")
    yield "another verb", client.put("/about")
    yield "no token", client.post("/language", data={"language": "en"})
    yield "too large", client.post("/language", data={"language": "x" * 9_000_000})
    yield "a foreign host", client.get("/about", headers={"Host": "evil.example"})
    yield "static, compressed", client.get("/static/app.css", headers={"Accept-Encoding": "br"})


def test_the_headers_stand_on_every_response(faulty):
    codes = set()
    for asked, response in responses(faulty.test_client()):
        codes.add(response.status_code)
        assert {name: response.headers.get(name) for name in HEADERS} == HEADERS, asked
        assert "Strict-Transport-Security" not in response.headers
        if not asked.startswith(("static", "a part", "no such static")):
            assert response.headers["Cache-Control"] == "no-store", asked
        if (response.mimetype or "").startswith("text/"):
            assert response.mimetype_params["charset"] == "utf-8", asked
    assert codes >= {200, 206, 302, 304, 400, 403, 404, 405, 409, 413, 500, 503}


def test_over_https_browsers_are_told_to_stay_there_and_cookies_are_theirs_alone(build_app, settings):
    app = build_app(replace(settings, base_url="https://localhost"))
    response = app.test_client().get("/login", base_url="https://localhost")
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("path", [*FAULTS, "/no-such-page"])
def test_an_error_page_speaks_the_visitors_language_and_tells_nothing_of_the_inside(faulty, path, language):
    response = faulty.test_client().get(path, headers={"Accept-Language": language})
    code = int(path[7:10]) if path in FAULTS else 404
    assert response.status_code == code
    assert f'<html lang="{language}"' in response.text
    assert not re.search(r"secret|Traceback|File &#34;|sqlalchemy|\.py\b|RuntimeError|SELECT", response.text)


@pytest.mark.parametrize("path", ["/fault/500", "/fault/500-lookup", "/fault/503"])
def test_a_fault_of_ours_has_a_number_that_stands_on_the_page_and_in_the_log(faulty, path, caplog):
    text = faulty.test_client().get(path, headers={"Accept-Language": "en"}).text
    number = re.search(r"event ([0-9a-f]{8})", text)
    assert number
    assert f"event {number[1]} GET {path}" in caplog.text
    assert SECRET in caplog.text


@pytest.mark.parametrize("path", ["/no-such-page", "/fault/403"])
def test_an_error_of_the_visitors_has_no_number(faulty, path):
    assert not re.search(r"event [0-9a-f]{8}", faulty.test_client().get(path, headers={"Accept-Language": "en"}).text)


def test_a_request_that_is_too_large_is_told_so(faulty):
    response = faulty.test_client().post("/language", data={"language": "x" * 9_000_000}, headers={"Accept-Language": "en"})
    assert response.status_code == 413
    assert "larger than the limit" in response.text


def test_an_unknown_host_is_refused_and_never_written_into_a_page(faulty):
    response = faulty.test_client().get("/login", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.text


def test_an_error_page_stands_without_the_database(build_app, settings):
    app = build_app(replace(settings, database_url="postgresql://nobody@127.0.0.1:1/nowhere?connect_timeout=1"))
    response = app.test_client().get("/login/reset", headers={"Accept-Language": "en"})
    assert response.status_code in {200, 503}
    assert app.test_client().get("/healthz").json["database"] == "away"
