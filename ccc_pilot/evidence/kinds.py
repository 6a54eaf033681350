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


def asked(object_key: str) -> Mapping[str, Text]:
    """Return the kinds that a point of an edition asks for ("oeci-3x-p:GOV-01.1@ro"), those it cannot do without first; none of other things."""
    edition = editions().get(object_key.partition(":")[0])
    key = object_key.partition("@")[0]
    point = next((one for one in edition.points if one.key == key), None) if edition else None
    if edition is None or point is None:
        return {}
    needs = sorted(point.requires, key=lambda need: not need.mandatory)
    return {need.kind: edition.kinds[need.kind].title for need in needs if need.kind in edition.kinds}
