"""From a gap or a finding to an action: the gaps that a plan must answer, by action or by a risk that a decision accepts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.catalogue.editions import edition
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Forbidden, NotFound, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.improvement import service, standing
from ccc_pilot.improvement.models import Action, ImprovementPlan, PlanGap, code_of
from ccc_pilot.people.doors import Current
from ccc_pilot.people.policy import NETWORK

GAP = re.compile(r"gap:(?P<round>\d{1,9}):(?P<point>[\w.-]{1,60}:[\w./-]{1,60})@(?P<region>[a-z0-9_-]{1,20})", re.ASCII)
OTHER = re.compile(r"(?:finding|decision|visit|meeting):\d{1,9}", re.ASCII)
MOST = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """A gap or finding as it becomes an action: its key, short name, title, region and whether it concerns a core point."""

    key: str
    short: str
    title: str
    region: str
    core: bool


def read(key: str, title: str = "") -> Wanted | None:
    """Return what ``key`` names ("gap:<round>:<point>@<region>", "finding:<id>" …), None where it names nothing that can be acted upon.

    The words of a gap come from the standard's edition; of others ``title`` is taken.
    """
    if found := GAP.fullmatch(key):
        name, _colon, _number = found["point"].partition(":")
        try:
            point = edition(name).point(found["point"])
        except KeyError:
            return None
        return Wanted(key, point.number, str(point.text), found["region"], point.core is True)
    if OTHER.fullmatch(key):
        return Wanted(key, key, title, "", False)
    return None


def read_all(keys: Iterable[str]) -> list[Wanted]:
    """Return what ``keys`` name, each once, those that name nothing left out, at most ``MOST``."""
    return [found for key in list(dict.fromkeys(keys))[:MOST] if (found := read(key)) is not None]


def note(*, plan: ImprovementPlan, wanted: Sequence[Wanted], default_region: str = NETWORK) -> list[PlanGap]:
    """Let ``plan`` answer for the gaps ``wanted``; those that are there already stay as they are. Returns them all in their order."""
    there = {gap.key: gap for gap in standing.gaps(plan)}
    for one in wanted:
        if one.key not in there:
            there[one.key] = PlanGap(
                plan_id=plan.id, key=one.key, title=f"{one.short} {one.title}".strip(), region=one.region or default_region, core=one.core,
                noted_at=utc_now(),
            )  # fmt: skip
            db.session.add(there[one.key])
    db.session.flush()
    return [there[one.key] for one in wanted]


def watch(*, plan: ImprovementPlan, keys: Sequence[str], who: Current) -> int:
    """Bring gaps into the plan without acting on them yet, so that it shows what has none. Returns how many it answers for now of ``keys``.

    Raises ``Forbidden`` outside one's regions.
    """
    wanted = _within(read_all(keys), who)
    return len(note(plan=plan, wanted=wanted))


def act(*, plan: ImprovementPlan, keys: Sequence[str], who: Current, together: bool, title: str = "") -> list[Action]:
    """Make an action of each gap in ``keys``, or one of them all (``together``), prefilled with what the gap says and where it is.

    One action for gaps of several regions is a joint one. Raises ``Refused`` where nothing can be made, ``Forbidden`` outside one's regions.
    """
    wanted = _within(read_all(keys), who)
    if not wanted:
        raise Refused(_("Choose at least one gap."), "keys")
    note(plan=plan, wanted=wanted)
    groups = [wanted] if together else [[one] for one in wanted]
    return [_made(plan, group, who, title if together or len(wanted) == 1 else "") for group in groups]


def _within(wanted: list[Wanted], who: Current) -> list[Wanted]:
    if any(not who.may("improvement.propose", one.region or None) for one in wanted):
        raise Forbidden
    return wanted


def _made(plan: ImprovementPlan, group: Sequence[Wanted], who: Current, title: str) -> Action:
    regions = {one.region for one in group if one.region}
    first = group[0]
    words = title.strip() or (
        first.title if len(group) == 1 else _("%(n)s gaps: %(names)s", n=len(group), names=", ".join(o.short for o in group))
    )
    given = {
        "title": (words or first.short)[:300], "region": regions.pop() if len(regions) == 1 else NETWORK,
        "why": "\n".join(f"- {one.short}: {one.title}" for one in group), "priority": "high" if any(one.core for one in group) else "",
    }  # fmt: skip
    return service.propose(
        plan=plan, who=who, given=given, links=[("origin", one.key, f"{one.short} {one.title}") for one in group]
    )


def accept_risk(*, plan: ImprovementPlan, gap_id: int, decision: str, reason: str, who: Current) -> PlanGap:
    """Accept the risk of a gap by a ``decision`` (its key or name) and a ``reason``, instead of acting on it.

    Raises ``NotFound``, ``Forbidden`` for all but the head lead, ``Refused`` with the field.
    """
    gap = _gap(plan, gap_id)
    if not who.may("improvement.steer"):
        raise Forbidden
    if not decision.strip():
        raise Refused(_("Name the decision: a risk is accepted only by one."), "decision")
    if not reason.strip():
        raise Refused(_("Say in a line why."), "reason")
    gap.risk_decision, gap.risk_reason = decision.strip(), reason.strip()
    gap.risk_at, gap.risk_by_id = utc_now(), who.person_id
    _tell(gap, who, "accepted")
    return gap


def take_back_risk(*, plan: ImprovementPlan, gap_id: int, who: Current) -> PlanGap:
    """Let a gap whose risk was accepted ask for an action again. Raises ``NotFound`` or ``Forbidden``."""
    gap = _gap(plan, gap_id)
    if not who.may("improvement.steer"):
        raise Forbidden
    _tell(gap, who, "taken back")
    gap.risk_decision = gap.risk_reason = ""
    gap.risk_at = gap.risk_by_id = None
    return gap


def _gap(plan: ImprovementPlan, number: int) -> PlanGap:
    found = db.session.scalar(select(PlanGap).where(PlanGap.id == number, PlanGap.plan_id == plan.id).with_for_update())
    if found is None:
        raise NotFound
    return found


def _tell(gap: PlanGap, who: Current, verdict: str) -> None:
    journal.write(
        "improvement.risk", gap.key, actor_id=who.person_id, region=gap.region, reference=gap.risk_decision, reason=gap.risk_reason,
        verdict=verdict,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A gap of the list (C10): what answers it, if anything does."""

    gap: PlanGap
    actions: list[tuple[int, str]]


def rows(plan: ImprovementPlan, *, only_open: bool = False) -> list[Row]:
    """Return the gaps that ``plan`` answers for, core ones first; ``only_open``: those with neither action nor accepted risk. Two queries."""
    answered = standing.answered(plan)
    found = [Row(gap, [(number, code_of(code)) for number, code in answered.get(gap.key, [])]) for gap in standing.gaps(plan)]
    return [row for row in found if not only_open or not (row.actions or row.gap.risk_decision)]
