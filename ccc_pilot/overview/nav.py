"""The main menu: what each role may open, in the order of a working week."""

from dataclasses import dataclass

from flask import request, url_for

from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.doors import Current

CALENDAR = "reminders.calendar"  # an entry of its own beside the other pages of its room


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu."""

    url: str
    label: str
    icon: str
    current: bool
    count: int | None = None


def menu(who: Current) -> list[Entry]:
    """Return the entries that ``who`` may open; the one that the page belongs to is marked."""
    rooms = (
        ("overview.index", _("Overview"), "layout-dashboard", "overview.read", ("overview.index", "overview.region")),
        ("progress.index", _("Milestones"), "flag", "milestone.read", "progress."),
        ("frameworks.index", _("Standards"), "book", "standards.read", "frameworks."),
        ("reminders.calendar", _("Calendar"), "calendar", "milestone.read", CALENDAR),
        ("reminders.index", _("Reminders"), "bell", "own.reminders", "reminders."),
        ("decisions.meetings", _("Meetings and decisions"), "gavel", "decision.read", "decisions."),
        ("assessment.index", _("Self-assessment"), "checklist", "assessment.read", "assessment."),
        ("assessment.reviews", _("Peer review"), "microscope", "assessment.peer", "assessment."),
        ("evidence.index", _("Evidence"), "paperclip", "evidence.read", "evidence."),
        ("improvement.index", _("Improvement plan"), "arrow-up-right-circle", "improvement.read", "improvement."),
        ("briefings.index", _("Briefings"), "presentation", "briefing.published", "briefings."),
        ("people.leads", _("Project leads"), "users-group", "leads.read", "people.leads"),
        ("people.index", _("People"), "user", "people.read", "people.index"),
        ("people.posts", _("Posts"), "id-badge-2", "people.read", "people.posts"),
        ("overview.journal", _("Journal"), "history", "journal.read", "overview.journal"),
        ("people.permissions", _("Permissions"), "shield-check", "policy.read", "people.permissions"),
    )
    here = request.endpoint or ""
    return [
        Entry(url_for(endpoint), label, icon, here.startswith(prefix) and (here == CALENDAR) == (prefix == CALENDAR))
        for endpoint, label, icon, action, prefix in rooms
        if who.may(action)
    ]
