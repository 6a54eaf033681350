"""Measure the start: import and create_app, memory of a worker, seconds from ``make run`` to the first page. Prints a Markdown table.

Run it alone on the machine: ``make bench``. The first ``make run`` is made in a fresh copy of the repository, with the packages that pip
already has in its cache.
"""

import http.cookiejar
import os
import platform
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
RUNS = 7
REQUESTS = 50
LOGIN = re.compile(r"^head lead\s+(\S+)\s+(\S+)$", re.MULTILINE)
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
BARE = "import flask, flask_sqlalchemy"
WHOLE = "from ccc_pilot import create_app; create_app()"


def main() -> None:
    """Measure all and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        bare, whole = (seconds_of(code, Path(folder)) for code in (BARE, WHOLE))
        files = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True).split("\0")
        for name in filter(None, files):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((ROOT / name).read_bytes())
        first, _ = start(copy)
        second, memory = start(copy)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}\n")
    print("| what | measured | limit |\n|---|---|---|")
    print(f"| import and `create_app`, median of {RUNS} processes | {whole:.2f} s | 0.9 s |")
    print(f"| of that, Flask and Flask-SQLAlchemy alone | {bare:.2f} s | |")
    print(
        f"| memory of the larger worker after log-in and {REQUESTS} pages (RSS, shared pages counted) | {memory:.0f} MB | 130 MB |"
    )
    print(f"| `make run` in a fresh copy to the first page | {first:.1f} s | 60 s |")
    print(f"| `make run` again to the first page | {second:.1f} s | 3 s |")


def seconds_of(code: str, folder: Path) -> float:
    """Return the median time in seconds to import and run ``code`` in a new process, the interpreter's own start not counted.

    The first run is not counted: it leaves the compiled modules beside the others, as the first start of an installation does.
    """
    timed = f"import time; began = time.perf_counter(); {code}; print(time.perf_counter() - began)"
    environ = {**os.environ, "CCC_PILOT_DATA_DIR": str(folder / "data")}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    runs = [subprocess.check_output([sys.executable, "-c", timed], cwd=ROOT, env=environ, text=True) for _ in range(1 + RUNS)]
    return statistics.median(map(float, runs[1:]))


def start(copy: Path) -> tuple[float, float]:
    """Type ``make run`` in ``copy``; return the seconds to the first page and the memory of a worker in MB after some use."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began = time.perf_counter()
    with (copy / "output").open("w") as output:
        make = subprocess.Popen(["make", "run"], cwd=copy, env={**os.environ, "PORT": str(port)}, stdout=output, stderr=output)
    try:
        while not answers(f"http://127.0.0.1:{port}/login"):
            if make.poll() is not None:
                sys.exit((copy / "output").read_text())
            time.sleep(0.02)
        seconds = time.perf_counter() - began
        use(f"http://127.0.0.1:{port}", *LOGIN.findall((copy / "output").read_text())[0])
        return seconds, memory_of_a_worker(make.pid)
    finally:
        for process in psutil.Process(make.pid).children():
            process.send_signal(signal.SIGTERM)
        make.wait()


def answers(url: str) -> bool:
    """Whether a page comes from ``url``."""
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return response.status == 200
    except OSError:
        return False


def use(url: str, email: str, password: str) -> None:
    """Log in and fetch the milestones ``REQUESTS`` times."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    token = TOKEN.search(browser.open(f"{url}/login").read().decode())
    fields = {"csrf_token": token.group(1) if token else "", "email": email, "password": password}
    with browser.open(f"{url}/login", urllib.parse.urlencode(fields).encode()) as entered:
        assert "/login" not in entered.url, "the log-in was refused"
    for _ in range(REQUESTS):
        browser.open(f"{url}/milestones").read()


def memory_of_a_worker(make_pid: int) -> float:
    """Return the resident memory in MB of the larger web worker below ``make``: those processes that have no child, the scheduler too."""
    leaves = [process for process in psutil.Process(make_pid).children(recursive=True) if not process.children()]
    return max(process.memory_info().rss for process in leaves) / 1024**2


if __name__ == "__main__":
    main()
