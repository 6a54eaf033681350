"""A round to measure: an edition of 343 points on a shelf of its own, a pilot of so many regions, answers, and evidence linked to them.

``house`` lays the product's folders (links, so that its code is untouched) beside a shelf that has the edition too; this file, run inside that
house, makes the database.
"""

import hashlib
import os
import random
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from bench.data import ROOT, surroundings

KEY = "bench"
CHAPTERS = 9
PER_STANDARD = 4
SCORES = ("yes", "mostly", "partially", "no", "na", None)
KINDS = ("guideline", "minutes", "policy", "report")
STRIDE = 11  # shares no factor with the number of answers, so that links are spread evenly
FILES = 500  # pieces of evidence that have a file; the others are addresses
PAGE_OF_PDF = b"%PDF-1.7\n" + b"0" * 20_000
HEAD = """
key = "bench"
framework = "Bench"
version = "1"
title = { sv = "Att mäta", en = "To measure" }
[summary]
sv = "Så många punkter som mätningen vill ha."
en = "As many points as the measurement wants."
[scale]
key = "own"
title = { sv = "Fyra steg", en = "Four steps" }
levels = [
  { code = "yes", value = 3, title = { sv = "Ja", en = "Yes" } }, { code = "mostly", value = 2, title = { sv = "Till stor del", en = "Mostly" } },
  { code = "partially", value = 1, title = { sv = "Delvis", en = "Partially" } }, { code = "no", value = 0, title = { sv = "Nej", en = "No" } },
  { code = "na", title = { sv = "Ej tillämpligt", en = "Not applicable" } },
]
[kinds]
"""
CHAPTER = """
[[chapters]]
id = "C{n}"
number = "{n}"
title = {{ sv = "Kapitel {n}", en = "Chapter {n}" }}
"""
STANDARD = """
[[standards]]
number = "S{n:03}"
chapter = "C{chapter}"
title = {{ sv = "Standard {n}", en = "Standard {n}" }}
source = "Underlag"
confidence = "assumption"
"""
POINT = """
[[standards.points]]
number = "P{n:03}"
text = {{ sv = "Centret har en skriftlig rutin för område {n}, följer den och ser över den.", en = "Point {n} is met." }}
core = {core}
core_status = "reconstructed"
requires = [{{ kind = "{kind}", mandatory = true }}]
"""


def house(folder: Path, points: int, regions: int, evidence: int) -> int:
    """Make in ``folder`` a house with a round of ``points`` points in ``regions`` regions; returns the round's number."""
    for name in ("ccc_pilot", "templates", "migrations", "milestones", "bench"):
        (folder / name).symlink_to(ROOT / name)
    shelf = folder / "standards"
    (shelf / KEY).mkdir(parents=True)
    for shipped in (ROOT / "standards").iterdir():
        (shelf / shipped.name).symlink_to(shipped)
    (shelf / KEY / "standard.toml").write_text(edition(points), encoding="utf-8")
    command = [sys.executable, "-m", "bench.assessment_data", str(regions), str(evidence)]
    return int(subprocess.check_output(command, cwd=folder, env=surroundings(folder), text=True).split()[-1])


def edition(points: int) -> str:
    """Return the text of an edition of ``points`` points, four to a standard, in nine chapters."""
    told = [HEAD, *(f'{kind} = {{ sv = "{kind}", en = "{kind}" }}\n' for kind in KINDS)]
    told += [CHAPTER.format(n=n + 1) for n in range(CHAPTERS)]
    for n in range(1, points + 1):
        if n % PER_STANDARD == 1:
            told.append(STANDARD.format(n=1 + n // PER_STANDARD, chapter=1 + (n - 1) * CHAPTERS // points))
        told.append(POINT.format(n=n, core=str(n % 3 == 0).lower(), kind=KINDS[n % len(KINDS)]))
    return "".join(told)


def fill(regions: int, evidence: int) -> int:
    """Make the database of the house that this process lives in; returns the round's number."""
    from ccc_pilot import config, create_app, demo, schema
    from ccc_pilot.db import transaction

    settings = config.from_environment({**os.environ, "CCC_PILOT_DEMO": "1"})
    with create_app(settings).app_context():
        schema.upgrade(settings.data_dir / "backups")
        demo.load()
        with transaction():
            number = _round(regions)
        with transaction():
            _answers(number)
            _evidence(settings.data_dir, number, evidence)
    return number


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


def _evidence(data: Path, number: int, items: int) -> None:
    """Link ``items`` pieces of evidence to answers, spread evenly; the first ``FILES`` have files."""
    from sqlalchemy import insert, select

    from ccc_pilot.assessment.models import AssessmentAnswer
    from ccc_pilot.dates import utc_now
    from ccc_pilot.db import db
    from ccc_pilot.evidence.models import EvidenceItem, EvidenceLink, EvidenceVersion
    from ccc_pilot.people.models import Person

    by, now = db.session.scalar(select(Person.id)), utc_now()
    table = AssessmentAnswer
    rows = db.session.execute(select(table.point_key, table.region).where(table.round_id == number))
    keys = [f"{point}@{region}" for point, region in rows]
    first = 1_000
    sums = [_stored(data, n) if n < FILES else "" for n in range(items)]
    common = {"created_at": now, "updated_at": now, "created_by_id": by, "updated_by_id": by}
    db.session.execute(insert(EvidenceItem), [
        {"id": first + n, "region": "ro", "title": f"Riktlinje {n}", "kind": KINDS[n % len(KINDS)], **common} for n in range(items)
    ])  # fmt: skip
    db.session.execute(insert(EvidenceVersion), [
        {"item_id": first + n, "number": 1, "sha256": digest, "size": len(PAGE_OF_PDF), "filename": f"riktlinje-{n}.pdf", "at": now, "person_id": by,
         "address": "" if digest else "https://example.org/"} for n, digest in enumerate(sums)
    ])  # fmt: skip
    db.session.execute(insert(EvidenceLink), [
        {"item_id": first + n, "object_key": keys[n * STRIDE % len(keys)], "region": "ro", "state": "accepted", "by_id": by, "at": now} for n in range(items)
    ])  # fmt: skip


def _stored(data: Path, n: int) -> str:
    from ccc_pilot.evidence.store import FOLDER

    page = PAGE_OF_PDF + str(n).encode()
    digest = hashlib.sha256(page).hexdigest()
    place = data / FOLDER / digest[:2] / digest
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(page)
    return digest


if __name__ == "__main__":
    print(fill(*map(int, sys.argv[1:])))
