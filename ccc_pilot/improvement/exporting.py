"""The plan as a table for office programs, and as a paper in the layout of RSL's plan of action, with the history of its review."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ccc_pilot.dates import utc_now
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import language
from ccc_pilot.improvement import naming, reviewing
from ccc_pilot.improvement.fields import FIELD_WORDS
from ccc_pilot.improvement.models import Action, ImprovementPlan
from ccc_pilot.improvement.rules import days_over
from ccc_pilot.improvement.showing import origin
from ccc_pilot.improvement.words import PHASE_WORDS, PLAN_WORDS, PRIORITY_WORDS, PROMISE_WORDS, REVIEW_WORDS, STATE_WORDS
from ccc_pilot.office.blocks import Block, Grid, Heading, Paper, Paragraph, plain
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
    """Return the plan as a paper that lies: what it is, its actions in the columns of RSL's plan of action, what reviewers said.

    Source of the columns: the region's instruction for plans of action (activity, promise, measurable goal, how and by whom it is measured,
    consequences for inhabitants, operations and governance, with the standard, priority, owner, dates, status, the RCC's comment, proof).
    """
    words = reviewing.of_all(plan)
    blocks: list[Block] = [Paragraph(plain(plan.summary))] if plan.summary else []
    blocks.append(
        _plan_of_action(plan, actions, known, today, words) if actions else Paragraph(plain(_("No action is in this list.")))
    )
    if told := [(action, words[action.id]) for action in actions if words.get(action.id)]:
        blocks.append(Heading(_("The RCC's review"), 1))
        for action, said in told:
            blocks += [Heading(f"{action.code} {action.title}", 2), *_reviews(said)]
    if words.get(0):
        blocks += [Heading(_("Review of the plan as a whole"), 1), *_reviews(words[0])]
    return Paper(
        title=plan.title, language=language(), blocks=tuple(blocks), author=author, made_at=utc_now(), sideways=True,
        subtitle=_("Version %(n)s, %(state)s", n=plan.number, state=PLAN_WORDS[plan.state]), marks=(_("Plan of action"),),
    )  # fmt: skip


def _plan_of_action(
    plan: ImprovementPlan, actions: Sequence[Action], known: naming.Names, today: date, words: Mapping[int, Sequence[reviewing.Word]]
) -> Grid:  # fmt: skip
    head = (
        _("Activity"), FIELD_WORDS["goal"], _("How it is measured and by whom"), _("Consequences"), _("Promise, standard, priority"),
        FIELD_WORDS["owner"], _("Time and status"), _("The RCC's comment"), _("Proof"),
    )  # fmt: skip
    rows = tuple(_line(plan, one, known, today, words.get(one.id, ())) for one in actions)
    return Grid(tuple(map(str, head)), rows, _("Actions of the plan"), (5, 4, 3.6, 4.6, 3.6, 3.2, 3.6, 3.2, 3))


def _line(
    plan: ImprovementPlan, action: Action, known: naming.Names, today: date, words: Sequence[reviewing.Word]
) -> tuple[str, ...]:  # fmt: skip
    own = [f"{column['title']}: {action.extra[column['key']]}" for column in plan.columns if action.extra.get(column["key"])]
    latest = words[-1] if words else None
    said = f"{latest.standing.word}. {latest.comment}".strip() if latest else str(REVIEW_WORDS[action.review])
    consequences = [
        f"{FIELD_WORDS[name]}: {text}" for name in ("for_patients", "for_staff", "for_governance") if (text := getattr(action, name))
    ]  # fmt: skip
    return (
        _lines(f"{action.code} {action.title}", action.how, *own),
        _lines(action.goal, f"{action.indicator}: {action.baseline or '–'} → {action.aim}" if action.aim else ""),
        _lines(action.measured, action.measured_by), _lines(*consequences),
        _lines(str(PROMISE_WORDS.get(action.promise, "")), origins(action), str(PRIORITY_WORDS.get(action.priority, ""))),
        _lines(known.region(action.region), known.owner(action)),
        _lines(f"{_day(action.start)} – {_day(action.due)}", _status(action, today)), said, action.proof,
    )  # fmt: skip


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def _status(action: Action, today: date) -> str:
    over = days_over(action.state, action.due, today)
    late = ", " + _("Overdue %(days)s d", days=over) if over else ""
    return f"{STATE_WORDS[action.state]} {action.percent}\u00a0%{late}"


def _reviews(words: Sequence[reviewing.Word]) -> Iterator[Block]:
    for one in words:
        asked = f" {', '.join(one.asked)}." if one.asked else ""
        yield Paragraph(plain(f"{one.at:%Y-%m-%d} {one.by}: {one.standing.word}.{asked} {one.comment}".strip()), "note")


def _day(day: date | None) -> str:
    return day.isoformat() if day else "…"
