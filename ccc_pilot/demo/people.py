"""Demo people: one for each post that the tour of the program needs, plainly made up. The other posts stay empty."""

from typing import NamedTuple

from sqlalchemy import func, select

from ccc_pilot.db import db, transaction
from ccc_pilot.demo.accounts import DOMAIN, PASSWORD
from ccc_pilot.demo.answers import load_round
from ccc_pilot.demo.briefing import load_briefing
from ccc_pilot.demo.evidence import load_evidence
from ccc_pilot.demo.improvement import load_improvement
from ccc_pilot.demo.pilot import load_pilot
from ccc_pilot.i18n import today
from ccc_pilot.people import accounts
from ccc_pilot.people.models import Holding, Person, Pilot


class Demo(NamedTuple):
    """A demo person: the role as it is printed, the log-in name, the name shown and the post."""

    role: str
    login: str
    name: str
    post: str


PEOPLE = (
    Demo("head lead", "huvudprojektledare", "Demo Huvudprojektledare", "lead_pm"),
    Demo("regional lead RÖ", "projektledare.ro", "Demo Projektledare RÖ", "pl_ro"),
    Demo("regional lead RJL", "projektledare.rjl", "Demo Projektledare RJL", "pl_rjl"),
    Demo("regional lead RKL", "projektledare.rkl", "Demo Projektledare RKL", "pl_rkl"),
    Demo("medical expert RÖ", "expert.ro", "Demo Expert RÖ", "med_ro"),
    Demo("medical expert RJL", "expert.rjl", "Demo Expert RJL", "med_rjl"),
    Demo("medical expert RKL", "expert.rkl", "Demo Expert RKL", "med_rkl"),
    Demo("rcc reviewer", "granskare.rcc", "Demo Granskare RCC", "rcc_chef"),
    Demo("economist", "ekonom", "Demo Ekonom", "ekonom"),
    Demo("rsl reader", "rsl", "Demo Direktör RSL", "rsl_ro"),
    Demo("external reader", "extern", "Demo Läsare Socialstyrelsen", "sos_pl"),
    Demo("peer reviewer", "kollegial", "Demo Kollegial Granskare", "peer"),
    Demo("administrator", "administrator", "Demo Administratör", "admin"),
)


def is_empty() -> bool:
    """Whether the database has neither pilot nor people yet."""
    return not db.session.scalar(select(func.count(Pilot.id))) and not db.session.scalar(select(func.count(Person.id)))


def load() -> None:
    """Store the pilot, the demo people and what they have begun, in one transaction of its own."""
    with transaction():
        pilot = load_pilot()
        load_improvement(pilot)
        for demo in PEOPLE:
            person = accounts.create(f"{demo.login}@{DOMAIN}", demo.name, PASSWORD, demo=True)
            db.session.add(Holding(post_key=demo.post, person_id=person.id, since=today(), approved=True))
        db.session.flush()
        load_round(pilot, DOMAIN)
        load_evidence()
        load_briefing(pilot, _id_of("huvudprojektledare"))


def _id_of(login: str) -> int:
    return db.session.scalars(select(Person.id).where(Person.email == f"{login}@{DOMAIN}")).one()


def logins() -> list[tuple[str, str, str]]:
    """Return role, e-mail and password of each demo person that is in the database and may log in."""
    there = set(db.session.scalars(select(Person.email).where(Person.demo.is_(True), Person.active.is_(True))))
    return [(demo.role, f"{demo.login}@{DOMAIN}", PASSWORD) for demo in PEOPLE if f"{demo.login}@{DOMAIN}" in there]
