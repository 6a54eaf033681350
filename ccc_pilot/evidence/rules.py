"""Rules of evidence, pure: states of a link, what has grown old, who may judge, what a list of questions amounts to."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

from ccc_pilot.dates import add_months

STALE_MONTHS = 24
NETWORK = "sosr"  # the key of what the regions have in common (as in people.policy, which no pure file reads)
FAILURES_TO_DEAD = 3
OBJECT_KEY = re.compile(r"[a-z][a-z0-9-]{0,59}:[\w.~+-]{1,100}(?::[\w.~+-]{1,60})?(?:@[a-z]{2,20})?(?:/[\w.~-]{1,20})?", re.ASCII)
# What may be noticed in a file that was taken: it is told to those who open it.
FLAGS = ("protected", "author", "position", "personal_number")
QUESTIONS = ("relevant", "reliable", "current", "verifiable", "complete", "in_use", "clear")


class LinkState(StrEnum):
    """Where a link stands: proposed, claimed by the region, found good by a second person, or found wanting."""

    SUGGESTED = "suggested"
    LINKED = "linked"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


COUNTS = frozenset({LinkState.LINKED, LinkState.ACCEPTED})


class AddressState(StrEnum):
    """What the last look at an address found. ``INSIDE``: it lies on an inner network, where nobody looks."""

    UNKNOWN = ""
    ALIVE = "alive"
    AWAY = "away"
    DEAD = "dead"
    INSIDE = "inside"


class Broken(Exception):
    """A rule says no; ``code`` names which, ``field`` the field at fault."""

    def __init__(self, code: str, field: str | None = None):
        super().__init__(code)
        self.code = code
        self.field = field


def region_of(object_key: str) -> str:
    """Return the region that an object's key names ("…@ro/2025-10": "ro"), or an empty text."""
    return object_key.rpartition("@")[2].partition("/")[0] if "@" in object_key else ""


def keeper(region: str) -> str | None:
    """Return the region in which one must be allowed to write to link something to a thing of ``region``; None: in any.

    To what the network has in common everybody links who may write evidence at all.
    """
    return None if region in {"", NETWORK} else region


def is_object_key(text: str) -> bool:
    """Whether ``text`` has the shape of an object's key."""
    return len(text) <= 200 and OBJECT_KEY.fullmatch(text) is not None


def is_expired(valid_until: date | None, today: date) -> bool:
    """Whether the document's own last day has passed."""
    return valid_until is not None and valid_until < today


def is_stale(document_date: date | None, today: date, months: int = STALE_MONTHS) -> bool:
    """Whether the document was dated more than ``months`` ago; of one without a date nobody can tell, so it is not.

    Source: the project's own definition of evidence that should be looked over.
    """
    return document_date is not None and add_months(document_date, months) < today


def judge(
    state: LinkState, verdict: LinkState, *, reason: str, judge_id: int, linked_by: int, uploaded_by: int, shown: int, latest: int,
    bearers: Collection[int] = (),
) -> LinkState:  # fmt: skip
    """Return the state of a link after ``verdict`` (accepted or rejected) on the version ``shown``.

    Four eyes: neither who linked, nor who put up the version, nor who claims what it proves (``bearers``) judges. Raises ``Broken``: "own",
    "borne", "state" (a suggestion is first confirmed), "reason" (a rejection says why), "version" (a newer one has come).
    """
    if judge_id in {linked_by, uploaded_by}:
        raise Broken("own")
    if judge_id in bearers:
        raise Broken("borne")
    if state == LinkState.SUGGESTED or verdict not in {LinkState.ACCEPTED, LinkState.REJECTED}:
        raise Broken("state")
    if shown != latest:
        raise Broken("version")
    if verdict == LinkState.REJECTED and not reason:
        raise Broken("reason", "reason")
    return verdict


def may_judge(person_id: int, *, linked_by: int, uploaded_by: int, bearers: Collection[int] = ()) -> bool:
    """Whether a person is a second pair of eyes to a link."""
    return person_id not in {linked_by, uploaded_by, *bearers}


def address_state(reached: bool, gone: bool, failures: int) -> AddressState:
    """Return what an address counts as: ``gone`` (the server says that nothing is there) or not reached ``failures`` times in a row."""
    if reached:
        return AddressState.ALIVE
    return AddressState.DEAD if gone or failures >= FAILURES_TO_DEAD else AddressState.AWAY


def quality(answers: Mapping[str, str]) -> tuple[int, int] | None:
    """Return how many of the questions that were answered got a yes, and how many were answered; None where none was."""
    given = [answers[question] for question in QUESTIONS if question in answers]
    return (sum(answer == "yes" for answer in given), len(given)) if given else None
