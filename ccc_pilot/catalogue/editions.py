"""Where the rest of the house finds an edition of standards by its key."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from ccc_pilot.catalogue.faults import CatalogueFaults
from ccc_pilot.catalogue.standard_records import Edition
from ccc_pilot.catalogue.stored import imported_editions
from ccc_pilot.shelves import shelf


def edition(key: str) -> Edition:
    """Return the edition called ``key``, from the shelf or imported. Raises ``KeyError`` when there is none."""
    return shelf_editions()[key] if key in shelf_editions() else imported_editions()[key]


def editions() -> Mapping[str, Edition]:
    """Return all editions by their key, those of the shelf first."""
    return MappingProxyType({**shelf_editions(), **imported_editions()})


@lru_cache(maxsize=1)
def shelf_editions() -> Mapping[str, Edition]:
    """Return the editions that are shipped, by their key; they are read once. Raises ``CatalogueFaults``."""
    from ccc_pilot.catalogue import standards

    if faults := standards.check_standards():
        raise CatalogueFaults(faults)
    return MappingProxyType({folder.name: standards.read_edition(folder) for folder in standards.folders(shelf("standards"))})
