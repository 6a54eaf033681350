"""What the key of a thing leads to: its name and its page, told by the key alone (evidence knows no other room)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thing:
    """What an item proves: how it is called, and its page (empty where there is none)."""

    title: str
    url: str = ""


def thing(object_key: str) -> Thing:
    """Return what ``object_key`` names."""
    return Thing(object_key)
