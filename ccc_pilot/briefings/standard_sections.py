"""The section on the self-assessment: how far it has come in each region, and which points have moved up or down since last time."""

from collections.abc import Mapping
from typing import Any

from ccc_pilot.briefings.telling import Told
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import ngettext
from ccc_pilot.office.blocks import Block, Cell, Grid, Paragraph, bullets, plain

MOST_POINTS = 12


def standards(told: Told) -> tuple[Block, ...]:
    """A table per round, and what has moved in it."""
    return tuple(block for one in told.snapshot.get("standards", ()) for block in _round(told, one))


def _round(told: Told, one: Mapping[str, Any]) -> list[Block]:
    header = (_("Region"), _("Answered"), *([_("Met or mostly met")] if one["revealed"] else []))
    rows = tuple(_row(told, one, region) for region in one["regions"])
    caption = _("%(round)s, due %(day)s", round=one["title"], day=told.date(one["due"]))
    blocks: list[Block] = [Grid(header, rows, caption, numbers=frozenset(range(1, len(header))))]
    if not one["revealed"]:
        blocks.append(Paragraph(plain(_("The regions' answers are shown when the round is revealed.")), "note"))
    return blocks + _moved(told, one)


def _row(told: Told, one: Mapping[str, Any], region: str) -> tuple[Cell, ...]:
    counted = one["regions"][region]
    link = told.link(_of(counted["answered"]), "assessment.results_page", number=one["id"], region=region)
    return (told.region(region), link, *([_of(counted["met"])] if one["revealed"] else []))


def _of(parts: list[int]) -> str:
    part, whole = parts
    return _("%(part)s of %(whole)s", part=part, whole=whole) if whole else "–"


def _moved(told: Told, one: Mapping[str, Any]) -> list[Block]:
    """Which points have got a higher or lower score than at the last meeting's briefing."""
    before = told.snapshot["before"] or {}
    was: Mapping[str, Any] = next((other["points"] for other in before.get("standards", ()) if other["id"] == one["id"]), {})
    moved = [(key, number, was[key][1], now) for key, (number, now) in one["points"].items() if key in was and was[key][1] != now]
    blocks: list[Block] = []
    for up, words in ((True, _("Moved up: %(points)s")), (False, _("Moved down: %(points)s"))):
        found = [
            f"{number} ({told.region(key.rsplit('@', 1)[1])})" for key, number, then, now in moved if _is_up(then, now) == up
        ]
        if found:
            shown = found[:MOST_POINTS] + (
                [ngettext("and %(num)s more", "and %(num)s more", len(found) - MOST_POINTS)] if len(found) > MOST_POINTS else []
            )
            blocks.append(bullets([words % {"points": ", ".join(shown)}]))
    return blocks


def _is_up(then: int | None, now: int | None) -> bool:
    return (now if now is not None else -1) > (then if then is not None else -1)
