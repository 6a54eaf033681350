"""What a decision is linked to by key, and under which numbers organisations have registered it."""

from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.db import db
from ccc_pilot.decisions.models import Decision, DecisionLink, Registration
from ccc_pilot.errors import NotFound, Refused
from ccc_pilot.i18n import gettext as _

MOST = 100


def link(*, target: Decision, relation: str, object_key: str, note: str, actor_id: int) -> DecisionLink:
    """Link a decision to another thing: ``relation`` of ``rules.Relation``, the thing by its key or told by ``note`` alone.

    Raises ``Refused`` where neither is told, where it is linked so already, or where there are too many.
    """
    if not object_key and not note:
        raise Refused(_("Say what it is linked to."), "thing")
    if len(target.links) >= MOST:
        raise Refused(_("A decision has at most %(most)s links.", most=MOST))
    if any((one.relation, one.object_key, one.note) == (relation, object_key, note) for one in target.links):
        raise Refused(_("It is linked so already."), "thing")
    kept = DecisionLink(decision_id=target.id, relation=relation, object_key=object_key, note=note)
    target.links.append(kept)
    db.session.flush()
    _told(target, kept, "added", actor_id)
    return kept


def unlink(*, target: Decision, link_id: int, actor_id: int) -> None:
    """Take a link away. Raises ``NotFound``."""
    kept = next((one for one in target.links if one.id == link_id), None)
    if kept is None:
        raise NotFound
    _told(target, kept, "removed", actor_id)
    target.links.remove(kept)


def _told(target: Decision, kept: DecisionLink, verdict: str, actor_id: int) -> None:
    journal.write(
        "decision.link",
        target.place_key,
        actor_id=actor_id,
        title=kept.object_key or kept.note,
        relation=kept.relation,
        verdict=verdict,
    )


def register(*, target: Decision, organisation_key: str, number: str, actor_id: int) -> None:
    """Say under which ``number`` an organisation has registered the decision; an empty one takes the number away."""
    kept = db.session.scalar(
        select(Registration).where(Registration.decision_id == target.id, Registration.organisation_key == organisation_key)
    )
    if kept is not None:
        target.registrations.remove(kept)
        db.session.flush()
    if number.strip():
        target.registrations.append(Registration(organisation_key=organisation_key, number=number.strip()))
    journal.write(
        "decision.registered", target.place_key, actor_id=actor_id, organisation=organisation_key, number=number.strip()
    )
