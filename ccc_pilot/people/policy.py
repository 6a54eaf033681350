"""The permission matrix as data: who may do what, where. It feeds checks, buttons, the page of permissions and the test walk.

Reach: ``*`` all regions, ``o`` own region, ``s`` what is shared by all regions, ``o+s`` both, ``n`` what the network does as one, ``o+n``
own region and that, ``m`` one's own things. What is not written is denied. Source: the project's own proposal (roles against objects), to be confirmed by the customer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ccc_pilot.i18n import lazy_gettext as _l

NETWORK = "sosr"


class Role(StrEnum):
    """A role that a post carries."""

    HEAD_LEAD = "head_lead"
    REGIONAL_LEAD = "regional_lead"
    MEDICAL_EXPERT = "medical_expert"
    RCC_REVIEWER = "rcc_reviewer"
    ECONOMIST = "economist"
    RSL_READER = "rsl_reader"
    EXTERNAL_READER = "external_reader"
    ADMINISTRATOR = "administrator"
    PEER_REVIEWER = "peer_reviewer"


ROLE_TITLES = {
    Role.HEAD_LEAD: _l("Lead project manager"),
    Role.REGIONAL_LEAD: _l("Regional project lead"),
    Role.MEDICAL_EXPERT: _l("Medical expert"),
    Role.RCC_REVIEWER: _l("RCC reviewer"),
    Role.ECONOMIST: _l("Economist"),
    Role.RSL_READER: _l("RSL reader"),
    Role.EXTERNAL_READER: _l("External reader"),
    Role.ADMINISTRATOR: _l("Administrator"),
    Role.PEER_REVIEWER: _l("Peer reviewer"),
}
# Roles that steer or review: a second person approves before they take effect.
TWO_PERSON_ROLES = frozenset({Role.HEAD_LEAD, Role.RCC_REVIEWER, Role.ADMINISTRATOR})
SECOND_FACTOR_ROLES = frozenset({Role.HEAD_LEAD, Role.ADMINISTRATOR})

_ORDER = (
    Role.REGIONAL_LEAD, Role.HEAD_LEAD, Role.MEDICAL_EXPERT, Role.RCC_REVIEWER,
    Role.RSL_READER, Role.ECONOMIST, Role.ADMINISTRATOR, Role.EXTERNAL_READER,
    Role.PEER_REVIEWER,
)  # fmt: skip


def _row(cells: str) -> dict[Role, str]:
    return {role: cell for role, cell in zip(_ORDER, cells.split(), strict=True) if cell != "-"}


MATRIX: dict[str, dict[Role, str]] = {
    #                         RPL  LPL  MEX  RCC  RSL  EKO  ADM  REV  PEE
    "own.profile":       _row("m    m    m    m    m    m    m    m    m"),
    "own.reminders":     _row("m    m    m    m    m    m    m    m    m"),
    "overview.read":     _row("o+s  *    o+s  *    s    o+s  *    *    s"),
    "milestone.read":    _row("o+s  *    o+s  *    s    o+s  -    *    s"),
    "milestone.plan":    _row("-    *    -    -    -    -    -    -    -"),
    "milestone.progress": _row("o    *    -    -    -    -    -    -    -"),
    "milestone.complete": _row("-    *    -    -    -    -    -    -    -"),
    "milestone.comment": _row("o    *    o    *    -    -    -    -    -"),
    "milestone.export":  _row("o+s  *    o+s  *    s    -    -    *    -"),
    "decision.read":     _row("s    *    s    *    s    s    -    *    -"),
    "decision.record":   _row("-    *    -    -    -    -    -    -    -"),
    "decision.lock":     _row("-    *    -    -    *    -    -    -    -"),
    "decision.export":   _row("s    *    -    *    s    -    -    *    -"),
    "briefing.read":     _row("-    *    -    *    -    -    -    *    -"),
    "briefing.published": _row("s    *    s    *    s    s    -    *    -"),
    "briefing.write":    _row("-    *    -    -    -    -    -    -    -"),
    "briefing.contribute": _row("o    *    o    -    -    -    -    -    -"),
    "assessment.read":    _row("o+s  *    o+s  *    s    -    -    *    -"),
    "assessment.answer":  _row("o+n  -    o+n   -    -    -    -    -    -"),
    "assessment.verify":  _row("o+n  -    o+n   *    -    -    -    -    -"),
    "assessment.approve": _row("o    n    -    -    -    -    -    -    -"),
    "assessment.steer":   _row("-    *    -    -    -    -    -    -    -"),
    "assessment.assign":  _row("o    *    -    -    -    -    -    -    -"),
    "assessment.comment": _row("*    *    *    *    -    -    -    -    -"),
    "assessment.export":  _row("o+s  *    o+s  *    s    -    -    *    -"),
    "assessment.peer":    _row("-    -    -    -    -    -    -    -    *"),
    "evidence.read":     _row("o+s  *    o+s  *    -    -    -    *    s"),
    "evidence.confidential": _row("o    *    o    *    -    -    -    -    -"),
    "evidence.write":    _row("o    *    o    -    -    -    -    -    -"),
    "evidence.accept":   _row("o    *    o    *    -    -    -    -    -"),
    "standards.read":    _row("*    *    *    *    *    -    -    *    *"),
    "standards.import":  _row("-    *    -    -    -    -    -    -    -"),
    "improvement.read":  _row("o+s  *    o+s  *    s    o+s  -    *    -"),
    "improvement.propose": _row("o    *    o    -    -    -    -    -    -"),
    "improvement.write": _row("o    *    -    -    -    -    -    -    -"),
    "improvement.comment": _row("o    *    o    *    -    -    -    -    -"),
    "improvement.review": _row("-    -    -    *    -    -    -    -    -"),
    "improvement.verify": _row("-    *    -    *    -    -    -    -    -"),
    "improvement.steer": _row("-    *    -    -    -    -    -    -    -"),
    "improvement.adopt": _row("-    *    -    -    -    -    -    -    -"),
    "improvement.export": _row("o+s  *    o+s  *    s    -    -    *    -"),
    "leads.read":        _row("o+s  *    o+s  *    s    o+s  -    *    s"),
    "people.read":       _row("-    *    -    -    -    -    *    *    -"),
    "people.manage":     _row("-    -    -    -    -    -    *    -    -"),
    "people.approve":    _row("-    *    -    -    -    -    *    -    -"),
    "policy.read":       _row("*    *    *    *    *    *    *    *    *"),
    "journal.read":      _row("o    *    -    -    -    -    *    *    -"),
    "reminder.rules":    _row("-    *    -    -    -    -    -    -    -"),
    "reminder.dead":     _row("o    *    -    -    -    -    *    -    -"),
}  # fmt: skip

ACTION_TITLES = {
    "own.profile": _l("Own account: name, language, password, second factor"),
    "own.reminders": _l("Own reminders: inbox, choices, absence, calendar address"),
    "overview.read": _l("Read the overview"),
    "milestone.read": _l("Read milestones"),
    "milestone.plan": _l("Plan milestones and move dates"),
    "milestone.progress": _l("Report progress on milestones"),
    "milestone.complete": _l("Mark milestones as done"),
    "milestone.comment": _l("Comment on milestones"),
    "milestone.export": _l("Take milestones out as a file"),
    "decision.read": _l("Read meetings and decisions"),
    "decision.record": _l("Plan meetings, write minutes and record decisions"),
    "decision.lock": _l("Approve minutes and lock decisions as the second person"),
    "decision.export": _l("Take minutes and decisions out as a file"),
    "briefing.read": _l("Read briefings that are being written"),
    "briefing.published": _l("Read published briefings and take them out as files"),
    "briefing.write": _l("Freeze, write and publish briefings"),
    "briefing.contribute": _l("Write the region's paragraph before a meeting"),
    "assessment.read": _l("Read self-assessments"),
    "assessment.answer": _l("Answer for the region"),
    "assessment.verify": _l("Verify and return answers that others wrote"),
    "assessment.approve": _l("Approve the region's answers"),
    "assessment.steer": _l("Open, consolidate and freeze rounds"),
    "assessment.assign": _l("Assign chapters and points"),
    "assessment.comment": _l("Comment on points"),
    "assessment.export": _l("Take self-assessments out as files"),
    "assessment.peer": _l("Review a frozen round as a peer"),
    "evidence.read": _l("Read evidence"),
    "evidence.confidential": _l("Read confidential evidence"),
    "evidence.write": _l("Add and link evidence"),
    "evidence.accept": _l("Accept or reject evidence of others"),
    "standards.read": _l("Read the standards"),
    "standards.import": _l("Import an edition of standards"),
    "improvement.read": _l("Read the improvement plan"),
    "improvement.propose": _l("Propose improvement actions"),
    "improvement.write": _l("Agree on improvement actions and report on them"),
    "improvement.comment": _l("Comment on improvement actions"),
    "improvement.review": _l("Review the improvement plan for the RCC"),
    "improvement.verify": _l("Verify that an improvement action is done (never one's own)"),
    "improvement.steer": _l("Steer the improvement plan: versions, reviewers, columns"),
    "improvement.adopt": _l("Record that the improvement plan is adopted and sent"),
    "improvement.export": _l("Take the improvement plan out as a file"),
    "leads.read": _l("See who leads"),
    "people.read": _l("See persons and posts"),
    "people.manage": _l("Invite persons and fill posts"),
    "people.approve": _l("Approve holders as the second person"),
    "policy.read": _l("See the permissions"),
    "journal.read": _l("Read the journal"),
    "reminder.rules": _l("Set when reminders are sent"),
    "reminder.dead": _l("See and resend what could not be delivered"),
}
REACH_TITLES = {
    "*": _l("all"),
    "o": _l("own region"),
    "s": _l("what is shared"),
    "o+s": _l("own region and what is shared"),
    "n": _l("what the network does as one"),
    "o+n": _l("own region and what the network does as one"),
    "m": _l("one's own"),
    "-": _l("no"),
}
# What everybody who has logged in may do, with or without a post.
EVERYBODYS = frozenset({"own.profile", "own.reminders"})


@dataclass(frozen=True)
class Grant:
    """A role held now; ``region`` is a region's key or ``NETWORK`` for the whole network."""

    role: Role
    region: str


@dataclass(frozen=True)
class Access:
    """What a person may do, worked out anew for each request from the posts held that day."""

    grants: tuple[Grant, ...] = ()

    def may(self, action: str, region: str | None = None) -> bool:
        """Whether ``action`` is allowed: anywhere (``region`` None), or on a thing of that region (``NETWORK``: a joint one)."""
        return action in EVERYBODYS or any(
            _reaches(MATRIX.get(action, {}).get(grant.role), grant, region) for grant in self.grants
        )

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held now."""
        return frozenset(grant.role for grant in self.grants)

    def regions(self, action: str, among: Iterable[str]) -> tuple[str, ...]:
        """Those of the region keys ``among`` in which ``action`` is allowed, in the same order."""
        return tuple(region for region in among if self.may(action, region))


def _reaches(cell: str | None, grant: Grant, region: str | None) -> bool:
    if cell is None:
        return False
    if cell in {"*", "s", "o+s", "m"} or region is None:
        return True
    if cell.endswith("n") and region == NETWORK:
        return True
    return cell != "n" and grant.region in {NETWORK, region}


def rows() -> list[tuple[str, Any, list[str]]]:
    """Return the matrix for reading: each action, its title and its reach for every role in the order of ``ROLE_TITLES``."""
    return [(action, ACTION_TITLES[action], [cells.get(role, "-") for role in ROLE_TITLES]) for action, cells in MATRIX.items()]
