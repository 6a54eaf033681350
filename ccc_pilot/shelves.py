"""Where the shelves (standards, milestones, templates, migrations) lie.

In the wheel they are folders of the package; in a checkout they stand beside it.
"""

from importlib.resources import files
from pathlib import Path

SHELVES = ("standards", "milestones", "templates", "migrations")


def shelf(name: str) -> Path:
    """Return the folder of the shelf ``name``.

    Raises ``LookupError`` for a name that is no shelf and ``FileNotFoundError`` when the folder is in neither place.
    """
    if name not in SHELVES:
        raise LookupError(name)
    package = Path(str(files("ccc_pilot")))
    for folder in (package / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"{name}/ is neither in {package} nor beside it")
