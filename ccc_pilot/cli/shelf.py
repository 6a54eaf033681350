"""The command ``catalogue check``: what is wrong on the shelves, said in both languages to the expert who wrote it."""

from argparse import Namespace
from pathlib import Path

from flask import Flask

from ccc_pilot import catalogue
from ccc_pilot.cli.ground import Hindrance, complain, say
from ccc_pilot.i18n import LANGUAGES, force_locale, init_app

PLAN = "plan.toml"


def check(args: Namespace) -> int:
    """Print every fault of the plans on the shelf, or of those at PATH, in Swedish and English."""
    faults = faults_at(Path(args.path)) if args.path else catalogue.check()
    app = Flask("ccc_pilot")
    init_app(app, "Europe/Stockholm", "sv")
    with app.app_context():
        for fault in faults:
            complain(f"{fault.file}: {fault.place}")
            for language in LANGUAGES:
                with force_locale(language):
                    complain(f"  {language}: {fault.message}")
    say(f"{len(faults)} faults." if faults else "No faults.")
    return 1 if faults else 0


def faults_at(path: Path) -> list[catalogue.Fault]:
    """Return the faults of the plan in the folder ``path``, or of all plans in its folders. Raises ``Hindrance`` if there is none."""
    if (path / PLAN).is_file():
        try:
            catalogue.read_plan(path)
        except catalogue.CatalogueFaults as found:
            return list(found.faults)
        return []
    if not any(path.glob(f"*/{PLAN}")):
        raise Hindrance(f"There is no {PLAN} in {path} or in a folder of it.")
    return catalogue.check(path)
