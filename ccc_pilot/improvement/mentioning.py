"""Who is spoken to in a remark: "@" and a person's name, or the title or key of a post or what its role is called.

A post is whoever holds it that day and their deputy; a role that every region has is the one of the action's region.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import joinedload, selectinload

from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.folding import fold
from ccc_pilot.i18n import LANGUAGES, force_locale
from ccc_pilot.improvement import reading
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.improvement.review_models import Mention, Remark
from ccc_pilot.people.doors import region_of
from ccc_pilot.people.models import Holding, Person, Post
from ccc_pilot.people.policy import NETWORK, ROLE_TITLES

ENDS = re.compile(r"s?(?!\w)")  # a name ends where the word does; the Swedish genitive is still the name


def spoken_to(plan: ImprovementPlan, text: str, day: date, region: str = NETWORK) -> list[int]:
    """Return the ids of the persons who are named after an "@" in ``text``, each once; the longest name that fits counts.

    ``day``: when a post is named, the one who holds it then is meant, and who is their deputy. ``region``: that of the action.
    """
    if "@" not in text:
        return []
    names = _names(plan, day, region)
    longest, found = sorted(names, key=len, reverse=True), dict[int, None]()
    for piece in fold(text).split("@")[1:]:
        name = next((name for name in longest if piece.startswith(name) and ENDS.match(piece, len(name))), "")
        found |= dict.fromkeys(names.get(name, ()))
    return list(found)


def _names(plan: ImprovementPlan, day: date, region: str) -> dict[str, list[int]]:
    """Whom each name, title, key and role stands for, folded."""
    found: dict[str, list[int]] = {}
    for key, words in reading.persons():
        found.setdefault(fold(words), []).append(int(key.partition(":")[2]))
    posts = select(Post).where(or_(Post.pilot_id == plan.pilot_id, Post.pilot_id.is_(None)))
    known = db.session.scalars(posts.options(selectinload(Post.holdings), joinedload(Post.organisation)).order_by(Post.position))
    held = {post: [number for one in post.holdings if one.holds_on(day) for number in _of(one)] for post in known}
    for post, people in held.items():
        for name in {fold(post.title_sv), fold(post.title_en), fold(post.key)} - {""}:
            found.setdefault(name, []).extend(people)
    return {**_roles(held, region), **found}


def _roles(held: Mapping[Post, list[int]], region: str) -> dict[str, list[int]]:
    """Whom each role stands for, by its name in both languages: those in ``region`` where there are any there."""
    found: dict[str, list[int]] = {}
    for role, words in ROLE_TITLES.items():
        posts = [post for post in held if post.role == role]
        people = [number for post in [one for one in posts if region_of(one) == region] or posts for number in held[post]]
        for language in LANGUAGES:
            with force_locale(language):
                found[fold(str(words))] = people
    return found


def _of(holding: Holding) -> Iterator[int]:
    yield holding.person_id
    if holding.deputy_id is not None:
        yield holding.deputy_id


def _unseen() -> Select[Remark, Mention, str]:
    told = select(Remark, Mention, Person.name).join(Mention, Mention.remark_id == Remark.id)
    told = told.join(Person, Person.id == Remark.person_id)
    return told.where(Mention.seen_at.is_(None), Remark.retracted_at.is_(None)).order_by(Remark.id, Mention.person_id)


def waiting(*conditions: object) -> Iterator[tuple[Remark, int, str, ImprovementPlan, Action | None]]:
    """Yield the mentions that nobody has seen yet and for which the ``conditions`` hold: the remark, who is spoken to, who said it and of what."""
    statement = _unseen().add_columns(ImprovementPlan, Action).join(ImprovementPlan, ImprovementPlan.id == Remark.plan_id)
    rows = db.session.execute(statement.outerjoin(Action, Action.id == Remark.action_id).where(*conditions))  # type: ignore[arg-type]
    for remark, mention, by, plan, action in rows:
        yield remark, mention.person_id, by, plan, action


def unseen(plan: ImprovementPlan, action: Action | None, person_id: int) -> Sequence[int]:
    """Return the ids of the remarks on ``action`` (or on the plan as a whole) in which a person is spoken to and that they have not seen."""
    same = Remark.action_id == action.id if action else Remark.action_id.is_(None)
    mine = _unseen().with_only_columns(Remark.id).where(Mention.person_id == person_id, Remark.plan_id == plan.id, same)
    return db.session.scalars(mine).all()


def see(*, person_id: int, remarks: Sequence[int]) -> int:
    """Note that a person has seen the ``remarks`` in which they are spoken to; returns how many there were."""
    mine = update(Mention).where(Mention.remark_id.in_(remarks), Mention.person_id == person_id)
    return int(db.session.execute(mine.values(seen_at=utc_now())).rowcount)  # type: ignore[attr-defined]
