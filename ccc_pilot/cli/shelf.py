"""The command ``catalogue check``: what is wrong on the shelves, said in both languages to the expert who wrote it."""

from argparse import Namespace
from pathlib import Path

from flask import Flask

from ccc_pilot.cli.ground import complain, say
from ccc_pilot.i18n import LANGUAGES, force_locale, init_app


def check(args: Namespace) -> int:
    """Print every fault of the catalogues at ``args.path`` (default: the shelf of plans) in Swedish and English."""
    from ccc_pilot import catalogue
    from ccc_pilot.shelves import shelf

    faults = catalogue.check(Path(args.path) if args.path else shelf("milestones"))
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
