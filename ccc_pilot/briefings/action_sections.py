"""The section on the improvement plan: how far its actions have come, what the RCC says of them, what is overdue."""

from collections.abc import Mapping, Sequence
from typing import Any

from ccc_pilot.briefings.telling import Told
from ccc_pilot.i18n import gettext as _
from ccc_pilot.improvement.machine import DONE, SETTLED, PlanState, Verdict
from ccc_pilot.improvement.words import PLAN_WORDS
from ccc_pilot.office.blocks import Block, Bullets, Cell, Grid, Heading, Item, Paragraph, Run

Row = Mapping[str, Any]
MOST = 12


def improvement(told: Told) -> tuple[Block, ...]:
    """The plan's state, its actions per region with the RCC's view, what was verified as done since last time and what is overdue."""
    plan = told.snapshot.get("improvement")
    if not plan:
        return ()
    state = str(PLAN_WORDS[PlanState(plan["state"])])
    version = _("version %(number)s", number=plan["number"])
    lead = (told.link(plan["title"], "improvement.plan", plan_id=plan["id"]), Run(f", {version}: {state}."))
    blocks: list[Block] = [Paragraph(lead)]
    if plan["actions"]:
        blocks.append(_per_region(told, plan["actions"]))
    was = {one["id"]: one["state"] for one in ((told.snapshot["before"] or {}).get("improvement") or {}).get("actions", ())}
    done = [one for one in plan["actions"] if one["state"] in DONE and one["id"] in was and was[one["id"]] not in DONE]
    for title, found in (
        (_("Verified as done since last time"), done),
        (_("Overdue"), [one for one in plan["actions"] if _is_late(told, one)]),
    ):
        if found:
            blocks += [Heading(title, 2), _list(told, found)]
    return tuple(blocks)


def _per_region(told: Told, actions: Sequence[Row]) -> Grid:
    header = (
        _("Region"),
        _("Actions"),
        _("Verified as done"),
        _("Overdue"),
        _("Accepted by the RCC"),
        _("To be reviewed"),
        _("Sent back"),
    )
    regions = [one["key"] for one in told.snapshot["regions"] if any(action["region"] == one["key"] for action in actions)]
    rows = tuple(_row(told, region, [one for one in actions if one["region"] == region]) for region in regions)
    return Grid(header, rows, _("Actions per region"), numbers=frozenset(range(1, len(header))))


def _row(told: Told, region: str, found: Sequence[Row]) -> tuple[Cell, ...]:
    done = sum(one["state"] in DONE for one in found)
    late = sum(_is_late(told, one) for one in found)
    reviews = (
        sum(one["review"] == verdict for one in found) for verdict in (Verdict.ACCEPTED, Verdict.WAITING, Verdict.RETURNED)
    )
    return (told.region(region), str(len(found)), str(done), str(late), *map(str, reviews))


def _is_late(told: Told, one: Row) -> bool:
    return one["state"] not in SETTLED and one["due"] is not None and one["due"] < told.snapshot["cut_off"]


def _list(told: Told, found: Sequence[Row]) -> Bullets:
    items = [
        Item((told.link(one["title"], "improvement.show", action_id=one["id"]), Run(f" ({told.region(one['region'])}, {told.date(one['due'])})")))
        for one in found[:MOST]
    ]  # fmt: skip
    if len(found) > MOST:
        items.append(Item((Run(_("and %(num)s further", num=len(found) - MOST)),)))
    return Bullets(tuple(items))
