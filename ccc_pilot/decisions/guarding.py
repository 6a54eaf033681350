"""Two who save the same meeting, point, decision or paragraph: the row is held, and nobody writes over what was not seen."""

from typing import Any

from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.decisions import words
from ccc_pilot.decisions.models import AgendaPoint, Decision, Meeting, Paragraph
from ccc_pilot.decisions.rules import Broken
from ccc_pilot.errors import Conflict, Refused
from ccc_pilot.people.models import Person

Row = Meeting | AgendaPoint | Decision | Paragraph


def hold(row: Row, version: int, mine: dict[str, Any]) -> None:
    """Lock ``row`` and read it anew; raise ``Conflict`` where it is no longer the ``version`` that the form showed.

    ``mine``: what was typed, by the names of the row's columns.
    """
    db.session.refresh(row, with_for_update={"of": type(row)})
    if row.version == version:
        return
    by = db.session.get(Person, row.updated_by_id) if row.updated_by_id else None
    theirs = {name: getattr(row, name) for name in mine}
    raise Conflict(theirs=theirs, mine=mine, version=row.version, by=by.name if by else "", at=row.updated_at)


def write(row: Row, given: dict[str, Any], actor_id: int) -> list[str]:
    """Put ``given`` into the row's columns and count its version up; returns the names of those that changed (none: nothing is touched)."""
    changed = [name for name, value in given.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, given[name])
    if changed:
        touch(row, actor_id)
    return changed


def touch(row: Row, actor_id: int) -> None:
    """Count the row's version up and note who changed it."""
    row.version = (row.version or 0) + 1
    row.updated_at, row.updated_by_id = utc_now(), actor_id


def refused(broken: Broken, field: str | None = None) -> Refused:
    """Return the refusal that puts a broken rule into words, at ``field`` or the field that the rule names."""
    return Refused(words.refusal(broken), field or broken.field)
