"""The journal (audit log): every change, in order, each entry chained to the one before by its hash.

An event names its exact fields and refuses others. Entries are written in the transaction of the change itself, under one
lock (the head row), so that the chain cannot fork; triggers in the database refuse to change or delete an entry.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, String, Text, func, select
from sqlalchemy.orm import Mapped, mapped_column

from ccc_pilot.dates import utc_now
from ccc_pilot.db import Base, UTCDateTime, db
from ccc_pilot.events import EVENTS

SEAL = "ccc_pilot.journal.1"
START = "0" * 64
TOGETHER = "journal head held"
_by: ContextVar[str] = ContextVar("by", default="person")


class Entry(Base):
    """One entry; ``seq`` counts from 1 without gaps."""

    __tablename__ = "journal"

    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    actor_id: Mapped[int | None] = mapped_column(Integer, index=True)
    actor_kind: Mapped[str] = mapped_column(String(20))
    event: Mapped[str] = mapped_column(String(60), index=True)
    object_key: Mapped[str] = mapped_column(String(200), index=True)
    region: Mapped[str | None] = mapped_column(String(20), index=True)
    data: Mapped[str] = mapped_column(Text)
    prev: Mapped[str] = mapped_column(String(64), unique=True)
    hash: Mapped[str] = mapped_column(String(64))

    @property
    def fields(self) -> dict[str, Any]:
        """The event's fields as they were written."""
        return dict(json.loads(self.data))


class Head(Base):
    """The one row that says where the chain ends; writers lock it."""

    __tablename__ = "journal_head"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    seq: Mapped[int] = mapped_column(Integer)
    hash: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold: the entry's number and what is wrong."""

    seq: int
    fault: str


@contextmanager
def by(kind: str) -> Iterator[None]:
    """Within this block what a person does is noted as done by way of ``kind`` ("mail_link")."""
    token = _by.set(kind)
    try:
        yield
    finally:
        _by.reset(token)


def write(
    event: str, object_key: str, *, actor_id: int | None, region: str | None = None, actor_kind: str = "", **fields: Any
) -> Entry:
    """Append an entry to the journal within the transaction now open.

    ``actor_kind`` says by which way (default: as the block ``by`` tells, else a person's own hand).
    ``object_key`` names what was changed ("edition:id@region"), ``actor_id`` who did it (None: nobody logged in or the system),
    ``fields`` are exactly those of ``EVENTS[event]``. Raises ``LookupError`` for an unknown event or other fields.
    """
    if event not in EVENTS or set(fields) != EVENTS[event]:
        raise LookupError(f"journal event {event!r} with fields {sorted(fields)}")
    held = db.session.info.get(TOGETHER)
    head = held or _held()
    told = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    entry = Entry(
        seq=head.seq + 1, at=utc_now(), actor_id=actor_id, actor_kind=actor_kind or (_by.get() if actor_id is not None else "system"),
        event=event, object_key=object_key, region=region, data=told, prev=head.hash, hash="",
    )  # fmt: skip
    entry.hash = digest(entry)
    db.session.add(entry)
    head.seq, head.hash = entry.seq, entry.hash
    if held is None:
        db.session.flush()
    return entry


@contextmanager
def together() -> Iterator[None]:
    """Within it, entries are chained in memory and stored at its end, with one look at the head: for what writes hundreds at once."""
    db.session.info[TOGETHER] = _held()
    try:
        yield
        db.session.flush()
    finally:
        db.session.info.pop(TOGETHER)


def _held() -> Head:
    """The head row as it stands now, locked until the transaction ends.

    It is locked before what was changed is sent to the database: writers who hold the same tally wait here, in one line, and never
    for one another in a ring.
    """
    statement = select(Head).where(Head.id == 1).with_for_update().execution_options(populate_existing=True)
    with db.session.no_autoflush:
        return db.session.scalars(statement).one()


def digest(entry: Entry) -> str:
    """Return the hash of an entry: SHA-256 over the seal, the hash before and the entry's own fields in a fixed form."""
    at = entry.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    parts = [
        SEAL, entry.prev, entry.seq, at, entry.actor_id, entry.actor_kind, entry.event, entry.object_key, entry.region, entry.data,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def verify(latest: int | None = None) -> Iterator[Break]:
    """Walk the chain and yield each place where it does not hold; an intact journal yields nothing.

    ``latest`` walks only as many entries, the newest; the one before them is taken for right, and none older is looked at.
    """
    start = max(0, (db.session.scalar(select(func.max(Entry.seq))) or 0) - latest) if latest is not None else 0
    before = db.session.get(Entry, start) if start else None
    seq, last = start, before.hash if before else START
    if start and before is None:
        yield Break(start, "is missing")
    end: tuple[int | None, str | None] | None = None  # of the head as it was when the entries were read, in the same statement
    following = select(Entry, Head.seq, Head.hash).outerjoin(Head, Head.id == 1).where(Entry.seq > start).order_by(Entry.seq)
    for entry, head_seq, head_hash in db.session.execute(following.execution_options(yield_per=1000)):
        if entry.seq != seq + 1:
            yield Break(entry.seq, f"{seq + 1} is missing")
        if entry.prev != last:
            yield Break(entry.seq, "does not follow the entry before")
        if entry.hash != digest(entry):
            yield Break(entry.seq, "was changed after it was written")
        seq, last, end = entry.seq, entry.hash, (head_seq, head_hash)
    if end is None:
        empty = db.session.get(Head, 1)
        end = (empty.seq, empty.hash) if empty else None
    if end != (seq, last):
        yield Break(seq, "the end of the chain is not where the head row says")
