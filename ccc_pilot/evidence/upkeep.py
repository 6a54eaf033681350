"""What is done with evidence without anybody waiting: the slow part (files, the network) outside a transaction, what was found within one."""

from ccc_pilot.db import db, transaction
from ccc_pilot.evidence import addresses, keeping, texts
from ccc_pilot.evidence.keeping import Findings
from ccc_pilot.evidence.store import Store


def read_texts(store: Store) -> int:
    """Read the texts that wait, some at a time, for the search; returns of how many versions there now is one."""
    waiting = texts.waiting()
    db.session.close()
    found = texts.read(store, waiting)
    with transaction():
        return texts.keep(found)


def look_over(store: Store) -> tuple[Findings, int]:
    """Compare every stored file with its hash; returns what was found, and how many versions are newly marked as damaged or gone."""
    found = keeping.walk(store)
    with transaction():
        return found, keeping.note(found)


def ask_addresses() -> tuple[int, int]:
    """Ask the addresses that have not been asked for a week; returns how many were asked, and how many are newly dead."""
    due = addresses.due()
    db.session.close()
    seen = [(number, addresses.look(address)) for number, address in due]
    with transaction():
        return len(seen), addresses.note(seen)
