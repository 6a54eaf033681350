"""The words of assessment: states, stages and scores as people here say them, each with its icon and colour class."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ccc_pilot.assessment.stages import Stage
from ccc_pilot.assessment.states import Act, Broken, State
from ccc_pilot.catalogue.standard_records import Scale
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l

STATE_WORDS: dict[State, Any] = {
    State.EMPTY: _l("Not answered"),
    State.DRAFT: _l("Draft"),
    State.PROPOSED: _l("Proposed"),
    State.RETURNED: _l("Returned"),
    State.VERIFIED: _l("Verified"),
    State.APPROVED: _l("Approved"),
    State.FROZEN: _l("Frozen"),
}
STATE_LOOKS = {
    State.EMPTY: ("idle", "circle-dashed"),
    State.DRAFT: ("idle", "pencil"),
    State.PROPOSED: ("go", "send"),
    State.RETURNED: ("risk", "arrow-back-up"),
    State.VERIFIED: ("go", "zoom-check"),
    State.APPROVED: ("done", "circle-check"),
    State.FROZEN: ("done", "lock"),
}
STAGE_WORDS: dict[Stage, Any] = {
    Stage.PLANNED: _l("Planned"),
    Stage.OPEN: _l("The regions answer"),
    Stage.CONSOLIDATING: _l("The network agrees"),
    Stage.READY_CHECK: _l("Checked before it is handed in"),
    Stage.SUBMITTED: _l("Handed in and frozen"),
    Stage.CLARIFICATION: _l("Being clarified"),
    Stage.GO: _l("Go"),
    Stage.NO_GO: _l("No go"),
    Stage.VISIT_SCHEDULED: _l("Visit scheduled"),
    Stage.VISITED: _l("Visited"),
    Stage.REPORTED: _l("Report received"),
    Stage.PLAN_DUE: _l("Improvement plan due"),
    Stage.DECIDED: _l("Decided"),
    Stage.FOLLOW_UP: _l("Follow-up"),
    Stage.CLOSED: _l("Closed"),
    Stage.WITHDRAWN: _l("Withdrawn"),
}
ACT_WORDS: dict[Act, Any] = {
    Act.WRITE: _l("Written"),
    Act.PROPOSE: _l("Proposed"),
    Act.VERIFY: _l("Verified"),
    Act.APPROVE: _l("Approved"),
    Act.RETURN: _l("Returned"),
    Act.UNSETTLE: _l("A draft again: the evidence was changed"),
}
PDCA_WORDS = {"P": _l("Plan it"), "D": _l("Do it"), "C": _l("Study it"), "A": _l("Act on it")}
DESIGNATION_WORDS = {
    "": _l("All points of the edition"), "CC": _l("Cancer Centre (CC)"), "CCC": _l("Comprehensive Cancer Centre (CCC)"), "NET": _l("Network"),
}  # fmt: skip
MODE_WORDS = {"regions": _l("Each region for itself"), "network": _l("The network as one, with a single answer to each point")}
VERDICT_WORDS = {"accredited": _l("Accredited"), "conditional": _l("Accredited on conditions"), "refused": _l("Refused")}
MOVE_WORDS: dict[tuple[str, str], Any] = {  # where the way is more than its goal
    (Stage.READY_CHECK, Stage.CONSOLIDATING): _l("Back to the network"),
    (Stage.CLARIFICATION, Stage.SUBMITTED): _l("Hand in again"),
    (Stage.READY_CHECK, Stage.SUBMITTED): _l("Hand in and freeze"),
    (Stage.NO_GO, Stage.OPEN): _l("Open for answers again"),
}
RULE_WORDS = {
    "R0": _l("Every answer is approved by its region"),
    "R1": _l("Every point is scored"),
    "R2": _l("Every not applicable has its reason"),
    "R3": _l("Every score has a justification or accepted evidence"),
    "R4": _l("The evidence that is asked for is there"),
    "R5": _l("The documents that are asked for are complete"),
    "R6": _l("Every score has a summary in English"),
    "R7": _l("Every no or partially says what is to be improved"),
    "R8": _l("Every figure is filled in or explained"),
    "R9": _l("The figures do not rule out what is sought"),
    "R10": _l("The director has signed and the project group is recorded"),
    "R11": _l("At least two months are left to the visit"),
}
VERDICTS_ON_EARLIER = {"still_true": _l("Still true"), "renew": _l("To be renewed"), "not_relevant": _l("Not relevant")}
RELATION_WORDS = {
    "same": _l("the same point"),
    "was": _l("replaces it"),
    "became": _l("was replaced by it"),
    "equal": _l("says the same"),
    "part_of": _l("is part of it"),
    "contains": _l("contains it"),
    "related": _l("is related to it"),
}
REFUSALS = {
    "state": _l("The answer has moved on since you saw it. Look at how it stands now."),
    "score": _l("Choose a score first."),
    "na_reason": _l("Say why it is not applicable."),
    "shown": _l("Write a reason, or link evidence that shows it."),
    "another": _l("Somebody else than the one who scored or wrote it verifies."),
    "comment": _l("Say in a line what is missing."),
    "stage": _l("The round has moved on since you saw it. Look at how it stands now."),
    "revealed": _l("Not all answers are in yet, and the due date has not passed."),
    "settled": _l("There are points on the consensus list without an answer of the network."),
    "ready": _l("Rules of readiness are neither met nor waived."),
    "answered": _l("Points that were opened again are not approved yet."),
    "reason": _l("Say in a line why."),
    "points": _l("Choose the points to open again."),
    "coming": _l("Give a day that is still to come."),
    "visit_past": _l("The day of the visit has not come yet."),
    "decision": _l("Give the body and the day of its decision, which cannot lie ahead."),
    "verdict": _l("Choose what was decided."),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How something is shown: never by colour alone, always icon and word too."""

    css: str
    icon: str
    word: str
    detail: str = ""


def move(source: str, to: str) -> Any:
    """Return what a move between stages is called."""
    return MOVE_WORDS.get((source, to), STAGE_WORDS[Stage(to)])


def refusal(broken: Broken) -> Any:
    """Return the sentence for a guard that does not hold."""
    return REFUSALS[broken.code]


def unproved(kinds: Sequence[str]) -> str:
    """Return the sentence for an answer that lacks evidence of ``kinds``."""
    return _("Evidence of a kind that is asked for is missing: %(kinds)s. Link it, or give what is linked that kind, or have its absence explained in the answer.", kinds=", ".join(kinds))  # fmt: skip


def state(value: str) -> Standing:
    """Return how an answer's state is shown."""
    css, icon = STATE_LOOKS[State(value)]
    return Standing(css, icon, str(STATE_WORDS[State(value)]))


def score(scale: Scale, code: str | None) -> Standing:
    """Return how a score is shown: green at the top of its scale, red at the bottom, blue and amber between."""
    if code is None:
        return Standing("idle", "circle-dashed", _("Not scored"))
    level = scale.level(code)
    return Standing(*_look(level.value, scale), str(level.title))


def _look(value: int | None, scale: Scale) -> tuple[str, str]:
    if value is None:
        return "idle", "circle-minus"
    values = sorted(level.value for level in scale.levels if level.value is not None)
    if value == values[-1]:
        return "done", "circle-check"
    if value == values[0]:
        return "late", "circle-x"
    return ("go", "progress-check") if 2 * value > values[-1] else ("risk", "progress")
