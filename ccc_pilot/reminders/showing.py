"""From reminders to what a page shows."""

from datetime import date

from ccc_pilot.errors import NotFound
from ccc_pilot.people import pilots
from ccc_pilot.reminders import inbox, words
from ccc_pilot.reminders.deadlines import Deadline
from ccc_pilot.reminders.rules import Why


def notices(person_id: int, day: date) -> list[words.ShownNotice]:
    """Return the person's inbox as a page shows it."""
    return [words.shown(notice, shorts()) for notice in inbox.of(person_id, day)]


def shorts() -> dict[str, str]:
    """Return the short names of the pilot's regions by key; none without a pilot."""
    try:
        return {region.key: region.short for region in pilots.regions(pilots.chosen())}
    except NotFound:
        return {}


def thing(deadline: Deadline, day: date) -> words.ShownNotice:
    """Return a deadline as a page shows it that is about it alone."""
    return words.shown(inbox.Notice(0, deadline, (deadline.due - day).days, Why.OWN), shorts())
