"""The names behind the keys that actions carry: regions, posts and persons, asked for once for a whole page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from ccc_pilot.db import db
from ccc_pilot.i18n import gettext as _
from ccc_pilot.improvement.models import Action
from ccc_pilot.people.models import Person, Post
from ccc_pilot.people.pilots import Region
from ccc_pilot.people.policy import NETWORK


@dataclass(frozen=True, slots=True)
class Names:
    """The names behind the keys of a page of actions."""

    regions: Mapping[str, str]
    posts: Mapping[str, str]
    persons: Mapping[int, str]

    def region(self, key: str) -> str:
        """The region's short name; "All" for the whole network."""
        return _("All") if key == NETWORK else self.regions.get(key, key)

    def owner(self, action: Action) -> str:
        """Who is responsible, in words; empty where nobody is named."""
        return self.responsible(action.owner) or action.owner_words

    def responsible(self, key: str) -> str:
        """The name behind "post:<key>" or "person:<id>"; other words as they are."""
        kind, _colon, rest = key.partition(":")
        if kind == "post":
            return self.posts.get(rest, rest)
        return self.persons.get(int(rest), "") if kind == "person" and rest.isdecimal() else key


def names(actions: Sequence[Action], regions: Sequence[Region], *more: int | None) -> Names:
    """Return the names that ``actions`` need, and those of the persons ``more``: two queries, however many actions there are."""
    keys = {action.post_key for action in actions if action.post_key}
    numbers = {action.owner_id for action in actions if action.owner_id} | {number for number in more if number}
    return _named(regions, keys, numbers)


def of_keys(owners: Sequence[str], regions: Sequence[Region]) -> Names:
    """Return the names behind ``owners`` ("post:<key>", "person:<id>" or plain words): two queries."""
    parts = [owner.partition(":") for owner in owners]
    posts = {rest for kind, _colon, rest in parts if kind == "post"}
    return _named(regions, posts, {int(rest) for kind, _colon, rest in parts if kind == "person" and rest.isdecimal()})


def _named(regions: Sequence[Region], keys: set[str], numbers: set[int]) -> Names:
    posts = db.session.scalars(select(Post).where(Post.key.in_(keys))) if keys else ()
    persons = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(numbers))).all() if numbers else ()
    return Names({region.key: region.short for region in regions}, {post.key: str(post.title) for post in posts}, dict(persons))
