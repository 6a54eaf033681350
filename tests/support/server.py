"""The program as its users run it: a process of its own, a port of its own, a data folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 60


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data_dir: Path, **settings: object) -> dict[str, str]:
    """Return a clean environment with ``settings`` (names without prefix, in small letters) for the program."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CCC_PILOT_") and name != "PORT"}
    own = {f"CCC_PILOT_{name.upper()}": str(value) for name, value in {"data_dir": data_dir, **settings}.items()}
    return {**kept, **own, "PYTHONUNBUFFERED": "1"}


def command(*arguments: str, data_dir: Path, cwd: Path = ROOT, **settings: object) -> subprocess.CompletedProcess[str]:
    """Run ``ccc-pilot`` with ``arguments`` to its end; its output is text."""
    return subprocess.run(
        [sys.executable, "-m", "ccc_pilot", *arguments],
        env=environment(data_dir, **settings),
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
    )


@dataclass
class Server:
    """``ccc-pilot serve`` running; ``url`` is its address, ``output`` the file it writes to."""

    data_dir: Path
    arguments: tuple[str, ...] = ("--demo",)
    settings: dict[str, object] = field(default_factory=dict)
    cwd: Path = ROOT
    python: str = sys.executable
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        """The address to fetch from."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        """What the program has printed so far."""
        return (self.data_dir.parent / f"{self.port}.log").read_text()

    def start(self) -> "Server":
        """Start, and return once /healthz answers. Raises ``AssertionError`` with the output if it ends instead."""
        with (self.data_dir.parent / f"{self.port}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.python, "-m", "ccc_pilot", "serve", *self.arguments],
                env=environment(self.data_dir, port=self.port, **self.settings),
                cwd=self.cwd,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + START_SECONDS
        while self.status("/healthz") != 200:
            if self.process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise AssertionError(f"the server did not come up:\n{self.output}")
            time.sleep(0.05)
        return self

    def fetch(self, path: str) -> tuple[int, str]:
        """Return the status and the text at ``path``; status 0 when nobody answers."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def status(self, path: str) -> int:
        """Return the status at ``path``; 0 when nobody answers."""
        return self.fetch(path)[0]

    def stop(self) -> int:
        """Ask the program to end and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            raise
