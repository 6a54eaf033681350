"""Lists of actions: the filters of the address, a page of rows, and the counts above. The number of queries does not grow with the rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import selectinload

from ccc_pilot.db import db
from ccc_pilot.folding import fold
from ccc_pilot.improvement.machine import DONE, OPEN, State, Verdict
from ccc_pilot.improvement.models import Action, ActionLink, ActionTag, ImprovementPlan
from ccc_pilot.improvement.standing import is_incomplete
from ccc_pilot.people.policy import NETWORK
from ccc_pilot.web.paging import Page

PAGE_SIZE = 50
SOON_DAYS = 14
SORTS = ("code", "due", "due_desc", "title", "priority", "owner", "updated")
PRIORITIES = {"high": 0, "medium": 1, "low": 2}
NOT_CLAIMED = OPEN - {State.DONE_CLAIMED}


@dataclass(frozen=True, kw_only=True)
class Query:
    """What the table is narrowed to; each field is a parameter of the address. Empty means: do not narrow.

    ``standing`` is a state, or open, late, soon, done; ``review`` a verdict, or mine (returned to me), or draft (not gone to review); ``owner`` "post:<key>",
    "person:<id>" or me; ``chapter`` the beginning of a point's number in an origin's key; ``x1``–``x5`` the plan's own columns.
    """

    q: str = ""
    standing: str = ""
    review: str = ""
    region: str = ""
    owner: str = ""
    phase: str = ""
    priority: str = ""
    chapter: str = ""
    promise: str = ""
    tag: str = ""
    x1: str = ""
    x2: str = ""
    x3: str = ""
    x4: str = ""
    x5: str = ""
    sort: str = "code"
    page: int = 1
    size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class Found:
    """A page of actions and how many there are in all."""

    rows: Sequence[Action]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many actions stand where; ``late`` and ``soon`` are also counted under their state, ``review`` by verdict."""

    total: int = 0
    states: dict[str, int] = field(default_factory=dict)
    review: dict[str, int] = field(default_factory=dict)
    late: int = 0
    soon: int = 0

    def of(self, *states: str) -> int:
        """How many stand in one of ``states``."""
        return sum(self.states.get(state, 0) for state in states)


def find(plan: ImprovementPlan, query: Query, today: date, me: int, counted: Counts | None = None) -> Found:
    """Return the page of the plan's actions that ``query`` asks for; ``me`` is the person whose own ones "me" and "mine" are.

    ``counted``: the counts of the plan in the region of ``query``, where they are known: what they tell is not asked for again.
    """
    conditions = [Action.plan_id == plan.id, *wanted(query, today, me)]
    narrowed = replace(query, region="", sort="code", page=1, size=PAGE_SIZE) != Query()
    total = (
        counted.total if counted and not narrowed else db.session.scalar(select(func.count(Action.id)).where(*conditions)) or 0
    )
    pages = max(1, -(-total // query.size))
    number = min(max(1, query.page), pages)
    returned = counted is None or counted.review.get(Verdict.RETURNED, 0) > 0
    statement = ordered(select(Action).where(*conditions), query, me if returned else 0).options(selectinload(Action.links))
    rows = db.session.scalars(statement.limit(query.size).offset((number - 1) * query.size)).all()
    return Found(rows, total, number, pages)


def page(found: Found, url: Callable[[int], str]) -> Page:
    """Return the pages of a list, each at ``url`` of its number."""
    return Page(found.number, found.pages, found.total, url)


def every(plan: ImprovementPlan, query: Query, today: date, me: int) -> Sequence[Action]:
    """Return all of the plan's actions that ``query`` asks for, in its order."""
    statement = select(Action).where(Action.plan_id == plan.id, *wanted(query, today, me))
    return db.session.scalars(ordered(statement, query, me).options(selectinload(Action.links))).all()


def counts(plan: ImprovementPlan, today: date, query: Query | None = None, me: int = 0) -> Counts:
    """Count by state and by review, in one query, the plan's actions that ``query`` asks for whatever their state and review; ``me`` as in ``find``."""
    late, soon = (func.coalesce(func.sum(case((condition, 1), else_=0)), 0) for condition in (_late(today), _soon(today)))
    statement = select(Action.state, Action.review, func.count(), late, soon).where(Action.plan_id == plan.id)
    if query:
        statement = statement.where(*wanted(replace(query, standing="", review=""), today, me))
    states: dict[str, int] = {}
    review: dict[str, int] = {}
    over = near = 0
    for state, verdict, n, late_n, soon_n in db.session.execute(statement.group_by(Action.state, Action.review)):
        states[state] = states.get(state, 0) + n
        if state != State.CANCELLED:
            review[verdict] = review.get(verdict, 0) + n
        over, near = over + late_n, near + soon_n
    return Counts(sum(states.values()), states, review, over, near)


def _late(today: date) -> ColumnElement[bool]:
    return and_(Action.state.in_(OPEN), Action.due < today)


def _soon(today: date) -> ColumnElement[bool]:
    return and_(Action.state.in_(NOT_CLAIMED), Action.due.between(today, today + timedelta(days=SOON_DAYS)))


def wanted(query: Query, today: date, me: int) -> list[ColumnElement[bool]]:
    """Return the conditions that ``query`` puts to an action."""
    plain = ((Action.phase, query.phase), (Action.priority, query.priority), (Action.promise, query.promise))
    conditions: list[ColumnElement[bool]] = [column == value for column, value in plain if value]
    if query.region:
        conditions.append(Action.region.in_([query.region, NETWORK]))
    for part in (_standing(query.standing, today), _review(query.review, me), _owner(query.owner, me)):
        conditions += part
    if query.chapter:
        conditions.append(_origin(ActionLink.key.contains(f":{query.chapter}", autoescape=True)))
    if query.tag:
        conditions.append(Action.id.in_(select(ActionTag.action_id).where(ActionTag.tag == fold(query.tag))))
    conditions += [
        Action.extra[name].as_string() == value for name in ("x1", "x2", "x3", "x4", "x5") if (value := getattr(query, name))
    ]
    return conditions + [Action.search.contains(word, autoescape=True) for word in fold(query.q).split()[:8]]


def _standing(standing: str, today: date) -> list[ColumnElement[bool]]:
    groups: dict[str, Any] = {
        "late": lambda: _late(today),
        "soon": lambda: _soon(today),
        "open": lambda: Action.state.in_(OPEN),
        "done": lambda: Action.state.in_(DONE),
        "live": lambda: Action.state != State.CANCELLED,
        "no_effect": lambda: and_(Action.state == State.EFFECT_CHECKED, Action.effect == "not_met"),
        "incomplete": lambda: and_(Action.state != State.CANCELLED, is_incomplete()),
    }
    if standing in groups:
        return [groups[standing]()]
    return [Action.state == standing] if standing else []


def _review(review: str, me: int) -> list[ColumnElement[bool]]:
    if review == "mine":
        return [Action.review == Verdict.RETURNED, or_(Action.owner_id == me, Action.created_by_id == me)]
    wanted = Verdict.NONE if review == "draft" else review
    return [Action.review == wanted, Action.state != State.CANCELLED] if review else []


def _owner(owner: str, me: int) -> list[ColumnElement[bool]]:
    if owner == "me":
        return [Action.owner_id == me]
    kind, _colon, key = owner.partition(":")
    if kind == "person" and key.isdecimal():
        return [Action.owner_id == int(key)]
    return [Action.post_key == key] if kind == "post" else []


def _origin(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return Action.id.in_(select(ActionLink.action_id).where(ActionLink.kind == "origin", condition))


def ordered(statement: Select[Any], query: Query, me: int) -> Select[Any]:
    """Return ``statement`` in the order that ``query`` asks for; what was returned to ``me`` (0: nobody) stands first in the usual one."""
    mine = case((and_(Action.review == Verdict.RETURNED, or_(Action.owner_id == me, Action.created_by_id == me)), 0), else_=1)
    orders: dict[str, Sequence[Any]] = {
        "due": (Action.due.asc().nulls_last(),),
        "due_desc": (Action.due.desc().nulls_last(),),
        "title": (func.lower(Action.title),),
        "priority": (case(PRIORITIES, value=Action.priority, else_=literal(9)),),
        "owner": (Action.post_key.asc().nulls_last(), Action.owner_id.asc().nulls_last(), Action.owner_words),
        "updated": (Action.updated_at.desc(),),
    }
    return statement.order_by(*orders.get(query.sort, (mine,) if me else ()), Action.number)
