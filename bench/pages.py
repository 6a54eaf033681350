"""How fast are the pages, at 200, 2,000 and 20,000 rows? Each figure stands beside that of a bare application measured in the same run.

All servers run at once and one client asks them in turn (product, bare, product, bare …), so that what disturbs one disturbs all; figures
are medians. Run: python -m bench.pages [--rounds 60] [--seconds 1.5]; ``--sizes 200`` for a quick look.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from json import loads
from pathlib import Path
from statistics import median, quantiles

from bench import data
from bench.servers import Client, Server, bare, product

SIZES = (200, 2_000, 20_000)
GROWTH = 1.3  # of a page at the largest size, against the smallest
QUERIES = 15
CLIENTS = 4
WARM = 6
NAME = "M-00010"
EXPORT, EXPORT_SECONDS = "/milestones/export.xlsx?all=1", {2_000: 0.4, 20_000: 3.0}


@dataclass(frozen=True)
class Page:
    """A page of the product, the bare page it is held against, and how many times as long it may take."""

    name: str
    path: str
    against: str
    times: float | None


PAGES = (
    Page("overview", "/", "/", 7),
    Page("matrix, first page (50 lines, 150 rows)", "/milestones", "/", 4),
    Page("list of what is open, by date (50 lines)", "/milestones?status=open&sort=due", "/", 4),
    Page("one milestone", f"/milestones/plan-1/{NAME}", f"/plan-1:{NAME}", 5),
    Page("timeline of 200 rows", "/milestones/timeline?reporting=1", "/", 8),
)
UPDATE = "one update"
UPDATE_TIMES = 6


@dataclass
class Pair:
    """The product and the bare application on the same pilot; ``versions``: how often the row that is updated was saved."""

    rows: int
    folder: Path
    product: Server
    bare: Server
    saved: int = 0


def main() -> None:
    """Build the pilots, start the servers, measure, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=60, help="requests of one client to each page of each server")
    parser.add_argument("--seconds", type=float, default=1.5, help="how long the requests of four clients are counted")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        pairs: list[Pair] = []
        try:
            for rows in options.sizes:
                folder = Path(name) / str(rows)
                folder.mkdir()
                data.house(folder, rows)
                pairs.append(Pair(rows, folder, product(folder), bare(folder)))
            print(
                f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, ", end=""
            )
            print(f"load {os.getloadavg()[0]:.1f} before; {options.rounds} requests to each\n")
            tell_times(pairs, options.rounds)
            tell_exports(pairs)
            tell_queries(pairs)
            tell_rates(pairs, options.seconds)
        finally:
            for pair in pairs:
                pair.product.stop()
                pair.bare.stop()


def tell_times(pairs: list[Pair], rounds: int) -> None:
    """Measure every page with one client; print p50 and p95 of each size, the bare page and whether the aims are met."""
    head = "".join(f" {pair.rows:,} rows p50 / p95 |" for pair in pairs)
    print(f"| ms |{head} bare p50 | times bare | aim | largest / smallest | aim |")
    print("|---|" + "---|" * (len(pairs) + 5))
    for page in PAGES:
        _tell_line(page.name, page.times, *_in_turn(pairs, rounds, lambda pair, p=page: (p.path, p.against)))
    _tell_line(UPDATE, UPDATE_TIMES, *_updates_in_turn(pairs, rounds))
    print()


def _tell_line(name: str, times: float | None, ours: list[list[float]], theirs: list[list[float]]) -> None:
    cells = " | ".join(f"{_ms(median(one))} / {_ms(_p95(one))}" for one in ours)
    limit = [median(one) for one in theirs]
    ratio, growth = median(ours[0]) / limit[0], median(ours[-1]) / median(ours[0])
    print(
        f"| {name} | {cells} | {_ms(limit[0])} | {ratio:.1f} | {_aim(ratio, times)} | {growth:.2f} | {_aim(growth, GROWTH)} |",
        flush=True,
    )


def _in_turn(
    pairs: list[Pair], rounds: int, paths: Callable[[Pair], tuple[str, str]]
) -> tuple[list[list[float]], list[list[float]]]:
    """Return the seconds of each request, by pair: the product's and the bare application's."""
    clients = [(Client(pair.product), Client(pair.bare), *paths(pair)) for pair in pairs]
    ours: list[list[float]] = [[] for _ in pairs]
    theirs: list[list[float]] = [[] for _ in pairs]
    for turn in range(rounds + WARM):
        for n, (one, other, path, against) in enumerate(clients):
            mine, bare_one = _timed(one, path), _timed(other, against)
            if turn >= WARM:
                ours[n].append(mine)
                theirs[n].append(bare_one)
    return ours, theirs


def _updates_in_turn(pairs: list[Pair], rounds: int) -> tuple[list[list[float]], list[list[float]]]:
    """As ``_in_turn``, for saving a row: the form as the page's script sends it, each time on top of the version before."""
    clients = [(Client(pair.product), Client(pair.bare)) for pair in pairs]
    ours: list[list[float]] = [[] for _ in pairs]
    theirs: list[list[float]] = [[] for _ in pairs]
    for turn in range(rounds + WARM):
        for n, pair in enumerate(pairs):
            mine, bare_one = _update(clients[n][0], pair, ours=True), _update(clients[n][1], pair, ours=False)
            pair.saved += 1
            if turn >= WARM:
                ours[n].append(mine)
                theirs[n].append(bare_one)
    return ours, theirs


def _update(client: Client, pair: Pair, *, ours: bool) -> float:
    """Save the row once more (it begins at version 2, see bench/data.py); returns the seconds."""
    fields = {"version": 2 + pair.saved, "status": "ongoing", "percent": 1 + pair.saved % 98, "comment": f"Avstämt {pair.saved}"}
    if ours:
        return _timed(
            client, f"/milestones/plan-1/{NAME}/ro", {**fields, "csrf_token": pair.product.token}, **{"HX-Request": "true"}
        )
    return _timed(client, f"/plan-1:{NAME}/ro", fields)


def _timed(client: Client, path: str, fields: dict[str, object] | None = None, **headers: str) -> float:
    began = time.perf_counter()
    status, _body = client.fetch(path, fields, **headers)
    seconds = time.perf_counter() - began
    assert status == 200, f"{path} was answered with {status}"
    return seconds


def tell_exports(pairs: list[Pair]) -> None:
    """Measure the whole download of all rows as an Excel file."""
    print("| Excel export, whole download | seconds | aim |\n|---|---|---|")
    for pair in pairs:
        client = Client(pair.product)
        seconds = median(_timed(client, EXPORT) for _ in range(3))
        limit = EXPORT_SECONDS.get(pair.rows)
        print(f"| {pair.rows:,} rows | {seconds:.2f} | {_aim(seconds, limit, ' s')} |", flush=True)
    print()


def tell_queries(pairs: list[Pair]) -> None:
    """Count the queries of each page, in an application of its own on the same pilots."""
    print("| queries |" + "".join(f" {pair.rows:,} rows |" for pair in pairs) + f" the same, at most {QUERIES} |")
    print("|---|" + "---|" * (len(pairs) + 1))
    paths = [page.path for page in PAGES] + [EXPORT]
    found = []
    for pair in pairs:
        command = [sys.executable, "-m", "bench.queries", "huvudprojektledare", *paths]
        found.append(loads(subprocess.check_output(command, cwd=pair.folder, env=data.surroundings(pair.folder), text=True)))
    for name, path in zip([page.name for page in PAGES] + ["Excel export"], paths, strict=True):
        counts = [one[path] for one in found]
        met = "met" if len(set(counts)) == 1 and max(counts) <= QUERIES else "**not met**"
        print(f"| {name} | " + " | ".join(map(str, counts)) + f" | {met} |")
    print()


def tell_rates(pairs: list[Pair], seconds: float) -> None:
    """Measure how many requests a second the product answers to one client and to four."""
    print("| requests a second, 1 client / 4 clients |" + "".join(f" {pair.rows:,} rows |" for pair in pairs) + " bare |")
    print("|---|" + "---|" * (len(pairs) + 1))
    for page in PAGES:
        asked = [*((pair.product, page.path) for pair in pairs), (pairs[0].bare, page.against)]
        cells = (f"{_rate(server, path, 1, seconds):.0f} / {_rate(server, path, CLIENTS, seconds):.0f}" for server, path in asked)
        print(f"| {page.name} | " + " | ".join(cells) + " |", flush=True)


def _rate(server: Server, path: str, clients: int, seconds: float) -> float:
    counts = [0] * clients
    end = time.perf_counter() + seconds

    def ask(n: int) -> None:
        client = Client(server)
        while time.perf_counter() < end:
            _timed(client, path)
            counts[n] += 1

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - began)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f}"


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20, method="inclusive")[-1]


def _aim(value: float, limit: float | None, unit: str = "") -> str:
    if limit is None:
        return ""
    return f"≤ {limit:g}{unit}: " + ("met" if value <= limit else "**not met**")


if __name__ == "__main__":
    main()
