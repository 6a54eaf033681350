"""Pages of meetings and decisions: the views stand by kind of page, and are gathered here."""

from ccc_pilot.decisions import (
    decision_views,
    export_views,
    finding_views,
    guest_views,
    log_views,
    meeting_views,
    minutes_views,
    outcome_views,
    paragraph_views,
    sum_views,
    views,
)
from ccc_pilot.decisions.blueprint import blueprint

VIEWS = (
    views,
    log_views,
    meeting_views,
    guest_views,
    minutes_views,
    decision_views,
    outcome_views,
    sum_views,
    paragraph_views,
    finding_views,
    export_views,
)

__all__ = ["VIEWS", "blueprint"]
