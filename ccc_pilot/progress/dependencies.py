"""What waits for what: the plans' dependencies and the pilot's own, and what a change does to those that wait."""

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, or_, select

from ccc_pilot import journal
from ccc_pilot.catalogue import Plan, load_plans
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import NotFound, Refused
from ccc_pilot.folding import fold
from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.models import Pilot
from ccc_pilot.progress import rules
from ccc_pilot.progress.listing import Line
from ccc_pilot.progress.models import MilestoneDependency, MilestoneLine, MilestoneRow
from ccc_pilot.progress.rules import Place
from ccc_pilot.progress.words import consequence

Edges = Mapping[str, tuple[str, ...]]
MOST_OFFERED = 5


def edges(pilot: Pilot, added: Iterable[tuple[str, str]] | None = None) -> Edges:
    """Return what each line waits for, by key ("edition:id"): the plans' own dependencies and those that the pilot added.

    ``added`` saves a query where the latter are known already. The plans are looked up, never copied, however long they are.
    """
    planned: Edges = ChainMap(*(followed.waits_for for followed in _plans(pilot)))
    return _with(planned, own(pilot) if added is None else added)


def waiters(pilot: Pilot, added: Iterable[tuple[str, str]] | None = None) -> Edges:
    """Return the same the other way round: what waits for each line."""
    planned: Edges = ChainMap(*(followed.waited_for for followed in _plans(pilot)))
    return _with(planned, ((on, key) for key, on in (own(pilot) if added is None else added)))


def _plans(pilot: Pilot) -> list[Plan]:
    plans = load_plans()
    return [plans[key] for key in pilot.plan_keys if key in plans]


def _with(planned: Edges, added: Iterable[tuple[str, str]]) -> Edges:
    more: dict[str, tuple[str, ...]] = {}
    for one, other in added:
        more[one] = tuple(dict.fromkeys([*more.get(one, planned.get(one, ())), other]))
    return ChainMap(more, planned)  # type: ignore[arg-type]


def own(pilot: Pilot) -> list[tuple[str, str]]:
    """Return the dependencies that the pilot added: pairs of a key and the key it waits for, oldest first."""
    table = MilestoneDependency
    statement = select(table.key, table.waits_for).where(table.pilot_id == pilot.id).order_by(table.id)
    return [(key, on) for key, on in db.session.execute(statement)]


def add(*, pilot: Pilot, target: Line, waits_for: str, actor_id: int) -> str:
    """Let the line ``target`` wait for the one that ``waits_for`` names (an id or words of a title); returns that one's key.

    Raises ``Refused`` where none or several fit, where it waits already, or where a loop would close (told as a chain).
    The pilot is locked meanwhile, so that two who save at once cannot close a loop together.
    """
    if target.occurrence:
        raise Refused(_("One time of a recurring milestone cannot wait for others."), "waits_for")
    db.session.execute(select(Pilot.id).where(Pilot.id == pilot.id).with_for_update(key_share=True))
    key, known = target.item.key, edges(pilot)
    on = _named(pilot, key, waits_for)
    if on in known.get(key, ()):
        raise Refused(_("It waits for that one already."), "waits_for")
    chain = rules.loop(known, key, on)
    if chain:
        raise Refused(_("That would be a loop: %(chain)s.", chain=_in_words(chain)), "waits_for")
    db.session.add(MilestoneDependency(pilot_id=pilot.id, key=key, waits_for=on, at=utc_now(), person_id=actor_id))
    journal.write("milestone.dependency_added", key, actor_id=actor_id, waits_for=on)
    return on


def remove(*, pilot: Pilot, target: Line, waits_for: str, actor_id: int) -> None:
    """Take away a dependency that the pilot added (``waits_for``: the key); those of the plans stay. Raises ``NotFound``."""
    table, key = MilestoneDependency, target.item.key
    gone = delete(table).where(table.pilot_id == pilot.id, table.key == key, table.waits_for == waits_for).returning(table.id)
    if db.session.scalars(gone).first() is None:
        raise NotFound
    journal.write("milestone.dependency_removed", key, actor_id=actor_id, waits_for=waits_for)


def told(pilot: Pilot, row: MilestoneRow, *, moved: bool = False) -> str:
    """Return the sentence on what ``row``, as it was just saved, does to those that wait for it; ``moved``: its date was changed."""
    key, added = row.line.key, own(pilot)
    known = edges(pilot, added)
    near = {waiter: known[waiter] for waiter in waiters(pilot, added).get(key, ())} if not row.line.occurrence else {}
    if not near:
        return ""
    there = places(pilot, {key, *near, *(name for on in near.values() for name in on)})
    return consequence(rules.consequences(near, there, key, row.region), moved=moved)


def places(pilot: Pilot, keys: Iterable[str]) -> list[Place]:
    """Return the rows of the lines ``keys`` (those that do not recur) as dependencies see them, in the plans' order. One query.

    They are put in order here: asked for in order, SQLite walks all lines of the pilot instead of looking up these.
    """
    statement = (
        select(
            MilestoneLine.position, MilestoneRow.id, MilestoneLine.key, MilestoneRow.region, MilestoneRow.status, MilestoneRow.due
        )
        .join(MilestoneRow.line)
        .where(MilestoneLine.pilot_id == pilot.id, MilestoneLine.key.in_(sorted(keys)), MilestoneLine.occurrence == "")
    )
    found = sorted(db.session.execute(statement), key=lambda row: row[:2])
    return [Place(key, region, status, due) for _position, _id, key, region, status, due in found]


def _named(pilot: Pilot, key: str, words: str) -> str:
    table, plan_key, wanted = MilestoneLine, key.split(":", 1)[0], fold(words).split()
    statement = select(table.key).where(table.pilot_id == pilot.id, table.occurrence == "").order_by(table.position)
    exact = statement.where(or_(table.key == f"{plan_key}:{words.strip()}", table.key == words.strip()))
    fitting = statement.where(*(table.search.contains(word, autoescape=True) for word in wanted[:8]))
    found = db.session.scalars(exact).all() or (db.session.scalars(fitting.limit(MOST_OFFERED + 1)).all() if wanted else [])
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused(_("No milestone of this pilot fits that; write its id, such as P0-05."), "waits_for")
    names = ", ".join(name_of(each) for each in found[:MOST_OFFERED]) + (" …" if len(found) > MOST_OFFERED else "")
    raise Refused(_("Several fit: %(names)s. Write the id of one.", names=names), "waits_for")


def name_of(key: str) -> str:
    """Return how a line is named in a sentence: its id within its plan."""
    return key.split(":", 1)[1]


def _in_words(chain: Sequence[str]) -> str:
    pairs = zip(chain, chain[1:], strict=False)
    return ", ".join(_("%(one)s waits for %(other)s", one=name_of(one), other=name_of(other)) for one, other in pairs)
