"""Two who wait for one another: PostgreSQL ends one of them, and what that one asked for is done all the same."""

import threading
from collections.abc import Callable
from pathlib import Path
from time import sleep

import psycopg
from flask import Flask
from sqlalchemy import text

from ccc_pilot.config import Settings
from ccc_pilot.db import db
from ccc_pilot.web.forms import Form
from tests.support.installation import settings_in

TOUCH = "UPDATE heartbeat SET at = now() WHERE name = "


def test_whoever_gives_way_in_a_deadlock_is_served_all_the_same(
    build_app: Callable[[Settings], Flask], postgres_url: str, tmp_path: Path
):
    app, threads = build_app(settings_in(tmp_path, postgres_url)), []
    with psycopg.connect(postgres_url) as other, psycopg.connect(postgres_url, autocommit=True) as watcher:
        watcher.execute("INSERT INTO heartbeat (name, at) VALUES ('one', now()), ('two', now())")
        other.execute("SET deadlock_timeout = '60s'")

        def use_case() -> str:
            first = not threads
            db.session.execute(text("SET LOCAL deadlock_timeout = '10ms'"))
            if first:
                other.execute(f"{TOUCH}'two'")
            db.session.execute(text(f"{TOUCH}'one'"))
            if first:
                threads.append(threading.Thread(target=lambda: (other.execute(f"{TOUCH}'one'"), other.commit())))
                threads[0].start()
                while not watcher.execute("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'").fetchone():
                    sleep(0.01)
            db.session.execute(text(f"{TOUCH}'two'"))
            return "first" if first else "again"

        with app.test_request_context(method="POST", data={"any": "thing"}):
            form = Form(meta={"csrf": False})
            assert form.carries_out(use_case)
            assert form.result == "again"
        threads[0].join()
