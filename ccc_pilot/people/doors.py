"""The hall through which all enter: who is it, what may they do, and is this door theirs?

Every view carries a mark (``web.access.may`` or ``public``). A view without one is closed; that is the default.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

from flask import Flask, Response, current_app, flash, g, redirect, request, session, url_for
from sqlalchemy import BindParameter, Date, Select, bindparam, select
from sqlalchemy.orm import joinedload

from ccc_pilot import journal
from ccc_pilot.config import Settings
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import Forbidden, NotFound
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import sessions
from ccc_pilot.people.models import Holding, LoginSession, Organisation, Person, Post
from ccc_pilot.people.policy import SECOND_FACTOR_ROLES, Access, Grant, Role
from ccc_pilot.web import faults, typed
from ccc_pilot.web.access import PUBLIC, Door
from ccc_pilot.web.htmx import is_partial
from ccc_pilot.web.origin import is_forged

REGION_KIND = "region"


@dataclass(frozen=True)
class Current:
    """Who asks, and what they may do today; everything a page needs to know of them."""

    person_id: int
    name: str
    email: str
    initials: str
    language: str
    access: Access
    post_title: str = ""
    organisation: str = ""
    regions: tuple[str, ...] = field(default=())

    def may(self, action: str, region: str | None = None) -> bool:
        """Whether they may do ``action`` (a row of the matrix), at all or for that region's things."""
        return self.access.may(action, region)


def access_of(person: Person) -> tuple[Access, list[Holding]]:
    """Work out a person's access from the posts held today (as holder or as deputy); returns it with those holdings."""
    held = db.session.scalars(_held(), {"person": person.id, "day": today()}).all()
    grants = tuple(dict.fromkeys(Grant(Role(h.post.role), region_of(h.post)) for h in held))
    return Access(grants), list(held)


@cache
def _held() -> Select[Holding]:
    """The question of what a person holds on a day; every request asks it, so it is put into words once."""
    person: BindParameter[int] = bindparam("person")
    day = bindparam("day", type_=Date())
    return (
        select(Holding)
        .options(joinedload(Holding.post).joinedload(Post.organisation))
        .where((Holding.person_id == person) | (Holding.deputy_id == person), Holding.approved.is_(True), Holding.since <= day)
        .where(Holding.until.is_(None) | (Holding.until >= day))
        .order_by(Holding.since, Holding.id)
    )


def current_of(person: Person) -> Current:
    """Return what the house knows of ``person`` today: their access, and the post they are shown with."""
    access, held = access_of(person)
    first = held[0].post if held else None
    return Current(
        person.id, person.name, person.email, person.initials, person.language, access,
        str(first.title) if first else "", str(first.organisation.name) if first else "",
        tuple(dict.fromkeys(region.key for region in map(_region, (h.post for h in held)) if region is not None)),
    )  # fmt: skip


def region_of(post: Post) -> str:
    """The region a post reaches: that in which its organisation lies; outside all regions the organisation's own key.

    So the network's own posts alone reach the whole network: its organisation has the key ``NETWORK``.
    """
    return (_region(post) or post.organisation).key


def _region(post: Post) -> Organisation | None:
    place: Organisation | None = post.organisation
    while place is not None and place.kind != REGION_KIND:
        place = db.session.get(Organisation, place.parent_key) if place.parent_key else None
    return place


def current() -> Current | None:
    """The one who is fully logged in, or None."""
    return getattr(g, "current", None)


def me() -> Current:
    """The one who is logged in; for views whose door has let nobody else in."""
    found = current()
    if found is None:
        raise Forbidden
    return found


def init_app(app: Flask, settings: Settings) -> None:
    """Set the doorkeeper of ``app``."""
    app.extensions["ccc_settings"] = settings
    app.before_request(_enter)
    app.register_error_handler(Forbidden, _closed)


def _enter() -> Any:
    g.settings = settings = current_app.extensions["ccc_settings"]
    if request.endpoint == "static":
        return None
    row = sessions.find(
        session.get("token"),
        idle=timedelta(minutes=settings.session_idle_minutes),
        longest=timedelta(hours=settings.session_hours),
    )
    g.login = row
    if row is not None:
        _recognise(row)
    if request.endpoint is None:
        return None
    door = _door()
    return None if door.action == PUBLIC else _check(door)


def _recognise(row: LoginSession) -> None:
    person = row.person
    g.language = person.language
    if row.stage != sessions.FULL:
        return
    g.writer = person.id
    g.current = who = current_of(person)
    g.needs_factor = _lacks_factor(person, who.access)
    if sessions.needs_seen(row):
        number = row.id
        with transaction():
            sessions.note_seen(number)


def _lacks_factor(person: Person, access: Access) -> bool:
    settings: Settings = g.settings
    required = settings.mfa == "required" and not settings.demo
    return required and not person.factor_secret and bool(access.roles & SECOND_FACTOR_ROLES)


def _check(door: Door) -> Any:
    who = current()
    if who is None:
        return _to_login()
    if g.needs_factor and request.endpoint not in {"people.factor", "people.logout"}:
        return redirect(url_for("people.factor"))
    region = (request.view_args or {}).get(door.region) if door.region else None
    if door.region and region is None:
        raise NotFound
    if who.may(door.action, region):
        return None
    raise Forbidden


def _closed(_refusal: Forbidden) -> Any:
    """Note that somebody tried a closed door, whether the doorkeeper or the room itself said no, and answer so."""
    who, door = current(), _door()
    if who is not None:
        with transaction():
            journal.write(
                "access.denied", f"person:{who.person_id}", actor_id=who.person_id,
                region=(request.view_args or {}).get(door.region) if door.region else None, action=door.action, path=request.path[:200],
            )  # fmt: skip
    return faults.page(403)


def _door() -> Door:
    view = current_app.view_functions[request.endpoint or ""]
    found: Door = getattr(view, "door", Door("closed"))
    return found


def _to_login() -> Any:
    if request.method == "POST":
        return _turn_away()
    if is_partial():
        return Response(status=401)  # the page says that the log-in has ended
    return redirect(url_for("people.login", next=request.full_path.rstrip("?")))


def _turn_away() -> Any:
    """Answer a form sent after the log-in ended: its text becomes a draft of the one whose log-in it was, else the page shows it."""
    if is_forged():
        return faults.bare(401)
    g.writer, g.turned_away = sessions.owner(session.get("token")), True
    if is_partial():
        return Response(status=401)  # what is typed stays on the page
    if g.writer is None and typed.typed():
        return faults.page(401, resend=True)
    if typed.typed():
        flash(_("You had been logged out. What you had typed is kept, and filled in again when you have logged in."), "go")
    return redirect(url_for("people.login", next=typed.opened_at()))
