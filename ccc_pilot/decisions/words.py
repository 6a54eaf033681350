"""The words of meetings and decisions: states as people here say them, each with its icon and colour class."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ccc_pilot.decisions.rules import Broken, Debt, DecisionKind, DecisionState, MeetingState, PointKind, Relation, is_unheard
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.i18n import ngettext

M, D = MeetingState, DecisionState
MEETING_WORDS: dict[MeetingState, Any] = {
    M.PLANNED: _l("Planned"),
    M.CALLED: _l("Called"),
    M.HELD: _l("Held"),
    M.WRITTEN: _l("Minutes written"),
    M.ADJUSTED: _l("Minutes approved"),
    M.CLOSED: _l("Closed"),
    M.CANCELLED: _l("Cancelled meeting"),
}
MEETING_LOOKS = {
    M.PLANNED: ("idle", "calendar"),
    M.CALLED: ("go", "mail"),
    M.HELD: ("go", "users-group"),
    M.WRITTEN: ("go", "notes"),
    M.ADJUSTED: ("done", "lock"),
    M.CLOSED: ("done", "circle-check"),
    M.CANCELLED: ("idle", "circle-x"),
}
# What the button says that takes a meeting to a state.
MEETING_VERBS: dict[MeetingState, Any] = {
    M.PLANNED: _l("Plan it again"),
    M.CALLED: _l("Mark as called"),
    M.HELD: _l("Mark as held"),
    M.WRITTEN: _l("The minutes are written"),
    M.ADJUSTED: _l("Approve the minutes and lock"),
    M.CLOSED: _l("Close the meeting"),
    M.CANCELLED: _l("Cancel the meeting"),
}
DECISION_WORDS: dict[DecisionState, Any] = {
    D.PROPOSED: _l("Proposal"),
    D.DECIDED: _l("Decision made"),
    D.REJECTED: _l("Rejected"),
    D.DEFERRED: _l("Deferred"),
    D.REFERRED_BACK: _l("Referred back"),
    D.EXECUTING: _l("Being carried out"),
    D.EXECUTED: _l("Carried out"),
    D.REPORTED: _l("Reported back"),
    D.SUPERSEDED: _l("Superseded"),
}
DECISION_LOOKS = {
    D.PROPOSED: ("idle", "message"),
    D.DECIDED: ("go", "gavel"),
    D.REJECTED: ("idle", "ban"),
    D.DEFERRED: ("risk", "hourglass"),
    D.REFERRED_BACK: ("risk", "arrow-back-up"),
    D.EXECUTING: ("go", "progress"),
    D.EXECUTED: ("done", "circle-check"),
    D.REPORTED: ("done", "clipboard-check"),
    D.SUPERSEDED: ("idle", "history"),
}
KIND_WORDS: dict[DecisionKind, Any] = {
    DecisionKind.DECISION: _l("Decision"),
    DecisionKind.DIRECTION: _l("Decision of direction"),
    DecisionKind.DELEGATED: _l("Decision by delegation"),
    DecisionKind.INFORMATION: _l("For information"),
}
OUTCOME_WORDS: dict[DecisionState, Any] = {
    D.DECIDED: _l("Approve the proposal"),
    D.REJECTED: _l("Reject the proposal"),
    D.DEFERRED: _l("Defer to the next meeting"),
    D.REFERRED_BACK: _l("Refer back for more work"),
}
FURTHER_WORDS: dict[DecisionState, Any] = {
    D.EXECUTING: _l("being carried out"),
    D.EXECUTED: _l("carried out"),
    D.REPORTED: _l("reported back"),
    D.PROPOSED: _l("proposed again"),
}
POINT_WORDS: dict[PointKind, Any] = {
    PointKind.INFORMATION: _l("Information"),
    PointKind.DISCUSSION: _l("Discussion"),
    PointKind.DECISION: _l("Decision"),
}
RELATION_WORDS: dict[Relation, Any] = {
    Relation.BASIS: _l("Basis for the decision"),
    Relation.UNBLOCKS: _l("Lets begin"),
    Relation.CREATES: _l("Is carried out by"),
    Relation.ACCEPTS: _l("Accepts the risk"),
}
# What is called what where a change is told.
FIELD_WORDS = {
    "title": _l("Matter"),
    "kind": _l("Kind"),
    "proposal": _l("Proposal for decision"),
    "executor": _l("Carried out by"),
    "due": _l("Due"),
    "review_on": _l("Review on"),
    "conditions": _l("Conditions"),
    "follows_id": _l("Goes on from"),
    "follow_up": _l("Followed up here"),
}
MINUTES_WORDS = {"anteckningar": _l("Notes"), "protokoll": _l("Minutes"), "": _l("Notes")}
REFUSALS = {
    "no_such_step": _l("That cannot be done as it stands now. Look at the page again: somebody may have changed it."),
    "agenda": _l("Put at least one point on the agenda first."),
    "day_come": _l("The day of the meeting has not come yet."),
    "minutes": _l("Write at least one line of minutes first."),
    "all_settled": _l("A point for decision is still open. Settle it first: decide, reject, defer or refer back."),
    "second_person": _l("Another person than the one who wrote must approve and lock."),
    "text": _l("Write what was decided."),
    "unlocked": _l("The text is locked. Write a correction that supersedes it instead."),
    "meeting_held": _l("The meeting has not been held yet."),
}
DEBT_WORDS = {
    "no_action": _l("Nothing begun for %(days)s d"),
    "due": _l("Late %(days)s\u00a0d"),
    "review": _l("Review %(days)s d late"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A state as it is shown: never by colour alone, always icon and word too."""

    css: str
    icon: str
    word: str
    detail: str = ""


def meeting(state: str, day: date, today: date) -> Standing:
    """Return how a meeting stands; one whose day passed without word is not taken for held."""
    if is_unheard(state, day, today):
        return Standing("idle", "help-circle", _("Outcome not known"))
    return Standing(*MEETING_LOOKS[M(state)], str(MEETING_WORDS[M(state)]))


def decision(status: str) -> Standing:
    """Return how a decision stands."""
    return Standing(*DECISION_LOOKS[D(status)], str(DECISION_WORDS[D(status)]))


def debt(owed: Iterable[Debt]) -> list[Standing]:
    """Return what is owed on a decision, each reason in words."""
    return [Standing("late", "clock-exclamation", str(DEBT_WORDS[one.reason]) % {"days": one.days}) for one in owed]


def debt_sentence(number: int) -> str:
    """Return how many decisions are not followed up, in words."""
    return ngettext("%(num)s decision is not followed up", "%(num)s decisions are not followed up", number)


def refusal(broken: Broken) -> Any:
    """Return the sentence for a broken rule."""
    return REFUSALS[broken.code]
