"""The section on the improvement plan counts per region, names what is overdue, and what was settled since last time."""

from typing import Any

from ccc_pilot.briefings.action_sections import improvement
from ccc_pilot.briefings.telling import Told
from ccc_pilot.i18n import force_locale
from ccc_pilot.office.blocks import Bullets, Grid, Paragraph, text_of


def action(number: int, region: str, state: str, due: str | None = None, review: str = "") -> dict[str, Any]:
    return {
        "id": number,
        "number": number,
        "title": f"Action {number}",
        "region": region,
        "state": state,
        "due": due,
        "review": review,
    }


def told(actions: list[dict[str, Any]], before: list[dict[str, Any]] | None = None) -> Told:
    regions = [{"key": key, "short": key.upper(), "sv": key, "en": key} for key in ("ro", "rjl")]
    plan = {"id": 1, "title": "Plan", "state": "rcc_review", "number": 2, "actions": actions}
    past = {"day": "2025-05-01", "whole": True, "rows": {}, "improvement": {"actions": before or []}}
    return Told({"cut_off": "2025-06-01", "regions": regions, "improvement": plan, "before": past}, "en")


def read(found: Told) -> tuple[Any, ...]:
    with force_locale("en"):
        return improvement(found)


def test_actions_are_counted_per_region_with_the_review(sqlite_app):
    actions = [
        action(1, "ro", "verified", "2025-05-01", "accepted"), action(2, "ro", "in_progress", "2025-05-31", "returned"),
        action(3, "ro", "agreed", "2025-06-01", "waiting"), action(4, "rjl", "agreed"),
    ]  # fmt: skip
    with sqlite_app.test_request_context():
        lead, grid, _heading, late = read(told(actions))
    assert isinstance(lead, Paragraph)
    assert text_of(lead.runs) == "Plan, version 2: In review by the RCC."
    assert isinstance(grid, Grid)
    assert grid.rows == (("RO", "3", "1", "1", "1", "1", "1"), ("RJL", "1", "0", "0", "0", "0", "0"))
    assert isinstance(late, Bullets)
    assert [text_of(item.runs) for item in late.items] == ["Action 2 (RO, 31 May 2025)"]


def test_what_was_settled_since_last_time_is_named(sqlite_app):
    before = [action(1, "ro", "in_progress"), action(2, "ro", "verified")]
    with sqlite_app.test_request_context():
        found = read(told([action(1, "ro", "verified"), action(2, "ro", "verified"), action(3, "ro", "verified")], before))
    (settled,) = [block for block in found if isinstance(block, Bullets)]
    assert [text_of(item.runs) for item in settled.items] == ["Action 1 (RO, –)"]


def test_without_a_plan_nothing_is_printed(sqlite_app):
    with sqlite_app.test_request_context():
        assert improvement(Told({"cut_off": "2025-06-01", "regions": [], "before": None}, "sv")) == ()
