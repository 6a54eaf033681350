"""Posts and who holds them: proposed, approved by a second person where the role asks for it, handed over, left.

A post has one holder at a time. A new holding ends the one before on the day before it begins; what was is kept on record.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from ccc_pilot import journal
from ccc_pilot.db import db
from ccc_pilot.errors import NotFound, Refused
from ccc_pilot.i18n import Text, gettext, today
from ccc_pilot.people import accounts, post_guards, rules, sessions
from ccc_pilot.people.doors import region_of
from ccc_pilot.people.models import Holding, Post
from ccc_pilot.people.policy import TWO_PERSON_ROLES, Role


@dataclass(frozen=True)
class PostLine:
    """A post as it stands on a day: who holds it now (None: vacant), who follows, what waits for approval, who held it before."""

    post: Post
    now: Holding | None
    later: tuple[Holding, ...]
    waiting: tuple[Holding, ...]
    former: tuple[Holding, ...]

    @property
    def needs_two(self) -> bool:
        """Whether a second person approves before a holder takes effect."""
        return self.post.role in TWO_PERSON_ROLES


def line_of(post: Post, day: date) -> PostLine:
    """Return how ``post`` stands on ``day``."""
    approved = [h for h in post.holdings if h.approved]
    return PostLine(
        post,
        next((h for h in approved if h.holds_on(day)), None),
        tuple(h for h in approved if h.since > day),
        tuple(h for h in post.holdings if not h.approved),
        tuple(h for h in reversed(approved) if h.until is not None and h.until < day),
    )


def lines(day: date, roles: Iterable[Role] | None = None) -> list[PostLine]:
    """Return all posts (or those with one of ``roles``) in their order, as they stand on ``day``; vacant ones too."""
    statement = select(Post).options(*_with_people()).order_by(Post.position, Post.key)
    if roles is not None:
        statement = statement.where(Post.role.in_(tuple(roles)))
    return [line_of(post, day) for post in db.session.scalars(statement)]


def titles(day: date) -> dict[str, Text]:
    """Return for each address of somebody who holds a post on ``day`` the title of that post."""
    return {line.now.person.email: line.post.title for line in lines(day) if line.now is not None}


def get(key: str) -> Post:
    """Return a post with its holdings. Raises ``NotFound``."""
    statement = select(Post).options(*_with_people()).where(Post.key == key)
    post = db.session.scalar(statement.execution_options(populate_existing=True))
    if post is None:
        raise NotFound
    return post


def hold(
    post_key: str,
    person_id: int,
    since: date,
    *,
    deputy_id: int | None = None,
    until: date | None = None,
    share_percent: int | None = None,
    months: int | None = None,
    note: str = "",
    version: int | None = None,
    by_id: int | None = None,
) -> Holding:
    """Let a person hold a post from ``since`` (to ``until``, both days included), with a deputy who has the same access.

    ``share_percent`` is the share of full time (1–100), ``months`` for how long it is paid, ``note`` what is handed over,
    ``version`` the post's that was shown (None: whatever it is), ``by_id`` who decides (None: the command line, which needs no second
    person). For the roles that steer or review it is only a proposal until ``approve``. Raises ``NotFound``, ``Refused`` with the field
    that is wrong, or ``Conflict`` when somebody else has changed the post since. Source: separation of duties,
    nobody gives themselves access.
    """
    post = _taken(post_key)
    given = {"person_id": person_id, "deputy_id": deputy_id, "share_percent": share_percent, "months": months}
    own = {"since": since, "until": until, "note": note}
    post_guards.nobody_first(post, version, given, own, today())
    person, deputy = accounts.get(person_id), accounts.get(deputy_id) if deputy_id else None
    post_guards.people(person, deputy, by_id)
    if until is not None and until < since:
        raise Refused(gettext("The last day is before the first."), "until")
    holding = Holding(
        person=person, deputy=deputy, since=since, until=until, share_percent=share_percent, months=months,
        handover_note=note, proposed_by_id=by_id, approved=by_id is None or post.role not in TWO_PERSON_ROLES,
    )  # fmt: skip
    post_guards.order(post, since)
    post.holdings.append(holding)
    post.version += 1
    db.session.flush()
    if holding.approved:
        _take_effect(holding, by_id)
    else:
        _tell("post.proposed", post, by_id, post=post.key, person=person_id, since=since)
    return holding


def approve(holding_id: int, by_id: int) -> Holding:
    """Let a proposed holding take effect, as the second person.

    Raises ``NotFound``, or ``Refused`` for the proposer and for those concerned.
    """
    holding = _proposal(holding_id, by_id)
    post_guards.people(holding.person, holding.deputy, by_id)
    post_guards.order(holding.post, holding.since)
    holding.approved, holding.approved_by_id = True, by_id
    holding.post.version += 1
    _take_effect(holding, by_id)
    return holding


def decline(holding_id: int, by_id: int) -> None:
    """Turn a proposed holding down, as the second person or by withdrawing one's own proposal. Raises ``NotFound``."""
    holding = _locked(holding_id)
    _tell("post.declined", holding.post, by_id, post=holding.post_key, person=holding.person_id)
    holding.post.version += 1
    holding.post.holdings.remove(holding)
    db.session.delete(holding)


def leave(post_key: str, until: date, note: str, by_id: int | None, *, version: int | None = None) -> None:
    """Let the present holder leave after ``until`` (their last day); the post stays, vacant.

    ``version`` is the post's that was shown (None: whatever it is). Raises ``Refused``, also when somebody else has changed it since.
    """
    post = _taken(post_key)
    if version not in {None, post.version}:
        raise Refused(gettext("The post was changed after you opened it. Look at who holds it now, then send again."))
    holding = line_of(post, today()).now
    if holding is None:
        raise Refused(gettext("Nobody holds this post."))
    if until < holding.since:
        raise Refused(gettext("The last day is before the first."), "until")
    _log_out(holding)
    post.version += 1
    _end(holding, until, note, by_id)
    post_guards.an_administrator_stays(post, until + timedelta(days=1), by_id)


def _take_effect(holding: Holding, by_id: int | None) -> None:
    post = holding.post
    others = [h for h in post.holdings if h is not holding and h.approved]
    replaced = [h for h in others if h.until is None or h.until >= holding.since]
    _log_out(holding, *replaced)
    if holding.approved_by_id is not None:
        _tell("post.approved", post, by_id, post=post.key, person=holding.person_id)
    for former in replaced:
        _end(former, holding.since - timedelta(days=1), holding.handover_note, by_id)
    _tell(
        "post.held", post, by_id, post=post.key, person=holding.person_id, since=holding.since, until=holding.until,
        share_percent=holding.share_percent, months=holding.months,
    )  # fmt: skip
    if holding.deputy_id is not None:
        _tell("post.deputy", post, by_id, post=post.key, deputy=holding.deputy_id)
    post_guards.an_administrator_stays(post, holding.until + timedelta(days=1) if holding.until else holding.since, by_id)


def _end(holding: Holding, until: date, note: str, by_id: int | None) -> None:
    _tell("post.left", holding.post, by_id, post=holding.post_key, person=holding.person_id, until=until, note=note)
    if until < holding.since:  # replaced on its very first day: it never held
        holding.post.holdings.remove(holding)
        db.session.delete(holding)
    else:
        holding.until = until
    db.session.flush()


def _log_out(*holdings: Holding) -> None:
    """Whose access has changed logs in anew: with a new session, and knowing it.

    Comes before the first entry in the journal: those who log out themselves take their log-in first and the journal after it.
    """
    concerned = {person_id for h in holdings for person_id in (h.person_id, h.deputy_id) if person_id is not None}
    for person_id in sorted(concerned):
        sessions.end_all(person_id)


def _proposal(holding_id: int, by_id: int) -> Holding:
    holding = _locked(holding_id)
    if not rules.may_approve(by_id, proposer=holding.proposed_by_id, concerned=[holding.person_id, holding.deputy_id]):
        raise Refused(gettext("Another person than the one who asked must approve, and not the one it concerns."))
    return holding


def _taken(key: str) -> Post:
    """Return a post for this transaction alone: two who decide on it, or on who administers the service, do so one by one."""
    mine = select(Post.key).where(Post.key == key)
    if db.session.scalar(mine.where(Post.role == Role.ADMINISTRATOR)) is not None:
        accounts.lock_administrators()
    db.session.execute(mine.with_for_update())
    return get(key)


def _locked(holding_id: int) -> Holding:
    key = db.session.scalar(select(Holding.post_key).where(Holding.id == holding_id))
    if key is None:
        raise NotFound
    _taken(key)
    statement = select(Holding).where(Holding.id == holding_id, Holding.approved.is_(False)).with_for_update(of=Holding)
    holding = db.session.scalar(statement.execution_options(populate_existing=True))
    if holding is None:
        raise NotFound
    return holding


def _tell(event: str, about: Post, by_id: int | None, **fields: Any) -> None:
    journal.write(event, f"post:{about.key}", actor_id=by_id, region=region_of(about), **fields)


def _with_people() -> tuple[ExecutableOption, ...]:
    holdings = selectinload(Post.holdings)
    return joinedload(Post.organisation), holdings.joinedload(Holding.person), holdings.joinedload(Holding.deputy)
