"""Rules of the briefing: earlier days, differences, seals."""

from datetime import date

from ccc_pilot.briefings.rules import Change, Difference, Standing, arranged, as_of, difference, digest, is_late

NOW = Standing("done", 100, "2025-06-01")


def test_later_changes_are_taken_back_newest_first():
    later = [Change("ongoing", 50, None, False), Change("", None, "2025-05-01", True), Change("not_started", 0, None, False)]
    assert as_of(NOW, later) == Standing("not_started", 0, "2025-05-01")
    assert as_of(NOW, []) == NOW


def test_a_date_that_was_set_for_the_first_time_was_not_there_before():
    assert as_of(NOW, [Change("", None, None, True)]).due is None


def test_the_difference_tells_done_slipped_sooner_new_and_changed():
    before = {"a": ["ongoing", 10, "2025-05-01"], "b": ["ongoing", 0, "2025-05-01"], "c": ["ongoing", 0, "2025-05-09"], "d": ["done", 100, None], "e": ["not_started", 0, None]}  # fmt: skip
    after = {"a": ["done", 100, "2025-05-01"], "b": ["ongoing", 0, "2025-06-01"], "c": ["ongoing", 0, "2025-05-01"], "d": ["done", 100, None], "e": ["at_risk", 0, None], "f": ["ongoing", 0, None]}  # fmt: skip
    assert difference(before, after) == Difference(
        ("a",),
        (("b", "2025-05-01", "2025-06-01"),),
        (("c", "2025-05-09", "2025-05-01"),),
        ("f",),
        (("e", "not_started", "at_risk"),),
    )
    assert difference(before, after, whole=False).new == ()
    assert difference(after, after) == Difference()


def test_the_last_day_is_not_late_and_what_is_done_is_never():
    day = date(2025, 5, 12)
    assert not is_late("ongoing", "2025-05-12", day)
    assert is_late("ongoing", "2025-05-11", day)
    assert not is_late("done", "2025-05-11", day)
    assert not is_late("ongoing", None, day)


def test_the_same_content_has_the_same_seal_whatever_its_order():
    assert digest({"a": 1, "b": ["å"]}) == digest({"b": ["å"], "a": 1}) != digest({"a": 1, "b": ["a"]})


def test_a_section_moves_one_step_and_stays_at_the_end():
    assert arranged(["a", "b", "c"], "b", "up") == ["b", "a", "c"]
    assert arranged(["a", "b", "c"], "b", "down") == ["a", "c", "b"]
    assert arranged(["a", "b", "c"], "a", "up") == ["a", "b", "c"]
    assert arranged(["a", "b", "c"], "c", "down") == ["a", "b", "c"]
