"""One time of a recurring milestone is named by its period as people read it, never by the key in its address."""

from ccc_pilot.progress.models import MilestoneLine


def test_a_period_of_months_is_read_as_one():
    line = MilestoneLine(key="sosr-wp4-2025:PR-03", occurrence="2026-04--2026-09")
    assert (line.period, line.plan_id, line.slug) == ("2026-04–2026-09", "PR-03", "PR-03~2026-04--2026-09")
    assert MilestoneLine(key="sosr-wp4-2025:P0-05", occurrence="").period == ""
