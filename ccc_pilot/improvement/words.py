"""The words of the improvement plan: states, phases, reviews and moves, each with icon and colour class, and what a broken rule says."""

from datetime import date
from typing import Any, NamedTuple

from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.i18n import lazy_pgettext
from ccc_pilot.improvement.machine import OPEN, Broken, Phase, PlanState, State, Verdict
from ccc_pilot.improvement.rules import days_over

STATE_WORDS: dict[str, Any] = {
    State.PROPOSED: _l("Suggested"),
    State.AGREED: _l("Agreed"),
    State.IN_PROGRESS: _l("Under way"),
    State.BLOCKED: _l("Blocked"),
    State.DONE_CLAIMED: _l("Said to be done"),
    State.VERIFIED: lazy_pgettext("action", "Verified"),
    State.EFFECT_CHECKED: _l("Effect checked"),
    State.CANCELLED: _l("Cancelled"),
}
STATE_LOOKS = {
    State.PROPOSED: ("idle", "bulb"),
    State.AGREED: ("idle", "circle-dashed"),
    State.IN_PROGRESS: ("go", "progress"),
    State.BLOCKED: ("risk", "hourglass"),
    State.DONE_CLAIMED: ("go", "progress-check"),
    State.VERIFIED: ("done", "circle-check"),
    State.EFFECT_CHECKED: ("done", "target"),
    State.CANCELLED: ("idle", "circle-x"),
}
REVIEW_WORDS: dict[str, Any] = {
    Verdict.NONE: _l("Not sent"),
    Verdict.WAITING: _l("To be reviewed"),
    Verdict.RETURNED: _l("Sent back"),
    Verdict.ACCEPTED: _l("Accepted"),
}
REVIEW_LOOKS = {
    Verdict.NONE: ("idle", "minus"),
    Verdict.WAITING: ("risk", "alert-triangle"),
    Verdict.RETURNED: ("late", "arrow-back-up"),
    Verdict.ACCEPTED: ("done", "circle-check"),
}
PHASE_WORDS: dict[str, Any] = {
    Phase.PLAN: _l("Planning"), Phase.DO: _l("Doing"), Phase.STUDY: _l("Studying"), Phase.ACT: _l("Acting"),
}  # fmt: skip
PLAN_WORDS: dict[str, Any] = {
    PlanState.DRAFT: _l("Draft"),
    PlanState.REGIONAL_AGREED: _l("The regions agree"),
    PlanState.RCC_REVIEW: _l("In review by the RCC"),
    PlanState.RETURNED: _l("Returned by the RCC"),
    PlanState.ACCEPTED_BY_RCC: _l("Accepted by the RCC"),
    PlanState.ADOPTED_BY_RSL: _l("Adopted by RSL"),
    PlanState.SENT: _l("Sent to the accrediting body"),
    PlanState.ACCEPTED: _l("Accepted by the accrediting body"),
    PlanState.RETURNED_BY_BODY: _l("Returned by the accrediting body"),
    PlanState.ACTIVE: _l("In force"),
    PlanState.FOLLOW_UP_REPORTED: _l("Follow-up reported"),
    PlanState.CLOSED: _l("Closed"),
}
PLAN_LOOKS = {
    PlanState.DRAFT: ("idle", "pencil"),
    PlanState.RCC_REVIEW: ("risk", "eye"),
    PlanState.RETURNED: ("late", "arrow-back-up"),
    PlanState.RETURNED_BY_BODY: ("late", "arrow-back-up"),
    PlanState.ADOPTED_BY_RSL: ("done", "gavel"),
    PlanState.ACCEPTED: ("done", "circle-check"),
    PlanState.CLOSED: ("idle", "archive"),
}
MOVE_WORDS: dict[str, Any] = {
    "agree": _l("Agree"),
    "start": _l("Begin"),
    "block": _l("Blocked"),
    "unblock": _l("Go on"),
    "claim": _l("Done"),
    "verify": _l("Verify"),
    "reject": _l("Not done yet"),
    "check_effect": _l("Check the effect"),
    "cancel": _l("Cancel"),
}
PLAN_MOVE_WORDS: dict[str, Any] = {
    "agree": _l("Agree"),
    "reopen": _l("Take back to draft"),
    "submit": _l("Send to the RCC for review"),
    "return": _l("Return the plan"),
    "accept": _l("Accept the plan"),
    "adopt": _l("Record that RSL adopted it"),
    "send": _l("Record that it was sent"),
    "body_accepts": _l("The body accepted it"),
    "body_returns": _l("The body returned it"),
    "activate": _l("Put into force"),
    "report": _l("Record the follow-up"),
    "close": _l("Close"),
}
PRIORITY_WORDS: dict[str, Any] = {"high": _l("High"), "medium": _l("Medium"), "low": _l("Low")}
EFFECT_WORDS: dict[str, Any] = {
    "met": _l("Target met"),
    "not_met": _l("Target not met"),
    "unknown": _l("Cannot be told yet"),
}
MISSING_WORDS: dict[str, Any] = {
    "goal": _l("Goal"),
    "measure": _l("How and by whom it is measured"),
    "owner": _l("Responsible"),
    "proof": _l("What proves it"),
    "due": _l("Date"),
}
# Source: RCC Sydöst's annual report 2024, footnote 1 (the six promises), in short.
PROMISE_WORDS: dict[str, Any] = {
    "1": _l("1 Treatment within four weeks"),
    "2": _l("2 Diagnosis and treatment by best practice"),
    "3": _l("3 Well informed and taking part throughout"),
    "4": _l("4 Equally good palliative care wherever one lives"),
    "5": _l("5 Health promotion and screening that work"),
    "6": _l("6 Research close to the patient"),
}
REFUSALS: dict[str, Any] = {
    "no_such_move": _l("That step is not possible from where it stands now."),
    "owner": _l("Name who is responsible first."),
    "due": _l("Give a date first."),
    "goal": _l("Write a measurable goal first."),
    "proof": _l("Write what proves that it is done, or link the evidence, first."),
    "reason": _l("Say in a line why."),
    "waiting_for": _l("Say what or whom it waits for."),
    "decision": _l("Name the decision: an action is cancelled only by one."),
    "effect": _l("Say whether the target was met."),
    "own": _l("Whoever is responsible, or said that it is done, does not verify it. Ask somebody else."),
    "no_actions": _l("The plan has no actions yet."),
    "disagreeing": _l("Not all regions have agreed yet."),
    "unanswered": _l("Some gaps have neither an action nor an accepted risk."),
    "incomplete": _l("Some actions lack responsible, date, goal or proof."),
    "unreviewed": _l("Some actions are not accepted yet."),
    "quorum": _l("Not enough reviewers have accepted the plan yet."),
    "reference": _l("Name the decision or the document."),
    "plan_reason": _l("Say in a line why."),
}


class Standing(NamedTuple):
    """A state as it is shown: never by colour alone, always icon and word too."""

    css: str
    icon: str
    word: str
    detail: str = ""


def standing(state: str, percent: int, due: date | None, today: date) -> Standing:
    """Return how an action is shown: overdue wins over what was chosen, unless it is said to be done and waits to be verified."""
    over = days_over(state, due, today)
    detail = f"{percent}\u00a0%" if state in OPEN and percent and state != State.DONE_CLAIMED else ""
    if over and state != State.DONE_CLAIMED:
        return Standing("late", "clock-exclamation", _("Overdue %(days)s d", days=over), detail)
    return Standing(*STATE_LOOKS[State(state)], str(STATE_WORDS[state]), detail)


def review_standing(review: str, *, draft: bool = False) -> Standing:
    """Return how the review of an action is shown; ``draft``: its plan is in review, but it is not complete and has not gone there."""
    if draft and not review:
        return Standing("risk", "pencil", _("Not complete"))
    return Standing(*REVIEW_LOOKS[Verdict(review)], str(REVIEW_WORDS[review]))


def plan_standing(state: str) -> Standing:
    """Return how the state of a plan is shown."""
    return Standing(*PLAN_LOOKS.get(PlanState(state), ("go", "progress")), str(PLAN_WORDS[state]))


def refusal(broken: Broken) -> Any:
    """Return the sentence for a broken rule."""
    return REFUSALS[broken.code]
