"""Charts: where numbers land in a drawing; what is unknown is a gap."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccc_pilot.web.charts import BAR, curves, heat, radar, segments

DAY = date(2026, 5, 4)


def test_the_parts_of_a_bar_stand_beside_each_other_and_fill_it() -> None:
    found = segments([("done", "Yes", 1), ("go", "Mostly", 0), ("late", "No", 3)])
    assert [(one.css, one.x, one.width) for one in found] == [("done", 0, BAR / 4), ("late", BAR / 4, 3 * BAR / 4)]
    assert segments([("done", "Yes", 0)]) == ()


@given(st.lists(st.tuples(st.just("done"), st.just("x"), st.integers(0, 10**6)), max_size=8))
def test_a_bar_is_never_longer_than_its_place(parts: list[tuple[str, str, int]]) -> None:
    found = segments(parts)
    assert all(0 <= one.x <= BAR and one.width >= 0 for one in found)
    assert not found or abs(found[-1].x + found[-1].width - BAR) < 1


def test_a_radar_has_its_first_axis_on_top_and_its_outermost_ring_at_a_hundred() -> None:
    found = radar(["Governance", "Patients", "Research"], [("RÖ", [100, 50, 0])])
    assert found is not None
    centre = found.width / 2, found.height / 2
    first, _second, third = found.shapes[0].dots
    assert (first, third) == ((found.spokes[0].x, found.spokes[0].y), centre)
    assert first[0] == centre[0] and first[1] < centre[1]
    assert found.shapes[0].path.endswith("Z")


def test_what_is_unknown_is_a_gap_in_the_radar_and_not_its_centre() -> None:
    found = radar(["A", "B", "C", "D"], [("RÖ", [100, None, 50, 50])])
    assert found is not None
    shape = found.shapes[0]
    assert len(shape.dots) == 3
    assert shape.path.count("M") == 2 and "Z" not in shape.path


def test_two_axes_make_no_radar() -> None:
    assert radar(["A", "B"], [("RÖ", [1, 2])]) is None


def test_series_differ_by_more_than_colour_and_begin_anew_after_six() -> None:
    found = radar(["A", "B", "C"], [(str(n), [1, 2, 3]) for n in range(8)])
    assert found is not None and [shape.look for shape in found.shapes] == [1, 2, 3, 4, 5, 6, 1, 2]


def test_lines_run_from_the_first_day_to_the_last_and_upwards() -> None:
    found = curves([("Done", [(date(2026, 5, 1), 0), (date(2026, 5, 11), 40)])], date(2026, 5, 6))
    assert found is not None
    (x0, y0, *_), (x1, y1, *_rest) = found.lines[0].points
    assert x0 < found.today < x1 and y1 < y0
    assert [value for _y, value in found.levels] == [0, 10, 20, 30, 40]


def test_today_beyond_the_days_is_not_drawn_and_one_day_makes_no_line() -> None:
    points = [(date(2026, 5, 1), 1), (date(2026, 5, 2), 2)]
    assert curves([("Done", points)], date(2027, 1, 1)).today is None
    assert curves([("Done", points[:1])], DAY) is None


@given(st.lists(st.tuples(st.dates(), st.integers(0, 10**6)), min_size=2, max_size=30), st.booleans())
def test_every_point_of_a_line_lies_within_the_drawing(points: list[tuple[date, int]], stepped: bool) -> None:
    found = curves([("Done", points)], DAY, stepped=stepped)
    if found:
        assert all(0 <= x <= found.width and 0 <= y <= found.height for x, y, *_ in found.lines[0].points)
        assert not re.search(r"nan|inf|e[-+]", found.lines[0].path)


@pytest.mark.parametrize(
    ("percent", "css"), [(None, "heat-none"), (0, "heat-0"), (19.9, "heat-0"), (20, "heat-1"), (99.9, "heat-4"), (100, "heat-4")]
)
def test_heat_has_five_steps_and_one_for_the_unknown(percent: float | None, css: str) -> None:
    assert heat(percent) == css
