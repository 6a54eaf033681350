"""The commands as their users run them: each in a process of its own, on real ports and folders."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil

from ccc_pilot import schema
from ccc_pilot.db import db
from ccc_pilot.version import VERSION
from tests.support.server import ROOT, START_SECONDS, Server, command, environment

ROLES = (
    "head lead",
    "regional lead RÖ",
    "regional lead RJL",
    "regional lead RKL",
    "medical expert RÖ",
    "rcc reviewer",
    "economist",
    "rsl reader",
    "administrator",
)


def wait_for(what, seconds=START_SECONDS):
    """Wait until ``what()`` is true and return its value."""
    until = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < until, f"waited {seconds} s in vain"
        time.sleep(0.05)
    return found


def scheduler_of(server: Server) -> psutil.Process | None:
    """Return the scheduler's process: the child of the server that has no child of its own (the web has its workers)."""
    children = psutil.Process(server.process.pid).children()
    try:
        web = [child for child in children if child.children()]
    except psutil.NoSuchProcess:  # one of them ended while it was asked
        return None
    beside = [child for child in children if child not in web]
    return beside[0] if len(web) == 1 and len(beside) == 1 else None


def health(server: Server) -> dict[str, str]:
    return json.loads(server.fetch("/healthz")[1])


def assert_one_sentence(done: subprocess.CompletedProcess[str], part: str) -> None:
    assert done.returncode == 1
    assert part in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_version_is_printed_by_module_and_by_program():
    for words in (
        [sys.executable, "-m", "ccc_pilot"],
        [sys.executable, "-c", "from ccc_pilot.cli import main; raise SystemExit(main())"],
    ):
        assert subprocess.check_output([*words, "version"], cwd=ROOT, text=True).strip() == VERSION


def test_the_demo_prints_one_log_in_a_line_that_begins_with_the_role_and_ends_with_address_and_password(serve):
    lines = serve("--demo").output.splitlines()
    for role in ROLES:
        (line,) = [line for line in lines if line.startswith(role + " ")]
        email, password = line.removeprefix(role).split()
        assert "@" in email
        assert password


def test_health_tells_version_database_and_scheduler(serve):
    server = serve()
    wait_for(lambda: health(server)["scheduler"] == "ok")
    assert health(server) == {"version": VERSION, "database": "ok", "scheduler": "ok"}


def test_a_start_without_demo_prints_no_log_in_and_loads_no_pilot(serve, tmp_path):
    server = serve()
    assert "@" not in server.output
    assert command("person", "list", data_dir=server.data_dir).stdout == ""


def test_the_second_start_finds_what_the_first_one_made(serve):
    first = serve("--demo")
    people = command("person", "list", data_dir=first.data_dir).stdout
    assert first.stop() == 0
    second = serve("--demo", data_dir=first.data_dir)
    assert second.status("/login") == 200
    assert "brought to schema" not in second.output
    assert command("person", "list", data_dir=first.data_dir).stdout == people


def test_a_port_that_is_taken_is_one_sentence(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert_one_sentence(command("serve", "--demo", data_dir=tmp_path / "data", port=port), f"Port {port}")


def test_a_data_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "data").write_text("a file stands where the folder should be")
    assert_one_sentence(command("serve", "--demo", data_dir=tmp_path / "data", port=8999), "cannot be written")


def test_a_database_that_cannot_be_reached_is_one_sentence(tmp_path):
    done = command("upgrade", data_dir=tmp_path / "data", database_url="postgresql://nobody@127.0.0.1:9/none")
    assert_one_sentence(done, "the database cannot be used")


def test_sigterm_lets_a_request_that_has_begun_be_finished(serve):
    server = serve()
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as begun:
        begun.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        time.sleep(0.5)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        begun.sendall(b"Connection: close\r\n\r\n")
        assert b"200 OK" in begun.recv(4096)
    assert server.stop() == 0


def test_the_scheduler_is_started_again_when_it_dies_and_nobody_survives_the_end(serve):
    server = serve()
    first = wait_for(lambda: scheduler_of(server))
    first.kill()
    second = wait_for(lambda: (found := scheduler_of(server)) and found.pid != first.pid and found)
    everybody = psutil.Process(server.process.pid).children(recursive=True)
    assert second in everybody
    assert server.stop() == 0
    wait_for(lambda: not any(process.is_running() for process in everybody))


def test_nothing_goes_on_holding_the_port_when_the_first_process_is_killed(serve):
    server = serve()
    wait_for(lambda: scheduler_of(server))
    everybody = psutil.Process(server.process.pid).children(recursive=True)
    server.process.kill()
    server.process.wait()
    wait_for(lambda: not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in everybody))
    assert server.status("/healthz") == 0


def test_health_is_503_while_postgres_is_away_and_200_when_it_is_back(serve, cluster, postgres_url):
    server = serve(database_url=postgres_url)
    assert server.status("/healthz") == 200
    cluster.halt()
    try:
        status, answer = server.fetch("/healthz")
        assert (status, json.loads(answer)["database"]) == (503, "away")
    finally:
        cluster.start()
    wait_for(lambda: server.status("/healthz") == 200)


def test_health_is_503_when_the_sqlite_file_is_no_database(sqlite_app):
    file = Path(sqlite_app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))
    assert sqlite_app.test_client().get("/healthz").status_code == 200
    with sqlite_app.app_context():
        db.engine.dispose()  # as a worker that connects anew
    file.write_bytes(os.urandom(8192))
    assert sqlite_app.test_client().get("/healthz").status_code == 503
    file.unlink()
    assert sqlite_app.test_client().get("/healthz").status_code == 503


def test_demo_loads_once_and_refuses_a_database_that_holds_a_pilot(tmp_path):
    first = command("demo", data_dir=tmp_path / "data")
    assert first.returncode == 0, first.stderr
    assert "head lead" in first.stdout
    assert_one_sentence(command("demo", data_dir=tmp_path / "data"), "already has a pilot")


def test_check_names_settings_folder_database_and_schema(tmp_path):
    before = command("check", data_dir=tmp_path / "data")
    assert "to be upgraded" in before.stdout
    command("upgrade", data_dir=tmp_path / "data")
    after = command("check", data_dir=tmp_path / "data")
    assert [line.split()[:2] for line in after.stdout.splitlines()] == [
        ["settings", "ok"],
        ["folder", "ok"],
        ["database", "ok"],
        ["schema", "ok"],
    ]


def test_upgrade_says_which_schema_is_in_place(tmp_path):
    assert f"Schema {schema.known()[-1]} is in place." in command("upgrade", data_dir=tmp_path / "data").stdout


def test_the_journal_of_a_demo_holds_and_a_changed_entry_is_found(tmp_path):
    data = tmp_path / "data"
    command("demo", data_dir=data)
    whole = command("journal", "verify", data_dir=data)
    assert (whole.returncode, whole.stdout) == (0, "The journal holds.\n")
    change = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('DROP TRIGGER journal_no_update');"
        "c.execute('UPDATE journal SET object_key = ''x'' WHERE seq = 2'); c.commit()"
    ).replace("''x''", '"x"')
    subprocess.run([sys.executable, "-c", change, data / "ccc_pilot.sqlite"], check=True, env=environment(data))
    broken = command("journal", "verify", data_dir=data)
    assert broken.returncode == 1
    assert "entry 2: was changed" in broken.stdout


def test_catalogue_check_says_file_place_and_fault_in_both_languages(tmp_path):
    assert command("catalogue", "check", data_dir=tmp_path).stdout == "No faults.\n"
    plan = tmp_path / "plans" / "my-plan"
    plan.mkdir(parents=True)
    (plan / "plan.toml").write_text('key = "my-plan"\nnonsense = 1\n')
    for path in (plan, plan.parent):
        done = command("catalogue", "check", str(path), data_dir=tmp_path)
        assert done.returncode == 1
        assert f"{plan.name}/plan.toml: nonsense\n  sv: " in done.stderr
        assert "  en: There is no such key.\n" in done.stderr
        assert done.stdout.endswith("faults.\n")


def test_catalogue_check_of_a_folder_without_a_plan_is_one_sentence(tmp_path):
    assert_one_sentence(command("catalogue", "check", str(tmp_path), data_dir=tmp_path), "There is no plan.toml")


def test_an_unknown_command_ends_with_code_2_and_the_usage(tmp_path):
    done = command("dance", data_dir=tmp_path)
    assert done.returncode == 2
    assert "usage: ccc-pilot" in done.stderr
