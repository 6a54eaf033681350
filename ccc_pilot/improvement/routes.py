"""Pages of the improvement plan: the views stand by kind of page, and are gathered here."""

from ccc_pilot.improvement import (
    bulk_views,
    column_views,
    export_views,
    gap_views,
    line_views,
    link_views,
    plan_views,
    review_views,
    sheet_views,
    talk_views,
    views,
    workbook_views,
)
from ccc_pilot.improvement.blueprint import blueprint

VIEWS = (
    views,
    bulk_views,
    column_views,
    export_views,
    gap_views,
    line_views,
    link_views,
    sheet_views,
    plan_views,
    review_views,
    talk_views,
    workbook_views,
)

__all__ = ["VIEWS", "blueprint"]
