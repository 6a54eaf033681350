"""People who act on an improvement plan in tests of its services."""

from datetime import date
from typing import Any

from ccc_pilot.db import transaction
from ccc_pilot.improvement import plans, service
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.people.doors import Current, access_of
from ccc_pilot.people.policy import NETWORK, Access, Grant, Role
from tests.factories import person, pilot

TODAY = date(2026, 11, 23)
HEAD, RO, RCC = "huvudprojektledare", "projektledare.ro", "granskare.rcc"


def acting(login: str) -> Current:
    """The demo person ``login`` with what they may do; ".as.head" or ".as.rcc" after it lends them those rights too."""
    name, _as, lent = login.partition(".as.")
    who = person(name)
    access, _held = access_of(who)
    if lent:
        access = Access((*access.grants, Grant({"head": Role.HEAD_LEAD, "rcc": Role.RCC_REVIEWER}[lent], NETWORK)))
    return Current(who.id, who.name, who.email, who.initials, who.language, access)


def new_plan(title: str = "Plan 2026") -> ImprovementPlan:
    """A plan without actions."""
    with transaction():
        return plans.make(pilot=pilot(), title=title, summary="", kind="improvement", feeds_id=None, actor_id=person(HEAD).id)


def propose(
    plan: ImprovementPlan, title: str = "Fler patientföreträdare", *, by: str = RO, links: Any = (), **given: Any
) -> Action:
    """A proposed action, in RÖ unless told else."""
    with transaction():
        return service.propose(plan=plan, who=acting(by), given={"region": "ro", "title": title, **given}, links=links)


def complete(action: Action, *, by: str = "", **given: Any) -> Action:
    """Fill in what the review asks for."""
    told = {
        "owner": "post:pl_ro",
        "due": date(2026, 12, 31),
        "goal": "Ett per team",
        "measured": "Räknas",
        "proof": "Protokoll",
        **given,
    }
    with transaction():
        return service.amend(target=action, who=acting(by or _writer(action)), version=action.version, **told)


def take(action: Action, step: str, *, by: str = "", **given: Any) -> Action:
    """Take a step with an action."""
    with transaction():
        return service.move(target=action, who=acting(by or _writer(action)), version=action.version, step=step, **given)


def _writer(action: Action) -> str:
    return HEAD if action.region == NETWORK else f"projektledare.{action.region}"
