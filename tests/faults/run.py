"""The fault run: on SQLite, on PostgreSQL, and with two hosts on one PostgreSQL where the machine lets us lay a network.

``python -m tests.faults.run [--reminders 2000] [--kills 50] [--workers 4] [--cuts 8]`` prints the figures and ends with 1 where they are not met.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.faults import network, sending, two_hosts
from tests.support.postgres import Cluster

DEFAULTS = {"reminders": 2000, "kills": 50, "workers": 4, "cuts": 8}


def main() -> int:
    """Run as the command line asks, print the figures, return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, number in DEFAULTS.items():
        parser.add_argument(f"--{name}", type=int, default=number)
    asked = vars(parser.parse_args())
    good = all([*_engines(**asked), two_hosts_are_well(asked["reminders"], asked["cuts"])])
    print("the promise is kept" if good else "THE PROMISE IS BROKEN")
    return 0 if good else 1


def _engines(*, reminders: int, kills: int, workers: int, cuts: int) -> Iterator[bool]:
    cluster = Cluster()
    try:
        for engine in ("sqlite", "postgresql"):
            with tempfile.TemporaryDirectory() as folder:
                url = f"sqlite:///{folder}/faults.sqlite" if engine == "sqlite" else cluster.url(cluster.create())
                figures = sending.run(url, Path(folder), reminders=reminders, kills=kills, workers=workers)
            print(f"{engine:<11}{figures}", flush=True)
            yield figures.are_met
    finally:
        cluster.stop()


def two_hosts_are_well(reminders: int, cuts: int) -> bool:
    """Whether nothing was broken; where the machine does not allow it, it says so."""
    try:
        figures = two_hosts.run(reminders=reminders, cuts=cuts)
    except network.NotAllowed as reason:
        print(f"two hosts  NOT RUN, this machine does not allow it: {reason}", flush=True)
        return True
    print(f"two hosts  {figures}", flush=True)
    return figures.are_met and figures.fenced > 0 and figures.waited < two_hosts.LONGEST_WAIT


if __name__ == "__main__":
    raise SystemExit(main())
