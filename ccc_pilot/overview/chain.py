"""Whether the journal's chain holds, asked from a page: only its latest part, since the whole takes time."""

from ccc_pilot import journal
from ccc_pilot.db import db
from ccc_pilot.i18n import gettext as _
from ccc_pilot.journal import Head

LATEST = 1_000


def verdict() -> tuple[str, str]:
    """Walk the latest ``LATEST`` entries and return a sentence on them with its category; older ones are not looked at."""
    faults = list(journal.verify(LATEST))
    if faults:
        places = ", ".join(dict.fromkeys(str(fault.seq) for fault in faults))
        return _(
            "The journal does not hold. Look at these entries, and tell whoever runs the service: %(places)s.", places=places
        ), "late"
    head = db.session.get(Head, 1)
    last = head.seq if head else 0
    if last <= LATEST:
        return _("All %(n)s entries hold together.", n=last), "done"
    return _(
        "Entries %(first)s to %(last)s, the latest, hold together. Older ones were not looked at; whoever runs the service checks them all with: ccc-pilot journal verify",
        first=last - LATEST + 1, last=last,
    ), "done"  # fmt: skip
