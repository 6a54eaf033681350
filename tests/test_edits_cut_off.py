"""Work cut off in its midst: a killed server, a killed writer, a connection that dropped. All of a save is there, or nothing."""

import contextlib
import os
import random
import signal
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest
from flask import Flask
from sqlalchemy import func, select

from ccc_pilot.config import Settings
from ccc_pilot.db import db
from ccc_pilot.progress import service
from ccc_pilot.progress.models import MilestoneChange
from ccc_pilot.sendings import ProcessedForm
from tests.factories import client_of, pilot
from tests.support import writers
from tests.support.installation import SECRET, settings_in
from tests.support.pages import form_with, values_of
from tests.support.server import Server

pytestmark = pytest.mark.every_engine

ADDRESS = "/milestones/sosr-wp4-2025/P0-07/ro"
SECONDS = 30


def request_of(app: Flask) -> bytes:
    """Return the bytes of a filled-in form as a browser sends them, for a server with the same database and secret as ``app``."""
    client = client_of(app, "projektledare.ro")
    form = values_of(form_with(client.soup(f"{ADDRESS}/edit"), {"version"}, ADDRESS))
    body = urlencode({**form, "status": "ongoing", "percent": "40", "comment": "Avtalet är klart"}).encode()
    cookie = client.get_cookie("session")
    assert cookie is not None
    head = (
        f"POST {ADDRESS} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: session={cookie.value}\r\nConnection: close\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def send(server: Server, request: bytes, *, listen: bool = True) -> int:
    """Send ``request`` and return the status of the answer; 0 when none came, or when nobody listens for it."""
    with socket.create_connection(("127.0.0.1", server.port), SECONDS) as connection:
        connection.sendall(request)
        answer = connection.makefile("rb").readline() if listen else b""
    return int(answer.split()[1]) if answer else 0


def stored(app: Flask) -> dict[str, Any]:
    """Return the row's version and how much there is of its history and of forms carried out."""
    with app.app_context():
        return {
            "version": service.row(pilot(), "sosr-wp4-2025", "P0-07", "ro").version,
            "changes": db.session.scalar(select(func.count(MilestoneChange.id))),
            "forms": db.session.scalar(select(func.count(ProcessedForm.key))),
        }


def until(holds: Callable[[], bool]) -> None:
    """Wait until ``holds`` says so."""
    end = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.02)


NOTHING = {"version": 1, "changes": 0, "forms": 0}
ALL = {"version": 2, "changes": 1, "forms": 1}


def test_edt_11_a_server_killed_in_the_midst_of_a_save_has_saved_nothing_and_the_form_sent_again_saves_all(
    serve: Callable[..., Server], build_app: Callable[[Settings], Flask], postgres_url: str, tmp_path: Path
):
    server = serve("--demo", database_url=postgres_url, secret_key=SECRET)
    app = build_app(settings_in(tmp_path, postgres_url))
    request = request_of(app)
    with (
        ThreadPoolExecutor(1) as pool,
        psycopg.connect(postgres_url) as holder,
        psycopg.connect(postgres_url, autocommit=True) as watcher,
    ):
        holder.execute("SELECT * FROM journal_head FOR UPDATE")  # the save gets as far as its entry in the journal
        answer = pool.submit(send, server, request)
        waits = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        until(lambda: bool((watcher.execute(waits).fetchone() or (0,))[0]))
        os.killpg(server.process.pid, signal.SIGKILL)
        server.process.wait()
        holder.rollback()
        with contextlib.suppress(ConnectionResetError):
            assert answer.result() == 0
    assert stored(app) == NOTHING
    server.start()
    assert send(server, request) == 302
    assert stored(app) == ALL
    assert writers.standing(postgres_url, tmp_path)["breaks"] == []


def test_edt_11_writers_killed_at_any_moment_leave_whole_saves_behind(pilot_url: str, tmp_path: Path):
    chance = random.Random(11)
    for n in range(3):
        writer = writers.start(pilot_url, tmp_path, f"k{n}", 100_000)
        so_far = len(writers.standing(pilot_url, tmp_path)["texts"])  # type: ignore[arg-type]
        until(lambda before=so_far: len(writers.standing(pilot_url, tmp_path)["texts"]) > before)  # type: ignore[misc]
        time.sleep(chance.uniform(0, 0.2))
        writer.kill()
        writer.communicate()
    found = writers.standing(pilot_url, tmp_path)
    texts = found["texts"]
    assert isinstance(texts, list)
    assert found["version"] == 1 + len(texts) == 1 + found["entries"]  # type: ignore[operator]
    assert found["comment"] == texts[-1]
    assert found["breaks"] == []


def test_edt_13_a_form_whose_answer_never_came_is_sent_again_and_carried_out_once(
    serve: Callable[..., Server], build_app: Callable[[Settings], Flask], tmp_path: Path
):
    url = f"sqlite:///{tmp_path / 'served.sqlite'}"
    server = serve("--demo", database_url=url, secret_key=SECRET)
    app = build_app(settings_in(tmp_path, url))
    request = request_of(app)
    assert send(server, request, listen=False) == 0
    until(lambda: stored(app) == ALL)
    assert send(server, request) == 302
    assert stored(app) == ALL


def test_edt_13_a_form_that_was_cut_off_on_its_way_changes_nothing(
    serve: Callable[..., Server], build_app: Callable[[Settings], Flask], tmp_path: Path
):
    url = f"sqlite:///{tmp_path / 'served.sqlite'}"
    server = serve("--demo", database_url=url, secret_key=SECRET)
    app = build_app(settings_in(tmp_path, url))
    request = request_of(app)
    for part in (10, len(request) // 2, len(request) - 1):
        send(server, request[:part], listen=False)
    assert server.status("/healthz") == 200
    assert stored(app) == NOTHING
    assert send(server, request) == 302
