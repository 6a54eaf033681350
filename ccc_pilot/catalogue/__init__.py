"""Catalogues: plans of milestones and editions of standards read from the shelves into frozen records."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ccc_pilot.catalogue.faults import CatalogueFaults, Fault
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
from ccc_pilot.catalogue.shelved import load_plans
from ccc_pilot.catalogue.standard_records import (
    DESIGNATIONS,
    PDCA,
    Chapter,
    Edition,
    EvidenceKind,
    Level,
    Point,
    Requirement,
    Scale,
    Standard,
)

if TYPE_CHECKING:
    from ccc_pilot.catalogue.plans import check, parse_plan, read_plan
    from ccc_pilot.catalogue.standards import check_standards, parse_edition, parse_tree, read_edition

# What reads and checks catalogues brings a library with it that the start of the house does without; it comes when it is asked for.
READERS = {
    **dict.fromkeys(("check", "parse_plan", "read_plan"), "plans"),
    **dict.fromkeys(("check_standards", "parse_edition", "parse_tree", "read_edition"), "standards"),
}


def __getattr__(name: str) -> Any:
    if name not in READERS:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{READERS[name]}"), name)


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
    "DESIGNATIONS",
    "PDCA",
    "Chapter",
    "Edition",
    "EvidenceKind",
    "Level",
    "Point",
    "Requirement",
    "Scale",
    "Standard",
    "check_standards",
    "parse_edition",
    "parse_tree",
    "read_edition",
]
