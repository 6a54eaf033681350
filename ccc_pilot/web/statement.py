"""The accessibility statement's facts, from the data file beside this one."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from ccc_pilot.i18n import Text

FILE = Path(__file__).with_name("accessibility.toml")


@dataclass(frozen=True, slots=True)
class Statement:
    """What the law on digital public service asks a statement to hold, as far as the installation knows it."""

    assessed: date
    updated: date
    actor: str
    contact: str
    answer_days: int
    lacks: tuple[Text, ...]


@cache
def read() -> Statement:
    """Read the statement's facts."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    lacks = tuple(Text(**lack) for lack in told.pop("lacks"))
    return Statement(**told, lacks=lacks)
