"""Figures of the designation: recorded with their source, checked against the limits, and asked for before a round is handed in."""

from datetime import timedelta
from fractions import Fraction

import pytest
from flask import Flask
from sqlalchemy import update

from ccc_pilot.assessment import designation, figures, ready, rounds
from ccc_pilot.assessment.designation import Kind, Verdict
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.assessment.result_models import AssessmentFigure
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import Conflict, NotFound, Refused
from ccc_pilot.i18n import today
from tests.factories import client_of, person, pilot
from tests.support.pages import parse

REGIONS = ("ro", "rjl", "rkl")


def opened(sought: str = "CCC", edition: str = "oeci-3x-p") -> AssessmentRound:
    with transaction():
        return rounds.open_round(
            pilot=pilot(), title="Prov", edition_key=edition, designation=sought, start=today() - timedelta(days=400),
            due=today() + timedelta(days=30), independent=False, actor_id=person("huvudprojektledare").id,
        )  # fmt: skip


@pytest.fixture
def round_(entered: Flask) -> AssessmentRound:
    return opened()


def record(round_: AssessmentRound, item: str, value: str, region: str = "ro", **more: object) -> AssessmentFigure:
    with transaction():
        given = {"names": "", "explanation": "", "source": "Årsrapport 2025", "version": figures.of(round_, region, item).version}
        return figures.record(
            round_=round_, region=region, item=item, value=value, actor_id=person("projektledare.ro").id, **{**given, **more}
        )


def outcome(round_: AssessmentRound, item: str) -> bool | None:
    rows = figures.recorded(round_)
    return designation.check("CCC", figures.for_rules(round_, rows, REGIONS)).outcomes[item]


def test_figures_of_the_regions_are_added_up_and_an_unknown_one_leaves_it_open(round_: AssessmentRound):
    record(round_, "beds", "100")
    record(round_, "beds", "40", "rjl")
    assert outcome(round_, "beds") is None
    record(round_, "beds", "10", "rkl")
    assert outcome(round_, "beds") is False
    record(round_, "beds", "10,5", "rkl")
    assert outcome(round_, "beds") is True


def test_named_publications_of_two_regions_count_once(round_: AssessmentRound):
    for region in REGIONS:
        record(round_, "publications", "", region, names="\n".join(f"10.1/{n}" for n in range(125)))
    assert outcome(round_, "publications") is False


def test_a_figure_needs_its_source(round_: AssessmentRound):
    with pytest.raises(Refused) as refused:
        record(round_, "beds", "100", source=" ")
    assert refused.value.field == "source"


@pytest.mark.every_engine
def test_two_who_record_at_once_both_see_it(round_: AssessmentRound):
    record(round_, "beds", "100")
    with pytest.raises(Conflict) as conflict:
        record(round_, "beds", "90", version=0)
    assert conflict.value.theirs["value"] == "100"


@pytest.mark.parametrize(("text", "stored"), [("6 171", "6171"), ("62,5", "62.5"), ("", ""), ("12.", "12")])
def test_numbers_are_read_as_people_write_them(text: str, stored: str):
    assert figures.number(text, Kind.SUM) == stored
    assert not stored or Fraction(stored) > 0


@pytest.mark.parametrize("text", ["-1", "1e9", "många", "1/2", "٣", "1.2.3", "9" * 20, ".5x", "+3"])
def test_what_is_no_number_is_refused(text: str):
    with pytest.raises(Refused):
        figures.number(text, Kind.SUM)


def test_unknown_items_and_regions_are_not_found(round_: AssessmentRound):
    for region, item in (("ro", "nonsense"), ("sosr", "beds")):
        with pytest.raises(NotFound):
            figures.of(round_, region, item)


def test_before_it_is_handed_in_every_figure_is_filled_or_explained(round_: AssessmentRound):
    def rule(code: str) -> ready.Check:
        return next(check for check in ready.checks(round_, today()) if check.rule == code)

    assert "beds@ro" in rule("R8").offenders and rule("R9").passed
    record(round_, "beds", "", explanation="Räknas i höst", source="")
    assert "beds@ro" not in rule("R8").offenders
    for region in REGIONS:
        record(round_, "care_budget", "1", region)
    assert ready.verdict(round_, figures.recorded(round_)) is Verdict.FAILED
    assert rule("R9").passed is False


def test_where_no_limits_are_published_no_figure_is_asked_for(entered: Flask):
    found = opened("NET")
    assert figures.asked(found) == ()
    assert ready.verdict(found, {}) is Verdict.UNDETERMINED


@pytest.fixture
def app(pilot_app: Flask) -> Flask:
    return pilot_app


def test_a_region_records_a_figure_and_all_see_what_it_comes_to(app: Flask):
    with app.app_context():
        number = opened().id
    client = client_of(app, "projektledare.ro")
    path = f"/assessment/{number}/ro/figures/care_budget"
    refused = client.submit(path, to=path, value="mycket")
    assert refused.status_code == 422 and "mycket" in refused.text
    page = client.submit(path, to=path, value="51", source="Ekonomisystemet", follow_redirects=True)
    row = next(row.get_text(" ", strip=True) for row in parse(page.text).select("tbody tr") if "Ekonomisystemet" in row.text)
    assert "minst 51" in row and row.endswith("Uppfylld")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_of_designation_and_pace_are_shown(app: Flask, language: str):
    with app.app_context():
        one, other = opened().id, opened("", "rcc-2012").id
    client = client_of(app, "projektledare.ro", language)
    for path in (
        f"{one}/designation",
        f"{other}/designation",
        f"{one}/pace",
        f"{other}/pace",
        f"{one}/pace?against={other}",
        f"{one}/clock",
    ):
        assert client.get(f"/assessment/{path}").status_code == 200, path


def test_the_clock_of_the_ten_criteria_tells_what_is_expected_by_now(app: Flask):
    with app.app_context():
        number, start = opened("", "rcc-2012").id, today() - timedelta(days=400)
        with transaction():
            db.session.execute(
                update(AssessmentAnswer)
                .where(AssessmentAnswer.round_id == number, AssessmentAnswer.region == "ro")
                .values(score="achieved")
            )
    client = client_of(app, "projektledare.ro")
    page = client.soup(f"/assessment/{number}/clock?start={start}")
    stages = page.select("main section.panel")
    assert [stage.h2.text for stage in stages] == ["Vid starten", *(f"Efter {n} månader" for n in (12, 24, 36, 48))]
    assert ["förväntas nu" in stage.header.text for stage in stages] == [True, True, False, False, False]
    rows = stages[1].select("tbody tr")
    assert [head.small.text for head in stages[1].select("thead th")[1:]] == [
        f"{len(rows)} av {len(rows)}",
        *[f"0 av {len(rows)}"] * 2,
    ]
    assert (
        f"{len(rows) + 1} steg förväntas hittills: RÖ uppfyller {len(rows) + 1}, RJL uppfyller 0" in page.select_one(".lead").text
    )
    wrong = client.soup(f"/assessment/{number}/clock?start=31/2")
    assert "är inte ett datum" in wrong.select_one("#start-error").text and len(wrong.select("main section.panel")) == 5
