"""The command ``ccc-pilot``: what it understands, and how a fault becomes a sentence and an exit code."""

import argparse
import os
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.exc import OperationalError

from ccc_pilot.cli import evidence, person, remind, service, shelf
from ccc_pilot.cli.ground import Hindrance, complain
from ccc_pilot.config import WrongSettings
from ccc_pilot.errors import NotFound, Refused

FAULT, WRONG_SETTINGS = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what ``arguments`` (default: the command line's) ask for.

    Returns the exit code: 0 done, 1 not done (a sentence says why), 2 wrong settings or arguments.
    """
    args = parser().parse_args(arguments)
    os.umask(0o077)  # what is written is nobody else's to read on this computer
    try:
        return int(args.run(args))
    except WrongSettings as wrong:
        for fault in wrong.faults:
            complain(f"ccc-pilot: {fault}")
        return WRONG_SETTINGS
    except (Hindrance, Refused) as hindrance:
        complain(f"ccc-pilot: {hindrance}")
    except NotFound:
        complain("ccc-pilot: there is nothing of that name")
    except OperationalError as error:
        complain(f"ccc-pilot: the database cannot be used: {str(error.orig).splitlines()[0]}")
    return FAULT


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(
        prog="ccc-pilot", description="Runs and looks after ccc_pilot. Settings come from CCC_PILOT_… variables."
    )
    commands = top.add_subparsers(required=True, metavar="command")
    serve = _command(commands, "serve", service.serve)
    serve.add_argument("--demo", action="store_true", help="with demo people, whose log-ins are printed")
    _command(commands, "scheduler", service.scheduler)
    reminding = _command(commands, "remind", remind.remind)
    reminding.add_argument("--dry-run", action="store_true", help="show what would be told, and tell nobody")
    init = _command(commands, "init", person.init)
    _name_and_language(init)
    init.add_argument(
        "--pilot", action="store_true", help="load the pilot of Sydöstra sjukvårdsregionen, with its posts but nobody in them"
    )
    _command(commands, "load", service.load)
    _command(commands, "demo", service.demo)
    _command(commands, "upgrade", service.upgrade)
    _command(commands, "check", service.check)
    _command(commands, "version", service.version)
    _person(commands)
    catalogue = _group(commands, "catalogue", "the plans and standards on the shelves")
    _command(catalogue, "check", shelf.check).add_argument("path", nargs="?", help="a catalogue's folder; default: all plans")
    files = _group(commands, "evidence", "the files and addresses put up as evidence")
    _command(files, "verify", evidence.verify)
    _command(files, "check-links", evidence.check_links)
    _command(_group(commands, "journal", "the record of every change"), "verify", service.verify_journal)
    return top


def _person(commands: Any) -> None:
    group = _group(commands, "person", "those who can log in")
    _name_and_language(_command(group, "add", person.add))
    _command(group, "list", person.everybody)
    holder = _command(group, "hold", person.hold)
    holder.add_argument("email")
    holder.add_argument("post", help="the post's key, such as lead_pm (see the page of posts)")
    for name, run in (("disable", person.disable), ("enable", person.enable), ("reset", person.reset)):
        _command(group, name, run).add_argument("email")


def _name_and_language(command: argparse.ArgumentParser) -> None:
    command.add_argument("email")
    command.add_argument("name", help="first and last name")
    command.add_argument("--language", choices=("sv", "en"), default="sv")


def _group(commands: Any, name: str, about: str) -> Any:
    return commands.add_parser(name, help=about, description=about).add_subparsers(required=True, metavar="command")


def _command(commands: Any, name: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    about = (run.__doc__ or "").splitlines()[0]
    found: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    found.set_defaults(run=run)
    return found
