"""What a command stands on: settings, the data folder, the application, a current database. What is missing is one sentence."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from ccc_pilot import config, create_app, schema
from ccc_pilot.config import Settings


class Hindrance(Exception):
    """Why a command cannot be done, in one sentence."""


def settings(*, demo: bool = False) -> Settings:
    """Read the settings from the environment; ``demo`` turns the demo on. Raises ``WrongSettings``."""
    return config.from_environment({**os.environ, **({config.PREFIX + "DEMO": "1"} if demo else {})})


def application(settings: Settings) -> Flask:
    """Build the application once its data folder is there and can be written. Raises ``Hindrance``."""
    try_folder(settings.data_dir)
    return create_app(settings)


def try_folder(folder: Path) -> None:
    """Make ``folder`` and write in it, as proof. Raises ``Hindrance``."""
    probe = folder / f".probe-{os.getpid()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise Hindrance(f"The data folder {folder.resolve()} cannot be written: {error.strerror}.") from error


@contextmanager
def house(*, demo: bool = False) -> Iterator[Flask]:
    """Stand in the application's context with a database that is up to date. Raises ``Hindrance``, ``WrongSettings``."""
    chosen = settings(demo=demo)
    app = application(chosen)
    with app.app_context():
        bring_up_to_date(chosen)
        yield app


def bring_up_to_date(settings: Settings) -> None:
    """Make or upgrade the schema where needed and say so. Raises ``Hindrance`` for a database of a later version."""
    try:
        if schema.is_current():
            return
        backup = schema.upgrade(settings.data_dir / "backups")
    except schema.NewerSchema as error:
        raise Hindrance(
            f"The database was written by a later version of ccc-pilot (schema {error}); start that version or restore a backup."
        ) from error
    say(f"The database is brought to schema {schema.known()[-1]}." + (f" Backup made first: {backup}" if backup else ""))


def say(text: object) -> None:
    """Print a line at once, also where the output is a file or a pipe."""
    print(text, flush=True)


def complain(text: object) -> None:
    """Print a line on the error output."""
    print(text, file=sys.stderr, flush=True)
