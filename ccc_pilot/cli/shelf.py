"""The command ``catalogue check``: what is wrong on the shelves, said in both languages to the expert who wrote it."""

from argparse import Namespace
from pathlib import Path

from flask import Flask

from ccc_pilot import catalogue
from ccc_pilot.catalogue.crosswalks import check_crosswalks
from ccc_pilot.cli.ground import Hindrance, complain, say
from ccc_pilot.i18n import LANGUAGES, force_locale, init_app

PLAN, STANDARD = "plan.toml", "standard.toml"
READERS = {PLAN: catalogue.read_plan, STANDARD: catalogue.read_edition}


def check(args: Namespace) -> int:
    """Print every fault of the plans and standards on the shelves, or of those at PATH, in Swedish and English."""
    faults = faults_at(Path(args.path)) if args.path else _all_faults()
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


def _all_faults() -> list[catalogue.Fault]:
    faults = [*catalogue.check(), *catalogue.check_standards()]
    return faults or check_crosswalks()  # what a crosswalk names is looked for in editions without fault


def faults_at(path: Path) -> list[catalogue.Fault]:
    """Return the faults of what lies in the folder ``path`` or in its folders. Raises ``Hindrance`` if there is no catalogue."""
    files = [path / name for name in READERS if (path / name).is_file()] or sorted(
        file for name in READERS for file in path.glob(f"*/{name}")
    )
    if not files:
        raise Hindrance(f"There is no {PLAN} or {STANDARD} in {path} or in a folder of it.")
    return [fault for file in files for fault in _faults_of(file)]


def _faults_of(file: Path) -> tuple[catalogue.Fault, ...]:
    try:
        READERS[file.name](file.parent)
    except catalogue.CatalogueFaults as found:
        return found.faults
    return ()
