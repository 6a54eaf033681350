"""A pilot's organisations, bodies and posts from its TOML file into the database, and the plans that it follows."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ccc_pilot.catalogue import load_plans
from ccc_pilot.db import db
from ccc_pilot.demo.briefing import load_texts
from ccc_pilot.demo.meetings import load_meetings
from ccc_pilot.people.models import Body, Organisation, Pilot, PilotRegion, Post
from ccc_pilot.progress import loading

FILE = Path(__file__).with_name("sosr.toml")
# What else the pilot's documents tell, each by its own file; called with the pilot when its posts and plans are there.
LOADERS: tuple[Callable[[Pilot], None], ...] = (load_meetings, load_texts)


def load_pilot(file: Path = FILE) -> Pilot:
    """Store the pilot that ``file`` describes, with posts but without people, and let it follow its plans; returns it."""
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    _organisations(told)
    pilot = _pilot(told["pilot"])
    _posts(told, pilot)
    for plan in told["pilot"]["plans"]:
        loading.follow(pilot, plan, actor_id=None)
    for load in LOADERS:
        load(pilot)
    return pilot


def _organisations(told: dict[str, Any]) -> None:
    for row in told["organisations"]:
        parent = row.pop("parent", None)
        db.session.merge(Organisation(**row, parent_key=parent))
        db.session.flush()
    for row in told["bodies"]:
        organisation = row.pop("organisation")
        db.session.add(Body(**row, organisation_key=organisation))


def _pilot(told: dict[str, Any]) -> Pilot:
    plan = load_plans()[told["plans"][0]]
    pilot = Pilot(
        key=told["key"], kind=told["kind"], name_sv=told["name_sv"], name_en=told["name_en"], network_key=told["network"],
        start=plan.start, start_confidence=plan.start_confidence or "assumption", length_months=plan.length_months or 15, plan_keys=[],
        regions=[PilotRegion(organisation_key=key, position=place) for place, key in enumerate(told["regions"])],
    )  # fmt: skip
    db.session.add(pilot)
    db.session.flush()
    return pilot


def _posts(told: dict[str, Any], pilot: Pilot) -> None:
    for position, row in enumerate(told["posts"]):
        organisation = row.pop("organisation")
        db.session.add(Post(**row, organisation_key=organisation, pilot_id=pilot.id, position=position))
    db.session.flush()
