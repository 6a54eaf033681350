"""Long work in the background: asked for by a person, done by the scheduler's process, told by its progress; it survives a restart.

Who takes a work holds it by a lease that is renewed while it runs, and counts it up (``fence``): one that lost its lease and
wakes up again can neither tell progress nor hand in a file. What was made lies in the database, so that every host has it.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import JSON, ColumnElement, ForeignKey, Integer, LargeBinary, String, Text, and_, delete, or_, select, update
from sqlalchemy.orm import Mapped, deferred, mapped_column

from ccc_pilot.dates import utc_now
from ccc_pilot.db import Base, UTCDateTime, db, transaction
from ccc_pilot.errors import NotFound, Refused
from ccc_pilot.i18n import force_locale
from ccc_pilot.i18n import gettext as _

LEASE = timedelta(seconds=60)
RENEW_SECONDS = 15.0
MOST_TRIES = 3
KEPT_FOR = timedelta(days=7)
WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
log = logging.getLogger(__name__)


class Work(Base):
    """One piece of work. ``args`` are what its kind is called with, ``progress`` 0–100, ``note`` what it does now or why it failed
    (empty: it was interrupted ``MOST_TRIES`` times).
    """

    __tablename__ = "work"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    back: Mapped[str] = mapped_column(String(300), default="")
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    language: Mapped[str] = mapped_column(String(2), default="sv")
    args: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(10), default=WAITING, index=True)
    progress: Mapped[int] = mapped_column(Integer, default=0)
    note: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    lease: Mapped[datetime | None] = mapped_column(UTCDateTime)
    fence: Mapped[int] = mapped_column(Integer, default=0)
    file_name: Mapped[str] = mapped_column(String(200), default="")
    file_type: Mapped[str] = mapped_column(String(100), default="")
    file: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in {DONE, FAILED}


@dataclass(frozen=True, slots=True)
class Made:
    """What a work made: a file, or only a sentence (``note``) that tells what was done."""

    name: str = ""
    mimetype: str = ""
    data: bytes | None = None
    note: str = ""


class Lost(Exception):
    """The work was taken over by another process; this one stops."""


class Report:
    """The hand of a running work: tells progress, in a transaction of its own. Raises ``Lost`` where the work is another's now."""

    def __init__(self, work_id: int, fence: int):
        self.work_id = work_id
        self.fence = fence

    def __call__(self, percent: int, note: str = "") -> None:
        """Tell that ``percent`` (0–100) is done and what comes next."""
        self.save(progress=max(0, min(100, percent)), note=note, lease=utc_now() + LEASE)

    def save(self, **values: Any) -> None:
        """Store ``values`` if the work is still ours."""
        ours = and_(Work.id == self.work_id, Work.fence == self.fence, Work.state == RUNNING)
        with transaction():
            if not db.session.execute(update(Work).where(ours).values(**values)).rowcount:  # type: ignore[attr-defined]
                raise Lost(self.work_id)


Doing = Callable[..., Made]
Kinds = Mapping[str, Doing]


def ask(kind: str, by: int, *, title: str, language: str = "sv", back: str = "", **args: Any) -> Work:
    """Ask for a work of ``kind`` within the transaction now open and return it; ``args`` must be plain enough for JSON.

    ``by`` is the person who asks (and alone sees it), ``title`` says what will be made, ``back`` is the page to return to. The
    function that the scheduler knows under ``kind`` is called with a ``Report`` and ``args``, in ``language``.
    """
    work = Work(kind=kind, person_id=by, title=title[:200], language=language, back=back, args=args, asked_at=utc_now())
    db.session.add(work)
    db.session.flush()
    return work


def of(person_id: int, work_id: int) -> Work:
    """Return a person's own work. Raises ``NotFound``."""
    work = db.session.scalar(select(Work).where(Work.id == work_id, Work.person_id == person_id))
    if work is None:
        raise NotFound
    return work


def perform_next(kinds: Kinds) -> bool:
    """Take the work that has waited longest (or whose taker died), do it to its end, and return whether there was one.

    To be called outside any transaction: taking, each progress and the end are stored on their own.
    """
    if not _is_free(kinds) or (taken := _take(kinds)) is None:
        return False
    report = Report(taken.id, taken.fence)
    try:
        report.save(**_done(kinds, taken, report))
    except Lost:
        log.warning("work %s was taken over by another process", taken.id)
    return True


def sweep() -> int:
    """Forget works, and their files, that ended more than ``KEPT_FOR`` ago; returns how many."""
    return db.session.execute(delete(Work).where(Work.ended_at < utc_now() - KEPT_FOR)).rowcount  # type: ignore[attr-defined,no-any-return]


@dataclass(frozen=True, slots=True)
class _Taken:
    id: int
    kind: str
    language: str
    args: dict[str, Any]
    fence: int


def _free(kinds: Kinds, now: datetime) -> ColumnElement[bool]:
    return and_(or_(Work.state == WAITING, and_(Work.state == RUNNING, Work.lease < now)), Work.kind.in_(tuple(kinds)))


def _is_free(kinds: Kinds) -> bool:
    """Whether there is work, asked without the lock of those who write."""
    return db.session.scalar(select(Work.id).where(_free(kinds, utc_now())).limit(1)) is not None


def _take(kinds: Kinds) -> _Taken | None:
    now = utc_now()
    with transaction():
        given_up = {"state": FAILED, "ended_at": now, "lease": None}
        db.session.execute(update(Work).where(_free(kinds, now), Work.fence >= MOST_TRIES).values(**given_up))
        found = db.session.scalars(select(Work).where(_free(kinds, now)).order_by(Work.id).limit(1)).first()
        if found is None:
            return None
        taken = _Taken(found.id, found.kind, found.language, dict(found.args), found.fence + 1)
        ours = and_(Work.id == taken.id, Work.fence == taken.fence - 1)
        values = {"state": RUNNING, "fence": taken.fence, "lease": now + LEASE}
        done = db.session.execute(update(Work).where(ours).values(**values)).rowcount  # type: ignore[attr-defined]
    return taken if done else None


def _done(kinds: Kinds, taken: _Taken, report: Report) -> dict[str, Any]:
    """Do a work and return how it ended, as columns."""
    with force_locale(taken.language):
        try:
            with _renewed(report):
                made = kinds[taken.kind](report, **taken.args)
        except Lost:
            raise
        except Refused as refusal:
            return _ended(FAILED, str(refusal.message))
        except Exception:
            log.exception("work %s (%s)", taken.id, taken.kind)
            return _ended(FAILED, _("Something went wrong; it has been written down. Try again, or tell the administrator."))
    return {**_ended(DONE, made.note), "progress": 100, "file": made.data, "file_name": made.name, "file_type": made.mimetype}


def _ended(state: str, note: str) -> dict[str, Any]:
    db.session.rollback()
    return {"state": state, "note": note, "ended_at": utc_now(), "lease": None}


@contextmanager
def _renewed(report: Report) -> Iterator[None]:
    """Renew the lease at intervals while the block runs, so that long work without progress is not taken for dead."""
    over = threading.Event()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    thread = threading.Thread(target=_renew, args=(app, report, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=5)


def _renew(app: Flask, report: Report, over: threading.Event) -> None:
    while not over.wait(RENEW_SECONDS):
        with app.app_context():
            try:
                report.save(lease=utc_now() + LEASE)
            except Lost:
                return
