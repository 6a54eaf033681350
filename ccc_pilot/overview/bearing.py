"""What evidence asks of the rooms whose things it proves: answers and improvement actions each know who bears them."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from ccc_pilot.assessment import neighbouring
from ccc_pilot.improvement import proving


def bearers(keys: Collection[str]) -> Mapping[str, Collection[int]]:
    """Return who bears the things with these keys, and so does not judge what proves them. A query a room."""
    return {**neighbouring.bearers(keys), **proving.bearers(keys)}


NEIGHBOURS = replace(neighbouring.NEIGHBOURS, bearers=bearers)
