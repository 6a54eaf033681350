"""The command that does one sweep of the reminders; it suits cron, and does no harm beside the scheduler."""

from argparse import Namespace
from collections.abc import Iterable

from ccc_pilot.cli import ground
from ccc_pilot.cli.ground import say
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.i18n import today
from ccc_pilot.people.models import Person
from ccc_pilot.reminders import delivery, gathering, sweeping
from ccc_pilot.reminders.sweeping import Wanted


def remind(args: Namespace) -> int:
    """Remind of what is due: one sweep. With --dry-run show to whom, when and why, and tell nobody."""
    with ground.house():
        if args.dry_run:
            _tell(sweeping.missing(today()))
            return 0
        with transaction():
            made = sweeping.sweep(today())
            gathering.gather(utc_now())
        tally = delivery.deliver()
    say(f"{made} reminders made, {tally.sent} mails sent, {tally.failed} not taken.")
    return 0


def _tell(wanted: Iterable[Wanted]) -> None:
    found = list(wanted)
    names = {person.id: person.name for person in db.session.query(Person)}
    for one in found:
        told = f"{names.get(one.person_id or 0, one.receiver)} ({one.why})"
        say(f"{one.deadline.due}  {one.step.name:<7} {one.channel:<6} {told}: {one.deadline.ref} {one.deadline.title.sv}")
    say(f"{len(found)} reminders would be made.")
