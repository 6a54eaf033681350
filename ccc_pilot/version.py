"""The version, as the installed package or the checkout's setup.cfg says it."""

from configparser import ConfigParser
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def _read() -> str:
    try:
        return version("ccc-pilot")
    except PackageNotFoundError:
        parser = ConfigParser()
        parser.read(Path(__file__).parent.parent / "setup.cfg", encoding="utf-8")
        return parser.get("metadata", "version", fallback="0")


VERSION = _read()
