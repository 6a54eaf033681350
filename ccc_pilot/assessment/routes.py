"""Pages of assessment: the views stand by kind of page, and are gathered here."""

from ccc_pilot.assessment import (
    answer_views,
    assigning_views,
    carrying_views,
    designation_views,
    document_views,
    move_views,
    network_views,
    result_views,
    review_views,
    round_views,
    sheet_views,
    talk_views,
)
from ccc_pilot.assessment.blueprint import blueprint

VIEWS = (
    round_views, answer_views, network_views, move_views, assigning_views, talk_views, review_views, carrying_views,
    designation_views, document_views, result_views, sheet_views,
)  # fmt: skip

__all__ = ["VIEWS", "blueprint"]
