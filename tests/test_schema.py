"""The schema: models and migrations agree, an upgrade happens once, wholly or not at all, and after a backup."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import func, inspect, select, text

from ccc_pilot import schema
from ccc_pilot.config import Settings
from ccc_pilot.db import db, transaction, writing
from ccc_pilot.progress.models import MilestoneRow
from tests.support.installation import settings_in
from tests.support.release import LaterRelease
from tests.support.server import ROOT, environment
from tests.support.server import command as ccc_pilot

pytestmark = pytest.mark.every_engine

NEWEST = schema.known()[-1]


@pytest.fixture
def empty_app(build_app: Callable[[Settings], Flask], empty_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database without tables, its context entered."""
    app = build_app(settings_in(tmp_path, empty_url))
    with app.app_context():
        yield app


def shape() -> dict[str, list[str]]:
    """Return the tables of the database and their columns, without Alembic's own."""
    seen = inspect(db.engine)
    return {
        table: sorted(column["name"] for column in seen.get_columns(table))
        for table in sorted(seen.get_table_names())
        if table != "alembic_version"
    }


def tables_of(file: Path) -> set[str]:
    with sqlite3.connect(file) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_the_models_and_the_migrations_describe_the_same_tables(context):
    with db.engine.connect() as connection:
        command.check(schema.alembic_config(connection))


def test_the_numbers_of_the_migrations_follow_one_another():
    assert schema.known() == [f"{number:04d}" for number in range(1, len(schema.known()) + 1)]


def test_up_down_and_up_again_gives_the_same_tables(empty_app, tmp_path):
    schema.upgrade(tmp_path / "backups")
    first = shape()
    with writing(), db.engine.connect() as connection, connection.begin():
        command.downgrade(schema.alembic_config(connection), "base")
    assert shape() == {}
    assert not schema.is_current()
    schema.upgrade(tmp_path / "backups")
    assert shape() == first
    assert "person" in first


def test_the_newest_schema_keeps_the_tally_of_milestones(pilot_context):
    """A migration that makes the table of rows anew must make its triggers anew too."""
    row = MilestoneRow
    kept = text("SELECT pilot_id, region, status, n FROM milestone_tally WHERE n <> 0")
    counted = select(row.pilot_id, row.region, row.status, func.count()).group_by(row.pilot_id, row.region, row.status)

    def told() -> list[list[tuple[object, ...]]]:
        return [sorted(tuple(one) for one in db.session.execute(asked)) for asked in (kept, counted)]

    first = told()
    assert first[0] == first[1] != []
    with transaction():
        rows = db.session.scalars(select(MilestoneRow.id).order_by(MilestoneRow.id)).all()
        db.session.execute(text("UPDATE milestone_row SET status = 'blocked' WHERE id = :row"), {"row": rows[0]})
        db.session.execute(text("UPDATE milestone_row SET region = 'elsewhere' WHERE id = :row"), {"row": rows[1]})
        db.session.execute(text("DELETE FROM milestone_change"))
        db.session.execute(text("DELETE FROM milestone_row WHERE id = :row"), {"row": rows[-1]})
    after = told()
    assert after[0] == after[1] != first[0]


def test_a_step_back_keeps_in_words_what_decisions_allocate(build_app, loaded_sqlite, tmp_path):
    url = f"sqlite:///{shutil.copyfile(loaded_sqlite, tmp_path / 'pilot.sqlite')}"
    told = "INSERT INTO decision_sum (decision_id, account, amount, year, last_year, recipient, object_key, note, source, source_ref) VALUES (1, 'Konto', 500000, 2026, 2027, 'RÖ', '', ' och mer', '', '')"
    with build_app(settings_in(tmp_path, url)).app_context(), writing(), db.engine.connect() as connection:
        with connection.begin():
            connection.execute(text(told))
        with connection.begin():
            command.downgrade(schema.alembic_config(connection), "0016")
        notes = connection.scalars(text("SELECT note FROM decision_link WHERE relation = 'allocates'")).all()
    assert "Konto och mer; RÖ; 500000 kr; 2026–2027" in notes


def test_a_database_without_tables_is_not_current_and_needs_no_backup(empty_app, tmp_path):
    assert not schema.is_current()
    assert schema.upgrade(tmp_path / "backups") is None
    assert schema.is_current()
    assert not (tmp_path / "backups").exists()


def test_an_upgrade_that_has_nothing_to_do_changes_nothing_and_makes_no_backup(context, tmp_path):
    before = shape()
    assert schema.upgrade(tmp_path / "backups") is None
    assert shape() == before


def test_a_database_of_a_later_version_is_refused(context, tmp_path):
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(schema.NewerSchema):
        schema.is_current()
    with pytest.raises(schema.NewerSchema):
        schema.upgrade(tmp_path / "backups")


def test_eight_processes_that_start_at_once_migrate_once(empty_url, tmp_path):
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "ccc_pilot", "upgrade"],
            env=environment(tmp_path / "data", database_url=empty_url),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(8)
    ]
    outputs = [process.communicate(timeout=120)[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * 8, outputs
    assert all(f"Schema {NEWEST} is in place." in output for output in outputs)


def test_an_upgrade_of_data_makes_a_backup_that_holds_them_and_passes_its_check(tmp_path):
    data = tmp_path / "data"
    assert ccc_pilot("upgrade", data_dir=data).returncode == 0
    with sqlite3.connect(data / "ccc_pilot.sqlite") as connection:
        connection.execute("INSERT INTO heartbeat (name, at) VALUES ('before the upgrade', '2026-01-01 00:00:00')")
    later = LaterRelease(tmp_path / "later", NEWEST)
    done = later.run("upgrade", data_dir=data)
    assert done.returncode == 0, done.stderr
    (backup,) = (data / "backups").iterdir()
    assert str(backup) in done.stdout
    with sqlite3.connect(backup) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT name FROM heartbeat").fetchall() == [("before the upgrade",)]
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (NEWEST,)
    assert "tool" in tables_of(data / "ccc_pilot.sqlite")
    assert "tool" not in tables_of(backup)


def test_an_upgrade_killed_in_the_middle_leaves_the_old_schema_and_can_be_done_again(tmp_path):
    data = tmp_path / "data"
    assert ccc_pilot("upgrade", data_dir=data).returncode == 0
    later = LaterRelease(tmp_path / "later", NEWEST)
    assert later.run("upgrade", data_dir=data, killed=True).returncode == -signal.SIGKILL
    assert "tool" not in tables_of(data / "ccc_pilot.sqlite")
    assert "ok" in ccc_pilot("check", data_dir=data).stdout.splitlines()[-1]
    assert later.run("upgrade", data_dir=data).returncode == 0
    assert "tool" in tables_of(data / "ccc_pilot.sqlite")


def test_an_older_program_refuses_the_database_of_a_later_one_in_a_sentence(tmp_path):
    data = tmp_path / "data"
    later = LaterRelease(tmp_path / "later", NEWEST)
    assert later.run("upgrade", data_dir=data).returncode == 0
    refused = ccc_pilot("upgrade", data_dir=data)
    assert refused.returncode == 1
    assert f"later version of ccc-pilot (schema {later.number})" in refused.stderr
    assert "Traceback" not in refused.stderr
