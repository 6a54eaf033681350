"""The actions of a plan as a sheet that can be changed elsewhere and come back (see ``coming_back``)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from ccc_pilot.db import db
from ccc_pilot.i18n import Text
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.improvement import fields, reading
from ccc_pilot.improvement.exporting import origins
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.improvement.words import PHASE_WORDS, PRIORITY_WORDS, PROMISE_WORDS, REVIEW_WORDS, STATE_WORDS
from ccc_pilot.office.roundtrip import Layout, Row
from ccc_pilot.office.roundtrip_files import titles_of
from ccc_pilot.office.sheet_cells import Column
from ccc_pilot.office.tables import Kind
from ccc_pilot.people.models import Person, Pilot, Post
from ccc_pilot.people.pilots import Region
from ccc_pilot.people.policy import NETWORK

REASON = "reason"  # stands in no action: why a date is moved, read with the date beside it
MARK = _l("Row id (do not change)")
WIDE = frozenset(
    {"why", "current", "causes", "how", "goal", "measured", "proof", "keep", "for_patients", "for_staff", "for_governance"}
)
KINDS = {"start": Kind.DAY, "due": Kind.DAY, "cost": Kind.WHOLE, "percent": Kind.PERCENT}
# The columns in their order; those that begin with "-" are there to be read.
ORDER = (
    "-number", "title", "-origins", "region", "owner", "owner_words", "start", "due", REASON, "-state", "percent", "phase", "-review",
    "priority", "promise", "goal", "measured", "measured_by", "proof", "why", "how", "indicator", "baseline", "aim", "for_patients",
    "for_staff", "for_governance", "current", "causes", "keep", "effort", "cost", "tags",
)  # fmt: skip
TITLES: dict[str, Any] = {
    **fields.FIELD_WORDS, "number": _l("Number"), "origins": _l("Gap"), REASON: _l("Why is the date moved?"),
}  # fmt: skip


def layout(pilot: Pilot, plan: ImprovementPlan, regions: Sequence[Region]) -> Layout:
    """Return the sheet of a plan: its columns with the plan's own ones last, drop-downs and guidance, in the language in use."""
    choices = {
        "region": {region.key: (region.short,) for region in regions} | {NETWORK: titles_of(_l("All"))},
        "owner": _owners(pilot, plan),
        **{name: _choices(words) for name, words in (("phase", PHASE_WORDS), ("priority", PRIORITY_WORDS), ("promise", PROMISE_WORDS))},
    }  # fmt: skip
    columns = [_column(name, choices.get(name.removeprefix("-"), {})) for name in ORDER]
    taken = {title.casefold() for column in columns for title in column.titles}
    own = [_own(column, taken) for column in plan.columns]
    return Layout(plan.title, (*columns, *own), titles_of(MARK), _("Guidance"), guidance(plan))


def _column(name: str, choices: Mapping[str, tuple[str, ...]]) -> Column:
    key = name.removeprefix("-")
    width = 48 if key == "title" else 36 if key in WIDE else 24 if key in {"owner", "promise"} else 14
    longest = fields.LONGEST.get(key, fields.LONGEST_TEXT)
    return Column(key, titles_of(TITLES[key]), KINDS.get(key, Kind.TEXT), width, key == name, choices, longest)


def _own(column: Mapping[str, Any], taken: set[str]) -> Column:
    """A column of the plan's own; one that is called like another is told apart by its key."""
    title, kind = column["title"], Kind.WHOLE if column["kind"] == "whole" else Kind.TEXT
    title = f"{title} ({column['key']})" if title.casefold() in taken else title
    taken.add(title.casefold())
    return Column(column["key"], (title,), kind, 16, True, {one: (one,) for one in column["choices"]}, 500)


def _choices(words: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {str(code): titles_of(word) for code, word in words.items()}


def _owners(pilot: Pilot, plan: ImprovementPlan) -> dict[str, tuple[str, ...]]:
    """Posts and persons, and who else is responsible for something here; where two have the same name, their number tells them apart."""
    posts = db.session.scalars(select(Post).where(Post.pilot_id == pilot.id).order_by(Post.position))
    found = {f"post:{post.key}": _both(post.title) for post in posts} | {key: (name,) for key, name in reading.persons()}
    there = select(Action.owner_id).where(Action.plan_id == plan.id, Action.owner_id.is_not(None))
    others = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(there)).order_by(Person.id))
    found |= {f"person:{number}": (name,) for number, name in others if f"person:{number}" not in found}
    taken: set[str] = set()
    for key, names in found.items():
        if taken & {name.casefold() for name in names}:
            found[key] = tuple(f"{name} ({key.partition(':')[2]})" for name in names)
        taken |= {name.casefold() for name in found[key]}
    return found


def _both(title: Text) -> tuple[str, ...]:
    return tuple(dict.fromkeys((str(title), title.in_("sv"), title.in_("en"))))


def guidance(plan: ImprovementPlan) -> tuple[str, ...]:
    """Return the lines of the sheet of guidance."""
    return (
        _("How to change the plan in this workbook"),
        plan.title,
        _("White cells may be changed; grey ones are there to be read, and what is changed in them is not taken in."),
        _("Choose from the list where a cell has one. A date is written as 2025-05-12."),
        _("If you move a date after the action was agreed, say why in the column beside it; the first date is kept."),
        _(
            "Sort and filter as you like, and remove columns that you do not need. Keep the last column: it tells which row is which."
        ),
        _(
            "When the file comes back, nothing is saved until you have seen what differs. Where somebody else has changed the same cell meanwhile, you choose."
        ),
        _(
            "A row that you write below the others, without an id, becomes a new action; you choose that for each when the file comes back."
        ),
        _("No patient data."),
    )


def rows(actions: Sequence[Action]) -> list[Row]:
    """Return ``actions`` as the rows of the sheet."""
    return [Row(str(one.id), one.version, contents(one) | _read_only(one)) for one in actions]


def contents(action: Action) -> dict[str, Any]:
    """Return what an action says now, as the cells that may be changed hold it."""
    return {**fields.shown(action), "percent": action.percent, "phase": action.phase, REASON: ""}


def _read_only(action: Action) -> dict[str, Any]:
    return {
        "number": action.code, "origins": origins(action), "state": str(STATE_WORDS[action.state]), "review": str(REVIEW_WORDS[action.review]),
    }  # fmt: skip
