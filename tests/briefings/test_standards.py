"""The section on the self-assessment tells no region's answers before the reveal, and afterwards which points have moved."""

from typing import Any

from ccc_pilot.briefings.standard_sections import standards
from ccc_pilot.briefings.telling import Told
from ccc_pilot.i18n import force_locale
from ccc_pilot.office.blocks import Bullets, Grid, Paragraph, text_of


def told(round_: dict[str, Any], before: dict[str, Any] | None = None) -> Told:
    regions = [{"key": key, "short": key.upper(), "sv": key, "en": key} for key in ("ro", "rjl")]
    past = {"day": "2025-05-01", "whole": True, "rows": {}, "standards": [before]} if before else None
    return Told({"cut_off": "2025-06-01", "regions": regions, "standards": [round_], "before": past}, "en")


def round_(*, revealed: bool = True, **points: int | None) -> dict[str, Any]:
    counted = {"answered": [1, 4], "met": [1, 1] if revealed else None}
    keys = {f"e:{name}@ro": [name, value] for name, value in points.items()}
    return {"id": 7, "title": "Round 1", "due": "2025-09-01", "revealed": revealed, "regions": {"ro": counted, "rjl": {"answered": [0, 0], "met": [0, 0] if revealed else None}}, "points": keys}  # fmt: skip


def test_before_the_reveal_only_how_much_is_answered_is_told(sqlite_app):
    with sqlite_app.test_request_context(), force_locale("en"):
        grid, note = standards(told(round_(revealed=False)))
    assert isinstance(grid, Grid)
    assert grid.header == ("Region", "Answered")
    assert [tuple(map(str, row)) for row in grid.rows] == [("RO", "1 of 4"), ("RJL", "–")]
    assert isinstance(note, Paragraph)
    assert "revealed" in text_of(note.runs)


def test_points_that_moved_are_told_up_and_down_and_others_are_not(sqlite_app):
    with sqlite_app.test_request_context(), force_locale("en"):
        found = standards(told(round_(A=3, B=1, C=2, D=None), round_(A=1, B=2, C=2, D=0)))
    said = [text_of(item.runs) for block in found if isinstance(block, Bullets) for item in block.items]
    assert said == ["Moved up: A (RO)", "Moved down: B (RO), D (RO)"]


def test_many_points_are_not_all_named(sqlite_app):
    now, was = {f"P{n:02}": 3 for n in range(20)}, {f"P{n:02}": 1 for n in range(20)}
    with sqlite_app.test_request_context(), force_locale("en"):
        found = standards(told(round_(**now), round_(**was)))
    (said,) = [text_of(item.runs) for block in found if isinstance(block, Bullets) for item in block.items]
    assert said.endswith("P11 (RO), and 8 more")


def test_without_rounds_nothing_is_printed(sqlite_app):
    with sqlite_app.test_request_context():
        assert standards(Told({"cut_off": "2025-06-01", "regions": [], "before": None}, "sv")) == ()
