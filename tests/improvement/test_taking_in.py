"""An old plan in a spreadsheet goes in: matched, looked over, taken in whole or not at all."""

import io
from datetime import date

import pytest
from flask import Flask

from ccc_pilot.db import transaction
from ccc_pilot.errors import Refused
from ccc_pilot.folding import fold
from ccc_pilot.improvement import listing, matching, taking_in
from ccc_pilot.improvement.listing import Query
from tests.factories import client_of
from tests.improvement.acting import HEAD, RO, TODAY, acting, new_plan
from tests.support.pages import parse

REGIONS = {"ro": "RÖ", "rjl": "RJL", "rkl": "RKL", "sosr": "Alla"}
SHEET = """Handlingsplan 2025;;;;;
;;;;;
Aktivitet;Mätbart mål;Ansvarig;Klart senast;Region;Övrigt
Patientföreträdare;En per team;Processledare;2026-12-19;RÖ;
;;;;;
MDK utvärderas;15 per år;Expert;30 sep 2026;RJL;x
"""


@pytest.fixture
def plan(pilot_context: Flask):
    return new_plan()


def look_over(plan, text: str = SHEET, by: str = HEAD):
    with transaction():
        return taking_in.look_over(plan=plan, data=text.encode(), name="gammal.csv", who=acting(by))


def take_in(plan, sheet, by: str = HEAD):
    rows = taking_in.preview(plan, sheet, REGIONS, "ro", TODAY)
    with transaction():
        return taking_in.take_in(plan=plan, sheet=sheet, rows=rows, who=acting(by))


def test_headings_are_found_below_a_title_and_guessed_in_the_words_people_use(plan):
    sheet = look_over(plan)
    assert sheet.head == 2
    assert sheet.mapping == ["title", "goal", "owner_words", "due", "region", ""]
    headings = ["Åtgärd", "Hur mäts det", "Hur", "Problem", "Start", "Åtgärd igen", "Läge"]
    assert matching.mapping_of(headings, fold, {"x1": "Läge"}) == ["title", "measured", "how", "why", "start", "", "x1"]


def test_rows_become_actions_with_their_place_in_the_file_as_source(plan):
    sheet = look_over(plan)
    made = take_in(plan, sheet)
    assert [(one.title, one.region, one.goal, one.owner_words, one.due, one.source) for one in made] == [
        ("Patientföreträdare", "ro", "En per team", "Processledare", date(2026, 12, 19), "gammal.csv:4"),
        ("MDK utvärderas", "rjl", "15 per år", "Expert", date(2026, 9, 30), "gammal.csv:6"),
    ]  # fmt: skip
    with pytest.raises(Refused):
        take_in(plan, sheet)


def test_an_import_with_faults_changes_nothing(plan):
    sheet = look_over(plan, "Åtgärd;Klart;Region\nEtt;31/2;RÖ\nTvå;2026-12-01;Skåne\n;2026-12-01;RÖ\nTre;;\n")
    rows = taking_in.preview(plan, sheet, REGIONS, "ro", TODAY)
    assert [row.faults for row in rows] == [{"due": "day"}, {"region": "unknown"}, {"title": "empty"}, {}]
    with pytest.raises(Refused, match=r"3 rader|3 rows"):
        take_in(plan, sheet)
    assert listing.every(plan, Query(), TODAY, 0) == []


def test_rows_of_another_region_are_not_theirs_to_take_in(plan):
    with pytest.raises(Refused, match=r"[Rr]ad 6|[Rr]ow 6"):
        take_in(plan, look_over(plan, by=RO), by=RO)
    assert listing.every(plan, Query(), TODAY, 0) == []


def test_two_columns_are_not_the_same_field_and_one_is_the_action(plan):
    sheet = look_over(plan)
    for mapping in (["title", "title", "", "", "", ""], ["", "goal", "", "", "", ""]):
        with pytest.raises(Refused), transaction():
            taking_in.match(sheet=sheet, mapping=mapping)
    with transaction():
        taking_in.match(sheet=sheet, mapping=["why", "title", "state", "", "", ""])
    assert sheet.mapping == ["why", "title", "", "", "", ""]


def test_what_is_no_sheet_is_told_at_its_field(plan):
    for data in (b"", b"\x89PNG\r\n"):
        with pytest.raises(Refused) as refused, transaction():
            taking_in.look_over(plan=plan, data=data, name="x", who=acting(HEAD))
        assert refused.value.field == "file"


def test_a_file_goes_in_on_pages_without_script(pilot_app: Flask):
    ro = client_of(pilot_app, RO, "en")
    form = ro.soup("/improvement/plans/2/sheets").select_one("form[enctype]")
    token = form.select_one("[name=csrf_token]")["value"]
    sent = ro.post(
        form["action"], data={"csrf_token": token, "file": (io.BytesIO(SHEET.replace("RJL", "RÖ").encode()), "gammal.csv")}
    )
    assert sent.status_code == 302
    page = ro.soup(sent.location)
    assert [option["value"] for option in page.select("#columns select[name=field] option[selected]")][:2] == ["title", "goal"]
    assert "Patientföreträdare" in page.select_one("#preview").text
    assert ro.submit(sent.location, to=f"{sent.location}/take-in").status_code == 302
    assert "MDK utvärderas" in ro.soup("/improvement?plan=2").text
    assert "Choose a file" in parse(ro.submit("/improvement/plans/2/sheets", to=form["action"]).text).text
