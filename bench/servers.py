"""The two servers that are compared, and a client that keeps its connection."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench import data

LOGIN = r"^{who}\s+(\S+)\s+(\S+)$"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
WORKERS, THREADS = 2, 8  # the product's own
ENCODINGS = "gzip, deflate, br"
START_SECONDS = 60
BOUNDARY = "----a-file-to-measure"
IDLE_SECONDS = 1  # after which gunicorn may be about to close a connection that was kept


@dataclass
class Server:
    """A server that runs, on ``port``; ``token`` and ``cookie`` once somebody has logged in."""

    process: subprocess.Popen[str]
    port: int
    output: Path
    token: str = ""
    cookies: dict[str, str] = field(default_factory=dict)

    def stop(self) -> None:
        """Ask it to end, and wait."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


class Client:
    """One browser: a connection that is kept, the cookies, and no cache. ``location``: where the last answer led."""

    def __init__(self, server: Server):
        self.server = server
        self.location = ""
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
        self.used = time.monotonic()

    def fetch(self, path: str, fields: Mapping[str, object] | None = None, **headers: str) -> tuple[int, bytes]:
        """Fetch a page (with ``fields``: post them); returns the status and the body as it came, compressed where it was."""
        body = urllib.parse.urlencode(fields, doseq=True).encode() if fields is not None else None
        return self._ask(path, body, "application/x-www-form-urlencoded", headers)

    def upload(self, path: str, fields: Mapping[str, object], name: str, data: bytes) -> tuple[int, bytes]:
        """Send a form with the file ``name`` that holds ``data`` in its field ``file``."""
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
            for field, value in fields.items()
        ]
        parts.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n')
        body = "".join(parts).encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()
        return self._ask(path, body, f"multipart/form-data; boundary={BOUNDARY}", {})

    def _ask(self, path: str, body: bytes | None, kind: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
        if time.monotonic() - self.used > IDLE_SECONDS:
            self.connection.close()  # it opens again by itself
        sent = {"Accept-Encoding": ENCODINGS, "Accept-Language": "sv", **headers}
        if self.server.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.server.cookies.items())
        if body is not None:
            sent["Content-Type"] = kind
        self.connection.request("POST" if body is not None else "GET", path, body, sent)
        response = self.connection.getresponse()
        self.location = response.headers.get("Location", "")
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";", 1)[0].partition("=")
            self.server.cookies[name] = value
        found = response.read()
        self.used = time.monotonic()
        return response.status, found

    def text(self, path: str, **headers: str) -> str:
        """Fetch a page as text."""
        return self.fetch(path, **{"Accept-Encoding": "identity", **headers})[1].decode()


def getter(server: Server, path: str) -> Callable[[], None]:
    """Return what fetches ``path`` from ``server`` each time it is called, by one client; another answer than 200 is a fault."""
    client = Client(server)

    def fetch() -> None:
        status, _body = client.fetch(path)
        assert status == 200, f"{path} was answered with {status}"

    return fetch


def seconds(call: Callable[[], object]) -> float:
    """Return how long ``call`` takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def product(folder: Path, who: str = "head lead") -> Server:
    """Start the product in the house ``folder`` as its users do, and log in ``who`` (as the demo lists them)."""
    port = _free_port()
    settings = data.surroundings(folder, port=port, workers=WORKERS)
    server = _start([sys.executable, "-m", "ccc_pilot", "serve", "--demo"], folder, settings, port, folder / "output")
    client = Client(server)
    email, password = re.findall(LOGIN.format(who=who), server.output.read_text(), re.MULTILINE)[0]
    fields = {"csrf_token": _token(client.text("/login")), "email": email, "password": password}
    status, _body = client.fetch("/login", fields)
    assert status == 302, f"the log-in was answered with {status}"
    server.token = _token(client.text("/"))
    return server


def bare(folder: Path, app: str = "bench.bare.app:app") -> Server:
    """Start the bare application ``app`` on a copy of the database of the house ``folder``."""
    port, file = _free_port(), folder / "bare.sqlite"
    shutil.copyfile(folder / "data" / "ccc_pilot.sqlite", file)
    options = ["--bind", f"127.0.0.1:{port}", "--preload", "--log-level", "warning"]
    workers = ["--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS)]
    command = [sys.executable, "-m", "gunicorn", *options, *workers, app]
    return _start(command, data.ROOT, {**os.environ, "BARE_DATABASE": str(file)}, port, folder / "bare-output")


def _token(page: str) -> str:
    found = TOKEN.search(page)
    assert found, "a page without a token against forged requests"
    return found.group(1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(command: list[str], folder: Path, environment: dict[str, str], port: int, output: Path) -> Server:
    with output.open("w") as file:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=file, stderr=file, text=True)
    server = Server(process, port, output)
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            Client(server).fetch("/rows")
            return server
        except OSError:
            time.sleep(0.05)
    sys.exit(f"The server did not start:\n{output.read_text()}")
