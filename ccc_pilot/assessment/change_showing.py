"""What has changed since an earlier round (C15), ready to be shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from ccc_pilot.assessment import words
from ccc_pilot.assessment.comparison import Change
from ccc_pilot.assessment.fact_records import Fact
from ccc_pilot.assessment.results import Results
from ccc_pilot.assessment.results_showing import answer_url
from ccc_pilot.assessment.words import Standing
from ccc_pilot.catalogue.standard_records import Edition
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.pilots import Region


@dataclass(frozen=True, slots=True)
class Moved:
    """An answer beside its earlier one; None where there is none. ``url`` is empty for what is no longer asked for."""

    url: str
    number: str
    text: str
    region: str
    before: Standing | None
    now: Standing | None


def changes(found: Results, earlier: Edition, told: Change, regions: Iterable[Region]) -> list[tuple[str, list[Moved]]]:
    """Return what has improved and what has worsened since an earlier round, what is new in this one and what it no longer asks for."""
    shorts = {region.key: region.short for region in regions}

    def moved(before: Fact | None, now: Fact | None) -> Moved:
        fact = now or before
        assert fact is not None  # a pair has at least one side
        return Moved(
            answer_url(found, now) if now else "", fact.point.official or fact.point.number, str(fact.point.text), shorts[fact.region],
            words.score(earlier.scale, before.score) if before else None, words.score(found.edition.scale, now.score) if now else None,
        )  # fmt: skip

    return [
        (_("Better than before"), [moved(*pair) for pair in told.improved]),
        (_("Worse than before"), [moved(*pair) for pair in told.worsened]),
        (_("New in this round"), [moved(None, fact) for fact in told.new]),
        (_("No longer asked for"), [moved(fact, None) for fact in told.dropped]),
    ]
