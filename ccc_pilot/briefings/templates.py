"""The pilot's own PowerPoint template: looked at before it is kept, so that no deck falls over it later."""

from ccc_pilot import journal
from ccc_pilot.briefings.models import BriefingTemplate
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.office import deckstyles
from ccc_pilot.people.models import Pilot


def keep(*, pilot: Pilot, name: str, data: bytes, actor_id: int) -> BriefingTemplate:
    """Keep ``data`` as the template of the pilot's decks. Raises ``errors.Refused`` at the field "file" where it cannot be used."""
    deckstyles.opened(data, "file")
    found = db.session.get(BriefingTemplate, pilot.id) or BriefingTemplate(pilot_id=pilot.id)
    found.name, found.data, found.at, found.person_id = name[:200], data, utc_now(), actor_id
    db.session.add(found)
    journal.write("briefing.template", f"pilot:{pilot.key}", actor_id=actor_id, name=found.name)
    return found


def remove(*, pilot: Pilot, actor_id: int) -> None:
    """Go back to the house's own looks."""
    found = db.session.get(BriefingTemplate, pilot.id)
    if found is not None:
        db.session.delete(found)
        journal.write("briefing.template", f"pilot:{pilot.key}", actor_id=actor_id, name="")


def of(pilot: Pilot) -> BriefingTemplate | None:
    """Return the pilot's own template, if there is one."""
    return db.session.get(BriefingTemplate, pilot.id)
