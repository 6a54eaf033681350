"""Search over all that the reader may see: milestones, what the plans say, what was said and linked, decisions, people and posts."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from flask import url_for
from sqlalchemy import Select, and_, or_, select, true
from sqlalchemy.orm import contains_eager, selectinload

from ccc_pilot import said
from ccc_pilot.catalogue import Edition, Item, Point, editions, load_plans
from ccc_pilot.folding import fold
from ccc_pilot.i18n import gettext as _
from ccc_pilot.overview import found_decisions, found_evidence
from ccc_pilot.overview.asked import MOST, Asked, Group, Hit, first, words_of
from ccc_pilot.overview.excerpts import excerpt
from ccc_pilot.people.doors import Current, region_of
from ccc_pilot.people.models import Holding, Organisation, Person, Pilot, Post
from ccc_pilot.people.policy import Role
from ccc_pilot.progress import cells, listing, loading, narrowing
from ccc_pilot.progress.models import MilestoneChange, MilestoneComment, MilestoneLine, MilestoneLink, MilestoneRow
from ccc_pilot.progress.narrowing import Query

LEADS = (Role.HEAD_LEAD, Role.REGIONAL_LEAD)


def search(pilot: Pilot, typed: str, who: Current, day: date) -> list[Group]:
    """Return what fits all words of ``typed`` among what ``who`` may read, by kind; kinds without a hit are left out."""
    asked = Asked(words_of(typed), typed, pilot, who, day)
    if not asked.words:
        return []
    groups = [find(asked) for action, find in KINDS if who.may(action)]
    return [group for group in groups if group and group.total]


def _milestones(asked: Asked) -> Group:
    titled = [MilestoneLine.search.contains(word, autoescape=True) for word in asked.words]
    told = [item.key for item in _items(asked.pilot.plan_keys) if _says(item, asked.words)]
    statement = narrowing.wanted(asked.pilot, Query(), asked.day).where(or_(and_(*titled), MilestoneLine.key.in_(told)))
    found, total = first(statement.options(selectinload(MilestoneLine.rows)))
    lines = listing.gather(asked.pilot, [line for (line,) in found])
    hits = [_line_hit(line, asked) for line in lines]
    return Group("milestones", _("Milestones"), hits, total)


def _line_hit(line: listing.Line, asked: Asked) -> Hit:
    shown = cells.shown(line, (), asked.who, asked.day)
    return Hit(shown.title, shown.url, f"{line.item.id} · {shown.phase}", excerpt(str(line.item.description), asked.words))


def _plans(asked: Asked) -> Group:
    others = [key for key in load_plans() if key not in asked.pilot.plan_keys]
    found = [item for item in _items(others) if _says(item, asked.words)]
    return Group(
        "plans", _("In plans that the pilot does not follow"), [_item_hit(item, asked) for item in found[:MOST]], len(found)
    )


def _item_hit(item: Item, asked: Asked) -> Hit:
    plan = load_plans()[item.key.split(":", 1)[0]]
    url = url_for("progress.plan", plan=plan.key, _anchor=f"item-{item.id}")
    return Hit(str(item.title), url, f"{item.id} · {plan.title}", excerpt(str(item.description), asked.words))


def _standards(asked: Asked) -> Group:
    found = [
        (edition, point)
        for edition in editions.editions().values()
        for point, text in _points(edition)
        if all(word in text for word in asked.words)
    ]
    return Group("standards", _("Standards"), [_point_hit(*one, asked) for one in found[:MOST]], len(found))


@lru_cache(maxsize=32)
def _points(edition: Edition) -> list[tuple[Point, str]]:
    """Return each point with what it can be found by, folded."""
    return [
        (
            point,
            fold(
                f"{point.number} {point.official or ''} {point.text.sv} {point.text.en} {point.guidance.sv} {point.guidance.en}"
            ),
        )
        for point in edition.points
    ]


def _point_hit(edition: Edition, point: Point, asked: Asked) -> Hit:
    url = url_for("frameworks.show", edition=edition.key, _anchor=point.number)
    return Hit(f"{point.number} {point.text}"[:200], url, str(edition.title), excerpt(str(point.guidance), asked.words))


def _comments(asked: Asked) -> Group:
    statement = (
        _of_lines(asked, MilestoneComment, MilestoneComment.line_id, MilestoneComment.person_id)
        .where(MilestoneComment.retracted_at.is_(None), asked.fits(MilestoneComment.text))
        .order_by(MilestoneComment.id.desc())
    )
    return _said("comments", _("Comments"), statement, asked, lambda one: (one.text, f"comment-{one.id}"))


def _changes(asked: Asked) -> Group:
    statement = (
        select(MilestoneChange, MilestoneLine, Person.name)
        .join(MilestoneRow, MilestoneRow.id == MilestoneChange.row_id)
        .join(MilestoneLine, MilestoneLine.id == MilestoneRow.line_id)
        .outerjoin(Person, Person.id == MilestoneChange.person_id)
        .where(MilestoneLine.pilot_id == asked.pilot.id, MilestoneChange.text != "", asked.fits(MilestoneChange.text))
        .order_by(MilestoneChange.id.desc())
    )
    return _said(
        "changes", _("Reported progress and moved dates"), statement, asked, lambda one: (said.in_words(one.text), "history")
    )


def _links(asked: Asked) -> Group:
    table = MilestoneLink
    statement = (
        _of_lines(asked, table, table.line_id, table.person_id)
        .where(table.removed_at.is_(None), asked.fits(table.title, table.note, table.address))
        .order_by(table.id.desc())
    )
    return _said(
        "links", _("Documents and links"), statement, asked, lambda one: (" · ".join(filter(None, (one.title, one.note, one.address))), "links")
    )  # fmt: skip


def _of_lines(asked: Asked, table: Any, line_id: Any, person_id: Any) -> Select[*tuple[Any, ...]]:
    statement = select(table, MilestoneLine, Person.name).join(MilestoneLine, MilestoneLine.id == line_id)
    return statement.outerjoin(Person, Person.id == person_id).where(MilestoneLine.pilot_id == asked.pilot.id)


def _said(
    key: str, title: str, statement: Select[*tuple[Any, ...]], asked: Asked, told: Callable[[Any], tuple[str, str]]
) -> Group:
    found, total = first(statement)
    hits = []
    for one, line, by in found:
        text, anchor = told(one)
        url = url_for("progress.show", plan=line.plan_key, slug=line.slug, _anchor=anchor)
        under = " · ".join(filter(None, (line.plan_id, line.period, by)))
        hits.append(Hit(str(loading.item(line.key).title), url, under, excerpt(text, asked.words)))
    return Group(key, title, hits, total)


def _people(asked: Asked) -> Group:
    found, total = first(select(Person).where(asked.fits(Person.name, Person.email)).order_by(Person.name, Person.id))
    hits = [Hit(one.name, url_for("people.person", person_id=one.id), one.email) for (one,) in found]
    return Group("people", _("People"), hits, total)


def _posts(asked: Asked) -> Group:
    """Posts by title, organisation or holder of today; those who may not read all people find those who lead, if they may see them."""
    all_of_them = asked.who.may("people.read")
    some = LEADS if asked.who.may("leads.read") else ()
    holds = and_(
        Holding.post_key == Post.key, Holding.approved.is_(True), Holding.since <= asked.day,
        or_(Holding.until.is_(None), Holding.until >= asked.day),
    )  # fmt: skip
    named = (Post.title_sv, Post.title_en, Organisation.short, Organisation.name_sv, Organisation.name_en)
    statement = (
        select(Post, Person.name)
        .join(Post.organisation)
        .options(contains_eager(Post.organisation))
        .outerjoin(Holding, holds)
        .outerjoin(Person, Person.id == Holding.person_id)
        .where(asked.fits(*named, Person.name))
        .where(true() if all_of_them else Post.role.in_(some))
        .order_by(Post.position, Post.key)
    )
    found, total = first(statement)
    return Group("posts", _("Posts"), [_post_hit(post, holder, all_of_them) for post, holder in found], total)


def _post_hit(post: Post, holder: str | None, may_open: bool) -> Hit:
    url = url_for("people.post", key=post.key) if may_open else url_for("people.leads", _anchor=f"lead-{region_of(post)}")
    return Hit(str(post.title), url, " · ".join((str(post.organisation.name), holder or _("vacant"))))


def _items(plan_keys: Sequence[str]) -> list[Item]:
    plans = load_plans()
    return [item for key in plan_keys if key in plans for item in plans[key].items]


def _says(item: Item, words: Sequence[str]) -> bool:
    text = f"{loading.search_text(item)} {fold(f'{item.description.sv} {item.description.en}')}"
    return all(word in text for word in words)


KINDS = (
    ("milestone.read", _milestones),
    ("milestone.read", _comments),
    ("milestone.read", _changes),
    ("milestone.read", _links),
    ("milestone.read", _plans),
    ("standards.read", _standards),
    ("decision.read", found_decisions.decisions),
    ("decision.read", found_decisions.meetings),
    ("evidence.read", found_evidence.found),
    ("people.read", _people),
    ("overview.read", _posts),
)
