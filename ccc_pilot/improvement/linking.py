"""What an action comes from and belongs to, by key, and which other actions it waits for. Links say nothing new: the plan stays as it is."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.db import db
from ccc_pilot.errors import Forbidden, NotFound, Refused
from ccc_pilot.folding import fold
from ccc_pilot.i18n import gettext as _
from ccc_pilot.improvement import amending, reading, rules, service
from ccc_pilot.improvement.models import Action, ActionLink, ImprovementPlan, code_of
from ccc_pilot.improvement.neighbours import Named, Neighbours
from ccc_pilot.people.doors import Current
from ccc_pilot.people.models import Pilot

ORIGIN, MILESTONE, WAITS_FOR = "origin", "milestone", "waits_for"
MOST = 60
LONGEST = 2_000
ORIGINS = ("gap:", "finding:", "decision:", "meeting:", "visit:")
CODE = re.compile(r"[Ff]-?0*(\d{1,6})", re.ASCII)
PAGE = re.compile(r"(?:/improvement/actions/|^action:)(\d{1,9})\b", re.ASCII)


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to be linked: its key, and the words that are kept with the link."""

    key: str
    title: str

    @property
    def kind(self) -> str:
        """Which kind of link it makes."""
        return WAITS_FOR if self.key.startswith("action:") else ORIGIN if self.key.startswith(ORIGINS) else MILESTONE


def names(text: str) -> list[str]:
    """Return what ``text`` names, a line or a comma between, each once."""
    return list(dict.fromkeys(part for part in (piece.strip() for piece in re.split(r"[\n,;]", text)) if part))


def visit(words: str) -> Thing:
    """Return a site visit that is told in words: it has no page of its own here. Words without a Latin letter are told apart by a checksum."""
    told = " ".join(words.split())[:200]
    slug = re.sub(r"[^a-z0-9]+", "-", fold(told)).strip("-")[:140]
    if not slug or (any(map(str.isalpha, told)) and not any(map(str.isalpha, slug))):
        slug = f"{slug}-{hashlib.sha256(fold(told).encode()).hexdigest()[:12]}".strip("-")
    return Thing(f"visit:{slug}", told)


def things(plan: ImprovementPlan, region: str, text: str, words: str, near: Neighbours, pilot: Pilot) -> list[Thing]:
    """Return what is named in ``text`` (see ``names``) and the site visit told in ``words``, for an action of ``region`` in ``plan``.

    Raises ``Refused`` with what nobody knows.
    """
    found = {name: another(plan, name) for name in names(text)}
    keys = {name: near.find(pilot, name, region) for name, one in found.items() if one is None}
    known = near.named(key for key in keys.values() if key)
    found |= {name: _thing(key, known) for name, key in keys.items()}
    strange = [name for name, one in found.items() if one is None]
    if strange:
        raise Refused(_("Nobody here knows what this is: %(names)s.", names=", ".join(strange)), "things_text")
    return [*(one for one in found.values() if one), *([visit(words)] if words.strip() else [])]


def known(keys: Sequence[str], near: Neighbours) -> list[Thing]:
    """Return what ``keys`` name, those that nobody knows left out."""
    found = near.named(keys)
    return [one for key in dict.fromkeys(keys) if (one := _thing(key, found))]


def _thing(key: str, known: Mapping[str, Named]) -> Thing | None:
    return Thing(key, f"{known[key].short} {known[key].title}".strip()) if key in known else None


def another(plan: ImprovementPlan, name: str) -> Thing | None:
    """Return the action of ``plan`` that ``name`` says (F-01, its key or the address of its page), None where it says none."""
    if code := CODE.fullmatch(name):
        same = Action.number == int(code[1])
    elif page := PAGE.search(name):
        same = Action.id == int(page[1])
    else:
        return None
    found = db.session.scalar(select(Action).where(Action.plan_id == plan.id, same))
    return Thing(found.key, f"{found.code} {found.title}") if found else None


def link_named(
    *, target: Action, things_text: str, visit_words: str, near: Neighbours, pilot: Pilot, who: Current
) -> int:  # fmt: skip
    """Link what a person names: see ``things`` and ``link``; returns how many links are new."""
    found = things(target.plan, target.region, things_text, visit_words, near, pilot)
    if not found:
        raise Refused(_("Say what it is linked to."), "things_text")
    return len(link(target=target, things=found, who=who))


def link(*, target: Action, things: Sequence[Thing], who: Current) -> list[ActionLink]:
    """Let an action come from, belong to or wait for ``things``; those that are linked so already stay as they are.

    Raises ``Forbidden``; ``Refused`` for itself, for too many, where nothing is new, or where actions would wait for each other in a circle.
    """
    amending.lock(target.plan)
    db.session.refresh(target, with_for_update={"of": Action})
    if not reading.may_edit(who, target):
        raise Forbidden
    there = {(one.kind, one.key) for one in target.links}
    new = [one for one in dict.fromkeys(things) if (one.kind, one.key) not in there]
    if not new:
        raise Refused(_("It is linked so already."), "things_text")
    if len(target.links) + len(new) > MOST:
        raise Refused(_("An action has at most %(most)s links.", most=MOST), "things_text")
    _refuse_circles(target, [one for one in new if one.kind == WAITS_FOR])
    made = [ActionLink(kind=one.kind, key=one.key, title=one.title) for one in new]
    target.links.extend(made)
    db.session.flush()
    for one in made:
        _tell(target, one, who, "added")
    service.record(target, who.person_id, "link", [["links", "", one.title or one.key] for one in made])
    return made


def _refuse_circles(target: Action, waits: Sequence[Thing]) -> None:
    edges = waits_for(target.plan) if waits else {}
    for one in waits:
        circle = rules.circle(edges, target.key, one.key)
        if circle:
            raise Refused(_("They would wait for each other: %(chain)s.", chain=" → ".join(_codes(circle))), "things_text")


def _codes(keys: Sequence[str]) -> list[str]:
    numbers = {key: int(key.partition(":")[2]) for key in keys}
    found = dict(db.session.execute(select(Action.id, Action.number).where(Action.id.in_(numbers.values()))).all())
    return [code_of(found[numbers[key]]) for key in keys]


def waits_for(plan: ImprovementPlan) -> dict[str, list[str]]:
    """Return what each action of ``plan`` waits for, by key. One query."""
    statement = select(Action.id, ActionLink.key).join(ActionLink, ActionLink.action_id == Action.id)
    found: dict[str, list[str]] = {}
    for number, key in db.session.execute(statement.where(Action.plan_id == plan.id, ActionLink.kind == WAITS_FOR)):
        found.setdefault(f"action:{number}", []).append(key)
    return found


def unlink(*, target: Action, link_id: int, who: Current) -> None:
    """Take a link away. Raises ``NotFound``, or ``Forbidden``."""
    amending.lock(target.plan)
    db.session.refresh(target, with_for_update={"of": Action})
    if not reading.may_edit(who, target):
        raise Forbidden
    kept = next((one for one in target.links if one.id == link_id), None)
    if kept is None:
        raise NotFound
    _tell(target, kept, who, "removed")
    service.record(target, who.person_id, "link", [["links", kept.title or kept.key, ""]])
    target.links.remove(kept)


def _tell(target: Action, kept: ActionLink, who: Current, verdict: str) -> None:
    journal.write(
        "improvement.link", target.key, actor_id=who.person_id, region=target.region, title=kept.title or kept.key, relation=kept.kind,
        verdict=verdict,
    )  # fmt: skip


def waiting(plan: ImprovementPlan, key: str) -> list[Action]:
    """Return the actions of ``plan`` that wait for the one called ``key``, by number."""
    waits = select(ActionLink.action_id).where(ActionLink.kind == WAITS_FOR, ActionLink.key == key)
    return list(db.session.scalars(select(Action).where(Action.plan_id == plan.id, Action.id.in_(waits)).order_by(Action.number)))


def awaited(links: Iterable[ActionLink]) -> Mapping[str, Action]:
    """Return the actions that ``links`` wait for, by key. One query; none where nothing is waited for."""
    ids = [int(one.key.partition(":")[2]) for one in links if one.kind == WAITS_FOR]
    return {one.key: one for one in db.session.scalars(select(Action).where(Action.id.in_(ids)))} if ids else {}
