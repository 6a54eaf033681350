"""The rules of readiness, ready to be shown: how each stands, and where what breaks it is found."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from ccc_pilot.assessment import readiness
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.readiness import Check, Readiness
from ccc_pilot.assessment.words import RULE_WORDS, Standing
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import ngettext

# Which rows (``results.WHICH``) break a rule; the others are about the round itself.
ROWS = {
    "R0": "unapproved", "R1": "unscored", "R2": "unreasoned", "R3": "unshown", "R4": "evidence-missing", "R6": "no-english", "R7": "unplanned",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A rule: its number and words, how it stands, the address of what breaks it, and its waiver."""

    rule: str
    words: str
    url: str
    standing: Standing
    waiver: str
    may_waive: bool


def verdict(found: Sequence[Check]) -> Standing:
    """Return what the rules say together, with those that keep the round from being handed in."""
    said = readiness.readiness(found)
    if said is Readiness.READY:
        return Standing("done", "circle-check", _("Ready"))
    if said is Readiness.WAIVED:
        return Standing("done", "circle-check", _("Ready with waivers"))
    keeping = [check.rule for check in found if check.blocks and not check.passed and not check.waiver]
    return Standing("late", "circle-x", _("Not ready: %(rules)s", rules=", ".join(keeping)))


def told(round_: AssessmentRound, found: Sequence[Check]) -> list[Told]:
    """Return the rules in order, ready to be shown."""
    return [
        Told(
            check.rule, str(RULE_WORDS[check.rule]), _url(round_, check.rule), _standing(check), check.waiver,
            not check.passed and check.blocks and not check.waiver,
        )
        for check in found
    ]  # fmt: skip


def _standing(check: Check) -> Standing:
    if check.passed:
        return Standing("done", "circle-check", _("Met"))
    if not check.asked:
        return Standing("idle", "help-circle", _("None known to be asked for"))
    if check.passed is None:
        return Standing("idle", "help-circle", _("Not known"))
    n = len(check.offenders)
    words = ngettext("%(num)d breaks it", "%(num)d break it", n) if n else _("Not met")
    css = "late" if check.blocks and not check.waiver else "risk"
    return Standing(css, "circle-x" if check.blocks else "alert-triangle", words)


def _url(round_: AssessmentRound, rule: str) -> str:
    if rule in ROWS:
        return url_for("assessment.rows", number=round_.id, which=ROWS[rule])
    if rule == "R5":
        return url_for("assessment.asked", number=round_.id)
    if rule in {"R8", "R9"}:
        return url_for("assessment.designation", number=round_.id)
    return "#signatures" if rule == "R10" else ""
