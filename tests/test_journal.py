"""The journal: an unbroken chain, and nobody can change, remove, swap or slip in an entry without its being seen."""

import multiprocessing
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from ccc_pilot import create_app, journal
from ccc_pilot.config import Settings
from ccc_pilot.db import db, transaction

WRITERS, EACH = 8, 12


def tell(times=5):
    """Write some entries, one transaction each."""
    for number in range(times):
        with transaction():
            journal.write(
                "milestone.comment", f"plan:P-{number}@ro", actor_id=7, region="ro", text=f"Räksmörgås {number} “’ \u2028"
            )


def faults():
    """Return what the walk along the chain finds, read anew."""
    db.session.rollback()
    db.session.expire_all()
    return list(journal.verify())


def tamper(*statements):
    """Change the journal as somebody would who owns the database: the guard is taken away first."""
    guard = {
        "sqlite": ["DROP TRIGGER journal_no_update", "DROP TRIGGER journal_no_delete"],
        "postgresql": ["DROP TRIGGER journal_is_closed ON journal"],
    }
    with transaction():
        for statement in (*guard[db.engine.dialect.name], *statements):
            db.session.execute(text(statement))


def test_a_journal_that_nobody_touched_holds(context):
    assert faults() == []
    tell()
    assert faults() == []
    assert [entry.seq for entry in db.session.query(journal.Entry).order_by(journal.Entry.seq)] == [1, 2, 3, 4, 5]


def test_an_entry_gives_back_what_was_written(context):
    with transaction():
        journal.write(
            "milestone.progress",
            "plan:P-1@ro",
            actor_id=7,
            region="ro",
            status=["a", "b"],
            percent=[0, 50],
            comment="Åh",
            version=2,
        )
    entry = db.session.get(journal.Entry, 1)
    assert entry.fields == {"status": ["a", "b"], "percent": [0, 50], "comment": "Åh", "version": 2}
    assert (entry.actor_kind, entry.region, entry.prev, len(entry.hash)) == ("person", "ro", "0" * 64, 64)


def test_what_nobody_did_was_done_by_the_system(context):
    with transaction():
        journal.write("milestone.comment", "plan:P-1", actor_id=None, text="x")
    assert db.session.get(journal.Entry, 1).actor_kind == "system"


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        ("milestone.unheard-of", {"text": "x"}),
        ("milestone.comment", {}),
        ("milestone.comment", {"text": "x", "more": "y"}),
        ("milestone.comment", {"txt": "x"}),
    ],
)
def test_an_event_names_its_exact_fields_and_refuses_others(context, event, fields):
    with pytest.raises(LookupError), transaction():
        journal.write(event, "plan:P-1", actor_id=1, **fields)
    assert db.session.query(journal.Entry).count() == 0


def test_an_entry_goes_with_the_change_that_it_tells_of(context):
    with transaction():
        journal.write("milestone.comment", "plan:P-1", actor_id=1, text="never mind")
        db.session.rollback()
    tell(2)
    assert [entry.seq for entry in db.session.query(journal.Entry)] == [1, 2]
    assert faults() == []


@pytest.mark.parametrize(
    "statement", ["UPDATE journal SET data = '{}' WHERE seq = 2", "DELETE FROM journal WHERE seq = 5", "DELETE FROM journal"]
)
def test_the_database_itself_refuses_to_change_or_remove_an_entry(context, statement):
    tell()
    with pytest.raises(DBAPIError), transaction():
        db.session.execute(text(statement))
    assert faults() == []
    assert db.session.query(journal.Entry).count() == 5


TAMPERINGS = {
    "the text": ["UPDATE journal SET data = '{\"text\":\"other\"}' WHERE seq = 3"],
    "the hand": ["UPDATE journal SET actor_id = 8 WHERE seq = 3"],
    "the kind of hand": ["UPDATE journal SET actor_kind = 'system' WHERE seq = 3"],
    "the event": ["UPDATE journal SET event = 'milestone.link' WHERE seq = 3"],
    "the object": ["UPDATE journal SET object_key = 'plan:P-9@ro' WHERE seq = 3"],
    "the region": ["UPDATE journal SET region = 'rkl' WHERE seq = 3"],
    "the region taken away": ["UPDATE journal SET region = NULL WHERE seq = 3"],
    "the hash": ["UPDATE journal SET hash = prev WHERE seq = 3"],
    "the hash before": ["UPDATE journal SET prev = 'ff' WHERE seq = 3"],
    "the first entry": ["UPDATE journal SET event = 'milestone.link' WHERE seq = 1"],
    "the last entry": ["UPDATE journal SET event = 'milestone.link' WHERE seq = 5"],
    "an entry removed from the middle": ["DELETE FROM journal WHERE seq = 3"],
    "the first removed": ["DELETE FROM journal WHERE seq = 1"],
    "the tail cut off": ["DELETE FROM journal WHERE seq >= 4"],
    "all removed": ["DELETE FROM journal"],
    "an entry removed and the rest moved up": ["DELETE FROM journal WHERE seq = 3", "UPDATE journal SET seq = 3 WHERE seq = 4", "UPDATE journal SET seq = 4 WHERE seq = 5"],
    "two entries swapped": ["UPDATE journal SET seq = 99 WHERE seq = 2", "UPDATE journal SET seq = 2 WHERE seq = 3", "UPDATE journal SET seq = 3 WHERE seq = 99"],
    "an entry slipped in": [
        "INSERT INTO journal (seq, at, actor_kind, event, object_key, data, prev, hash) SELECT 6, at, 'person', event, object_key, data, hash, 'aa'"
        " FROM journal WHERE seq = 5"
    ],
    "the head moved back": ["UPDATE journal_head SET seq = 4"],
    "the head's hash": ["UPDATE journal_head SET hash = 'aa'"],
    "the head removed": ["DELETE FROM journal_head"],
}  # fmt: skip


@pytest.mark.parametrize("statements", TAMPERINGS.values(), ids=TAMPERINGS)
def test_tampering_is_found(context, statements):
    tell()
    assert faults() == []
    tamper(*statements)
    assert faults() != []


def test_the_moment_of_an_entry_is_sealed_too(context):
    tell()
    shifts = {
        "sqlite": "UPDATE journal SET at = datetime(at, '+1 hour') WHERE seq = 2",
        "postgresql": "UPDATE journal SET at = at + interval '1 microsecond' WHERE seq = 2",
    }
    tamper(shifts[db.engine.dialect.name])
    assert [fault.seq for fault in faults()] == [2]


def test_a_second_entry_upon_the_same_one_cannot_be_stored(context):
    tell(2)
    with pytest.raises(IntegrityError):
        tamper(
            "INSERT INTO journal (seq, at, actor_kind, event, object_key, data, prev, hash)"
            " SELECT 3, at, actor_kind, event, object_key, data, prev, 'bb' FROM journal WHERE seq = 2"
        )
    db.session.rollback()


def _write(settings, number):
    app = create_app(settings)
    with app.app_context():
        for turn in range(EACH):
            with transaction():
                journal.write("milestone.comment", f"plan:P-{turn}@ro", actor_id=number, text=f"{number}/{turn}")
        db.session.remove()
        db.engine.dispose()


def test_eight_who_write_at_once_make_one_chain(context, settings: Settings, tmp_path: Path):
    processes = multiprocessing.get_context("spawn")
    writers = [processes.Process(target=_write, args=(settings, number)) for number in range(1, WRITERS + 1)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    assert faults() == []
    entries = db.session.query(journal.Entry).order_by(journal.Entry.seq).all()
    assert sorted(entry.fields["text"] for entry in entries) == sorted(
        f"{n}/{turn}" for n in range(1, WRITERS + 1) for turn in range(EACH)
    )


def keys(last):
    """Return what the ``last`` newest entries tell of, oldest first."""
    newest = select(journal.Entry.object_key).order_by(journal.Entry.seq.desc()).limit(last)
    return list(db.session.scalars(newest))[::-1]


def test_entries_written_together_stand_in_the_same_chain(context):
    tell(1)
    with transaction(), journal.together():
        for number in range(20):
            journal.write("milestone.comment", f"together:{number}", actor_id=7, text="")
    tell(1)
    assert keys(22) == ["plan:P-0@ro", *(f"together:{number}" for number in range(20)), "plan:P-0@ro"]
    assert faults() == []


def test_entries_written_together_go_with_what_they_tell_of(context):
    def broken_off():
        with transaction(), journal.together():
            journal.write("milestone.comment", "never", actor_id=7, text="")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    tell(1)
    assert keys(1) == ["plan:P-0@ro"]
    assert faults() == []
