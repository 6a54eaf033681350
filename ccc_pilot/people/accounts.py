"""Accounts: made, invited, recognised by their password, changed, closed and opened again."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, selectinload

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import NotFound, Refused
from ccc_pilot.i18n import LANGUAGES, gettext, today
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.people import links, passwords, rules, sessions, throttle
from ccc_pilot.people.models import Holding, LoginSession, Person, Post
from ccc_pilot.people.policy import Role

FAULTS = {
    rules.Fault.SHORT: _l("Use at least %(least)s characters, better %(advised)s.", least=rules.LEAST, advised=rules.ADVISED),
    rules.Fault.LONG: _l("Use at most %(most)s characters.", most=rules.MOST),
    rules.Fault.GUESSABLE: _l(
        "That is easy to guess: common words, the project's words or your own name and some figures. "
        "Use several words that do not belong together."
    ),
}


def create(email: str, name: str, password: str = "", language: str = "sv", demo: bool = False) -> Person:
    """Make an account. Without a ``password`` nobody can log in to it until an invitation is answered; returns the person.

    ``demo`` marks an invented person, whose password is not held to the rules. Raises ``Refused`` for an address that is none or
    is taken, or for a password that breaks the rules.
    """
    address = rules.address(email)
    if address is None:
        raise Refused(gettext("Write an e-mail address, as name@example.org."), "email")
    if by_email(address) is not None:
        raise Refused(gettext("There is already an account with that address."), "email")
    person = Person(
        email=address,
        name=name.strip(),
        language=language if language in LANGUAGES else "sv",
        demo=demo,
        active=True,
        created_at=utc_now(),
        factor_secret="",
        factor_step=0,
        link_seal="",
        password_hash="",
    )
    if password:
        if not demo:
            check_password(person, password)
        person.password_hash = passwords.sealed(password)
    db.session.add(person)
    try:
        db.session.flush()
    except IntegrityError as taken:  # by somebody else in this very moment
        raise Refused(gettext("There is already an account with that address."), "email") from taken
    return person


def invite(email: str, name: str, language: str = "sv", by_id: int | None = None) -> Person:
    """Make an account for somebody who chooses their own password by a link; ``by_id``: who invites (None: the command line)."""
    person = create(email, name, language=language)
    journal.write("person.invited", key_of(person), actor_id=by_id, name=person.name, email=person.email)
    return person


def key_of(person: Person) -> str:
    """Return the key under which the journal knows a person."""
    return f"person:{person.id}"


def by_email(email: str) -> Person | None:
    """Return the person with this address, however it is typed."""
    return db.session.scalar(select(Person).where(Person.email == (rules.address(email) or "")))


def get(person_id: int) -> Person:
    """Return a person. Raises ``NotFound``."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound
    return person


def get_invited(person_id: int) -> Person:
    """Return an active person who has not chosen a password yet. Raises ``NotFound``, or ``Refused`` for others."""
    person = get(person_id)
    if person.password_hash or not person.active:
        raise Refused(gettext("This person has already chosen a password, or the account is closed."))
    return person


def everybody() -> list[Person]:
    """Return all persons with their posts, the active ones first, by name."""
    posts = selectinload(Person.holdings).joinedload(Holding.post).joinedload(Post.organisation)
    return list(db.session.scalars(select(Person).options(posts).order_by(Person.active.desc(), Person.name, Person.id)))


def recognise(email: str, password: str) -> Person | None:
    """Return the active person with this address and password, else None; an unknown address costs the same work."""
    person = by_email(email)
    right = passwords.opens(person.password_hash if person else "", password)
    return person if person is not None and right and person.active else None


def let_in(person: Person | None, email: str, password: str, counted: list[int]) -> str | None:
    """Note what came of a log-in: returns the stage at which ``person`` comes in, or None for one who was not recognised.

    A success is not counted as an attempt (``counted``: its rows) and renews a hash made with old parameters.
    """
    if person is None:
        known = by_email(email)
        journal.write("login.refused", key_of(known) if known else "login", actor_id=None, reason="password")
        return None
    throttle.take_back(counted)
    if passwords.is_outdated(person.password_hash):
        person.password_hash = passwords.sealed(password)
    return sessions.HALF if person.factor_secret else sessions.FULL


def check_password(person: Person, password: str) -> None:
    """Raise ``Refused`` if ``password`` breaks the rules."""
    fault = rules.fault_of(password, (person.name, person.email))
    if fault is not None:
        raise Refused(str(FAULTS[fault]), "password")


def set_password(person: Person, password: str, *, how: str, by_id: int | None, keep_token: str | None = None) -> None:
    """Give ``person`` a new password: every link dies and every log-in ends, but for the one with ``keep_token``.

    ``how`` tells the journal the way: "invitation", "reset" or "changed". Raises ``Refused`` if the password breaks the rules.
    """
    check_password(person, password)
    person.password_hash = passwords.sealed(password)
    links.spend(person)
    sessions.end_all(person.id, except_token=keep_token)
    journal.write("person.password", key_of(person), actor_id=by_id, how=how)


def answer_link(token: str, purpose: links.Purpose, password: str) -> Person:
    """Set the password chosen by a one-time link. Raises ``NotFound`` if the link is dead, ``Refused`` by the rules."""
    person = links.holder(token, purpose)
    if person is None:
        raise NotFound
    set_password(person, password, how=purpose.name, by_id=person.id)
    return person


def change_password(person_id: int, present: str, password: str, keep_token: str) -> None:
    """Change one's own password, knowing the ``present`` one; all log-ins but one's own end. Raises ``Refused``."""
    person = get(person_id)
    if not passwords.opens(person.password_hash, present):
        raise Refused(gettext("That is not your present password."), "present")
    set_password(person, password, how="changed", by_id=person_id, keep_token=keep_token)


def change_profile(person_id: int, name: str, language: str) -> None:
    """Change one's own name and language ("sv" or "en")."""
    person = get(person_id)
    fields = {key: value for key, value in (("name", name), ("language", language)) if getattr(person, key) != value}
    changes = {key: [getattr(person, key), value] for key, value in fields.items()}
    for key, value in fields.items():
        setattr(person, key, value)
    if changes:
        journal.write("person.changed", key_of(person), actor_id=person_id, fields=changes)


def own_sessions(person_id: int) -> list[LoginSession]:
    """Return the log-ins of a person, the last used first."""
    own = select(LoginSession).where(LoginSession.person_id == person_id)
    return list(db.session.scalars(own.order_by(LoginSession.seen_at.desc())))


def end_session(person_id: int, session_id: int) -> None:
    """End one of one's own log-ins. Raises ``NotFound`` if it is not one's own (or has ended)."""
    row = db.session.get(LoginSession, session_id)
    if row is None or row.person_id != person_id:
        raise NotFound
    db.session.delete(row)
    journal.write("session.ended", f"person:{person_id}", actor_id=person_id, how="by its person")


def disable(person_id: int, reason: str, by_id: int | None) -> None:
    """Close an account: its log-ins end at once and its links die; the posts stay on record.

    Raises ``Refused`` for the last administrator.
    """
    lock_administrators()
    person = get(person_id)
    db.session.refresh(person)
    if not person.active:
        raise Refused(gettext("The account is closed already."))
    if able_administrators(today()) == {person_id}:
        raise Refused(gettext("This is the last administrator. Let somebody else hold the post first."))
    person.active = False
    links.spend(person)
    sessions.end_all(person_id)
    journal.write("person.disabled", key_of(person), actor_id=by_id, reason=reason)


def enable(person_id: int, reason: str, by_id: int | None) -> None:
    """Open a closed account again. Raises ``Refused`` if it is open."""
    person = get(person_id)
    if person.active:
        raise Refused(gettext("The account is open already."))
    person.active = True
    journal.write("person.enabled", key_of(person), actor_id=by_id, reason=reason)


def lock_administrators() -> None:
    """Hold the administrators' posts until the transaction ends, so that no two at once take away the last of them."""
    theirs = select(Post.key).where(Post.role == Role.ADMINISTRATOR)
    db.session.execute(theirs.order_by(Post.key).with_for_update())


def able_administrators(day: date) -> set[int]:
    """Return the ids of those who hold an administrator's post on ``day``, approved, and can log in."""
    held = db.session.scalars(
        select(Holding)
        .join(Holding.post)
        .options(joinedload(Holding.person))
        .where(Post.role == Role.ADMINISTRATOR, Holding.approved.is_(True))
    )
    return {h.person_id for h in held if h.holds_on(day) and h.person.active and h.person.password_hash}
