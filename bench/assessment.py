"""How fast is a round of self-assessment, at 3 and at 30 regions? Beside each page a bare one: the same query and a plain template.

Product and bare application run as their users have them, one client asks them in turn (see bench/servers.py). Run: python -m bench.assessment
[--points 343] [--regions 3 30] [--evidence 5000] [--rounds 31]; smaller numbers for a quick look.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from json import loads
from pathlib import Path
from statistics import median

from bench import assessment_data as data
from bench import assessment_files as files
from bench.data import surroundings
from bench.servers import Client, Server, bare, getter, product, seconds

LEAD = ("regional lead RÖ", "projektledare.ro")  # who looks and saves: as the demo lists them, and their name
WARM = 4
TIMES_BARE, GROWTH, QUERIES = "times bare", "largest / smallest", "queries"


@dataclass
class Side:
    """A round of so many regions: the product and the bare application on it. ``saved``: how often the answer that is saved was saved."""

    regions: int
    folder: Path
    number: int
    product: Server
    bare: Server
    saved: int = 0

    @classmethod
    def build(cls, folder: Path, points: int, regions: int, evidence: int) -> "Side":
        """Build the round in ``folder`` and start both."""
        folder.mkdir()
        number = data.house(folder, points, regions, evidence)
        return cls(regions, folder, number, product(folder, LEAD[0]), bare(folder, "bench.bare.round:app"))

    @property
    def path(self) -> str:
        """Where the product's pages of the round begin."""
        return f"/assessment/{self.number}"

    def stop(self) -> None:
        """Stop both."""
        self.product.stop()
        self.bare.stop()


@dataclass(frozen=True)
class Page:
    """A page of the product below a round's address, the bare page it is held against, and what is aimed at: of what, and the most."""

    name: str
    path: str
    against: str
    aim: tuple[str, float] | None = None


PAGES = (
    Page("a chapter of one region", "/ro?chapter=C1", "/ro?chapter=bench:C1", (QUERIES, 20)),
    Page("all points of one region on one page", "/ro", "/ro", (TIMES_BARE, 4)),
    Page("one point, to be answered", "/ro/points/P001", "/ro?chapter=bench:C1"),
    Page("results", "/results", "", (GROWTH, 10)),
    Page("gaps", "/gaps", ""),
)
SAVE = Page("save an answer", "/ro/points/P001/quick", "/ro", (TIMES_BARE, 6))


def main() -> None:
    """Build the rounds, start the servers, measure in turn, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--points", type=int, default=343)
    parser.add_argument("--regions", type=int, nargs="+", default=[3, 30])
    parser.add_argument("--evidence", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=31)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        sides: list[Side] = []
        try:
            for n in given.regions:
                sides.append(Side.build(Path(name) / str(n), given.points, n, given.evidence))
            print(
                f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, ", end=""
            )
            print(f"load {os.getloadavg()[0]:.1f} before; {given.points} points, {given.evidence:,} pieces of evidence, ", end="")
            print(f"{given.rounds} requests to each\n")
            tell_pages(sides, given.rounds)
            files.tell(sides)
        finally:
            for side in sides:
                side.stop()


def tell_pages(sides: list[Side], rounds: int) -> None:
    """Print the medians of each page beside the bare one, the number of queries, and whether the aims are met."""
    counted = [_queries(side) for side in sides]
    head = "".join(f" {side.regions} regions | {QUERIES} | bare | {TIMES_BARE} |" for side in sides)
    print(f"| ms |{head} {GROWTH} | aim |")
    print("|---|" + "---|" * (4 * len(sides) + 2))
    for page in PAGES:
        asked = [(getter(side.product, side.path + page.path), getter(side.bare, _bare_path(side, page))) for side in sides]
        _tell(page, asked, rounds, [str(one[side.path + page.path]) for one, side in zip(counted, sides, strict=True)])
    _tell(SAVE, [(_saver(side), _bare_saver(side)) for side in sides], rounds, ["–"] * len(sides))
    print()


def _tell(page: Page, sides: list[tuple[Callable[[], None], Callable[[], None]]], rounds: int, counts: list[str]) -> None:
    times = [[(seconds(ours), seconds(theirs)) for ours, theirs in sides] for _turn in range(rounds + WARM)][WARM:]
    ours, theirs = ([1000 * median(turn[n][which] for turn in times) for n in range(len(sides))] for which in (0, 1))
    found = {
        TIMES_BARE: max(one / other for one, other in zip(ours, theirs, strict=True)), GROWTH: ours[-1] / ours[0],
        QUERIES: max((int(n) for n in counts if n.isdigit()), default=0),
    }  # fmt: skip
    cells = "".join(
        f" {one:.1f} | {n} | {other:.1f} | {one / other:.1f} |" for one, other, n in zip(ours, theirs, counts, strict=True)
    )
    what, most = page.aim or ("", 0)
    aim = f"{what} ≤ {most:g}: {'met' if found[what] <= most else '**not met**'}" if what else ""
    print(f"| {page.name} |{cells} {found[GROWTH]:.1f} | {aim} |", flush=True)


def _bare_path(side: Side, page: Page) -> str:
    return f"/rounds/{side.number}{page.against}"


def _saver(side: Side) -> Callable[[], None]:
    client = Client(side.product)

    def save() -> None:
        fields = {
            "version": 2 + side.saved,
            "score": "mostly",
            "note": f"Avstämt {side.saved}",
            "na_reason": "",
            "csrf_token": side.product.token,
        }
        status, _body = client.fetch(side.path + SAVE.path, fields, **{"HX-Request": "true"})
        assert status == 200, f"the save was answered with {status}"
        side.saved += 1

    return save


def _bare_saver(side: Side) -> Callable[[], None]:
    client = Client(side.bare)

    def save() -> None:
        status, _body = client.fetch(_bare_path(side, SAVE), {"note": f"Avstämt {time.time()}"})
        assert status == 200, f"the bare save was answered with {status}"

    return save


def _queries(side: Side) -> dict[str, int]:
    """Count the queries of each page, in an application of its own on the same round."""
    command = [sys.executable, "-m", "bench.queries", LEAD[1], *(side.path + page.path for page in PAGES)]
    found: dict[str, int] = loads(subprocess.check_output(command, cwd=side.folder, env=surroundings(side.folder), text=True))
    return found


if __name__ == "__main__":
    main()
