"""What stands in the way of a new holder of a post, or of one who leaves."""

from datetime import date
from typing import Any

from ccc_pilot.db import db
from ccc_pilot.errors import Conflict, Refused
from ccc_pilot.i18n import gettext
from ccc_pilot.people import accounts
from ccc_pilot.people.models import Person, Post
from ccc_pilot.people.policy import Role


def nobody_first(post: Post, version: int | None, mine: dict[str, Any], own: dict[str, Any], day: date) -> None:
    """Raise ``Conflict`` where somebody else has changed the post after the form was shown: theirs is the holding written last.

    ``version`` is the post's that was shown (None: whatever it is); ``mine`` what is asked for now, ``own`` what each holding has of its own (days, note); what has ended on ``day`` is history.
    """
    if version in {None, post.version}:
        return
    standing = [holding for holding in post.holdings if holding.until is None or holding.until >= day]
    last = max(standing, key=lambda holding: holding.id, default=None)
    by = accounts.get(last.proposed_by_id).name if last and last.proposed_by_id else ""
    theirs = {name: getattr(last, name, None) for name in mine}
    raise Conflict(theirs=theirs | own, mine=mine | own, version=post.version, by=by)


def people(person: Person, deputy: Person | None, by_id: int | None) -> None:
    """Refuse a holder or deputy whose account is closed, who decides for themselves, or who are one and the same."""
    for who, field in ((person, "person_id"), (deputy, "deputy_id")):
        if who is not None and not who.active:
            raise Refused(gettext("The account of %(name)s is closed.", name=who.name), field)
        if who is not None and by_id == who.id:
            raise Refused(gettext("Nobody gives a post to themselves. Ask another administrator."), field)
    if deputy is person:
        raise Refused(gettext("Holder and deputy are the same person."), "deputy_id")


def order(post: Post, since: date) -> None:
    """Refuse a holding that begins before one that is decided already."""
    later = [h.since for h in post.holdings if h.approved and h.since > since]
    if later:
        sentence = gettext("Somebody holds the post from %(day)s on. Choose that day or a later one.", day=min(later))
        raise Refused(sentence, "since")


def an_administrator_stays(post: Post, day: date, by_id: int | None) -> None:
    """Refuse what would leave nobody who can administer the service on ``day``."""
    if post.role == Role.ADMINISTRATOR and by_id is not None:
        db.session.flush()
        if not accounts.able_administrators(day):
            raise Refused(gettext("Then nobody could administer the service. Let somebody else hold the post first."))
