"""The kinds of evidence that the editions of standards ask for: one list of them all, by code."""

from collections.abc import Mapping

from ccc_pilot.catalogue.editions import editions
from ccc_pilot.i18n import Text


def kinds() -> Mapping[str, Text]:
    """Return every kind of evidence by its code, with its title, in the order in which the editions name them."""
    found: dict[str, Text] = {}
    for edition in editions().values():
        for kind in edition.kinds.values():
            found.setdefault(kind.code, kind.title)
    return found
