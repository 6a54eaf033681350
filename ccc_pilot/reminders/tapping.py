"""What can be said with one tap of things other than milestones, each by its own room and with its guards. One line a kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ccc_pilot.db import db
from ccc_pilot.decisions import recording
from ccc_pilot.decisions import rules as decision_rules
from ccc_pilot.decisions.models import Decision
from ccc_pilot.decisions.words import FURTHER_WORDS
from ccc_pilot.errors import Conflict, Forbidden, NotFound, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.improvement import reading, service
from ccc_pilot.improvement.models import Action
from ccc_pilot.improvement.words import MOVE_WORDS
from ccc_pilot.people.doors import Current
from ccc_pilot.reminders import chains
from ccc_pilot.reminders.chain_models import ChainStep
from ccc_pilot.reminders.deadlines import Deadline, kind_of, number_of

REPORT = "report"
ONWARD, JUDGED = ("start", "unblock", "claim"), ("verify", "reject")
Words = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a thing: the ``step`` whose button was pressed, ``percent`` where it is asked for, a line of ``text``.

    ``version``: of the row that was shown.
    """

    step: str
    percent: int | None
    text: str
    version: int


@dataclass(frozen=True, slots=True)
class Tapping:
    """How one kind is answered: which ``steps`` are open to whom on a row, how one is ``taken``; ``percent``: whether that is asked for."""

    model: type[Any]
    steps: Callable[[Any, Current], Words]
    taken: Callable[[Any, Current, Said, date], Any]
    percent: bool = False


def _action_steps(row: Action, who: Current) -> Words:
    if not reading.may_report(who, row):
        return {}
    return {REPORT: _l("Under way"), **_moves(row, who, ONWARD)}


def _moves(row: Action, who: Current, names: tuple[str, ...]) -> dict[str, Any]:
    """The moves among ``names`` that ``who`` may take now, with their words."""
    open_ = reading.open_moves(who, row)
    return {name: MOVE_WORDS[name] for name in names if name in open_}


def _act(row: Action, who: Current, said: Said, _day: date) -> Any:
    if said.step == REPORT:
        return service.report(target=row, who=who, version=said.version, percent=said.percent, phase="", text=said.text)
    return service.move(target=row, who=who, version=said.version, step=said.step, text=said.text)


def _decision_steps(row: Decision, who: Current) -> Words:
    following = decision_rules.DECISION_STEPS[decision_rules.DecisionState(row.status)] if who.may("decision.record") else {}
    return {str(state): FURTHER_WORDS[state] for state in following if state in FURTHER_WORDS}


def _carry_out(row: Decision, who: Current, said: Said, day: date) -> Any:
    return recording.step(target=row, to=said.step, text=said.text, version=said.version, today=day, actor_id=who.person_id)


def _review(row: Decision, who: Current, said: Said, day: date) -> Any:
    if not said.text:
        raise Refused(_("Write in a line what the review came to."), "text")
    return recording.review(target=row, version=said.version, today=day, text=said.text, next_on=None, actor_id=who.person_id)


def _settle(row: ChainStep, who: Current, _said: Said, _day: date) -> Any:
    return chains.settle(chain=row.chain, step_id=row.id, done=True, access=who.access, actor_id=who.person_id)


KINDS = {
    "action": Tapping(Action, _action_steps, _act, percent=True),
    "verify": Tapping(Action, lambda row, who: _moves(row, who, JUDGED), _act),
    "decision": Tapping(Decision, _decision_steps, _carry_out),
    "review": Tapping(Decision, lambda _row, who: {"reviewed": _l("Reviewed")} if who.may("decision.record") else {}, _review),
    "chain": Tapping(ChainStep, lambda row, who: {"done": _l("Done")} if chains.may_settle(row, who.access) else {}, _settle),
}


def target(deadline: Deadline) -> Any:
    """Return the row that ``deadline`` is about. Raises ``NotFound``."""
    tapping = KINDS.get(kind_of(deadline.object))
    row = db.session.get(tapping.model, number_of(deadline.object)) if tapping else None
    if row is None:
        raise NotFound
    return row


def version(deadline: Deadline) -> int:
    """Return the version of the row that ``deadline`` is about; what counts no changes of its own has 1."""
    return getattr(target(deadline), "version", 1)


def asks_percent(deadline: Deadline) -> bool:
    """Whether one may tell how far it has come, in per cent."""
    return KINDS[kind_of(deadline.object)].percent


def steps(deadline: Deadline, who: Current) -> Words:
    """Return what ``who`` may say of ``deadline`` with one tap: each step with its words; nothing where its page must be opened."""
    tapping = KINDS.get(kind_of(deadline.object))
    return tapping.steps(target(deadline), who) if tapping else {}


def take(*, deadline: Deadline, who: Current, step: str, percent: int | None, text: str, version: int, day: date) -> Any:
    """Let ``who`` say where a thing stands.

    Raises ``Forbidden`` for a step that is not open to them, ``Refused`` as the thing's room does, and where somebody else was first.
    """
    if step not in steps(deadline, who):
        raise Forbidden
    try:
        return KINDS[kind_of(deadline.object)].taken(target(deadline), who, Said(step, percent, text, version), day)
    except Conflict as met:
        raise Refused(_("It was changed after you opened the page. Look at how it stands now, then send again.")) from met
