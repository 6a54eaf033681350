"""The sections of a briefing: one explicit tuple, in the order in which they are printed. What is empty is not printed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ccc_pilot.briefings import action_sections as actions
from ccc_pilot.briefings import meeting_sections as meetings
from ccc_pilot.briefings import milestone_sections as milestones
from ccc_pilot.briefings import money_sections as accounts
from ccc_pilot.briefings import standard_sections as standards
from ccc_pilot.briefings.telling import Told
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.office.blocks import Block

Build = Callable[[Told], tuple[Block, ...]]


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its key, title, what builds it, and under which heading of the letter (``PARTS``) it stands.

    ``background``: its prose goes on from one briefing to the next; ``prose_last``: it stands behind what is frozen; ``leads``: it begins a slide.
    """

    key: str
    title: Any
    part: str
    build: Build
    background: bool = False
    prose_last: bool = False
    leads: bool = False


def nothing(_told: Told) -> tuple[Block, ...]:
    """Build nothing: the section holds what people write in it."""
    return ()


# The headings of the letter (tjänsteskrivelse) in their order.
PARTS: dict[str, Any] = {
    "proposal": _l("Proposal for decision"),
    "summary": _l("Summary"),
    "matter": _l("The matter"),
    "assessment": _l("Assessment"),
    "money": _l("Economy"),
    "consequences": _l("Consequences"),
    "basis": _l("Documents for the decision"),
    "sent": _l("The decision is sent to"),
}
SECTIONS: tuple[Section, ...] = (
    Section("summary", _l("Summary"), "summary", milestones.summary),
    Section("background", _l("Status update"), "matter", nothing, background=True),
    Section("since", _l("Since last time"), "matter", meetings.since, prose_last=True),
    Section("regions", _l("Milestones per region"), "matter", milestones.matrix),
    Section("milestones", _l("Milestones since last time"), "matter", milestones.moved),
    Section("standards", _l("Self-assessment"), "matter", standards.standards),
    Section("improvement", _l("Improvement plan and the RCC's view"), "matter", actions.improvement),
    Section("paragraphs", _l("The regions' own words"), "matter", meetings.paragraphs),
    Section("risks", _l("Risks and deviations"), "assessment", milestones.risks),
    Section("last", _l("Decisions last time and what became of them"), "matter", meetings.last),
    Section("proposals", _l("Proposals for decision"), "proposal", meetings.proposals, leads=True),
    Section("coming", _l("The next 60 days"), "assessment", milestones.coming),
    Section("reporting", _l("Reporting back"), "matter", milestones.reporting),
    Section("money", _l("Economy"), "money", accounts.money),
    Section("consequences", _l("Consequences"), "consequences", nothing),
    Section("attachments", _l("Attachments"), "basis", meetings.attachments),
    Section("sent", _l("The decision is sent to"), "sent", nothing),
)
BY_KEY = {section.key: section for section in SECTIONS}
OWN = "own-"
