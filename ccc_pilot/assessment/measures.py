"""The numbers of a round in words: what each is called, how it is defined, and which answers it counts."""

from dataclasses import dataclass
from typing import Any

from ccc_pilot.assessment.fact_records import Ratio
from ccc_pilot.assessment.rules import Tally
from ccc_pilot.i18n import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Measure:
    """A number: the property of ``Tally``, its name, its definition, and which rows stand behind what is missing from it."""

    key: str
    title: Any
    definition: Any
    rows: str

    def of(self, counted: Tally) -> Ratio:
        """Return the number's two parts."""
        found: Ratio = getattr(counted, self.key)
        return found


MEASURES = (
    Measure(
        "coverage", _l("Coverage"), _l("Points that are scored, or said not to be applicable, of all points of the round."), "unscored"
    ),
    Measure(
        "conservative", _l("Conservative index"),
        _l("What the answers are worth of what they could be, over all applicable points; an unscored one is worth nothing. Used until a round is frozen."),
        "unmet",
    ),
    Measure("index", _l("Compliance index"), _l("What the scored answers are worth of what they could be; the unscored are left out."), "unmet"),
    Measure("core_share", _l("Core compliance"), _l("Core points scored yes or mostly, of all core points; an unscored one is not met."), "core-unmet"),
    Measure("strict_share", _l("Fully met"), _l("Answers at the top of the scale, of those scored."), "unmet"),
    Measure("broad_share", _l("Met or mostly met"), _l("Answers of at least two thirds of the top of the scale, of those scored."), "unmet"),
    Measure(
        "evidence", _l("Evidence"),
        _l("Accepted and unexpired pieces of mandatory evidence, of those that the applicable points ask for; more than asked for counts no more."),
        "evidence-missing",
    ),
)  # fmt: skip
BY_KEY = {measure.key: measure for measure in MEASURES}
WHICH_WORDS = {
    "all": _l("All points"), "answered": _l("Answered points"), "unscored": _l("Points without a score"), "met": _l("Points that are met or mostly met"),
    "unmet": _l("Points that are not met"), "core": _l("Core points"), "core-unmet": _l("Core points that are not met"),
    "evidence-missing": _l("Points that lack mandatory evidence"), "claimed": _l("Claimed without proof"),
    "unreasoned": _l("Not applicable without a reason"), "unshown": _l("Scored without reason or accepted evidence"),
    "no-english": _l("Points without an English summary"), "unapproved": _l("Answers that are not approved"), "unplanned": _l("Unmet points without an improvement described"),
}  # fmt: skip
FLAG_WORDS = {
    None: ("idle", "help-circle", _l("core points not known")), "red": ("late", "circle-x", _l("a core point is “no”")),
    "amber": ("risk", "alert-triangle", _l("a core point is partial or unscored")), "green": ("done", "circle-check", _l("core points met")),
}  # fmt: skip
