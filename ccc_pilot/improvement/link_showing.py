"""What an action has to do with, ready to be shown: by kind, each with its words, its address and how it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import url_for

from ccc_pilot.evidence import link_showing
from ccc_pilot.evidence import reading as evidence
from ccc_pilot.evidence.link_showing import Proofs
from ccc_pilot.i18n import gettext as _
from ccc_pilot.improvement import linking
from ccc_pilot.improvement.models import Action, ActionLink
from ccc_pilot.improvement.neighbours import Neighbours
from ccc_pilot.improvement.words import Standing, standing
from ccc_pilot.people.doors import Current


@dataclass(frozen=True, slots=True)
class Linked:
    """A thing: short words, title, address (empty: it has no page), how it stands (actions alone), and where the link is taken away."""

    short: str
    title: str
    url: str
    standing: Standing | None
    remove: str


@dataclass(frozen=True, slots=True)
class Group:
    """The things of one kind, and the icon they stand with."""

    words: str
    icon: str
    rows: list[Linked]


def groups(action: Action, near: Neighbours, today: date, *, may_edit: bool) -> list[Group]:
    """Return what ``action`` comes from, belongs to, waits for and is waited for by; kinds without any are left out."""
    known, awaited = near.named([one.key for one in action.links]), linking.awaited(action.links)

    def remove(link: ActionLink) -> str:
        return url_for("improvement.unlink", action_id=action.id, number=link.id) if may_edit else ""

    def told(link: ActionLink) -> Linked:
        if link.key in awaited:
            return _action(awaited[link.key], today, remove(link))
        if found := known.get(link.key):
            return Linked(found.short, found.title, found.url, None, remove(link))
        return Linked(_kind(link), link.title or link.key, "", None, remove(link))

    waiting = [_action(one, today, "") for one in linking.waiting(action.plan, action.key)]
    found = [
        Group(_("Comes from"), "target", _of(action, linking.ORIGIN, told)), Group(_("Milestones"), "flag", _of(action, linking.MILESTONE, told)),
        Group(_("Waits for"), "hourglass", _of(action, linking.WAITS_FOR, told)), Group(_("Is waited for by"), "clock", waiting),
    ]  # fmt: skip
    return [group for group in found if group.rows]


def proofs(action: Action, who: Current, at: str) -> Proofs:
    """Return what proves that ``action`` is done, ready for the part that shows it; ``at`` is the path of the page it stands on."""
    found = evidence.for_objects([action.key], who)[action.key]
    return link_showing.proofs(action.key, found, who, at, region=action.region)


def _of(action: Action, kind: str, told: Callable[[ActionLink], Linked]) -> list[Linked]:
    return [told(link) for link in action.links if link.kind == kind]


def _action(action: Action, today: date, remove: str) -> Linked:
    how = standing(action.state, action.percent, action.due, today)
    return Linked(action.code, action.title, url_for("improvement.show", action_id=action.id), how, remove)


def _kind(link: ActionLink) -> str:
    words = {
        "finding": _("Finding"),
        "decision": _("Decision"),
        "meeting": _("Meeting"),
        "visit": _("Site visit"),
        "gap": _("Gap"),
    }
    return words.get(link.key.partition(":")[0], "")
