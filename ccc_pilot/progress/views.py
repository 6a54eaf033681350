"""Pages of the milestones: the matrix, a milestone, and the small forms that are answered in place."""

from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from ccc_pilot.catalogue import ROLES, load_plans
from ccc_pilot.db import transaction
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.progress import around, cells, dependencies, finding, history, listing, loading, service, showing, talk
from ccc_pilot.progress.blueprint import blueprint
from ccc_pilot.progress.bulk_forms import BulkForm
from ccc_pilot.progress.forms import DependencyForm, ProgressForm, RescheduleForm, StartForm, VerdictForm
from ccc_pilot.progress.listing import Line
from ccc_pilot.progress.models import MilestoneRow
from ccc_pilot.progress.query import query_from
from ccc_pilot.progress.talk_forms import CommentForm, LinkForm
from ccc_pilot.web.access import may
from ccc_pilot.web.forms import Form
from ccc_pilot.web.htmx import is_partial
from ccc_pilot.web.paging import Page


@blueprint.get("")
@may("milestone.read")
def index() -> str:
    """The matrix: milestones against the regions, narrowed by the address."""
    choosing = request.args.get("choose") == "1" and me().may("milestone.progress")
    return matrix(BulkForm.blank(may_complete=me().may("milestone.complete")) if choosing else None)


def matrix(bulk: BulkForm | None = None) -> str:
    """Return the page of the matrix; with the form ``bulk``, rows can be chosen for it."""
    pilot, day, query = pilots.chosen(), today(), query_from(request.args)
    regions, counts, found = (
        pilots.regions(pilot),
        listing.of_region(listing.counts(pilot, day), query.region),
        listing.lines(pilot, query, day),
    )
    more: dict[str, Any] = {"choose": 1} if bulk else {}
    return render_template(
        "progress/index.html",
        pilot=pilot, regions=regions, query=query, counts=counts, sentence=showing.sentence(counts), chips=showing.chips(query, counts),
        lines=list(map(cells.Looks(regions, me(), day).line, found.lines)), total=found.total,
        page=Page(found.number, found.pages, found.total, lambda n: showing.address(replace(query, page=n), **more), found.more),
        choices=finding.choices(pilot), exports=showing.exports(query, me()), bulk=bulk, tabs=showing.tabs(query), address=showing.address, heads=showing.heads(query),
        whole_url=showing.address(replace(query, whole=not query.whole, page=1)),
        may_choose=me().may("milestone.progress"), counted=listing.how_many(pilot, query, day) if query.counted else None,
        uncounted_url=showing.address(replace(query, counted=False, page=1)),
    )  # fmt: skip


@blueprint.get("/<plan>/<slug>")
@may("milestone.read")
def show(plan: str, slug: str) -> str:
    """One milestone: what it is, the regions side by side, its history, source and confidence."""
    pilot = pilots.chosen()
    return page(finding.line(pilot, plan, slug))


def page(line: Line, **forms: Form) -> str:
    """Return the page of one milestone; ``forms`` are those given back with what was typed, the others are blank."""
    pilot, day = pilots.chosen(), today()
    regions = pilots.regions(pilot)
    shorts = {region.key: region.short for region in regions}
    where: dict[str, Any] = {"plan": line.plan_key, "slug": line.slug}
    judged = finding.verdict(pilot, line)
    blank = {
        "verdict_form": VerdictForm(formdata=None).of(judged).recall(url_for("progress.judge", **where)), "date_form": RescheduleForm(formdata=None), "dependency_form": DependencyForm(formdata=None),
        "link_form": LinkForm(formdata=None).recall(url_for("progress.link", **where)),
        "comment_form": CommentForm(formdata=None).offer(regions, me()).recall(url_for("progress.comment", **where)),
    }  # fmt: skip
    return render_template(
        "progress/show.html",
        pilot=pilot, plan_title=finding.plan_title(line), shown=cells.shown(line, regions, me(), day), roles=ROLES, history=history.of(line, shorts),
        around=around.of(pilot, line, shorts), verdict=judged,
        blank_date_form=RescheduleForm.blank, may_plan=me().may("milestone.plan"), may_comment=me().may("milestone.comment"),
        comments=talk.comments(line, shorts, me()), links=talk.links(line, me()), **{**blank, **forms},
    )  # fmt: skip


@blueprint.get("/<plan>/<slug>/<region>/edit")
@may("milestone.progress", region="region")
def edit(plan: str, slug: str, region: str) -> str:
    """The small form of one cell: in the matrix itself, or as a page where there is no script."""
    row = service.row(pilots.chosen(), plan, slug, region)
    form = ProgressForm(formdata=None, obj=row).offer(row.id, may_complete=me().may("milestone.complete", region))
    form.comment.data = ""
    form.recall(url_for("progress.update", plan=plan, slug=slug, region=region))
    return _editor(row, form, plan, slug)


@blueprint.post("/<plan>/<slug>/<region>")
@may("milestone.progress", region="region")
def update(plan: str, slug: str, region: str) -> Any:
    """Save where a milestone stands in a region."""
    row = service.row(pilots.chosen(), plan, slug, region)
    complete = me().may("milestone.complete", region)
    form = ProgressForm(obj=row).offer(row.id, may_complete=complete)
    if form.carries_out(service.update, target=row, **form.given(), actor_id=me().person_id, may_complete=complete):
        return _answer(plan, slug, row)
    return _editor(row, form, plan, slug), 422


def _answer(plan: str, slug: str, row: MilestoneRow) -> Any:
    pilot = pilots.chosen()
    note = dependencies.told(pilot, row)
    if not is_partial():
        flash(" ".join(filter(None, (_("Saved."), note))), "done")
        return redirect(url_for("progress.show", plan=plan, slug=slug))
    shown = cells.shown(finding.line(pilot, plan, slug), pilots.regions(pilot), me(), today())
    return render_template("progress/_line.html", shown=shown, saved=row.region, note=note, regions=pilots.regions(pilot))


def _editor(row: MilestoneRow, form: ProgressForm, plan: str, slug: str) -> str:
    pilot = pilots.chosen()
    shown = cells.shown(finding.line(pilot, plan, slug), pilots.regions(pilot), me(), today())
    template = "progress/_line.html" if is_partial() else "progress/edit.html"
    return render_template(template, shown=shown, form=form, row=row, regions=pilots.regions(pilot))


@blueprint.post("/<plan>/<slug>/<region>/date")
@may("milestone.plan", region="region")
def reschedule(plan: str, slug: str, region: str) -> Any:
    """Move a date by hand, with a reason."""
    row = service.row(pilots.chosen(), plan, slug, region)
    form = RescheduleForm().of(row)
    if form.carries_out(service.reschedule, target=row, **form.given(), actor_id=me().person_id):
        note = dependencies.told(pilots.chosen(), row, moved=True)
        flash(" ".join(filter(None, (_("The date is moved and the first one kept."), note))), "done")
        return redirect(url_for("progress.show", plan=plan, slug=slug))
    return page(finding.line(pilots.chosen(), plan, slug), date_form=form), 422


@blueprint.post("/<plan>/<slug>/verdict")
@may("milestone.plan")
def judge(plan: str, slug: str) -> Any:
    """Confirm or correct an assumption."""
    line = finding.line(pilots.chosen(), plan, slug)
    form = VerdictForm().of(finding.verdict(pilots.chosen(), line))
    if form.carries_out(service.judge, pilot=pilots.chosen(), key=line.item.key, **form.given(), actor_id=me().person_id):
        flash(_("Your word on the assumption is kept beside it."), "done")
        return redirect(url_for("progress.show", plan=plan, slug=slug))
    return page(line, verdict_form=form), 422


@blueprint.post("/<plan>/<slug>/dependencies")
@may("milestone.plan")
def add_dependency(plan: str, slug: str) -> Any:
    """Let a milestone wait for another, beside what its plan says."""
    line = finding.line(pilots.chosen(), plan, slug)
    form = DependencyForm()
    if form.carries_out(dependencies.add, pilot=pilots.chosen(), target=line, **form.given(), actor_id=me().person_id):
        flash(_("It now waits for %(name)s.", name=dependencies.name_of(form.result)), "done")
        return redirect(url_for("progress.show", plan=plan, slug=slug, _anchor="dependencies"))
    return page(line, dependency_form=form), 422


@blueprint.post("/<plan>/<slug>/dependencies/remove")
@may("milestone.plan")
def remove_dependency(plan: str, slug: str) -> Any:
    """Take away a dependency that the pilot added."""
    line = finding.line(pilots.chosen(), plan, slug)
    form = DependencyForm()
    if form.carries_out(dependencies.remove, pilot=pilots.chosen(), target=line, **form.given(), actor_id=me().person_id):
        flash(_("It no longer waits for that one."), "done")
    return redirect(url_for("progress.show", plan=plan, slug=slug, _anchor="dependencies"))


@blueprint.get("/plans")
@may("milestone.read")
def plans() -> str:
    """The plans on the shelf, and the pilot's start."""
    return _plans(StartForm(formdata=None, obj=pilots.chosen()))


def _plans(form: StartForm) -> str:
    return render_template(
        "progress/plans.html", plans=load_plans().values(), pilot=pilots.chosen(), form=form, may_plan=me().may("milestone.plan")
    )


@blueprint.get("/plans/<plan>")
@may("milestone.read")
def plan(plan: str) -> str:
    """A plan as a readable page, with its sources and what they leave open."""
    judged = finding.verdicts(pilots.chosen(), plan)
    return render_template("progress/plan.html", plan=loading.plan(plan), roles=ROLES, judged=judged, when=showing.when)


@blueprint.post("/plans/<plan>/follow")
@may("milestone.plan")
def follow(plan: str) -> Any:
    """Let the pilot follow a plan."""
    with transaction():
        loading.follow(pilots.chosen(), plan, actor_id=me().person_id)
    flash(_("The pilot now follows the plan; its milestones stand in the matrix."), "done")
    return redirect(url_for("progress.index", plan=plan))


@blueprint.post("/start")
@may("milestone.plan")
def start() -> Any:
    """Move the pilot's start; dates counted from it follow."""
    form = StartForm()
    if form.carries_out(loading.move_start, pilot=pilots.chosen(), **form.given(), actor_id=me().person_id):
        flash(_("%(n)s dates followed the new start.", n=form.result), "done")
        return redirect(url_for("progress.plans"))
    return _plans(form), 422
