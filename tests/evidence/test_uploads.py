"""Files put up as evidence: stored once and whole, or not at all; each told its fate; given back without running anything."""

import hashlib
import io
import os
import resource
import socket
import struct
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from ccc_pilot.db import db
from ccc_pilot.errors import Refused
from ccc_pilot.evidence import scanning
from ccc_pilot.evidence.models import EvidenceItem, EvidenceLink, EvidenceVersion
from ccc_pilot.evidence.store import Store
from tests.evidence import samples
from tests.evidence.conftest import POINT
from tests.factories import client_of
from tests.support.pages import PageClient, form_with, values_of

NEW = "/evidence/new"
PDF, DOCX = samples.pdf(), samples.SOUND["rutin.docx"]


@pytest.fixture
def expert(pilot_app: Flask) -> PageClient:
    return client_of(pilot_app, "expert.ro", "en")


def upload(client: PageClient, *files: tuple[bytes, str], partial: bool = False, address: str = NEW, **fields: str):
    """Choose ``files`` (content, name) on the page at ``address`` and send them."""
    form = form_with(client.soup(address), {"file", "harmless"})
    given = {**values_of(form), "harmless": "y", **fields}
    data = {
        **{name: value for name, value in given.items() if value is not None},
        "file": [(io.BytesIO(content), name) for content, name in files],
    }
    headers = {"HX-Request": "true"} if partial else {}
    return client.post(
        form["action"], data=data, content_type="multipart/form-data", headers=headers, follow_redirects=not partial
    )


def stored(app: Flask) -> list[tuple[str, str, int]]:
    """Return title, file name and number of every version of a file."""
    with app.app_context():
        rows = select(EvidenceItem.title, EvidenceVersion.filename, EvidenceVersion.number).join(EvidenceItem.versions)
        return [tuple(row) for row in db.session.execute(rows.where(EvidenceVersion.sha256 != "").order_by(EvidenceVersion.id))]


def files_of(app: Flask) -> list[Path]:
    """Return every file below the folder of evidence, also those that are not whole."""
    return [path for path in (app.extensions["ccc_settings"].data_dir / "evidence").rglob("*") if path.is_file()]


def test_several_files_at_once_become_evidence_titled_by_their_names(pilot_app: Flask, expert: PageClient):
    answer = upload(expert, (PDF, "Rutin_MDK.pdf"), (DOCX, "Avtal.docx"), document_date="2025-05-12", language="en")
    assert answer.status_code == 200
    assert "2 files are put up" in answer.text
    assert stored(pilot_app) == [("Rutin MDK", "Rutin_MDK.pdf", 1), ("Avtal", "Avtal.docx", 1)]
    assert {path.name for path in files_of(pilot_app)} == {hashlib.sha256(content).hexdigest() for content in (PDF, DOCX)}
    assert {os.stat(path).st_mode & 0o777 for path in files_of(pilot_app)} == {0o600}


def test_one_that_is_refused_does_not_hinder_the_others_and_leaves_nothing(pilot_app: Flask, expert: PageClient):
    answer = upload(expert, (samples.SVG, "bild.svg"), (PDF, "rutin.pdf"), (b"", "tom.pdf"))
    assert "bild.svg: web pages" in answer.text
    assert "tom.pdf: the file is empty" in answer.text
    assert stored(pilot_app) == [("rutin", "rutin.pdf", 1)]
    assert len(files_of(pilot_app)) == 1


def test_without_the_word_that_there_is_no_patient_data_nothing_is_stored_and_all_that_was_typed_stands(
    pilot_app: Flask, expert: PageClient
):
    answer = upload(expert, (PDF, "rutin.pdf"), harmless=None, owner="Verksamhetschefen")
    assert answer.status_code == 422
    assert "Tick this box" in answer.text
    assert 'value="Verksamhetschefen"' in answer.text
    assert stored(pilot_app) == [] and files_of(pilot_app) == []
    assert "Choose at least one file" in upload(expert).text


def test_upl_11_a_personal_number_in_a_files_name_is_refused(pilot_app: Flask, expert: PageClient):
    assert "personal identity number" in upload(expert, (PDF, "journal 850709-9805.pdf")).text
    assert stored(pilot_app) == []


def test_upl_07_the_same_file_is_stored_once_and_the_same_name_with_other_content_is_kept_beside(
    pilot_app: Flask, expert: PageClient
):
    upload(expert, (PDF, "rutin.pdf"))
    upload(expert, (PDF, "kopia.pdf"))
    assert stored(pilot_app) == [("rutin", "rutin.pdf", 1)]
    upload(expert, (samples.pdf("Annat"), "rutin.pdf"))
    assert stored(pilot_app) == [("rutin", "rutin.pdf", 1), ("rutin", "rutin.pdf", 1)]
    assert len(files_of(pilot_app)) == 2


def test_the_script_sends_one_file_at_a_time_and_is_told_its_fate(pilot_app: Flask, expert: PageClient):
    form = values_of(form_with(expert.soup(NEW), {"file", "harmless"}))
    for content, name, code in ((PDF, "a.pdf", 200), (samples.pdf("B"), "b.pdf", 200), (samples.HTML, "c.pdf", 422)):
        data = {**form, "harmless": "y", "file": (io.BytesIO(content), name)}
        answer = expert.post("/evidence/files", data=data, content_type="multipart/form-data", headers={"HX-Request": "true"})
        assert answer.status_code == code
        assert answer.json["said"].startswith("Stored" if code == 200 else "c.pdf: web pages")
    assert [name for _title, name, _number in stored(pilot_app)] == ["a.pdf", "b.pdf"]


def test_the_same_form_with_the_same_file_sent_twice_is_one_item(pilot_app: Flask, expert: PageClient):
    form = values_of(form_with(expert.soup(NEW), {"file", "harmless"}))
    for _time in range(2):
        data = {**form, "harmless": "y", "file": (io.BytesIO(PDF), "a.pdf")}
        assert expert.post("/evidence/files", data=data, content_type="multipart/form-data").status_code == 302
    assert len(stored(pilot_app)) == 1


def test_what_is_put_up_for_a_point_is_linked_to_it_and_one_comes_back(pilot_app: Flask, expert: PageClient):
    form = form_with(expert.soup(f"{NEW}?for={POINT}@ro&next=/milestones"), {"file", "harmless"})
    data = {**values_of(form), "harmless": "y", "place": "s. 2", "file": [(io.BytesIO(PDF), "a.pdf")]}
    answer = expert.post(form["action"], data=data, content_type="multipart/form-data")
    assert (answer.status_code, answer.location) == (302, "/milestones")
    with pilot_app.app_context():
        link = db.session.scalars(select(EvidenceLink).order_by(EvidenceLink.id.desc())).first()
        assert (link.object_key, link.place, link.state) == (f"{POINT}@ro", "s. 2", "linked")


def test_the_kind_that_a_point_asks_for_is_chosen_and_another_is_taken_with_a_word(pilot_app: Flask, expert: PageClient):
    address = f"{NEW}?for={POINT}@ro&next=/milestones"
    page = expert.soup(f"{address}&kind=minutes")
    assert (
        values_of(form_with(page, {"file", "harmless"}))["kind"] == values_of(form_with(page, {"address"}))["kind"] == "minutes"
    )
    assert "The point asks for:" in page.get_text()
    assert b"does not count as that" not in upload(expert, (PDF, "a.pdf"), address=f"{address}&kind=minutes").data
    assert upload(expert, (PDF, "b.pdf"), (PDF, "c.pdf"), address=address, kind="pubs").data.count(b"does not count as that") == 1


def test_nobody_puts_up_evidence_of_another_region(pilot_app: Flask, expert: PageClient):
    assert upload(expert, (PDF, "a.pdf"), region="rjl").status_code == 422
    assert upload(expert, (PDF, "a.pdf"), object_key=f"{POINT}@rjl").status_code == 403
    assert stored(pilot_app) == []


def test_a_file_larger_than_the_limit_is_refused_with_the_limit(build_app, pilot_app: Flask):
    small = build_app(replace(pilot_app.extensions["ccc_settings"], max_upload_mb=1))
    client = client_of(small, "expert.ro", "en")
    exactly = PDF + b" " * 100
    assert upload(client, (exactly + b" " * (1024 * 1024 + 1 - len(exactly)), "stor.pdf")).status_code == 422
    assert "larger than 1 MB" in upload(client, (exactly + b" " * (1024 * 1024 + 1 - len(exactly)), "stor.pdf")).text
    form = values_of(form_with(client.soup(NEW), {"file", "harmless"}))
    data = {**form, "file": (io.BytesIO(b"x" * 3 * 1024 * 1024), "a.pdf")}
    assert client.post("/evidence/files", data=data, content_type="multipart/form-data").status_code == 413


def test_upl_05_dbs_04_a_disk_that_is_full_leaves_nothing_behind(tmp_path: Path, sqlite_app: Flask):
    store, limits = Store(tmp_path / "store"), resource.getrlimit(resource.RLIMIT_FSIZE)
    with sqlite_app.test_request_context(headers={"Accept-Language": "en"}):
        resource.setrlimit(resource.RLIMIT_FSIZE, (2 * 1024 * 1024, limits[1]))
        try:
            with pytest.raises(Refused, match="disk of the service is full"):
                store.put(io.BytesIO(b"x" * 3 * 1024 * 1024))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [path for path in store.folder.rglob("*") if path.is_file()] == []
    assert store.put(io.BytesIO(b"x")) == hashlib.sha256(b"x").hexdigest()


class Cut(io.BytesIO):
    """A stream that breaks off after its first piece."""

    def read(self, size: int = -1) -> bytes:
        if self.tell():
            raise OSError(104, "Connection reset by peer")
        return super().read(size)


def test_upl_05_a_stream_that_breaks_off_leaves_nothing_behind(tmp_path: Path, sqlite_app: Flask):
    store = Store(tmp_path / "store")
    with sqlite_app.test_request_context(), pytest.raises(Refused):
        store.put(Cut(b"x" * 3 * 1024 * 1024))
    assert [path for path in store.folder.rglob("*") if path.is_file()] == []


def shown(client: PageClient, content: bytes, name: str, query: str = ""):
    """Put up a file and fetch it."""
    upload(client, (content, name))
    with client.application.app_context():
        item = db.session.scalars(select(EvidenceItem).order_by(EvidenceItem.id.desc())).first()
    return client.get(f"/evidence/{item.id}/versions/1{query}")


@pytest.mark.parametrize(
    ("name", "query", "inline", "mimetype"),
    [
        ("rutin.pdf", "", False, "application/pdf"), ("rutin.pdf", "?open=1", True, "application/pdf"), ("skylt.png", "?open=1", True, "image/png"),
        ("brev.eml", "?open=1", False, "message/rfc822"), ("anteckning.txt", "?open=1", False, "text/plain"),
        ("rutin.docx", "?open=1", False, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)  # fmt: skip
def test_upl_01_only_pdf_and_pictures_are_shown_and_nothing_in_a_file_runs(expert: PageClient, name, query, inline, mimetype):
    answer = shown(expert, samples.SOUND[name], name, query)
    assert answer.data == samples.SOUND[name]
    assert answer.mimetype == mimetype
    assert answer.headers["Content-Disposition"].startswith("inline" if inline else "attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src" not in policy and "frame-ancestors 'none'" in policy
    assert ("sandbox" in policy) is not (mimetype == "application/pdf" and inline)
    assert answer.headers["Cache-Control"] == "no-store"


def test_upl_04_a_name_in_swedish_reaches_the_visitor_whole_and_in_one_header(expert: PageClient):
    answer = shown(expert, PDF, "Årsrapport ”2024”;x.pdf")
    assert answer.headers["Content-Disposition"].count("\n") == 0
    assert "filename*=UTF-8''%C3%85rsrapport" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "path",
    [
        "/evidence/1/versions/..%2f..%2fsecret_key",
        "/evidence/1/versions/0",
        "/evidence/1/versions/99",
        "/evidence/9999/versions/1",
    ],
)
def test_upl_04_no_other_file_can_be_asked_for(expert: PageClient, path):
    assert expert.get(path).status_code == 404


def test_a_confidential_file_is_fetched_by_its_own_region_alone(pilot_app: Flask, expert: PageClient):
    upload(expert, (PDF, "hemlig.pdf"), confidential="y")
    with pilot_app.app_context():
        number = db.session.scalars(select(EvidenceItem.id).order_by(EvidenceItem.id.desc())).first()
    for login, code in (
        ("projektledare.ro", 200),
        ("granskare.rcc", 200),
        ("expert.rjl", 404),
        ("extern", 404),
        ("kollegial", 404),
    ):
        other = client_of(pilot_app, login, "en")
        assert other.get(f"/evidence/{number}/versions/1").status_code == code, login
        assert other.get(f"/evidence/{number}").status_code == code, login
        assert ("hemlig" in other.get("/evidence").text) is (code == 200), login


def test_a_new_version_stands_beside_the_earlier_one(pilot_app: Flask, expert: PageClient):
    upload(expert, (PDF, "rutin.pdf"))
    with pilot_app.app_context():
        number = db.session.scalars(select(EvidenceItem.id).order_by(EvidenceItem.id.desc())).first()
    renew = f"/evidence/{number}/renew"
    assert "same as the version" in upload(expert, (PDF, "rutin.pdf"), address=renew).text
    assert "not both" in upload(expert, address=renew).text
    newer = samples.pdf("Ny")
    assert upload(expert, (newer, "rutin 2.pdf"), address=renew, note="Ny rutin").status_code == 200
    assert stored(pilot_app) == [("rutin", "rutin.pdf", 1), ("rutin", "rutin 2.pdf", 2)]
    assert [expert.get(f"/evidence/{number}/versions/{n}").data for n in (1, 2)] == [PDF, newer]


@pytest.fixture
def clamd():
    """A daemon that speaks clamd's protocol and finds EICAR's test file."""
    listener = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            try:
                line, _where = listener.accept()
            except OSError:
                return
            with line, line.makefile("rb") as told:
                assert told.read(10) == b"zINSTREAM\0"
                content = b""
                while length := struct.unpack("!L", told.read(4))[0]:
                    content += told.read(length)
                line.sendall(b"stream: Eicar-Test-Signature FOUND\0" if samples.EICAR in content else b"stream: OK\0")

    threading.Thread(target=answer, daemon=True).start()
    yield f"127.0.0.1:{listener.getsockname()[1]}"
    listener.close()


def test_upl_09_a_virus_scanner_stops_a_file_and_one_that_is_away_lets_nothing_in(build_app, pilot_app: Flask, clamd: str):
    scanned = build_app(replace(pilot_app.extensions["ccc_settings"], clamd=clamd))
    client = client_of(scanned, "expert.ro", "en")
    assert "virus scanner stopped" in upload(client, (samples.EICAR, "test.txt")).text
    assert stored(scanned) == [] and files_of(scanned) == []
    assert upload(client, (PDF, "rutin.pdf")).status_code == 200
    with scanned.app_context():
        assert db.session.scalars(select(EvidenceVersion.scan).where(EvidenceVersion.sha256 != "")).all() == [scanning.CLEAN]
    away = build_app(replace(pilot_app.extensions["ccc_settings"], clamd="127.0.0.1:1"))
    assert "does not answer" in upload(client_of(away, "expert.ro", "en"), (samples.pdf("X"), "x.pdf")).text


def test_upl_09_without_a_scanner_the_page_says_that_nobody_looked(pilot_app: Flask, expert: PageClient):
    upload(expert, (PDF, "rutin.pdf"))
    with pilot_app.app_context():
        number = db.session.scalars(select(EvidenceItem.id).order_by(EvidenceItem.id.desc())).first()
    assert "not scanned for viruses" in expert.get(f"/evidence/{number}").text
