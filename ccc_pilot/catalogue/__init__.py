"""Catalogues: plans of milestones (later also standards) read from the shelves into frozen records."""

from ccc_pilot.catalogue.faults import CatalogueFaults, Fault
from ccc_pilot.catalogue.plans import check, load_plans, parse_plan, read_plan
from ccc_pilot.catalogue.records import (
    CONFIDENCES,
    KINDS,
    STATUSES,
    Alternative,
    Fixed,
    Item,
    Offset,
    Phase,
    Plan,
    PlanMonths,
    Question,
    Recurrence,
    Source,
    Undated,
    When,
)
from ccc_pilot.catalogue.roles import ROLES
from ccc_pilot.catalogue.schedule import Occurrence, due, occurrences, span

__all__ = [
    "CONFIDENCES",
    "KINDS",
    "ROLES",
    "STATUSES",
    "Alternative",
    "CatalogueFaults",
    "Fault",
    "Fixed",
    "Item",
    "Occurrence",
    "Offset",
    "Phase",
    "Plan",
    "PlanMonths",
    "Question",
    "Recurrence",
    "Source",
    "Undated",
    "When",
    "check",
    "due",
    "load_plans",
    "occurrences",
    "parse_plan",
    "read_plan",
    "span",
]
