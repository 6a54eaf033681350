"""What an address names: an edition, and the place of a point in it."""

from ccc_pilot.catalogue import Edition, editions
from ccc_pilot.catalogue.crosswalks import titled
from ccc_pilot.errors import NotFound


def edition(key: str) -> Edition:
    """Return the edition called ``key``. Raises ``NotFound``."""
    try:
        return editions.edition(key)
    except KeyError:
        raise NotFound from None


def place(key: str) -> tuple[str, str]:
    """Return (edition, anchor on its page) of a point, standard or chapter ("edition:number"). Raises ``NotFound``."""
    home, _colon, number = key.partition(":")
    if not titled(edition(home), key):
        raise NotFound
    return home, number
