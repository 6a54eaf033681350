"""What is done without anybody waiting: files are looked over, texts read for the search, addresses asked whether they still answer."""

import hashlib
import io
import ipaddress
import os
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import select

from ccc_pilot import scheduler
from ccc_pilot.db import db, transaction
from ccc_pilot.evidence import addresses, items, keeping, library, texts
from ccc_pilot.evidence.addresses import Seen
from ccc_pilot.evidence.items import Carrier
from ccc_pilot.evidence.library import Query
from ccc_pilot.evidence.models import EvidenceVersion
from ccc_pilot.evidence.store import Store
from ccc_pilot.i18n import today
from tests.evidence import samples
from tests.evidence.conftest import events


@pytest.fixture
def store(pilot_context) -> Store:
    return Store(pilot_context.extensions["ccc_settings"].data_dir / "evidence")


@pytest.fixture
def put_file(store, put_up):
    """Puts up a file as evidence of Östergötland."""

    def put(content: bytes, mimetype: str = "application/pdf", title: str = "Rutin", **given):
        carrier = Carrier(
            sha256=store.put(io.BytesIO(content)), size=len(content), mimetype=mimetype, filename="fil.pdf", text=True
        )
        return put_up(title, carrier=carrier, **given)

    return put


def flip(path):
    """Change one byte of a file."""
    path.chmod(0o600)
    content = bytearray(path.read_bytes())
    content[10] ^= 1
    path.write_bytes(content)


def look_over(store):
    """Walk through the store and note what is found, as the scheduler does."""
    found = keeping.walk(store)
    with transaction():
        return keeping.note(found)


def test_upl_06_a_file_that_changed_on_the_disk_is_told_once_and_untold_when_it_is_back(store, put_file):
    whole, damaged = put_file(samples.pdf("A")), put_file(samples.pdf("B"))
    assert look_over(store) == 0
    path = store.path(damaged.versions[0].sha256)
    before = path.read_bytes()
    flip(path)
    assert [look_over(store), look_over(store)] == [1, 0]
    assert damaged.versions[0].damaged_at is not None and whole.versions[0].damaged_at is None
    assert events(damaged)[-1] == ("evidence.damaged", "ro", {"number": 1})
    path.write_bytes(before)
    assert look_over(store) == 0
    assert damaged.versions[0].damaged_at is None
    path.unlink()
    assert look_over(store) == 1


def test_upl_05_what_no_version_mentions_is_swept_after_a_day_and_nothing_else(store, put_file):
    kept = put_file(samples.pdf("A")).versions[0].sha256
    orphan, young = store.put(io.BytesIO(b"orphan")), store.put(io.BytesIO(b"young"))
    cut_off = store.folder / "incoming" / "half"
    cut_off.write_bytes(b"half")
    long_ago = time.time() - 2 * 24 * 3600
    for path in (store.path(kept), store.path(orphan), cut_off):
        os.utime(path, (long_ago, long_ago))
    with transaction():
        assert keeping.sweep(store) == 2
    assert store.has(kept) and store.has(young) and not store.has(orphan) and not cut_off.exists()
    assert store.put(io.BytesIO(b"orphan")) == hashlib.sha256(b"orphan").hexdigest()


def read_all(store):
    """Read the texts that wait, as the scheduler does."""
    found = texts.read(store, texts.waiting())
    with transaction():
        return texts.keep(found)


def test_text_is_found_by_the_search_once_it_is_read(store, put_file, who):
    item = put_file(samples.pdf("Multidisciplinary conference"))
    expert, query = who("expert.ro"), Query(q="MULTIDISCIPLINARY conf")
    assert library.shelf(query, expert, today()).total == 0
    assert read_all(store) == 1
    assert [row[0].id for row in library.shelf(query, expert, today()).rows] == [item.id]
    assert texts.waiting() == []


def test_a_file_that_cannot_be_read_is_tried_once_and_hinders_nobody(store, put_file):
    broken, good = put_file(b"%PDF-1.4 nothing %%EOF"), put_file(samples.pdf("Rutin"))
    assert read_all(store) == 1
    assert (broken.versions[0].reading, good.versions[0].reading) == ("failed", "done")


def test_upl_11_a_personal_number_in_a_text_is_told(store, put_file):
    item = put_file(samples.pdf("Patient 850709-9805"))
    read_all(store)
    assert item.versions[0].flags == ["personal_number"]


def test_the_text_of_an_earlier_version_is_not_what_is_found(store, put_file, who):
    item = put_file(samples.pdf("Gammal"))
    read_all(store)
    with transaction():
        items.renew(item_id=item.id, carrier=Carrier(address="https://example.org/ny"), note="", by=who("expert.ro"))
    assert library.shelf(Query(q="gammal"), who("expert.ro"), today()).total == 0


class Answers(BaseHTTPRequestHandler):
    """A site with pages of every kind."""

    CODES = {
        "/good": 200,
        "/locked": 403,
        "/gone": 410,
        "/missing": 404,
        "/broken": 500,
        "/loop": 302,
        "/moved": 301,
        "/inside": 302,
    }
    ONWARD = {"/loop": "/loop", "/moved": "/good", "/inside": "http://169.254.169.254/latest"}

    def do_HEAD(self):
        self.send_response(405 if self.path == "/headless" else self.CODES.get(self.path, 404))
        if self.path in self.ONWARD:
            self.send_header("Location", self.ONWARD[self.path])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_args):
        """Say nothing."""


@pytest.fixture
def site():
    """The address of a site on this computer."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def seen(site, path):
    """Look at a page of the site, which for once may be asked although it is on this computer."""
    return addresses.look(site + path, lambda number: number.is_loopback, [int(site.rpartition(":")[2])])


def test_pages_that_answer_are_told_from_those_that_are_gone_or_away(site):
    assert [seen(site, path).reached for path in ("/good", "/locked", "/moved", "/headless")] == [True] * 4
    assert [seen(site, path).gone for path in ("/gone", "/missing")] == [True] * 2
    assert [
        (found.reached, found.gone) for found in (seen(site, "/broken"), seen(site, "/loop"), seen("http://127.0.0.1:1", ""))
    ] == [(False, False)] * 3


def test_ssrf_a_page_that_leads_inside_is_not_followed(site):
    assert seen(site, "/inside").inside


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0.0.0.0/", "http://10.0.0.1/", "http://192.168.1.1/", "http://172.16.0.1/",
        "http://169.254.169.254/latest/meta-data", "http://[::ffff:127.0.0.1]/", "http://[fd00::1]/", "http://100.64.0.1/", "http://2130706433/",
        "http://0x7f.1/", "http://224.0.0.1/", "https://example.org:22/", "http://example.org:8080/", "ftp://example.org/", "file:///etc/passwd",
        "http://user@example.org/", "http://[64:ff9b::7f00:1]/",
    ],
)  # fmt: skip
def test_ssrf_nothing_inside_is_ever_asked(address, site):
    assert addresses.look(address) in {Seen(inside=True), Seen(note="gaierror")}


def test_a_number_is_public_only_if_what_it_stands_for_is():
    public = {
        text: addresses.is_public(ipaddress.ip_address(text))
        for text in ("93.184.216.34", "2606:2800::1", "::ffff:10.0.0.1", "2002:7f00:1::", "fe80::1")
    }
    assert list(public.values()) == [True, True, False, False, False]


def test_an_address_is_asked_once_a_week_and_a_dead_one_is_marked_and_told(put_up, who):
    item = put_up()
    version = item.versions[0]
    due = dict(addresses.due())
    assert due[version.id] == "https://example.org/rutin"
    with transaction():
        assert addresses.note([(number, Seen(reached=True, note="200")) for number in due]) == 0
    assert addresses.due() == []
    with transaction():
        assert addresses.note([(version.id, Seen(gone=True, note="404"))]) == 1
    assert (version.address_state, version.address_note, version.failures) == ("dead", "404", 1)
    assert events(item)[-1] == ("evidence.address", "ro", {"number": 1, "state": "dead", "note": "404"})
    assert library.counts(Query(), who("expert.ro"), today())["dead"] == 1


def test_the_scheduler_reads_texts_and_looks_files_over(pilot_context, store, put_file):
    item = put_file(samples.pdf("Rutin"))
    flip(store.path(put_file(samples.pdf("B")).versions[0].sha256))
    number = item.id
    for job in scheduler.JOBS:
        if job.name.startswith("evidence"):
            scheduler.perform(pilot_context, job)
    db.session.rollback()  # what the jobs stored is seen by a transaction that begins after them
    versions = db.session.scalars(select(EvidenceVersion).where(EvidenceVersion.sha256 != "").order_by(EvidenceVersion.id)).all()
    assert [version.reading for version in versions][0] == "done" and versions[0].item_id == number
    assert [version.damaged_at is not None for version in versions] == [False, True]


def test_no_address_is_asked_unless_the_installation_says_so(pilot_context, put_up):
    put_up()
    job = next(job for job in scheduler.JOBS if job.name == "evidence addresses")
    scheduler.perform(pilot_context, job)
    assert addresses.due() != []
