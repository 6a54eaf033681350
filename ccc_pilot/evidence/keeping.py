"""The store kept in order: files whose content no longer has the hash they are called by are told, and what nobody mentions is swept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.evidence.models import EvidenceItem, EvidenceVersion
from ccc_pilot.evidence.store import Store, digest

UNMENTIONED_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Findings:
    """What a walk through the store found: the hashes of the files that are as they were, and of those that are not."""

    sound: frozenset[str]
    damaged: frozenset[str]


def walk(store: Store) -> Findings:
    """Read every file of ``store`` and compare it with its name; asks the database nothing, and so holds nobody up."""
    found = [(path.name, digest(path) == path.name) for path in store.all()]
    return Findings(frozenset(name for name, sound in found if sound), frozenset(name for name, sound in found if not sound))


def note(findings: Findings) -> int:
    """Mark the versions whose file is damaged or gone, and unmark those whose file is back; returns how many are newly marked."""
    marked = 0
    for version, item in db.session.execute(
        select(EvidenceVersion, EvidenceItem)
        .join(EvidenceVersion.item)
        .where(EvidenceVersion.sha256 != "")
        .order_by(EvidenceVersion.id)
    ):
        if version.sha256 in findings.sound:
            version.damaged_at = None
        elif version.damaged_at is None:
            version.damaged_at = utc_now()
            journal.write("evidence.damaged", item.key, actor_id=None, region=item.region, number=version.number)
            marked += 1
    return marked


def sweep(store: Store) -> int:
    """Take away files that no version mentions and drafts that were cut off, once they are a day old; returns how many."""
    known = set(db.session.scalars(select(EvidenceVersion.sha256).where(EvidenceVersion.sha256 != "")))
    limit = (utc_now() - UNMENTIONED_FOR).timestamp()
    old = [path for path in (*store.drafts(), *store.all()) if path.name not in known and path.stat().st_mtime < limit]
    return _remove(old)


def _remove(paths: Iterable[Path]) -> int:
    count = 0
    for path in paths:
        path.unlink(missing_ok=True)
        count += 1
    return count
