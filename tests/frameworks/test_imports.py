"""A licensed edition is imported whole or not at all, stored for every process, and changes later only in spelling."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from ccc_pilot.catalogue.crosswalks import related
from ccc_pilot.catalogue.editions import edition, editions
from ccc_pilot.catalogue.stored import ImportedEdition
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import NotFound, Refused
from ccc_pilot.frameworks import imports
from ccc_pilot.frameworks.models import FrameworkUpload
from ccc_pilot.journal import Entry
from ccc_pilot.office.sheets_in import Sheet
from tests.factories import person
from tests.frameworks.conftest import BODY, HEADINGS

pytestmark = pytest.mark.every_engine

HEAD = {
    "key": "licensed-1",
    "title_sv": "Licensierad",
    "title_en": "",
    "framework": "OECI",
    "version": "9",
    "like": "oeci-3x-p",
    "earlier": "",
}


def came(rows, **head) -> FrameworkUpload:
    """Return an upload of ``rows`` below the usual headings, called what HEAD and ``head`` say."""
    sheet = Sheet("Blad1", tuple(map(tuple, [HEADINGS, *rows])))
    with transaction():
        number = imports.receive(
            sheets=[Sheet("Tomt", ()), sheet],
            file_name="licensierad.xlsx",
            file_sha256="0" * 64,
            actor_id=person("huvudprojektledare").id,
        )
    target = imports.upload(number)
    with transaction():
        imports.choose(target=target, sheet=0, heading_row=0, columns=target.chosen["columns"], **{**HEAD, **head})
    return imports.upload(number)


def stored(rows, **head) -> str:
    """Store what ``rows`` become and return the edition's key."""
    target = came(rows, **head)
    seal = imports.preview(target).seal
    with transaction():
        return imports.store(target=target, seal=seal, actor_id=person("huvudprojektledare").id)


def changed(row: int, column: int, text: str) -> list[list[str]]:
    """Return the usual rows with one cell changed."""
    rows = [list(one) for one in BODY]
    rows[row][column] = text
    return rows


def events() -> list[tuple[str, dict]]:
    found = db.session.scalars(select(Entry).where(Entry.event.like("standard.%")).order_by(Entry.seq))
    return [(entry.event, entry.fields) for entry in found]


def test_an_imported_edition_is_read_like_those_of_the_shelf(pilot_context: Flask):
    assert stored(BODY) == "licensed-1"
    found = edition("licensed-1")
    assert list(editions())[-1] == "licensed-1" and found.origin == "imported"
    assert [(point.key, point.text.sv, point.core) for point in found.points] == [
        ("licensed-1:S1.1", "Det finns ett mandat", True), ("licensed-1:S1.2", "Mandatet följs upp", False),
        ("licensed-1:S2.1", "Patienter deltar", None),
    ]  # fmt: skip
    assert db.session.scalar(select(func.count(FrameworkUpload.id))) == 0
    assert events() == [("standard.imported", {"file": "licensierad.xlsx", "points": 3, "sha256": "0" * 64})]


def test_another_process_reads_the_same_edition_from_the_database(pilot_app: Flask):
    with pilot_app.app_context():
        stored(BODY)
    with pilot_app.app_context():
        assert edition("licensed-1").points[0].text.sv == "Det finns ett mandat"
    with pytest.raises(KeyError):
        edition("licensed-1")  # outside an application there is no database to ask


def test_the_file_is_kept_whole_with_columns_nobody_reads(pilot_context: Flask):
    key = stored(BODY)
    assert imports.stored_rows(key) == [HEADINGS, BODY[0], BODY[1], BODY[2][:5]]
    assert imports.stored_rows("oeci-3x-p") is None


def test_looking_stores_nothing(pilot_context: Flask):
    found = imports.preview(came(BODY))
    assert (found.ready, found.reading.points, found.stored) == (True, 3, None)
    assert db.session.scalar(select(func.count(ImportedEdition.key))) == 0 and "licensed-1" not in editions()


def test_a_file_with_a_fault_is_not_stored_in_part(pilot_context: Flask):
    target = came(changed(2, 5, "kanske"))
    found = imports.preview(target)
    assert [(fault.place, fault.heading) for fault in found.reading.faults] == [("F4", "Kärna")]
    with pytest.raises(Refused, match="har fel"), transaction():
        imports.store(target=target, seal=found.seal, actor_id=person("huvudprojektledare").id)
    assert "licensed-1" not in editions() and events() == []


def test_only_what_was_looked_at_is_stored(pilot_context: Flask):
    target = came(BODY)
    with pytest.raises(Refused, match="efter att du granskade"), transaction():
        imports.store(target=target, seal="another", actor_id=person("huvudprojektledare").id)


def test_spelling_is_mended_in_an_edition_that_is_in_use(pilot_context: Flask):
    stored(BODY)
    found = imports.preview(came(changed(0, 4, "Det finns ett tydligt mandat")))
    assert [(change.key, change.after, change.spelling) for change in found.changes] == [
        ("licensed-1:S1.1", "Det finns ett tydligt mandat", True)
    ]
    stored(changed(0, 4, "Det finns ett tydligt mandat"))
    assert edition("licensed-1").points[0].text.sv == "Det finns ett tydligt mandat"
    assert db.session.get(ImportedEdition, "licensed-1").version == 2
    assert events()[-1] == ("standard.respelled", {"file": "licensierad.xlsx", "sha256": "0" * 64, "texts": 1})


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (changed(0, 4, "Något helt annat krävs numera"), "ändras bara i stavning"),
        (changed(0, 5, "nej"), "ändras bara i stavning"),
        (changed(2, 3, "7"), "ändras bara i stavning"),
        (BODY[:2], "ändras bara i stavning"),
        (BODY, "inget skiljer"),
    ],
)
def test_anything_but_spelling_asks_for_a_new_key(pilot_context: Flask, rows, why):
    stored(BODY)
    with pytest.raises(Refused, match=why):
        stored(rows)
    assert len(edition("licensed-1").points) == 3


def test_a_new_edition_points_back_to_the_one_before(pilot_context: Flask):
    stored(BODY)
    stored(changed(0, 4, "Något helt annat krävs numera"), key="licensed-2", earlier="licensed-1")
    assert [(one.kind, one.other) for one in related("licensed-2:S1.1")] == [("was", "licensed-1:S1.1")]
    assert [(one.kind, one.other) for one in related("licensed-1:S1.1")] == [("became", "licensed-2:S1.1")]


def test_the_key_of_a_shipped_edition_is_taken(pilot_context: Flask):
    with pytest.raises(Refused, match="följer med programmet"):
        stored(BODY, key="rcc-2012")


def test_two_columns_cannot_hold_the_same(pilot_context: Flask):
    target = came(BODY)
    with pytest.raises(Refused, match="Två kolumner"), transaction():
        imports.choose(target=target, sheet=0, heading_row=0, columns={"0": "number", "1": "number"}, **HEAD)


def test_another_row_of_headings_has_its_columns_guessed_anew(pilot_context: Flask):
    target = came([["Nr", "Krav"], ["1", "a"]])
    with transaction():
        imports.choose(target=target, sheet=0, heading_row=1, columns={"5": "core"}, **HEAD)
    assert target.chosen["columns"] == {"0": "number", "1": "text_sv"}


WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def test_of_two_who_import_under_one_new_key_at_once_the_second_is_told_in_words(pilot_app: Flask):
    def import_at_once(number: int) -> str:
        with pilot_app.app_context():
            target = imports.upload(number)
            seal = imports.preview(target).seal
            with pytest.raises(Refused) as refused, transaction():
                imports.store(target=imports.upload(number), seal=seal, actor_id=person("huvudprojektledare").id)
            assert imports.find(number) is not None  # what was prepared is still there
            return str(refused.value.message)

    with pilot_app.app_context(), ThreadPoolExecutor(1) as pool:
        mine, theirs = came(BODY), came(changed(0, 4, "Något helt annat krävs numera")).id
        seal = imports.preview(mine).seal
        with transaction():
            imports.store(target=mine, seal=seal, actor_id=person("huvudprojektledare").id)
            second = pool.submit(import_at_once, theirs)
            until = time.monotonic() + 5
            while db.engine.name == "postgresql" and time.monotonic() < until and not db.session.scalar(text(WAITING)):
                time.sleep(0.05)
        assert "licensed-1" in second.result(30)
        assert edition("licensed-1").points[0].text.sv == "Det finns ett mandat"


def test_what_is_thrown_away_is_gone(pilot_context: Flask):
    target = came(BODY)
    with transaction():
        imports.discard(target=target)
    with pytest.raises(NotFound):
        imports.upload(1)


def test_several_hundred_points_are_stored_and_read(pilot_context: Flask):
    rows = [["K", f"S{n // 4}", "T", str(n % 4), f"Krav {n}", "ja", ""] for n in range(600)]
    stored(rows)
    assert len(edition("licensed-1").points) == 600
    assert len(json.loads(db.session.get(ImportedEdition, "licensed-1").sheet)) == 601
