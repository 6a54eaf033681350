"""Ways to look at a plan's table that somebody has named, for themselves or for everybody."""

from collections.abc import Sequence
from urllib.parse import urlencode

from sqlalchemy import or_, select

from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import NotFound, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.improvement.models import ImprovementPlan
from ccc_pilot.improvement.review_models import SavedView
from ccc_pilot.people.doors import Current

MOST = 30


def views(plan: ImprovementPlan, person_id: int) -> Sequence[SavedView]:
    """Return the named views of ``plan`` that a person may use: their own and the shared ones, by name."""
    mine = or_(SavedView.person_id == person_id, SavedView.shared.is_(True))
    return db.session.scalars(
        select(SavedView).where(SavedView.plan_id == plan.id, mine).order_by(SavedView.title, SavedView.id)
    ).all()


def keep(*, plan: ImprovementPlan, title: str, shared: bool, parameters: dict[str, str], who: Current) -> SavedView:
    """Keep the ``parameters`` of the table's address under a name; one's own of the same name is replaced. Raises ``Refused``."""
    own = select(SavedView).where(SavedView.plan_id == plan.id, SavedView.person_id == who.person_id)
    kept = db.session.scalars(own).all()
    found = next((one for one in kept if one.title == title), None)
    if found is None:
        if len(kept) >= MOST:
            raise Refused(_("You have %(most)s views already; remove one first.", most=MOST), "title")
        found = SavedView(plan_id=plan.id, person_id=who.person_id, title=title)
        db.session.add(found)
    found.query, found.shared, found.at = urlencode(parameters), shared, utc_now()
    db.session.flush()
    return found


def drop(*, plan: ImprovementPlan, number: int, who: Current) -> None:
    """Remove a view of one's own; the head lead may remove a shared one. Raises ``NotFound``."""
    found = db.session.get(SavedView, number)
    if (
        found is None
        or found.plan_id != plan.id
        or not (found.person_id == who.person_id or (found.shared and who.may("improvement.steer")))
    ):
        raise NotFound
    db.session.delete(found)
