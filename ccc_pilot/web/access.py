"""The mark that every view carries: who may come in. A view without one is closed to all (see people/doors.py)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

View = TypeVar("View", bound=Callable[..., object])
PUBLIC = "public"


@dataclass(frozen=True)
class Door:
    """What a view asks of the one who enters.

    ``action`` is a row of the permission matrix, or ``PUBLIC``; ``region`` names the view argument that carries the region key.
    """

    action: str
    region: str | None = None


def may(action: str, *, region: str | None = None) -> Callable[[View], View]:
    """Mark a view with the permission it asks for. ``region`` names the URL argument whose region the permission must reach."""

    def mark(view: View) -> View:
        view.door = Door(action, region)  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Mark a view as open to everybody, logged in or not."""
    return may(PUBLIC)(view)
