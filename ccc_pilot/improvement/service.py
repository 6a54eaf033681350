"""What people do with improvement actions: propose one, change what it says, tell how it goes, take the next step."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Conflict, Forbidden, NotFound, Refused
from ccc_pilot.folding import fold
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import local
from ccc_pilot.improvement import amending, fields, machine, proving, reading, words
from ccc_pilot.improvement.machine import Broken, Facts, PlanState, State
from ccc_pilot.improvement.models import Action, ActionChange, ActionLink, ImprovementPlan
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Person

MOST_TEXT = 8_000


def propose(
    *, plan: ImprovementPlan, who: Current, given: Mapping[str, Any], links: Iterable[tuple[str, str, str]] = ()
) -> Action:
    """Add an action to ``plan``: ``given`` maps fields of ``fields.CONTENT`` to values, ``links`` are (kind, key, title).

    It is proposed, and agreed on later. Raises ``Forbidden`` outside one's regions and ``Refused`` for a plan that is closed.
    """
    region = given.get("region") or ""
    if not who.may("improvement.propose", region):
        raise Forbidden
    amending.lock(plan)
    now = utc_now()
    made = Action(
        plan_id=plan.id, number=_next_number(plan), region=region, state=State.PROPOSED, version=1, tags=[], extra={}, percent=0,
        created_at=now, created_by_id=who.person_id, updated_at=now, updated_by_id=who.person_id,
        links=[ActionLink(kind=kind, key=key, title=title) for kind, key, title in dict.fromkeys(links)],
    )  # fmt: skip
    fields.put(made, plan, given)
    amending.opens(plan, made, who.person_id)
    made.first_due = made.due
    made.search = search_text(made)
    db.session.add(made)
    db.session.flush()
    fields.store_tags(made)
    db.session.add(ActionChange(action_id=made.id, at=now, person_id=who.person_id, kind="made", text=""))
    journal.write(
        "improvement.action_made", made.key, actor_id=who.person_id, region=region, title=f"{made.code} {made.title}"
    )  # fmt: skip
    return made


def _next_number(plan: ImprovementPlan) -> int:
    return (db.session.scalar(select(func.max(Action.number)).where(Action.plan_id == plan.id)) or 0) + 1


def amend(*, target: Action, who: Current, version: int, reason: str = "", **given: Any) -> Action:
    """Change what an action says; only the fields in ``given`` (of ``fields.CONTENT``) are touched.

    A date that is moved after the action was agreed asks for ``reason``; the first one is kept and the move is counted. In an adopted
    plan this begins the next version. Raises ``Forbidden``, ``Refused`` with the field, or ``Conflict`` when somebody saved first.
    """
    amending.lock(target.plan)
    hold(target, version, given)
    if not reading.may_edit(who, target):
        raise Forbidden
    if "region" in given and given["region"] != target.region and not who.may("improvement.propose", given["region"]):
        raise Refused(_("That region is not yours to write for."), "region")
    before = fields.shown(target)
    moved = "due" in given and is_moved(target, given["due"])
    if moved and not reason.strip():
        raise Refused(_("Say why the date is moved; the first one is kept."), "reason")
    fields.put(target, target.plan, given)
    changes = fields.differences(before, fields.shown(target))
    if not changes:
        return _asked_again(target)
    note_due(target, before["due"], reason if moved else "")
    amending.opens(target.plan, target, who.person_id)
    target.search = search_text(target)
    fields.store_tags(target)
    return record(target, who.person_id, "edit", changes, text=reason.strip() if moved else "")


def _asked_again(target: Action) -> Action:
    """A draft in a plan that is in review goes there when it is saved as it is and has become complete: what proves it was linked since."""
    if target.plan.state == PlanState.RCC_REVIEW and not target.review:
        amending.ask([target])
    return target


def is_moved(target: Action, due: date | None) -> bool:
    """Whether ``due`` moves a date that was agreed on, so that a reason is asked for; a first date moves nothing."""
    return target.state != State.PROPOSED and target.due is not None and due != target.due


def note_due(target: Action, before: date | None, reason: str) -> None:
    """Keep what was the date ``before``: the first one while the action is only proposed, and each move after that."""
    if target.state == State.PROPOSED:
        target.first_due = target.due
    elif before is None:
        target.first_due = target.first_due or target.due
    elif target.due != before:
        target.shifts, target.due_reason = target.shifts + 1, reason.strip()
        target.first_due = target.first_due or before or target.due


def report(*, target: Action, who: Current, version: int, percent: int | None, phase: str, text: str) -> Action:
    """Tell how an action goes: ``percent`` 0–100 (None: as it is), the ``phase`` of PDSA (empty: as it is) and a note on this turn.

    Raises ``Forbidden``, ``Refused`` where it is settled, or ``Conflict``.
    """
    hold(target, version, {"percent": percent, "phase": phase, "text": text}, adds=frozenset({"text"}))
    if not reading.may_report(who, target):
        raise Forbidden
    if target.state in machine.SETTLED:
        raise Refused(_("This is settled; nothing more is reported on it."))
    before = {"percent": target.percent, "phase": target.phase}
    target.percent = target.percent if percent is None else percent
    target.phase = phase or target.phase
    changes = fields.differences(before, {"percent": target.percent, "phase": target.phase})
    if not changes and not text.strip():
        return target
    kind = "turn" if before["phase"] != target.phase else "progress"
    return record(target, who.person_id, kind, changes, text=text.strip(), phase=target.phase)


def move(
    *, target: Action, who: Current, version: int, step: str, text: str = "", waiting_for: str = "", decision: str = "",
    effect: str = "", effect_value: str = "",
) -> Action:  # fmt: skip
    """Let an action take the ``step`` (of ``machine.MOVES``), with what the step asks for.

    Raises ``Forbidden``, ``Refused`` with the field at fault, or ``Conflict`` when somebody else moved it first.
    """
    hold(target, version, {"step": step, "text": text}, adds=frozenset({"text", "step"}))
    way = machine.MOVES.get(step)
    if way is None:
        raise NotFound
    if not reading.may_move(who, target, way.right):
        raise Forbidden
    told = facts(target, who, text, waiting_for, decision, effect)
    try:
        after = machine.move(target.state, step, told)
    except Broken as broken:
        raise Refused(words.refusal(broken), broken.field) from broken
    before = {"state": target.state}
    _become(target, after, step, told, effect_value)
    if step in {"verify", "check_effect"}:
        target.verified_by_id = who.person_id
    if step == "claim":
        target.claimed_by_id, target.claimed_on = who.person_id, local(utc_now()).date()
    changes = fields.differences(before, {"state": target.state})
    return record(target, who.person_id, "state", changes, text=text.strip())


def facts(
    target: Action, who: Current, text: str = "", waiting_for: str = "", decision: str = "", effect: str = ""
) -> Facts:  # fmt: skip
    """Return what the guards of an action look at: what it tells, and what ``who`` says who wants to move it."""
    return Facts(
        has_owner=bool(target.owner or target.owner_words), has_due=target.due is not None, has_goal=bool(target.goal.strip()),
        has_proof=bool(target.proof.strip()) or bool(proving.proved([target.key])), reason=text,
        waiting_for=waiting_for, decision=decision, effect=effect, is_own=reading.is_own(who.person_id, target),
    )  # fmt: skip


def _become(target: Action, after: State, step: str, facts: Facts, effect_value: str) -> None:
    target.state = after
    target.blocked_reason, target.waiting_for = (facts.reason.strip(), facts.waiting_for.strip()) if step == "block" else ("", "")
    if step == "agree":
        target.first_due = target.due
    elif step == "claim":
        target.percent = 100
    elif step == "reject":
        target.percent, target.claimed_on = min(target.percent, 90), None
    elif step == "cancel":
        target.decision = facts.decision.strip()
    elif step == "check_effect":
        target.effect, target.effect_value = facts.effect, effect_value.strip()


def record(
    target: Action, actor_id: int, kind: str, changes: list[list[str]], *, text: str = "", phase: str = ""
) -> Action:  # fmt: skip
    """Count up the version of an action that was changed, and write its history and the journal; returns it."""
    target.version += 1
    target.updated_at, target.updated_by_id = utc_now(), actor_id
    db.session.add(
        ActionChange(
            action_id=target.id, at=target.updated_at, person_id=actor_id, kind=kind, phase=phase, changes=changes, text=text
        )
    )
    journal.write(
        "improvement.action", target.key, actor_id=actor_id, region=target.region, kind=kind, text=text, version=target.version,
        changes={name: [before, after] for name, before, after in changes},
    )  # fmt: skip
    return target


def search_text(target: Action) -> str:
    """Return what a search in the list looks through, folded."""
    told = (target.code, target.title, target.goal, target.why, target.how, target.owner_words, target.indicator, *target.tags)
    return fold(" ".join(filter(None, told)))[:8_000]


def hold(target: Action, version: int, mine: Mapping[str, Any], adds: frozenset[str] = frozenset()) -> None:
    """Lock the action and refuse to write over what somebody else saved after the form was shown; ``adds`` as in ``Conflict``."""
    db.session.refresh(target, with_for_update={"of": Action})
    if target.version == version:
        return
    by = db.session.get(Person, target.updated_by_id) if target.updated_by_id else None
    stored = {**fields.shown(target), "percent": target.percent, "phase": target.phase}
    theirs = {name: stored.get(name) for name in mine}
    raise Conflict(
        theirs=theirs, mine=dict(mine), version=target.version, by=by.name if by else "", at=target.updated_at, adds=adds
    )
