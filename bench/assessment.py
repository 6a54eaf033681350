"""How fast is a round of self-assessment, at 3 and at 30 regions? Beside each page a bare one: the same query and a plain template.

Both run in this process, one after the other in turn, on the same database. Run: python -m bench.assessment
[--points 343] [--regions 3 30] [--evidence 5000] [--rounds 15]; smaller numbers for a quick look.
"""

import argparse
import os
import platform
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, event

from bench import assessment_data as data
from bench import assessment_files as files
from bench.assessment_sides import House, get, post, seconds

WARM = 3
Aim = tuple[str, float]  # what of, and the most it may be
TIMES_BARE, GROWTH, QUERIES = "times bare", "largest / smallest", "queries"


@dataclass(frozen=True)
class Page:
    """A page of the product, the bare page it is held against, and what is aimed at."""

    name: str
    ours: Callable[[House], Callable[[], object]]
    against: Callable[[House], Callable[[], object]]
    aims: tuple[Aim, ...] = ()


def _page(path: str) -> Callable[[House], Callable[[], object]]:
    return lambda house: lambda: get(house.client, f"{house.path}/{path}")


def _plain(path: str) -> Callable[[House], Callable[[], object]]:
    return lambda house: lambda: get(house.bare, path)


def _saver(house: House) -> Callable[[], object]:
    def save() -> None:
        house.saved += 1
        fields = {"version": 1 + house.saved, "score": "mostly", "note": f"Avstämt {house.saved}", "na_reason": ""}
        post(house.client, f"{house.path}/ro/points/P001/quick", fields, **{"HX-Request": "true"})

    return save


PAGES = (
    Page("a chapter of one region", _page("ro?chapter=C1"), _plain("/chapter"), ((QUERIES, 20),)),
    Page("all points of one region on one page", _page("ro"), _plain("/region"), ((TIMES_BARE, 4),)),
    Page("one point, to be answered", _page("ro/points/P001"), _plain("/chapter")),
    Page("results", _page("results"), _plain("/all"), ((GROWTH, 10),)),
    Page("gaps", _page("gaps"), _plain("/all")),
    Page("save an answer", _saver, lambda house: lambda: post(house.bare, "/save", {}), ((TIMES_BARE, 6),)),
)


def main() -> None:
    """Build the rounds, measure in turn, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--points", type=int, default=343)
    parser.add_argument("--regions", type=int, nargs="+", default=[3, 30])
    parser.add_argument("--evidence", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=31)
    given = parser.parse_args()
    data.put_on_the_shelf(given.points)
    with tempfile.TemporaryDirectory() as name:
        houses = [House.build(Path(name) / str(n), n, given.evidence) for n in given.regions]
        print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before; ", end="")
        print(f"{given.points} points, {given.evidence:,} items, {given.rounds} requests to each\n")
        tell_pages(houses, given.rounds)
        files.tell(houses)
        for house in houses:
            house.close()


def tell_pages(houses: list[House], rounds: int) -> None:
    """Print the medians of each page beside the bare one, the number of queries, and whether the aims are met."""
    sizes = "".join(f" {house.regions} regions | {QUERIES} | bare | {TIMES_BARE} |" for house in houses)
    print(f"| ms |{sizes} {GROWTH} | aim |")
    print("|---|" + "---|" * (4 * len(houses) + 2))
    for page in PAGES:
        sides = [(page.ours(house), page.against(house)) for house in houses]
        times = [[(seconds(ours), seconds(bare)) for ours, bare in sides] for _turn in range(rounds + WARM)][WARM:]
        ours, bare = ([1000 * median(turn[n][side] for turn in times) for n in range(len(houses))] for side in (0, 1))
        counts = [_queries(mine) for mine, _bare in sides]
        found = {
            TIMES_BARE: max(one / other for one, other in zip(ours, bare, strict=True)), GROWTH: ours[-1] / ours[0], QUERIES: max(counts),
        }  # fmt: skip
        cells = "".join(
            f" {one:.1f} | {n} | {other:.1f} | {one / other:.1f} |" for one, other, n in zip(ours, bare, counts, strict=True)
        )
        print(f"| {page.name} |{cells} {found[GROWTH]:.1f} | {_told(page.aims, found)} |", flush=True)
    print()


def _told(aims: tuple[Aim, ...], found: dict[str, float]) -> str:
    return ", ".join(f"{what} ≤ {most:g}: {'met' if found[what] <= most else '**not met**'}" for what, most in aims)


def _queries(call: Callable[[], object]) -> int:
    count = 0

    def add(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        nonlocal count
        count += not statement.startswith(("BEGIN", "PRAGMA"))

    event.listen(Engine, "before_cursor_execute", add)
    call()
    event.remove(Engine, "before_cursor_execute", add)
    return count


if __name__ == "__main__":
    main()
