"""Pages of the decisions: the log, and one decision with its chain, links and history."""

from typing import Any

from flask import render_template, request

from ccc_pilot.decisions import finding, listing, reading, showing, telling, words
from ccc_pilot.decisions.blueprint import blueprint, neighbours
from ccc_pilot.decisions.models import Decision
from ccc_pilot.decisions.query import address, query_from
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
        chips=showing.chips(query, counts, len(found.debts)), sentence=showing.sentence(counts, len(found.debts)),
        page=Page(found.page, found.pages, found.total, lambda n: address(query, page=n)),
        bodies=showing.options(bodies.values()), kinds=words.KIND_WORDS.items(), years=listing.years(pilot),
        may_record=me().may("decision.record"),
    )  # fmt: skip


@blueprint.get("/decisions/<int:decision_id>")
@may("decision.read")
def decision(decision_id: int) -> str:
    """One decision: its words, what it hangs together with, and what became of it."""
    return page(finding.decision(pilots.chosen(), decision_id))


def page(found: Decision, **forms: Any) -> str:
    """Return the page of the decision ``found``; ``forms`` are those given back with what was typed."""
    day, bodies, near = today(), finding.bodies(), neighbours()
    owed = {fact.id: fact for fact in reading.in_debt(pilots.chosen(), day, near.started) if fact.id == found.id}
    chain = finding.chain(found)
    return render_template(
        "decisions/decision.html",
        shown=showing.decision(found, bodies, owed), history=telling.history(found), changes=telling.difference(found),
        links=showing.linked(found, near.titles([link.object_key for link in found.links if link.object_key])),
        chain={name: [showing.decision(row, bodies, {}) for row in getattr(chain, name)] for name in ("before", "after", "replaces", "replaced_by")},
        registered=telling.registrations(found), locked_by=telling.person(found.locked_by_id), may_record=me().may("decision.record"), **forms,
    )  # fmt: skip
