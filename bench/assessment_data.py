"""A round to measure: an edition of 343 points made in memory, a pilot of so many regions, answers, and evidence linked to them."""

import hashlib
import random
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask

KEY = "bench-343"
CHAPTERS = 9
SCORES = ("yes", "mostly", "partially", "no", "na", None)
PAGE_OF_PDF = b"%PDF-1.7\n" + b"0" * 20_000


def edition(points: int) -> Any:
    """Return an edition of ``points`` points, four to a standard, in nine chapters, scored on the scale of the shipped one."""
    from ccc_pilot.catalogue.editions import shelf_editions
    from ccc_pilot.catalogue.standard_records import Chapter, Edition, Point, Requirement, Standard
    from ccc_pilot.i18n import Text

    like = shelf_editions()["oeci-3x-p"]
    kinds = sorted(like.kinds)
    chapters: list[Chapter] = []
    at = 0
    for n in range(CHAPTERS):
        chapter, standards = f"{KEY}:C{n + 1}", []
        wanted = points * (n + 1) // CHAPTERS
        while at < wanted:
            standard, told = f"{KEY}:S{len(chapters) + 1}-{len(standards) + 1}", []
            while at < wanted and len(told) < 4:
                at += 1
                words = Text(
                    f"Centret har en skriftlig rutin för område {at}, följer den och ser över den.", f"Point {at} is met."
                )
                told.append(
                    Point(
                        f"{KEY}:P{at:03}", f"P{at:03}", words, standard, chapter, at, "bench", like.points[0].confidence, core=at % 3 == 0,
                        requires=(Requirement(kinds[at % len(kinds)], True, 1),),
                    )
                )  # fmt: skip
            title = Text(f"Standard {n + 1}.{len(standards) + 1}")
            standards.append(Standard(standard, standard.split(":S")[1], title, chapter, tuple(told)))
        chapters.append(Chapter(chapter, str(n + 1), Text(f"Kapitel {n + 1}"), tuple(standards)))
    return Edition(KEY, Text("Att mäta"), Text(""), "bench", "1", like.scale, tuple(chapters), like.kinds)


def put_on_the_shelf(points: int) -> None:
    """Let this process find the edition beside the shipped ones."""
    from types import MappingProxyType

    from ccc_pilot.catalogue import editions

    shipped: Mapping[str, Any] = editions.shelf_editions()
    whole = MappingProxyType({**shipped, KEY: edition(points)})
    editions.shelf_editions = lambda: whole  # type: ignore[assignment]


def build(folder: Path, regions: int, evidence: int) -> tuple[Flask, int]:
    """Return an application on a database of its own in ``folder`` with the round, and the round's number."""
    from ccc_pilot import config, create_app, demo, schema
    from ccc_pilot.db import transaction

    app = create_app(config.from_environment({"CCC_PILOT_DATA_DIR": str(folder), "CCC_PILOT_DEMO": "1"}))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        schema.upgrade(folder / "backups")
        demo.load()
        with transaction():
            number = _round(regions)
        with transaction():
            _answers(number)
            _evidence(app, number, evidence)
    return app, number


def _round(regions: int) -> int:
    from sqlalchemy import select

    from ccc_pilot.assessment import rounds
    from ccc_pilot.db import db
    from ccc_pilot.i18n import today
    from ccc_pilot.people.models import Organisation, Person, Pilot, PilotRegion

    pilot = db.session.scalars(select(Pilot)).one()
    for n in range(len(pilot.regions), regions):
        db.session.add(Organisation(key=f"r{n}", short=f"R{n}", name_sv=f"Region {n}", kind="region"))
        db.session.flush()
        db.session.add(PilotRegion(pilot_id=pilot.id, organisation_key=f"r{n}", position=n))
    db.session.flush()
    db.session.expire(pilot)
    begin, by = today() - timedelta(days=60), db.session.scalar(select(Person.id))
    return rounds.open_round(pilot=pilot, title="Att mäta", edition_key=KEY, start=begin, independent=False, actor_id=by).id


def _answers(number: int) -> None:
    from sqlalchemy import select, update

    from ccc_pilot.assessment.models import AssessmentAnswer
    from ccc_pilot.db import db

    dice, after = random.Random(number), []
    for answer in db.session.scalars(select(AssessmentAnswer.id).where(AssessmentAnswer.round_id == number)):
        score = dice.choice(SCORES)
        after.append({
            "id": answer, "score": score, "state": "draft" if score else "empty", "note": "Riktlinjen gäller sedan 2019 och följs upp varje år. " * 3,
            "na_reason": "Bedrivs inte här" if score == "na" else "", "summary_en": "The guideline is in use and reviewed yearly.", "version": 2,
        })  # fmt: skip
    db.session.execute(update(AssessmentAnswer), after)


def _evidence(app: Flask, number: int, items: int) -> None:
    """Link ``items`` pieces of evidence to answers, spread evenly; the first 500 have files."""
    from sqlalchemy import insert, select

    from ccc_pilot.assessment.models import AssessmentAnswer
    from ccc_pilot.dates import utc_now
    from ccc_pilot.db import db
    from ccc_pilot.evidence.models import EvidenceItem, EvidenceLink, EvidenceVersion
    from ccc_pilot.people.models import Person

    by, now = db.session.scalar(select(Person.id)), utc_now()
    keys = [
        f"{point}@{region}"
        for point, region in db.session.execute(
            select(AssessmentAnswer.point_key, AssessmentAnswer.region).where(AssessmentAnswer.round_id == number)
        )
    ]
    first = 1_000
    sums = [_stored(app, n) if n < 500 else "" for n in range(items)]
    common = {"created_at": now, "updated_at": now, "created_by_id": by, "updated_by_id": by}
    kinds = sorted(edition(9).kinds)
    db.session.execute(insert(EvidenceItem), [
        {"id": first + n, "region": "ro", "title": f"Riktlinje {n}", "kind": kinds[n % len(kinds)], **common} for n in range(items)
    ])  # fmt: skip
    db.session.execute(insert(EvidenceVersion), [
        {"item_id": first + n, "number": 1, "sha256": digest, "size": len(PAGE_OF_PDF), "filename": f"riktlinje-{n}.pdf", "at": now, "person_id": by,
         "address": "" if digest else "https://example.org/"} for n, digest in enumerate(sums)
    ])  # fmt: skip
    db.session.execute(insert(EvidenceLink), [
        {"item_id": first + n, "object_key": keys[n * 7 % len(keys)], "region": "ro", "state": "accepted", "by_id": by, "at": now} for n in range(items)
    ])  # fmt: skip


def _stored(app: Flask, n: int) -> str:
    from ccc_pilot.evidence.store import FOLDER

    data = PAGE_OF_PDF + str(n).encode()
    digest = hashlib.sha256(data).hexdigest()
    place = app.extensions["ccc_settings"].data_dir / FOLDER / digest[:2] / digest
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return digest
