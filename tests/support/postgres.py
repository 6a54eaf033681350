"""A PostgreSQL server of the tests' own: private folder and socket, no network, nothing written through to the disk."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

FAST = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
}
START_SECONDS = 30
IN_MEMORY, ENOUGH = Path("/dev/shm"), 4 * 2**30  # bytes free; a database of the tests takes some 15 MB


def programs() -> Path:
    """Return the folder of the server's programs. Raises ``LookupError`` when it is not installed."""
    for initdb in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True):
        return initdb.parent
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    raise LookupError("PostgreSQL is not installed, and the tests need it: sudo apt-get install postgresql")


class Cluster:
    """A running server; ``stop`` ends it and removes its folder.

    ``address``: where it listens for other hosts beside its socket (nowhere). ``within``: the command that starts it in another network.
    """

    def __init__(self, address: str = "", within: tuple[str, ...] = ()) -> None:
        self.address, self.within = address, within
        in_memory = IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ENOUGH
        self.folder = Path(tempfile.mkdtemp(prefix="ccc-pg-", dir=IN_MEMORY if in_memory else None))
        # The server refuses to run as root; Debian's package brings the user postgres for it.
        self.user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        if self.user:
            shutil.chown(self.folder, "postgres", "postgres")
        self.server: subprocess.Popen[bytes] | None = None
        self.databases = 0
        self._lay()
        self.start()

    def _lay(self) -> None:
        subprocess.run(
            [programs() / "initdb", "-D", self.folder / "data", "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"],
            check=True,
            capture_output=True,
            cwd=self.folder,
            **self.user,
        )
        if self.address:
            with (self.folder / "data" / "pg_hba.conf").open("a") as rules:
                rules.write("host all tests samenet trust\n")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = FAST | {"listen_addresses": self.address}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        owner = {} if self.within else self.user
        with (self.folder / "log").open("ab") as log:
            self.server = subprocess.Popen(
                [*self.within, programs() / "postgres", "-D", self.folder / "data", "-k", self.folder, *options],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **owner,
            )
        until = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.server.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the test database did not start:\n{(self.folder / 'log').read_text()}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    def halt(self) -> None:
        """Stop the server; ``start`` brings it back with all it held."""
        if self.server is not None:
            self.server.send_signal(signal.SIGINT)
            self.server.wait(START_SECONDS)
            self.server = None

    def stop(self) -> None:
        """Stop the server for good."""
        self.halt()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        """Return the address of ``database``, as the setting DATABASE_URL takes it."""
        return f"postgresql://tests@/{database}?host={self.folder}"

    def url_at(self, database: str) -> str:
        """Return the address of ``database`` for other hosts."""
        return f"postgresql://tests@{self.address}/{database}"

    def create(self, template: str = "template1") -> str:
        """Make a new database as a copy of ``template``; returns its name."""
        self.databases += 1
        name = f"test_{self.databases}"
        self.do(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Remove the database ``name``, whoever is still connected."""
        self.do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def do(self, statement: str) -> None:
        """Run one statement outside any transaction."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)
