"""How fast is the improvement plan, at 1,000 and 10,000 actions? Beside its table a bare one: the same query and a plain template.

Product and bare application run as their users have them, one client asks them in turn (see bench/servers.py). Run:
python -m bench.improvement [--sizes 1000 10000] [--word 300] [--pdf 1000] [--rounds 31]; smaller numbers for a quick look.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from json import loads
from pathlib import Path
from statistics import median

from bench import improvement_data as data
from bench.data import surroundings
from bench.servers import Client, Server, bare, getter, product, seconds

LEAD = ("head lead", "huvudprojektledare")  # who looks and saves: as the demo lists them, and their name
WARM = 4
BULK = 500
PICK = re.compile(r'name="row" value="(\d+\.\d+)"')
AIM_TIMES, AIM_QUERIES, AIM_BULK, AIM_WORD, AIM_PDF = 4, 15, 1.0, 1.0, 3.0


def main() -> None:
    """Build the plans, start the servers, measure in turn, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--word", type=int, default=300)
    parser.add_argument("--pdf", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=31)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plans = data.house(folder, sorted({*given.sizes, given.word, given.pdf}))
        ours, theirs = product(folder, LEAD[0]), bare(folder, "bench.bare.plan:app")
        try:
            print(
                f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, ", end=""
            )
            print(f"load {os.getloadavg()[0]:.1f} before, {given.rounds} requests to each\n")
            tell_table(folder, ours, theirs, {size: plans[size] for size in given.sizes}, given.rounds)
            tell_work(ours, theirs, plans, given.sizes, given.word, given.pdf)
        finally:
            ours.stop()
            theirs.stop()


def tell_table(folder: Path, ours: Server, theirs: Server, plans: dict[int, int], rounds: int) -> None:
    """Print the medians of the table's first page beside the bare one, and the number of queries."""
    paths = [f"/improvement?plan={number}" for number in plans.values()]
    command = [sys.executable, "-m", "bench.queries", LEAD[1], *paths]
    counts: dict[str, int] = loads(subprocess.check_output(command, cwd=folder, env=surroundings(folder), text=True))
    print(f"| the table, first page | ms | bare | times bare ≤ {AIM_TIMES} | queries ≤ {AIM_QUERIES} |\n|---|---|---|---|---|")
    for (size, number), path in zip(plans.items(), paths, strict=True):
        asked = getter(ours, path), getter(theirs, f"/plans/{number}")
        turns = [tuple(seconds(one) for one in asked) for _turn in range(rounds + WARM)][WARM:]
        mine, other = (1000 * median(turn[which] for turn in turns) for which in (0, 1))
        times, n = mine / other, counts[path]
        print(
            f"| {size:,} actions | {mine:.1f} | {other:.1f} | {times:.1f}: {_met(times <= AIM_TIMES)} | {n}: {_met(n <= AIM_QUERIES)} |",
            flush=True,
        )
    print()


def tell_work(
    ours: Server, theirs: Server, plans: dict[int, int], sizes: Sequence[int], word: int, pdf: int
) -> None:  # fmt: skip
    """Print how long a change of many rows takes, with the bare application's one statement beside, and the plan as a file."""
    print("| what | seconds | bare | aim |\n|---|---|---|---|")
    for size in sizes:
        mine, other, n = _bulk(ours, theirs, plans[size])
        print(
            f"| {n} of {size:,} actions changed at once, with history and journal | {mine:.2f} | {other:.2f} | ≤ {AIM_BULK:g}: {_met(mine <= AIM_BULK)} |"
        )
    for size, ending, aim in ((word, "docx", AIM_WORD), (pdf, "pdf", AIM_PDF)):
        spent = min(seconds(getter(ours, f"/improvement/export.{ending}?plan={plans[size]}")) for _turn in range(3))
        print(f"| {ending} of {size:,} actions | {spent:.2f} | | ≤ {aim:g}: {_met(spent <= aim)} |")


def _bulk(ours: Server, theirs: Server, number: int) -> tuple[float, float, int]:
    """Change ``BULK`` rows by the form under the table, three times; returns the shortest of each side, and how many rows."""
    client, other, spent = Client(ours), Client(theirs), []
    for phase in ("do", "study", "act"):
        page = client.text(f"/improvement?plan={number}&choose=1&standing=open")
        empty = dict.fromkeys(("step", "percent", "owner", "due", "reason", "tag"), "")
        fields = {**empty, "row": PICK.findall(page)[:BULK], "phase": phase, "priority": "high", "csrf_token": ours.token}
        began = time.perf_counter()
        status, body = client.fetch(f"/improvement/plans/{number}/bulk", fields)
        between = time.perf_counter()
        assert status == 302, (status, body[:400])
        status, _body = other.fetch(f"/plans/{number}", fields)
        assert status == 200
        spent.append((between - began, time.perf_counter() - between, len(fields["row"])))
    return min(one for one, *_rest in spent), min(one for _ours, one, _n in spent), spent[0][2]


def _met(met: bool) -> str:
    return "met" if met else "**not met**"


if __name__ == "__main__":
    main()
