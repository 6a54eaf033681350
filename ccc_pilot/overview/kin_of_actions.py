"""What improvement actions have to do with in other rooms: how a gap, a finding, a decision, a meeting or a milestone is called, and
which one a person names.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from flask import url_for
from sqlalchemy import select

from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.review_models import Finding
from ccc_pilot.catalogue.editions import edition
from ccc_pilot.db import db
from ccc_pilot.decisions.models import Decision, Meeting
from ccc_pilot.i18n import gettext as _
from ccc_pilot.improvement.gaps import GAP
from ccc_pilot.improvement.neighbours import Named, Neighbours
from ccc_pilot.overview import kin
from ccc_pilot.people import pilots
from ccc_pilot.people.models import Pilot
from ccc_pilot.people.policy import NETWORK

POINT_PAGE = re.compile(r"/assessment/(\d{1,9})/([a-z0-9_-]{1,20})/points/([\w.-]{1,60})", re.ASCII)
PAGES = {"decision": re.compile(r"/decisions/(\d{1,9})\b", re.ASCII), "meeting": re.compile(r"/meetings/(\d{1,9})\b", re.ASCII)}
NUMBERED = re.compile(r"(finding|decision|meeting):(\d{1,9})", re.ASCII)


def named(keys: Iterable[str]) -> Mapping[str, Named]:
    """Return what ``keys`` name; those that name nothing of the pilot that is looked at are left out. A query a kind."""
    wanted = list(dict.fromkeys(keys))
    return {
        **dict(_gaps(wanted)), **dict(_findings(_numbers(wanted, "finding"))), **dict(_decisions(_numbers(wanted, "decision"))),
        **dict(_meetings(_numbers(wanted, "meeting"))), **dict(_milestones(wanted)),
    }  # fmt: skip


def _numbers(keys: Iterable[str], kind: str) -> set[int]:
    return {int(found[2]) for key in keys if (found := NUMBERED.fullmatch(key)) and found[1] == kind}


def _gaps(keys: Iterable[str]) -> Iterator[tuple[str, Named]]:
    for key in keys:
        found = GAP.fullmatch(key)
        if found and (told := _point(key, int(found["round"]), found["point"], found["region"])):
            yield key, told


def _point(key: str, number: int, point_key: str, region: str) -> Named | None:
    round_ = db.session.get(AssessmentRound, number)
    if round_ is None or round_.pilot_id != pilots.chosen().id or region not in {*round_.region_keys, NETWORK}:
        return None
    try:
        point = edition(point_key.partition(":")[0]).point(point_key)
    except KeyError:
        return None
    answered = round_.joint or region != NETWORK  # what the regions agree on stands on the page of the whole
    url = url_for("assessment.answer", number=number, region=region, slug=point_key.partition(":")[2]) if answered else ""
    return Named(point.official or point.number, str(point.text), url)


def _findings(ids: set[int]) -> Iterator[tuple[str, Named]]:
    statement = select(Finding).join(AssessmentRound, AssessmentRound.id == Finding.round_id).where(Finding.id.in_(ids))
    ours = AssessmentRound.pilot_id == pilots.chosen().id
    for row in db.session.scalars(statement.where(ours, Finding.retracted_at.is_(None))) if ids else ():
        url = url_for("assessment.comparison", number=row.round_id, _anchor="findings")
        yield row.key, Named(_("Finding %(number)s", number=row.id), row.text, url)


def _decisions(ids: set[int]) -> Iterator[tuple[str, Named]]:
    statement = select(Decision).where(Decision.id.in_(ids), Decision.pilot_id == pilots.chosen().id)
    for row in db.session.scalars(statement) if ids else ():
        url = url_for("decisions.decision", decision_id=row.id)
        yield f"decision:{row.id}", Named(row.number or _("Decision %(number)s", number=row.id), row.title, url)


def _meetings(ids: set[int]) -> Iterator[tuple[str, Named]]:
    statement = select(Meeting).where(Meeting.id.in_(ids), Meeting.pilot_id == pilots.chosen().id)
    for row in db.session.scalars(statement) if ids else ():
        url = url_for("decisions.meeting", meeting_id=row.id)
        yield f"meeting:{row.id}", Named(row.title, row.day.isoformat(), url)


def _milestones(keys: Iterable[str]) -> Iterator[tuple[str, Named]]:
    ours = [key for key in keys if key.partition(":")[0] in pilots.chosen().plan_keys]
    for key, (title, url) in kin.titles(ours).items():
        short, _space, words = title.partition(" ")
        yield key, Named(short, words, url)


def find(pilot: Pilot, text: str, region: str) -> str:
    """Return the key of what ``text`` names: a key, the address of a page, a point's number (in the newest round that ``region`` takes part in), a
    decision's number, a milestone's id; an empty text where it names nothing.
    """
    name = text.strip()
    key = name if NUMBERED.fullmatch(name) or GAP.fullmatch(name) else _of_page(name) or _of_number(pilot, name, region)
    if key:
        return key if key in named([key]) else ""
    milestone = kin.find(pilot, name)
    return "" if milestone.startswith(kin.ACTION) else milestone


def _of_page(address: str) -> str:
    if found := POINT_PAGE.search(address):
        round_ = db.session.get(AssessmentRound, int(found[1]))
        return f"gap:{found[1]}:{round_.point_key(found[3])}@{found[2]}" if round_ else ""
    return next((f"{kind}:{found[1]}" for kind, page in PAGES.items() if (found := page.search(address))), "")


def _of_number(pilot: Pilot, name: str, region: str) -> str:
    decision = db.session.scalar(
        select(Decision.id).where(Decision.pilot_id == pilot.id, Decision.number == name).order_by(Decision.id.desc()).limit(1)
    )
    if name and decision:
        return f"decision:{decision}"
    newest = select(AssessmentRound).where(AssessmentRound.pilot_id == pilot.id).order_by(AssessmentRound.id.desc())
    for round_ in db.session.scalars(newest):
        place = NETWORK if round_.joint else region
        if place not in {*round_.region_keys, NETWORK}:
            continue
        for point in edition(round_.edition_key).points:
            if name.casefold() in {point.number.casefold(), (point.official or "").casefold()} - {""}:
                return f"gap:{round_.id}:{point.key}@{place}"
    return ""


NEIGHBOURS = Neighbours(named=named, find=find)
