"""Pages of a round's results: the numbers, the rows behind them, the gaps, and the regions beside each other."""

from typing import Any

from flask import current_app, render_template, request, url_for

from ccc_pilot.assessment import clock_showing, gap_showing, measures, results, results_showing, showing, sight, standard_showing
from ccc_pilot.assessment.blueprint import blueprint
from ccc_pilot.assessment.gap_showing import Actions, Asked
from ccc_pilot.assessment.gaps import gaps_prefix
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.assessment.results import Results
from ccc_pilot.errors import NotFound
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may


def seen(number: int) -> Results:
    """Return the results of a round over the regions that the reader sees."""
    round_ = sight.round_(pilots.chosen(), number)
    return results.of(round_, sight.regions(round_, me(), today()))


def framed(round_: AssessmentRound, here: str, **values: Any) -> dict[str, Any]:
    """Return what every page of results shows: the round, its regions, and the ways to the other pages."""
    regions = sight.places(round_)
    tabs = [(url_for(endpoint, number=round_.id), words, endpoint == here) for endpoint, words in _ways(round_)]
    return {"round": round_, "regions": regions, "tabs": tabs, **values}


def _ways(round_: AssessmentRound) -> list[tuple[str, str]]:
    clock = [("assessment.clock", _("Criteria clock"))] if clock_showing.has_stages(round_) else []
    return [
        ("assessment.results_page", _("Results")), ("assessment.gaps", _("Gaps")), ("assessment.designation", _("Designation")),
        ("assessment.pace_page", _("Pace and changes")), *clock,
    ]  # fmt: skip


def told_region(found: Results) -> str:
    """Return the region in the address, if the reader sees it; else none."""
    region = request.args.get("region", "")
    return region if region in found.regions else ""


def told_chapter(found: Results) -> str:
    """Return the key of the chapter in the address; none if there is no such chapter."""
    key = found.round_.point_key(request.args.get("chapter", ""))
    return key if key in found.by_chapter else ""


def asked(endpoint: str, **where: Any) -> Asked:
    """Return the page of a list that the address asks for; other pages have the same filters."""
    given = {name: text for name, text in request.args.items() if name != "page"}
    return Asked(request.args.get("page", 1, type=int), lambda n: url_for(endpoint, **{**given, **where, "page": n}))


def _acted(round_: AssessmentRound) -> Actions:
    """The actions at the round's gaps; the room of improvement tells them, where the roof has put it."""
    tell = current_app.extensions.get("ccc_actions_below")
    return tell(gaps_prefix(round_.id)) if tell else {}


@blueprint.get("/<int:number>/results", endpoint="results_page")
@may("assessment.read")
def results_page(number: int) -> str:
    """The numbers of a round per chapter and region, drawn and as a table."""
    found = seen(number)
    region = told_region(found)
    frame = framed(found.round_, "assessment.results_page", region=region, found=found)
    return render_template(
        "assessment/results_page.html", **frame, figures=results_showing.figures(found, region), lines=results_showing.lines(found, region),
        radar=results_showing.chapter_radar(found, frame["regions"], region), heat=results_showing.heat_map(found),
        parts=results_showing.parts(found), measures=measures.MEASURES, claimed=len(results.rows(found, "claimed", region)),
        claimed_url=results_showing.rows_url(found, "claimed", region), may_export=me().may("assessment.export"),
    )  # fmt: skip


@blueprint.get("/<int:number>/chapters/<slug>")
@may("assessment.read")
def chapter(number: int, slug: str) -> str:
    """One chapter, standard by standard."""
    found = seen(number)
    key, region = found.round_.point_key(slug), told_region(found)
    if slug not in dict(showing.chapters(found.round_)):
        raise NotFound
    frame = framed(found.round_, "assessment.results_page", region=region, found=found)
    return render_template(
        "assessment/chapter.html", **frame, chapter=found.edition.chapter(key), slug=slug, lines=standard_showing.standards(found, key, region),
        figures=results_showing.figures(found, region, key), measures=measures.MEASURES, rows_url=results_showing.rows_url(found, "all", region, key),
    )  # fmt: skip


@blueprint.get("/<int:number>/results/<which>")
@may("assessment.read")
def rows(number: int, which: str) -> str:
    """The answers behind a number."""
    found = seen(number)
    region, chapter, score = told_region(found), told_chapter(found), request.args.get("score", "")
    told = results.rows(found, which, region, chapter, score)
    page = gap_showing.paged(told, asked("assessment.rows", number=number, which=which))
    frame = framed(found.round_, "assessment.rows", found=found, region=region, chapter=chapter)
    shorts = {one.key: one.short for one in frame["regions"]}
    return render_template(
        "assessment/rows.html", **frame, title=measures.WHICH_WORDS.get(which, measures.WHICH_WORDS["all"]), page=page.page,
        rows=[results_showing.shown(found, fact, shorts) for fact in page.rows], score=score,
    )  # fmt: skip


@blueprint.get("/<int:number>/gaps")
@may("assessment.read")
def gaps(number: int) -> str:
    """What is not there yet, the most pressing first."""
    found = seen(number)
    region, chapter, reason = told_region(found), told_chapter(found), request.args.get("reason", "")
    frame = framed(found.round_, "assessment.gaps", found=found, region=region, chapter=chapter, reason=reason)
    return render_template("assessment/gaps.html", **frame, **gap_showing.gaps(
        found, frame["regions"], _acted(found.round_), asked("assessment.gaps", number=number), region=region, chapter=chapter, reason=reason
    ))  # fmt: skip
