"""Pages of an answer: one point of one region, its small form in the list, and the steps it takes."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from ccc_pilot.assessment import answers, listing, network_views, scope, showing, sight, stages, talk, words
from ccc_pilot.assessment.blueprint import blueprint
from ccc_pilot.assessment.forms import AnswerForm, QuickForm, StepForm
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.assessment.talk_forms import AskForm, SayForm
from ccc_pilot.evidence import link_showing, reading
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.people.policy import NETWORK
from ccc_pilot.web.access import may
from ccc_pilot.web.htmx import is_partial

POINT = "/<int:number>/<region>/points/<slug>"


@blueprint.get(POINT)
@may("assessment.read", region="region")
def answer(number: int, region: str, slug: str) -> str:
    """One point of one region: its text, the answer, the regions beside each other, how far its chapter has come."""
    round_ = sight.round_(pilots.chosen(), number)
    return network_views.point_page(round_, slug) if region == NETWORK and not round_.joint else page(round_, region, slug)


def page(
    round_: AssessmentRound, region: str, slug: str, form: AnswerForm | None = None, step: StepForm | None = None,
    ask: AskForm | None = None, say: dict[int, SayForm] | None = None,
) -> str:  # fmt: skip
    """Return the page of a point; the forms (``say`` by its thread) are those given back with what was typed."""
    context = _context(round_, region, slug, form) | _talk(round_, region, slug)
    forms = {
        "step": step or StepForm(formdata=None),
        "ask": ask or context["ask"],
        "say": say or {},
        "blank_say": SayForm(formdata=None),
    }
    return render_template("assessment/answer.html", **context | forms)


def _talk(round_: AssessmentRound, region: str, slug: str) -> dict[str, Any]:
    sees, shorts = sight.regions(round_, me(), today()), {one.key: one.short for one in sight.places(round_)}
    form = AskForm(formdata=None).offer([(key, shorts[key]) for key in sees if key in shorts], me(), region)
    post = url_for("assessment.ask", number=round_.id, region=region, slug=slug)
    return {"threads": talk.threads(round_, scope.point(round_, slug), sees, shorts, me()), "ask": form.recall(post)}


def _context(round_: AssessmentRound, region: str, slug: str, form: AnswerForm | None) -> dict[str, Any]:
    found, point = scope.edition_of(round_), scope.point(round_, slug)
    beside = listing.beside(round_, point, me(), today())
    mine = beside.get(region)
    linked = reading.for_objects([one.object_key for one in beside.values()], me())
    before, after = listing.neighbours(round_, point)
    opens = (
        mine is not None
        and me().may("assessment.answer", region)
        and stages.may_write(stages.Stage(round_.stage), reopened=mine.reopened)
    )
    if opens and form is None and mine is not None:
        form = (
            AnswerForm(formdata=None, obj=mine)
            .of(mine, found.scale)
            .recall(url_for("assessment.save", number=round_.id, region=region, slug=slug))
        )
    return {
        "round": round_, "edition": found, "point": point, "standard": found.standard(point.standard), "chapter": found.chapter(point.chapter),
        "region": region, "slug": slug, "mine": mine, "form": form if opens else None, "before": before, "after": after, "words": words,
        "sides": showing.sides(round_, point, sight.places(round_), beside, linked, region), "differs": showing.differs(round_, beside),
        "progress": listing.progress(round_, region).get((region, point.chapter), listing.Progress()), "id_of": showing.slug,
        "proofs": link_showing.proofs(mine.object_key, linked[mine.object_key], me(), url_for("assessment.answer", number=round_.id, region=region, slug=slug)) if mine else None,
        "may": me().may, "second": mine is not None and me().person_id not in {mine.scored_by_id, mine.written_by_id}, "revealed": sight.is_revealed(round_, today()), "history": listing.history(mine) if mine else [],
    }  # fmt: skip


@blueprint.post(POINT)
@may("assessment.answer", region="region")
def save(number: int, region: str, slug: str) -> Any:
    """Save an answer, hand it in if that is asked for, and go on to the next point."""
    round_, target = _found(number, region, slug)
    form = AnswerForm(obj=target).of(target, scope.edition_of(round_).scale)
    propose = "propose" in request.form
    if form.carries_out(answers.write, target=target, **form.given(), actor_id=me().person_id, propose=propose):
        flash(_("Handed in.") if propose else _("Saved."), "done")
        return redirect(_next(round_, region, slug))
    return page(round_, region, slug, form), 422


def _next(round_: AssessmentRound, region: str, slug: str) -> str:
    _before, after = listing.neighbours(round_, scope.point(round_, slug))
    if "stay" in request.form or after is None:
        return url_for("assessment.answer", number=round_.id, region=region, slug=slug)
    return url_for("assessment.answer", number=round_.id, region=region, slug=showing.slug(after.key))


@blueprint.post(f"{POINT}/verify")
@may("assessment.verify", region="region")
def verify(number: int, region: str, slug: str) -> Any:
    """Say that an answer holds."""
    return _stepped(answers.verify, _("Verified."), number, region, slug)


@blueprint.post(f"{POINT}/approve")
@may("assessment.approve", region="region")
def approve(number: int, region: str, slug: str) -> Any:
    """Let an answer stand as the region's."""
    return _stepped(answers.approve, _("Approved."), number, region, slug)


@blueprint.post(f"{POINT}/return")
@may("assessment.verify", region="region")
def send_back(number: int, region: str, slug: str) -> Any:
    """Return an answer with a comment."""
    return _stepped(answers.send_back, _("Returned with your comment."), number, region, slug)


def _stepped(use_case: Callable[..., Any], message: str, number: int, region: str, slug: str) -> Any:
    round_, target = _found(number, region, slug)
    form = StepForm()
    if form.carries_out(use_case, target=target, **form.given(), actor_id=me().person_id):
        flash(message, "done")
        return redirect(url_for("assessment.answer", number=number, region=region, slug=slug))
    return page(round_, region, slug, step=form), 422


@blueprint.get(f"{POINT}/edit")
@may("assessment.answer", region="region")
def edit(number: int, region: str, slug: str) -> Any:
    """The small form of one row: in the list itself, or as a page where there is no script."""
    round_, target = _found(number, region, slug)
    form = QuickForm(formdata=None, obj=target).of(target, scope.edition_of(round_).scale)
    form.recall(url_for("assessment.quick", number=number, region=region, slug=slug))
    return _row(round_, target, form)


@blueprint.post(f"{POINT}/quick")
@may("assessment.answer", region="region")
def quick(number: int, region: str, slug: str) -> Any:
    """Save an answer from the list."""
    round_, target = _found(number, region, slug)
    form = QuickForm(obj=target).of(target, scope.edition_of(round_).scale)
    if not form.carries_out(answers.write, target=target, **form.given(), actor_id=me().person_id):
        return _row(round_, target, form), 422
    if is_partial():
        return _row(round_, target, saved=True)
    flash(_("Saved."), "done")
    return redirect(url_for("assessment.region", number=number, region=region, _anchor=f"line-{target.id}"))


def _row(round_: AssessmentRound, target: AssessmentAnswer, form: QuickForm | None = None, *, saved: bool = False) -> str:
    row = listing.Row(*(getattr(target, name) for name in listing.Row._fields))
    draw = showing.Lines(round_, target.region, me())
    line = draw.line(scope.edition_of(round_).point(target.point_key), row)
    template = "assessment/_line.html" if is_partial() else "assessment/edit.html"
    return render_template(template, line=line, looks=draw.looks, form=form, saved=saved, round=round_, region=target.region)


def _found(number: int, region: str, slug: str) -> tuple[AssessmentRound, AssessmentAnswer]:
    round_ = sight.round_(pilots.chosen(), number)
    return round_, answers.answer(round_, region, slug)
