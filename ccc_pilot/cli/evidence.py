"""The commands that look after evidence: are the files as they were, do the addresses still answer?"""

from argparse import Namespace

from ccc_pilot.cli import ground
from ccc_pilot.cli.ground import say
from ccc_pilot.evidence import upkeep
from ccc_pilot.evidence.store import FOLDER, Store


def verify(_args: Namespace) -> int:
    """Compare every stored file with its hash; exit code 1 where one is damaged or gone."""
    with ground.house() as app:
        found, marked = upkeep.look_over(Store(app.extensions["ccc_settings"].data_dir / FOLDER))
    for name in sorted(found.damaged):
        say(f"damaged: {name}")
    say(f"{len(found.sound)} files are as they were; {marked} versions are newly marked as damaged or gone.")
    return 1 if found.damaged or marked else 0


def check_links(_args: Namespace) -> int:
    """Ask the addresses put up as evidence, those not asked for a week, whether they still answer."""
    with ground.house():
        asked, dead = upkeep.ask_addresses()
    say(f"{asked} addresses were asked, {dead} are newly dead.")
    return 0
