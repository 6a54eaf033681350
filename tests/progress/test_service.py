"""What people do with milestones, against both databases."""

from datetime import date
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import delete, func, select
from sqlalchemy import update as sql_update

from ccc_pilot import journal
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import Conflict, NotFound, Refused
from ccc_pilot.i18n import today
from ccc_pilot.progress import finding, listing, loading, service
from ccc_pilot.progress.models import MilestoneChange, MilestoneLine, MilestoneRow, MilestoneTally
from ccc_pilot.progress.narrowing import Query
from ccc_pilot.progress.rules import OPEN, Status
from ccc_pilot.progress.words import standing
from tests.factories import client_of, person, pilot

PLAN = "sosr-wp4-2025"
TODAY = date(2026, 11, 23)


def row(slug: str = "P0-07", region: str = "ro") -> MilestoneRow:
    return service.row(pilot(), PLAN, slug, region)


def update(
    target: MilestoneRow, status: str = "ongoing", percent: int | None = 40, comment: str = "", **more: object
) -> MilestoneRow:
    given = {"version": target.version, "actor_id": person("projektledare.ro").id, "may_complete": False, **more}
    with transaction():
        return service.update(target=target, status=status, percent=percent, comment=comment, **given)  # type: ignore[arg-type]


def test_the_pilot_follows_its_plans_with_a_row_per_region_or_one_joint(pilot_context: Flask):
    assert {r.region for r in finding.line(pilot(), PLAN, "P0-07").cells.values()} == {"ro", "rjl", "rkl"}
    assert list(finding.line(pilot(), PLAN, "P1-01").cells) == ["sosr"]
    assert not db.session.scalars(select(MilestoneLine).where(MilestoneLine.key == f"{PLAN}:PR-05")).all()  # not active


def test_following_a_plan_twice_makes_nothing_twice(pilot_context: Flask):
    before = db.session.scalar(select(func.count(MilestoneRow.id)))
    with transaction():
        assert loading.follow(pilot(), PLAN, actor_id=None) == 0
    assert db.session.scalar(select(func.count(MilestoneRow.id))) == before


def test_a_plan_that_is_not_there_is_not_found(pilot_context: Flask):
    with pytest.raises(NotFound), transaction():
        loading.follow(pilot(), "no-such-plan", actor_id=None)


def test_a_proposal_is_not_shown_as_decided_nor_as_late(pilot_context: Flask):
    assert row("P0-04", "sosr").status == "unknown"
    assert row("P0-01", "sosr").status == "done"


def test_an_update_is_stored_with_its_history_and_its_journal_entry(pilot_context: Flask):
    target = update(row(), comment="Två av tre utsedda")
    assert (target.status, target.percent, target.comment, target.version) == ("ongoing", 40, "Två av tre utsedda", 2)
    change = db.session.scalars(select(MilestoneChange)).one()
    assert (change.status_from, change.status_to, change.percent_from, change.percent_to) == ("not_started", "ongoing", 0, 40)
    entry = db.session.scalars(select(journal.Entry).order_by(journal.Entry.seq.desc())).first()
    assert entry is not None
    assert (entry.event, entry.object_key, entry.region) == ("milestone.progress", f"{PLAN}:P0-07@ro", "ro")
    assert entry.fields["percent"] == [0, 40]
    assert list(journal.verify()) == []


def test_saving_without_a_change_writes_no_history(pilot_context: Flask):
    update(row(), status="not_started", percent=0)
    assert db.session.scalar(select(func.count(MilestoneChange.id))) == 0


def test_a_regional_leads_done_waits_for_approval_and_the_head_leads_is_done(pilot_context: Flask):
    assert update(row(), status="claimed", percent=None).status == "claimed"
    head = person("huvudprojektledare").id
    assert update(row(), status="done", percent=None, actor_id=head, may_complete=True).status == "done"


def test_a_form_based_on_an_older_version_meets_both_texts(pilot_context: Flask):
    first = row()
    version = first.version
    update(first, comment="Först")
    with pytest.raises(Conflict) as conflict:
        update(row(), comment="Sedan", percent=60, version=version)
    assert conflict.value.theirs["comment"] == "Först"
    assert conflict.value.mine["comment"] == "Sedan"
    assert conflict.value.version == 2
    assert conflict.value.by == "Demo Projektledare RÖ"
    assert row().comment == "Först"


def test_a_refusal_names_its_field_and_changes_nothing(pilot_context: Flask):
    with pytest.raises(Refused) as refused:
        update(row(), status="at_risk", comment="")
    assert refused.value.field == "comment"
    assert row().version == 1


def test_a_row_of_another_region_or_occurrence_is_not_found(pilot_context: Flask):
    for slug, region in (("P0-07", "sosr"), ("P1-01", "ro"), ("P0-07~2025-10", "ro"), ("X", "ro")):
        with pytest.raises(NotFound):
            row(slug, region)


def reschedule(target: MilestoneRow, due: date, reason: str = "Väntar på avtal") -> MilestoneRow:
    with transaction():
        return service.reschedule(
            target=target, due=due, reason=reason, version=target.version, actor_id=person("huvudprojektledare").id
        )


def test_a_moved_date_keeps_the_first_and_asks_why(pilot_context: Flask):
    first = row().due
    with pytest.raises(Refused) as refused:
        reschedule(row(), date(2026, 12, 24), reason=" ")
    assert refused.value.field == "reason"
    reschedule(row(), date(2026, 12, 24))
    reschedule(row(), date(2027, 1, 31))
    moved = row()
    assert (moved.first_due, moved.due, moved.due_by_hand, moved.assumed) == (first, date(2027, 1, 31), True, False)


def test_the_same_date_again_is_refused(pilot_context: Flask):
    with pytest.raises(Refused) as refused:
        reschedule(row(), row().due or date.min)
    assert refused.value.field == "due"


def test_dates_counted_from_the_start_follow_it_and_those_set_by_hand_stay(pilot_context: Flask):
    reschedule(row("P0-07", "rjl"), date(2026, 12, 24))
    with transaction():
        loading.move_start(
            pilot=pilot(),
            start=date(2026, 1, 1),
            version=pilot().version,
            reason="Beslut i RSL",
            actor_id=person("huvudprojektledare").id,
        )
    assert row("P0-07", "ro").due == date(2026, 2, 1)
    assert row("P0-07", "ro").first_due == date(2025, 10, 1)
    assert row("P0-07", "rjl").due == date(2026, 12, 24)
    assert row("P0-01", "sosr").due == date(2025, 4, 10)  # a day of the calendar


def test_moving_the_start_later_adds_the_times_that_recur_then(pilot_context: Flask):
    with pytest.raises(NotFound):
        row("PR-01~2027-02", "ro")
    with transaction():
        loading.move_start(
            pilot=pilot(),
            start=date(2026, 1, 1),
            version=pilot().version,
            reason="Beslut i RSL",
            actor_id=person("huvudprojektledare").id,
        )
    assert row("PR-01~2027-02", "ro").due == date(2027, 3, 5)


def test_a_confirmed_assumption_is_kept_beside_the_catalogue_and_makes_its_date_count(pilot_context: Flask):
    assert row().assumed
    who = person("huvudprojektledare").id
    with transaction():
        service.judge(
            pilot=pilot(), key=f"{PLAN}:P0-07", verdict="confirmed", note="Enligt projektplanen", version=0, actor_id=who
        )
    judged = finding.verdict(pilot(), finding.line(pilot(), PLAN, "P0-07"))
    assert judged is not None
    assert (judged.verdict, judged.note, judged.by) == ("confirmed", "Enligt projektplanen", "Demo Huvudprojektledare")
    assert not row().assumed
    assert loading.item(f"{PLAN}:P0-07").confidence == "assumption"


def test_of_two_who_judge_an_assumption_the_later_is_told_what_the_first_has_said(pilot_context: Flask):
    judge = partial(service.judge, pilot=pilot(), key=f"{PLAN}:P0-07", version=0)
    with transaction():
        assert judge(verdict="confirmed", note="Enligt planen", actor_id=person("huvudprojektledare").id).version == 1
    with pytest.raises(Conflict) as met, transaction():
        judge(verdict="corrected", note="Det blir i maj", actor_id=person("projektledare.ro").id)
    assert met.value.theirs == {"verdict": "confirmed", "note": "Enligt planen"}
    assert (met.value.mine["note"], met.value.by, met.value.version) == ("Det blir i maj", "Demo Huvudprojektledare", 1)
    assert finding.verdict(pilot(), finding.line(pilot(), PLAN, "P0-07")).verdict == "confirmed"


def test_a_correction_asks_what_is_right_and_a_fact_cannot_be_judged(pilot_context: Flask):
    with pytest.raises(Refused) as refused, transaction():
        service.judge(pilot=pilot(), key=f"{PLAN}:P0-07", verdict="corrected", note=" ", version=0, actor_id=1)
    assert refused.value.field == "note"
    with pytest.raises(Refused), transaction():
        service.judge(pilot=pilot(), key=f"{PLAN}:P0-01", verdict="confirmed", note="", version=0, actor_id=1)


def listed(**query: object) -> list[str]:
    return [line.slug for line in listing.lines(pilot(), Query(size=500, **query), TODAY).lines]  # type: ignore[arg-type]


def test_the_list_is_narrowed_by_every_filter(pilot_context: Flask):
    everything = listed()
    assert "P0-07" in everything
    assert listed(phase="P0") == [slug for slug in everything if slug.startswith("P0-")]
    assert set(listed(region="ro", status="not_started")) <= set(everything)
    assert listed(q="slutrapport")
    assert all(slug.startswith("U-") for slug in listed(plan="utlysning-2025"))
    assert "P0-01" in listed(status="done")
    assert "P0-07" not in listed(status="late")  # its date is only assumed
    assert "P0-07" in listed(status="late_assumed")
    assert listed(owner="rsl")
    assert all(line.item.reporting for line in listing.lines(pilot(), Query(reporting=True), TODAY).lines)


def test_search_does_not_mind_case_or_the_dots_of_a_ring(pilot_context: Flask):
    assert listed(q="MEDICINSKA experter") == listed(q="medicinska EXPERTER") == ["P0-07"]
    assert listed(q="forbattringsplan") == listed(q="Förbättringsplan") != []
    assert listed(q="100%") == listed(q="_") == []


def test_sorting_by_date_puts_the_undated_last(pilot_context: Flask):
    dues = [line.dues[0] if line.dues else None for line in listing.lines(pilot(), Query(sort="due", size=500), TODAY).lines]
    dated = [due for due in dues if due]
    assert dated == sorted(dated)
    assert dues[len(dated) :] == [None] * (len(dues) - len(dated)) != []


def test_what_is_open_stands_by_its_earliest_open_date(pilot_context: Flask):
    """A line whose first region was done long ago stands where its next open region is due, not first of all."""
    with transaction():
        target = row("P0-07", "ro")
        target.status, target.due = Status.DONE, date(2001, 1, 1)
    found = listing.lines(pilot(), Query(status="open", sort="due", size=500), TODAY).lines
    assert any(line.plan_key == PLAN and line.item.id == "P0-07" for line in found[1:])
    dues = [min(cell.due or date.max for cell in line.cells.values() if cell.status in OPEN) for line in found]
    assert dues == sorted(dues)
    latest = listing.lines(pilot(), Query(status="open", sort="due_desc", size=500), TODAY)
    assert {line.line_id for line in latest.lines} == {line.line_id for line in found}


def test_the_whole_list_stands_on_one_page(pilot_app: Flask):
    lead = client_of(pilot_app, "huvudprojektledare")
    page = lead.soup("/milestones?whole=1&sort=title")
    with pilot_app.app_context():
        total = listing.lines(pilot(), Query(), today()).total
    assert len(page.select("table.matrix tbody")) == total > 50
    assert page.select_one("nav.pager") is None
    assert page.select_one("th[aria-sort=ascending]").get_text(strip=True) == "Milstolpe"


def test_pages_cover_every_line_once(pilot_context: Flask):
    whole = listed()
    pages = [listing.lines(pilot(), Query(size=7, page=n), TODAY) for n in range(1, 99) if n <= -(-len(whole) // 7)]
    assert [line.slug for page in pages for line in page.lines] == whole
    assert {page.total for page in pages} == {len(whole)}
    assert listing.lines(pilot(), Query(size=7, page=9999), TODAY).number == pages[-1].number


def tallied() -> dict[tuple[str, str], int]:
    """Return the tally as it stands, without the places where nothing is left."""
    found = db.session.execute(select(MilestoneTally.region, MilestoneTally.status, MilestoneTally.n)).all()
    return {(region, status): n for region, status, n in found if n}


def counted() -> dict[tuple[str, str], int]:
    """Return the same, counted row by row."""
    statement = select(MilestoneRow.region, MilestoneRow.status, func.count())
    found = db.session.execute(statement.group_by(MilestoneRow.region, MilestoneRow.status)).all()
    return {(region, status): n for region, status, n in found}


def test_the_database_keeps_the_tally_whoever_writes(pilot_context: Flask):
    assert tallied() == counted() != {}
    update(row(), "ongoing", 10)
    update(row("P0-07", "rjl"), "done", 100)
    assert tallied() == counted()
    assert tallied()["rjl", "claimed"] == 1
    with transaction():
        db.session.execute(
            sql_update(MilestoneRow).where(MilestoneRow.region == "rkl").values(status="at_risk", region="elsewhere")
        )
    assert tallied() == counted()
    row("P0-07", "ro").status = "cancelled"
    db.session.flush()
    assert tallied()["ro", "cancelled"] == 1
    db.session.rollback()
    assert tallied() == counted()
    with transaction():
        db.session.execute(delete(MilestoneChange))
        db.session.execute(delete(MilestoneRow).where(MilestoneRow.status == "at_risk"))
    assert tallied() == counted()


def test_what_is_counted_says_when_there_is_more(pilot_context: Flask, monkeypatch: pytest.MonkeyPatch):
    whole = len(listed())
    monkeypatch.setattr(listing, "COUNTED_AHEAD", 20)
    for sort in ("plan", "due"):
        first = listing.lines(pilot(), Query(size=10, sort=sort), TODAY)
        assert (first.total, first.pages, first.more) == (30, 3, True)
        last = listing.lines(pilot(), Query(size=10, sort=sort, page=-(-whole // 10)), TODAY)
        assert (last.total, last.more) == (whole, False)
    assert not listing.lines(pilot(), Query(size=whole), TODAY).more


def test_a_long_list_tells_that_there_are_more_pages_than_were_counted(pilot_app: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(listing, "COUNTED_AHEAD", 10)
    page = client_of(pilot_app, "huvudprojektledare").soup("/milestones")
    assert page.select_one("nav.pager .muted").get_text() == "Sida 1 av fler än 2"
    assert [entry.get_text(strip=True) for entry in page.select("nav.pager li")] == ["1", "2", "…", ""]


def test_counts_by_region_add_up(pilot_context: Flask):
    counts = listing.counts(pilot(), TODAY)
    assert counts[""].total == sum(counts[region].total for region in ("ro", "rjl", "rkl", "sosr"))
    assert counts["ro"].total == counts["rkl"].total


def test_a_row_past_its_assumed_date_tells_what_was_chosen_and_that(pilot_context: Flask):
    past = standing("not_started", 0, date(2026, 1, 1), TODAY, assumed=True)
    chosen = standing("ongoing", 40, date(2026, 1, 1), TODAY, assumed=True)
    assert (past.word, chosen.word, chosen.css) == ("Efter antaget datum", "Pågår · efter antaget datum", past.css)
