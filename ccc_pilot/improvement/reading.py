"""Plans and actions as they are found: the plan that is looked at, one action, and who may change it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ccc_pilot.db import db
from ccc_pilot.errors import NotFound
from ccc_pilot.i18n import Text
from ccc_pilot.i18n import gettext as _
from ccc_pilot.improvement import machine
from ccc_pilot.improvement.machine import State
from ccc_pilot.improvement.models import Action, ActionChange, ImprovementPlan
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Holding, Person, Pilot, Post
from ccc_pilot.people.pilots import Region
from ccc_pilot.people.policy import NETWORK, Role


def plans(pilot: Pilot) -> Sequence[ImprovementPlan]:
    """Return the pilot's plans, the newest first."""
    statement = select(ImprovementPlan).where(ImprovementPlan.pilot_id == pilot.id)
    return db.session.scalars(statement.order_by(ImprovementPlan.id.desc())).all()


def plan(pilot: Pilot, number: int) -> ImprovementPlan:
    """Return the plan with the id ``number``. Raises ``NotFound``."""
    found = db.session.get(ImprovementPlan, number)
    if found is None or found.pilot_id != pilot.id:
        raise NotFound
    return found


def latest(pilot: Pilot) -> ImprovementPlan | None:
    """Return the plan that one looks at when none is named: the newest that is no strategic plan; None where there is none."""
    all_plans = plans(pilot)
    return next((one for one in all_plans if one.kind == "improvement"), all_plans[0] if all_plans else None)


def action(pilot: Pilot, number: int) -> Action:
    """Return the action with the id ``number``, with its plan and links. Raises ``NotFound``."""
    statement = select(Action).join(Action.plan).options(joinedload(Action.plan), selectinload(Action.links))
    found = db.session.scalar(statement.where(Action.id == number, ImprovementPlan.pilot_id == pilot.id))
    if found is None:
        raise NotFound
    return found


def may_edit(who: Current, target: Action) -> bool:
    """Whether ``who`` may change what an action says: who writes in its region, and who proposes there while it is only proposed."""
    if who.may("improvement.write", target.region):
        return True
    return target.state == State.PROPOSED and who.may("improvement.propose", target.region)


def may_report(who: Current, target: Action) -> bool:
    """Whether ``who`` may tell how an action goes: who writes in its region, and the one who is responsible."""
    own = target.owner_id == who.person_id and who.may("improvement.propose")
    return own or who.may("improvement.write", target.region)


def may_move(who: Current, target: Action, right: str) -> bool:
    """Whether ``who`` may take a step that asks for ``right``; steps of writing are open to the one who is responsible too, once agreed."""
    if right == "improvement.write" and target.state != State.PROPOSED:
        return may_report(who, target)
    return who.may(right, target.region)


def is_own(who_id: int, target: Action) -> bool:
    """Whether the action is one's own: one is responsible for it, or said that it is done."""
    return who_id in {target.owner_id, target.claimed_by_id}


def open_moves(who: Current, target: Action) -> list[str]:
    """Return the steps (of ``machine.MOVES``) that ``who`` may take with an action as it stands; none of those that four eyes forbid them."""
    own, moves = is_own(who.person_id, target), machine.MOVES
    allowed = (name for name in machine.moves_from(target.state) if may_move(who, target, moves[name].right))
    return [name for name in allowed if not (own and machine.NOT_OWN in moves[name].guards)]


def has_written(who_id: int, target: Action) -> bool:
    """Whether ``who_id`` wrote the action or changed what it says."""
    if target.created_by_id == who_id:
        return True
    edits = select(ActionChange.id).where(ActionChange.action_id == target.id, ActionChange.person_id == who_id)
    return db.session.scalar(edits.where(ActionChange.kind.in_(["made", "edit"])).limit(1)) is not None


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form of an action offers: (value, words) of regions, of those who may be responsible, and of the plan's tags."""

    regions: list[tuple[str, str]]
    owners: list[tuple[str, str]]


def choices(pilot: Pilot, regions: Sequence[Region], who: Current, *, right: str = "improvement.propose") -> Choices:
    """Return what ``who`` may choose among: the regions in which they have ``right`` (all of them as one last), posts, persons."""
    there = [(region.key, region.short) for region in regions if who.may(right, region.key)]
    if who.may(right, NETWORK):
        there.append((NETWORK, _("All")))
    return Choices(there, [*_posts(pilot), *persons()])


def _posts(pilot: Pilot) -> list[tuple[str, str]]:
    columns = select(Post.key, Post.title_sv, Post.title_en).where(Post.pilot_id == pilot.id)
    return [(f"post:{key}", str(Text(sv, en))) for key, sv, en in db.session.execute(columns.order_by(Post.position))]


def persons() -> list[tuple[str, str]]:
    """Return everybody who holds a post, by name: ("person:<id>", name)."""
    held = select(Holding.person_id).where(Holding.approved.is_(True))
    found = db.session.execute(
        select(Person.id, Person.name).where(Person.active.is_(True), Person.id.in_(held)).order_by(Person.name)
    )
    return [(f"person:{number}", name) for number, name in found]


def reviewers_to_choose() -> list[tuple[int, str]]:
    """Return the persons who may be named to review a plan: those who hold a reviewer's post of the RCC, by name."""
    held = (
        select(Holding.person_id)
        .join(Post, Post.key == Holding.post_key)
        .where(Holding.approved.is_(True), Post.role == Role.RCC_REVIEWER)
    )
    found = db.session.execute(
        select(Person.id, Person.name).where(Person.active.is_(True), Person.id.in_(held)).order_by(Person.name)
    )
    return [(number, name) for number, name in found]


@dataclass(frozen=True, slots=True)
class Relatives:
    """The plan that a plan feeds, and those that feed it."""

    feeds: ImprovementPlan | None
    fed_by: list[ImprovementPlan]


def relatives(plan: ImprovementPlan) -> Relatives:
    """Return where ``plan`` comes from and where it leads."""
    feeds = db.session.get(ImprovementPlan, plan.feeds_id) if plan.feeds_id else None
    fed = db.session.scalars(select(ImprovementPlan).where(ImprovementPlan.feeds_id == plan.id).order_by(ImprovementPlan.id))
    return Relatives(feeds, list(fed))
