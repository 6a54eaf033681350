"""The plans of the shelf, read when they are first asked for: what checks their shapes is a library that the start of the house does without."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from ccc_pilot.catalogue.faults import CatalogueFaults
from ccc_pilot.catalogue.records import Plan
from ccc_pilot.shelves import shelf


@lru_cache(maxsize=1)
def load_plans() -> Mapping[str, Plan]:
    """Return all plans of the shelf by their key; they are read once. Raises ``CatalogueFaults``."""
    from ccc_pilot.catalogue import plans

    found, faults = plans.read_all(shelf("milestones"))
    if faults:
        raise CatalogueFaults(faults)
    return MappingProxyType(found)
