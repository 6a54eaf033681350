"""The settings of an installation that lives as long as a test."""

from pathlib import Path

from ccc_pilot.config import Settings

SECRET = "a secret of the tests alone, long enough"


def settings_in(folder: Path, database_url: str) -> Settings:
    """Return the settings of a test: all it writes lies in ``folder``."""
    return Settings(data_dir=folder / "data", database_url=database_url, secret_key=SECRET, base_url="http://localhost")
