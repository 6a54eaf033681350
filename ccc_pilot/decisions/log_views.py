"""Pages of the decisions: the log, and one decision with its chain, links and history."""

from typing import Any

from flask import render_template, request, url_for

from ccc_pilot.decisions import finding, listing, reading, recording, rules, showing, telling, words
from ccc_pilot.decisions.blueprint import blueprint, neighbours
from ccc_pilot.decisions.decision_forms import FurtherForm, LinkForm, RegistrationForm, ReviewForm, SettleForm, SumForm
from ccc_pilot.decisions.models import Decision
from ccc_pilot.decisions.query import address, query_from
from ccc_pilot.decisions.rules import DecisionState
from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may
from ccc_pilot.web.paging import Page


@blueprint.get("/decisions")
@may("decision.read")
def log() -> str:
    """The log of decisions, narrowed by the address."""
    pilot, query, bodies = pilots.chosen(), query_from(request.args), finding.bodies()
    counts, found = listing.counts(pilot), listing.log(pilot, query, today(), neighbours().started)
    return render_template(
        "decisions/log.html",
        query=query, rows=[showing.decision(row, bodies, found.debts) for row in found.rows], total=found.total,
        chips=showing.chips(query, counts, len(found.debts), listing.with_money(pilot)), sentence=showing.sentence(counts, len(found.debts)),
        page=Page(found.page, found.pages, found.total, lambda n: address(query, page=n)),
        bodies=showing.options(bodies.values()), kinds=words.KIND_WORDS.items(), years=listing.years(pilot),
        may_record=me().may("decision.record"), export=address(query, "decisions.export_log") if me().may("decision.export") else "",
    )  # fmt: skip


@blueprint.get("/decisions/<int:decision_id>")
@may("decision.read")
def decision(decision_id: int) -> str:
    """One decision: its words, what it hangs together with, and what became of it."""
    return page(finding.decision(pilots.chosen(), decision_id))


def page(found: Decision, **forms: Any) -> str:
    """Return the page of the decision ``found``; ``forms`` are those given back with what was typed, the others are blank."""
    day, bodies, near = today(), finding.bodies(), neighbours()
    owed = {fact.id: fact for fact in reading.in_debt(pilots.chosen(), day, near.started) if fact.id == found.id}
    chain = finding.chain(found)
    keys = [one.object_key for one in found.links] + [one.object_key for one in found.sums]
    titles = near.titles([key for key in keys if key])
    blank = _blank(found) if me().may("decision.record") else {}
    return render_template(
        "decisions/decision.html",
        shown=showing.decision(found, bodies, owed), history=telling.history(found), changes=telling.difference(found),
        links=showing.linked(found, titles), made=near.made(found.place_key), act_url=showing.act_url(found) if me().may("improvement.propose") else "", sums=[(one, *titles.get(one.object_key, (one.object_key, ""))) for one in found.sums],
        chain={name: [showing.decision(row, bodies, {}) for row in getattr(chain, name)] for name in ("before", "after", "replaces", "replaced_by")},
        bodies=showing.way(chain, found, bodies), here=showing.body_of(found, bodies),
        registered=telling.registrations(found), locked_by=telling.person(found.locked_by_id), may_record=me().may("decision.record"),
        may_lock=me().may("decision.lock") and recording.can_lock(found, me().person_id), **{**blank, **forms},
    )  # fmt: skip


def _blank(found: Decision) -> dict[str, Any]:
    where: dict[str, Any] = {"decision_id": found.id}
    steps = steps_of(found)
    can_settle = (
        any(state in rules.OUTCOMES for state in rules.DECISION_STEPS[DecisionState(found.status)]) and not found.locked_at
    )
    hindrance = recording.hindrance(found, today()) if can_settle else ""
    return {
        "settle_form": SettleForm.blank(found, url_for("decisions.settle", **where)) if can_settle and not hindrance else None,
        "hindrance": hindrance,
        "further_form": FurtherForm(formdata=None, obj=found).offer(steps) if steps else None,
        "review_form": ReviewForm(formdata=None, obj=found) if found.status in rules.IN_FORCE else None,
        "sum_form": None if found.locked_at else SumForm(formdata=None).recall(url_for("decisions.allocate", **where)),
        "link_form": LinkForm(formdata=None).recall(url_for("decisions.link", **where)),
        "registration_form": RegistrationForm(formdata=None).offer(finding.organisations()),
    }


def steps_of(found: Decision) -> dict[str, Any]:
    """Return the states that can follow by a simple word, with what they are called."""
    following = rules.DECISION_STEPS[DecisionState(found.status)]
    return {state: words.FURTHER_WORDS[state] for state in following if state in words.FURTHER_WORDS}
