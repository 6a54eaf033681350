"""The dossier: everything a reviewer needs in one file, with checksums; confidential evidence is named and not packed."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from ccc_pilot import scheduler, works
from ccc_pilot.assessment import documents, dossier, rounds
from ccc_pilot.assessment.dossier import safe_name
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import Refused
from ccc_pilot.evidence.models import EvidenceItem, EvidenceLink, EvidenceVersion
from ccc_pilot.evidence.store import Store
from ccc_pilot.i18n import today
from tests.factories import client_of, person, pilot

PAPER = b"%PDF-1.7 a guideline"


@pytest.fixture
def round_(entered: Flask) -> AssessmentRound:
    with transaction():
        return rounds.open_round(
            pilot=pilot(), title="Prov", edition_key="oeci-3x-p", start=today() - timedelta(days=9), independent=False,
            actor_id=person("huvudprojektledare").id,
        )  # fmt: skip


def prove(store: Store, data: bytes, *keys: str, name: str = "riktlinje.pdf", confidential: bool = False) -> EvidenceItem:
    by, now = person("expert.ro").id, utc_now()
    with transaction():
        item = EvidenceItem(
            region="ro", title="Hemlig plan" if confidential else "Riktlinje", kind="sop", confidential=confidential, created_at=now,
            updated_at=now, created_by_id=by, updated_by_id=by,
        )  # fmt: skip
        item.versions = [
            EvidenceVersion(
                number=1,
                sha256=store.put(io.BytesIO(data)),
                size=len(data),
                filename=name,
                mimetype="application/pdf",
                at=now,
                person_id=by,
            )
        ]
        item.links = [EvidenceLink(object_key=key, region="ro", state="linked", by_id=by, at=now) for key in keys]
        db.session.add(item)
    return item


def built(round_: AssessmentRound, store: Store) -> zipfile.ZipFile:
    target, told = io.BytesIO(), []
    dossier.write(round_, ["ro", "rjl"], store, target, lambda percent, note: told.append(percent))
    assert told == sorted(told) and told[-1] <= 100
    return zipfile.ZipFile(target)


def keys(*slugs: str) -> list[str]:
    return [f"oeci-3x-p:{slug}@ro" for slug in slugs]


def test_evidence_lies_by_standard_once_and_every_checksum_holds(round_: AssessmentRound, tmp_path):
    store = Store(tmp_path / "store")
    path = f"evidence/GOV-02/{prove(store, PAPER, *keys('GOV-02.1', 'PAT-01.1')).id}-1-riktlinje.pdf"
    with built(round_, store) as archive:
        names = archive.namelist()
        sums = dict(reversed(line.split("  ", 1)) for line in archive.read("SHA256SUMS").decode().splitlines())
        assert [name for name in names if name.startswith("evidence/")] == [path]
        assert sums.keys() == set(names) - {"SHA256SUMS"}
        assert all(hashlib.sha256(archive.read(name)).hexdigest() == digest for name, digest in sums.items())
        told = {
            answer["number"]: answer for answer in json.loads(archive.read("answers.json"))["answers"] if answer["region"] == "ro"
        }
        assert all(path in [one.get("file") for one in told[number]["evidence"]] for number in ("PAT-01.1", "GOV-02.1"))
        index = archive.read("index.html").decode()
        assert index.count(path) == 2
        assert archive.read("answers.xlsx").startswith(b"PK")


def test_the_same_round_makes_the_same_answers_and_evidence_again(round_: AssessmentRound, tmp_path):
    store = Store(tmp_path / "store")
    path = f"evidence/GOV-02/{prove(store, PAPER, *keys('GOV-02.1')).id}-1-riktlinje.pdf"
    with built(round_, store) as one, built(round_, store) as other:
        for name in ("answers.json", "index.html", path):
            assert one.read(name) == other.read(name)


def test_confidential_evidence_is_named_and_not_packed(round_: AssessmentRound, tmp_path):
    store = Store(tmp_path / "store")
    prove(store, b"kanariefagel", *keys("GOV-02.1"), confidential=True)
    with built(round_, store) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
        assert b"kanariefagel" not in whole and b"Hemlig plan" not in whole
        assert "Konfidentiellt underlag, ej medtaget" in archive.read("index.html").decode()


def test_what_was_rejected_is_left_out(round_: AssessmentRound, tmp_path):
    store = Store(tmp_path / "store")
    item = prove(store, PAPER, *keys("GOV-02.1"))
    with transaction():
        item.links[0].state = "rejected"
    with built(round_, store) as archive:
        assert not [name for name in archive.namelist() if name.startswith("evidence/")]


def test_a_file_that_is_gone_or_damaged_is_said_to_be(round_: AssessmentRound, tmp_path):
    store = Store(tmp_path / "store")
    item = prove(store, PAPER, *keys("GOV-02.1"))
    store.path(item.versions[0].sha256).write_bytes(b"something else")
    with built(round_, store) as archive:
        assert not [name for name in archive.namelist() if name.startswith("evidence/")]
        told = json.loads(archive.read("answers.json"))["answers"]
        assert [one["file"] for answer in told for one in answer["evidence"] if one["item"] == item.id] == [None]


def test_documents_asked_for_beside_the_points_are_packed_and_the_missing_are_listed(round_: AssessmentRound, tmp_path):
    store = Store(tmp_path / "store")
    item = prove(store, PAPER, f"round:{round_.id}/06", name="plan.pdf")
    prove(store, b"kanariefagel", f"round:{round_.id}/07", confidential=True)
    told = {"english": "", "owner": "", "note": "", "version": 0, "actor_id": person("huvudprojektledare").id}
    with transaction():
        documents.record(round_=round_, number="08", state="not_needed", reason="Finns i <06>", **told)
    with built(round_, store) as archive:
        path = f"documents/06/{item.id}-1-plan.pdf"
        assert archive.read(path) == PAPER and b"kanariefagel" not in b"".join(map(archive.read, archive.namelist()))
        asked = {one["number"]: one for one in json.loads(archive.read("answers.json"))["documents"]}
        assert len(asked) == 15 and [one["file"] for one in asked["06"]["evidence"]] == [path]
        assert asked["01"]["lacks"] == ["file", "language", "ready"] and asked["07"]["evidence"][0]["confidential"]
        index = archive.read("index.html").decode()
        assert f"href='{path}'" in index and "Efterfrågade dokument" in index and "Behövs inte: Finns i &lt;06&gt;" in index
        assert " · RÖ: Ej bedömd" in index and index.count("inget dokument är kopplat") == 12


def test_more_than_the_bound_is_refused_before_it_is_packed(round_: AssessmentRound, tmp_path, monkeypatch):
    store = Store(tmp_path / "store")
    prove(store, PAPER, *keys("GOV-02.1"))
    monkeypatch.setattr(dossier, "MOST_MEGABYTES", 0)
    with pytest.raises(Refused):
        built(round_, store)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("c:\\x\\y?.pdf", "y_.pdf"),
        ("", "_"),
        ("...", "_"),
        ("a" * 200 + ".pdf", "a" * 76 + ".pdf"),
        ("å.docx", "å.docx"),
    ],
)
def test_names_are_safe_on_every_system(name: str, safe: str):
    assert safe_name(name) == safe


def test_it_is_asked_for_on_the_page_and_made_in_the_background(pilot_app: Flask):
    client = client_of(pilot_app, "projektledare.ro")
    with pilot_app.app_context(), transaction():
        number = rounds.open_round(
            pilot=pilot(),
            title="Prov",
            edition_key="oeci-3x-p",
            start=today(),
            independent=False,
            actor_id=person("huvudprojektledare").id,
        ).id
    page = client.submit(f"/assessment/{number}/results", to=f"/assessment/{number}/dossier")
    assert page.status_code == 302
    with pilot_app.app_context():
        assert works.perform_next(scheduler.WORKS)
        work = db.session.scalars(select(works.Work)).one()
        assert (work.state, work.progress) == (works.DONE, 100)
        assert sorted(work.args["regions"]) == ["rjl", "rkl", "ro"]
    file = client.get(f"{page.location}/file")
    assert zipfile.ZipFile(io.BytesIO(file.data)).testzip() is None
