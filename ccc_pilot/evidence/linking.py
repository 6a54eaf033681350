"""Linking: an item proves something elsewhere, known by its key; a second person accepts it or says why not."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Forbidden, Refused
from ccc_pilot.evidence import finding, rules, words
from ccc_pilot.evidence.models import EvidenceItem, EvidenceLink
from ccc_pilot.evidence.neighbours import neighbours
from ccc_pilot.evidence.rules import COUNTS, LinkState
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.doors import Current

LONGEST_PLACE = 200


def link(
    item_id: int, object_key: str, place: str, by: Current, *, region: str | None = None, suggested: bool = False
) -> EvidenceLink:
    """Let an item prove what ``object_key`` names, at ``place`` (page or section; may be empty). Linked already: only the place is told anew.

    ``object_key`` is "edition:point@region", "plan:slug@region", "action:7", "meeting:3" …; ``region`` is the object's where its key does
    not say it. ``suggested``: nobody claims it yet, the region has to confirm. Raises ``NotFound`` for an item that ``by`` may not see,
    ``Forbidden`` where the object's region is not theirs, ``Refused`` for a key of no known shape or a withdrawn item.
    """
    item = finding.item(item_id, by, lock=True)
    where = rules.region_of(object_key) if region is None else region
    if not by.may("evidence.write", None if suggested else rules.keeper(where)):
        raise Forbidden
    if not rules.is_object_key(object_key):
        raise Refused(_("It is not known what this is to prove."), "object_key")
    if item.withdrawn_at is not None:
        raise Refused(_("This evidence is withdrawn and proves nothing more."))
    return _put(
        item, object_key, where, place.strip()[:LONGEST_PLACE], by, LinkState.SUGGESTED if suggested else LinkState.LINKED
    )


def decline(item_id: int, object_key: str, by: Current) -> None:
    """Say that an item does not prove what ``object_key`` names, though it was suggested: it is not offered again, but may be linked.

    Raises ``NotFound``, ``Forbidden`` where the object's region is not theirs, ``Refused`` for a key of no known shape.
    """
    item = finding.item(item_id, by, lock=True)
    if not rules.is_object_key(object_key):
        raise Refused(_("It is not known what this is to prove."), "object_key")
    if not by.may("evidence.write", rules.keeper(rules.region_of(object_key))):
        raise Forbidden
    if _known(item, object_key) is not None:
        return
    now = utc_now()
    kept = EvidenceLink(
        item_id=item.id, object_key=object_key, region=rules.region_of(object_key), place="", state=LinkState.SUGGESTED, reason="",
        by_id=by.person_id, at=now, removed_at=now, removed_by_id=by.person_id,
    )  # fmt: skip
    db.session.add(kept)
    _tell("evidence.declined", item, kept, by)


def _known(item: EvidenceItem, object_key: str) -> EvidenceLink | None:
    asked = select(EvidenceLink).where(EvidenceLink.item_id == item.id, EvidenceLink.object_key == object_key)
    return db.session.scalar(asked.with_for_update())


def _put(item: EvidenceItem, object_key: str, region: str, place: str, by: Current, state: LinkState) -> EvidenceLink:
    known = _known(item, object_key)
    if known is not None and known.removed_at is None:
        return _renew(known, place, by, state)
    kept = known or EvidenceLink(item_id=item.id, object_key=object_key)
    kept.region, kept.place, kept.state, kept.reason = region, place, state, ""
    kept.by_id, kept.at, kept.removed_at, kept.removed_by_id = by.person_id, utc_now(), None, None
    kept.judged_by_id = kept.judged_at = kept.judged_number = None
    db.session.add(kept)
    db.session.flush()
    _tell("evidence.linked", item, kept, by, place=place, state=state)
    _changed(kept, by, counted=False)
    return kept


def _renew(kept: EvidenceLink, place: str, by: Current, state: LinkState) -> EvidenceLink:
    if kept.state == LinkState.SUGGESTED and state == LinkState.LINKED:
        return _confirm(kept, place or kept.place, by)
    if place and place != kept.place:
        kept.place = place
        _tell("evidence.linked", kept.item, kept, by, place=place, state=kept.state)
    return kept


def confirm(link_id: int, by: Current) -> EvidenceLink:
    """Let a suggestion count as linked. Raises ``NotFound``, ``Forbidden`` where the region is not theirs."""
    kept = finding.link(link_id, by)
    if not by.may("evidence.write", rules.keeper(kept.region)):
        raise Forbidden
    return _confirm(kept, kept.place, by) if kept.state == LinkState.SUGGESTED else kept


def _confirm(kept: EvidenceLink, place: str, by: Current) -> EvidenceLink:
    kept.state, kept.place, kept.by_id, kept.at = LinkState.LINKED, place, by.person_id, utc_now()
    _tell("evidence.linked", kept.item, kept, by, place=place, state=kept.state)
    _changed(kept, by, counted=False)
    return kept


def judge(link_id: int, verdict: str, reason: str, number: int, by: Current) -> EvidenceLink:
    """Accept or reject that an item proves something: ``verdict`` "accepted" or "rejected" (with a ``reason``) on the version ``number``.

    Four eyes: who linked it, put up the version or bears what it proves does not judge. Raises ``NotFound``, ``Forbidden``, ``Refused``.
    """
    kept = finding.link(link_id, by)
    if not by.may("evidence.accept", kept.region or kept.item.region):
        raise Forbidden
    latest, before = finding.version(kept.item), kept.state
    try:
        kept.state = rules.judge(
            LinkState(kept.state), LinkState(verdict), reason=reason.strip(), judge_id=by.person_id, linked_by=kept.by_id,
            uploaded_by=latest.person_id, shown=number, latest=latest.number, bearers=bearers(kept.object_key),
        )  # fmt: skip
    except rules.Broken as broken:
        raise Refused(words.refusal(broken), broken.field) from broken
    kept.reason, kept.judged_by_id, kept.judged_at, kept.judged_number = reason.strip(), by.person_id, utc_now(), number
    _tell("evidence.judged", kept.item, kept, by, state=[before, kept.state], reason=kept.reason, number=number)
    _changed(kept, by, counted=before in COUNTS)
    return kept


def bearers(object_key: str) -> Collection[int]:
    """Return who claims the thing that ``object_key`` names, and so does not judge what proves it."""
    return neighbours().bearers([object_key]).get(object_key, ())


def unlink(link_id: int, by: Current) -> None:
    """Take a link away; it is kept out of sight. Raises ``NotFound``, ``Forbidden`` where the object's region is not theirs."""
    kept = finding.link(link_id, by)
    if not by.may("evidence.write", rules.keeper(kept.region)):
        raise Forbidden
    kept.removed_at, kept.removed_by_id = utc_now(), by.person_id
    _tell("evidence.unlinked", kept.item, kept, by)
    _changed(kept, by, counted=kept.state in COUNTS)


def changed(item: EvidenceItem, by: Current) -> None:
    """Tell that all that ``item`` counts for has other proofs now: it was renewed, changed in kind or validity, withdrawn or taken back."""
    keys = [kept.object_key for kept in finding.links_of(item) if kept.state in COUNTS]
    db.session.flush()
    neighbours().changed(keys, by.person_id)


def _changed(kept: EvidenceLink, by: Current, *, counted: bool) -> None:
    """Tell that a thing has other proofs now, if this link counts (was not removed, suggested or rejected) where it did not or the reverse."""
    if counted != (kept.removed_at is None and kept.state in COUNTS):
        db.session.flush()
        neighbours().changed([kept.object_key], by.person_id)


def ask_anew(item: EvidenceItem) -> int:
    """Let links that were accepted on an earlier version wait for a new judgement; returns how many. What is rejected stays so until judged."""
    judged = [kept for kept in finding.links_of(item) if kept.state == LinkState.ACCEPTED]
    for kept in judged:
        kept.state, kept.reason = LinkState.LINKED, ""
        kept.judged_by_id = kept.judged_at = kept.judged_number = None
    return len(judged)


def _tell(event: str, item: EvidenceItem, kept: EvidenceLink, by: Current, **fields: Any) -> None:
    journal.write(event, item.key, actor_id=by.person_id, region=kept.region or item.region, proves=kept.object_key, **fields)
