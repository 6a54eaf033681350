"""Ready to submit: each rule with its offenders, what blocks, what only warns, and waivers."""

from dataclasses import replace
from datetime import date

import pytest

from ccc_pilot.assessment.designation import Verdict
from ccc_pilot.assessment.readiness import Grounds, Readiness, checks, readiness
from tests.assessment.examples import STICK, fact

GOOD = Grounds(
    facts=(fact("A-1.1", "yes", note="So it is", summary_en="It is so", has=1, needs=1), fact("A-1.2", "na", na_reason="No surgery here")),
    stick=STICK, documents={"strategic plan": True}, figures={"beds": True}, designation=Verdict.UNDETERMINED, signed=True, group=True,
    visit=date(2026, 9, 1), today=date(2026, 7, 1),
)  # fmt: skip


def failed(grounds: Grounds) -> dict[str, tuple[str, ...]]:
    return {check.rule: check.offenders for check in checks(grounds) if check.passed is not True}


def test_when_all_is_there_all_pass() -> None:
    found = checks(GOOD)
    assert [check.rule for check in found] == [f"R{n}" for n in range(1, 12)]
    assert failed(GOOD) == {}
    assert readiness(found) is Readiness.READY


@pytest.mark.parametrize(
    ("rule", "changed", "offenders"),
    [
        ("R1", {"facts": (fact("A-1.1"),)}, ("e:A-1.1@ro",)),
        ("R3", {"facts": (fact("A-1.1", "yes", summary_en="x"),)}, ("e:A-1.1@ro",)),
        ("R4", {"facts": (fact("A-1.1", "yes", note="x", summary_en="x", needs=2, has=1),)}, ("e:A-1.1@ro",)),
        ("R5", {"documents": {"strategic plan": False, "cancer plan": True}}, ("strategic plan",)),
        ("R6", {"facts": (fact("A-1.1", "yes", note="Så är det"),)}, ("e:A-1.1@ro",)),
        ("R7", {"facts": (fact("A-1.1", "partially", note="x", summary_en="x"),)}, ("e:A-1.1@ro",)),
        ("R8", {"figures": {"beds": False}}, ("beds",)),
        ("R9", {"designation": Verdict.FAILED}, ()),
        ("R10", {"signed": None}, ("signed",)),
        ("R11", {"today": date(2026, 7, 2)}, ()),
    ],
)
def test_each_rule_fails_by_itself_and_names_its_offenders(rule: str, changed: dict, offenders: tuple[str, ...]) -> None:
    assert failed(replace(GOOD, **changed)) == {rule: offenders}


def test_not_applicable_without_a_reason_is_named_and_is_not_answered() -> None:
    found = failed(replace(GOOD, facts=(fact("A-1.1", "na", na_reason=" "),)))
    assert found == {"R1": ("e:A-1.1@ro",), "R2": ("e:A-1.1@ro",)}


def test_an_improvement_point_answers_for_what_is_not_met() -> None:
    weak = replace(GOOD, facts=(fact("A-1.1", "no", note="x", summary_en="x"),))
    assert failed(replace(weak, improved={"e:A-1.1@ro"})) == {}
    assert failed(replace(weak, facts=(replace(weak.facts[0], improvement="A plan by May"),))) == {}


def test_a_visit_without_a_date_is_unknown_and_neither_passed_nor_failed() -> None:
    assert {check.rule: check.passed for check in checks(replace(GOOD, visit=None))}["R11"] is None


def test_the_designation_and_the_visit_only_warn() -> None:
    late = replace(GOOD, designation=Verdict.FAILED, today=date(2026, 8, 30))
    assert readiness(checks(late)) is Readiness.READY


def test_a_rule_that_blocks_can_be_waived_with_a_reason() -> None:
    weak = replace(GOOD, figures={"beds": False}, signed=False)
    assert readiness(checks(weak)) is Readiness.NOT_READY
    assert readiness(checks(weak, {"R8": "Asked for on 3 May"})) is Readiness.NOT_READY
    assert readiness(checks(weak, {"R8": "Asked for on 3 May", "R10": "Signed at the visit"})) is Readiness.WAIVED


def test_a_waiver_of_a_rule_that_passes_is_not_counted() -> None:
    assert readiness(checks(GOOD, {"R8": "Not needed any more"})) is Readiness.READY
