"""The plan as a table for office programs, and as a paper in the layout of RSL's plan of action, with the history of its review."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from ccc_pilot.dates import utc_now
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import language
from ccc_pilot.improvement import naming, reviewing
from ccc_pilot.improvement.fields import FIELD_WORDS
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.improvement.rules import days_over
from ccc_pilot.improvement.showing import origin
from ccc_pilot.improvement.words import PHASE_WORDS, PLAN_WORDS, PRIORITY_WORDS, PROMISE_WORDS, REVIEW_WORDS, STATE_WORDS
from ccc_pilot.office.blocks import Block, Grid, Heading, Paper, Paragraph, Run, plain
from ccc_pilot.office.tables import Column, Kind, Table, Value

TEXTS = ("why", "how", "goal", "measured", "measured_by", "proof", "for_patients", "for_staff", "for_governance")


def table(plan: ImprovementPlan, actions: Sequence[Action], known: naming.Names, today: date) -> Table:
    """Return the table of ``actions``, with the plan's own columns last; ``today`` decides what is overdue."""
    return Table(plan.title, _columns(plan), (_row(plan, action, known, today) for action in actions))


def _columns(plan: ImprovementPlan) -> tuple[Column, ...]:
    words = {name: str(title) for name, title in FIELD_WORDS.items()}
    return (
        Column(_("Number"), width=8), Column(words["title"], width=48), Column(_("Gap"), width=16), Column(words["region"], width=8),
        Column(words["owner"], width=24), Column(words["start"], Kind.DAY, 12), Column(words["due"], Kind.DAY, 12),
        Column(_("First date"), Kind.DAY, 12), Column(_("Moves"), Kind.WHOLE, 8), Column(words["state"], width=16),
        Column(words["percent"], Kind.PERCENT, 9), Column(words["phase"], width=12), Column(words["review"], width=14),
        Column(_("Overdue, days"), Kind.WHOLE, 9), Column(words["priority"], width=10), Column(words["promise"], width=24),
        *(Column(words[name], width=36) for name in TEXTS),
        Column(words["indicator"], width=20), Column(words["baseline"], width=12), Column(words["aim"], width=12),
        Column(words["effort"], width=16), Column(words["cost"], Kind.WHOLE, 12), Column(words["tags"], width=20),
        Column(_("Source"), width=16), *(Column(column["title"], width=16) for column in plan.columns),
    )  # fmt: skip


def _row(plan: ImprovementPlan, action: Action, known: naming.Names, today: date) -> tuple[Value, ...]:
    return (
        action.code, action.title, origins(action), known.region(action.region), known.owner(action), action.start, action.due, action.first_due,
        action.shifts, str(STATE_WORDS[action.state]), action.percent, str(PHASE_WORDS[action.phase]), str(REVIEW_WORDS[action.review]),
        days_over(action.state, action.due, today) or None, str(PRIORITY_WORDS.get(action.priority, "")), str(PROMISE_WORDS.get(action.promise, "")),
        *(getattr(action, name) for name in TEXTS), action.indicator, action.baseline, action.aim, action.effort, action.cost,
        ", ".join(action.tags), action.source, *(str(action.extra.get(column["key"], "")) for column in plan.columns),
    )  # fmt: skip


def origins(action: Action) -> str:
    """Return in short words what an action comes from."""
    return ", ".join(origin(link)[0] for link in action.links if link.kind == "origin")


def paper(plan: ImprovementPlan, actions: Sequence[Action], known: naming.Names, today: date, author: str) -> Paper:
    """Return the plan as a paper: what it is, then each action with the fields of RSL's plan of action and what reviewers said of it.

    Source of the fields: the region's instruction for plans of action (promise, measurable goal, how and by whom measured, consequences).
    """
    words = reviewing.of_all(plan)
    blocks: list[Block] = [Paragraph(plain(plan.summary))] if plan.summary else []
    blocks.append(_overview(actions, known, today))
    for action in actions:
        blocks += _told(plan, action, known, today, words.get(action.id, []))
    if words.get(0):
        blocks += [Heading(_("Review of the plan as a whole"), 1), *_reviews(words[0])]
    return Paper(
        title=plan.title, language=language(), blocks=tuple(blocks), author=author, made_at=utc_now(),
        subtitle=_("Version %(n)s, %(state)s", n=plan.number, state=PLAN_WORDS[plan.state]), marks=(_("Plan of action"),),
    )  # fmt: skip


def _overview(actions: Sequence[Action], known: naming.Names, today: date) -> Grid:
    head = (
        _("Action"),
        FIELD_WORDS["promise"],
        FIELD_WORDS["goal"],
        FIELD_WORDS["owner"],
        FIELD_WORDS["due"],
        FIELD_WORDS["state"],
    )
    rows = tuple(
        (f"{one.code} {one.title}", one.promise, one.goal, known.owner(one), _day(one.due), _state(one, today)) for one in actions
    )
    return Grid(tuple(map(str, head)), rows, _("Actions of the plan"), (4, 1, 3, 2, 2, 2))


def _told(
    plan: ImprovementPlan, action: Action, known: naming.Names, today: date, words: Sequence[reviewing.Word]
) -> Iterator[Block]:  # fmt: skip
    yield Heading(f"{action.code} {action.title}", 1)
    pairs: list[tuple[Any, str]] = [
        (_("Gap"), origins(action)), (FIELD_WORDS["region"], known.region(action.region)), (FIELD_WORDS["owner"], known.owner(action)),
        (_("Time"), f"{_day(action.start)} – {_day(action.due)}"), (FIELD_WORDS["state"], _state(action, today)),
        (FIELD_WORDS["promise"], str(PROMISE_WORDS.get(action.promise, ""))), (FIELD_WORDS["priority"], str(PRIORITY_WORDS.get(action.priority, ""))),
        *((FIELD_WORDS[name], getattr(action, name)) for name in TEXTS), (FIELD_WORDS["effort"], action.effort),
        *((column["title"], str(action.extra.get(column["key"], ""))) for column in plan.columns),
    ]  # fmt: skip
    for name, value in pairs:
        if value:
            yield Paragraph((Run(f"{name}: ", bold=True), Run(value)))
    yield from _reviews(words)


def _state(action: Action, today: date) -> str:
    over = days_over(action.state, action.due, today)
    late = ", " + _("Overdue %(days)s d", days=over) if over else ""
    return f"{STATE_WORDS[action.state]} {action.percent} %{late} · {FIELD_WORDS['review']}: {REVIEW_WORDS[action.review]}"


def _reviews(words: Sequence[reviewing.Word]) -> Iterator[Block]:
    for one in words:
        asked = f" {', '.join(one.asked)}." if one.asked else ""
        yield Paragraph(plain(f"{one.at:%Y-%m-%d} {one.by}: {one.standing.word}.{asked} {one.comment}".strip()), "note")


def _day(day: date | None) -> str:
    return day.isoformat() if day else "…"
