"""The library of evidence: searched, narrowed, and chosen from."""

from dataclasses import replace

from flask import render_template, request

from ccc_pilot.errors import Forbidden
from ccc_pilot.evidence import kin, kinds, library, objects, rules, showing
from ccc_pilot.evidence.blueprint import blueprint
from ccc_pilot.evidence.query import query_from
from ccc_pilot.evidence.words import LANGUAGES
from ccc_pilot.i18n import today
from ccc_pilot.people import pilots
from ccc_pilot.people.doors import me
from ccc_pilot.web.access import may
from ccc_pilot.web.forms import clean
from ccc_pilot.web.paging import Page
from ccc_pilot.web.paths import safe_next

MOST_TO_CHOOSE = 30


@blueprint.get("")
@may("evidence.read")
def index() -> str:
    """The library of documents and links."""
    query, day = query_from(request.args), today()
    places, titles = pilots.places(pilots.chosen()), kinds.kinds()
    counts, found = library.counts(query, me(), day), library.shelf(query, me(), day)
    shorts = {place.key: place.short for place in places}
    return render_template(
        "evidence/index.html",
        query=query, rows=[showing.row(row, shorts, titles, day) for row in found.rows], chips=showing.chips(query, counts),
        sentence=showing.sentence(counts), places=places, kinds=titles, languages=LANGUAGES, may_add=me().may("evidence.write"),
        page=Page(found.number, found.pages, found.total, lambda n: showing.address(replace(query, page=n))),
    )  # fmt: skip


@blueprint.get("/choose")
@may("evidence.write")
def choose() -> str:
    """Choose among what there is already, to prove something."""
    key, words = clean(request.args.get("for", ""))[:200], clean(request.args.get("q", ""))[:100]
    if not me().may("evidence.write", rules.keeper(rules.region_of(key))):
        raise Forbidden
    found = library.to_choose(words, me(), key, MOST_TO_CHOOSE) if rules.is_object_key(key) else []
    near = kin.items(key, me()) if rules.is_object_key(key) else []
    first = [item for item, _point in near if not words or item in found]
    return render_template(
        "evidence/choose.html", found=[*first, *(item for item in found if item not in first)], key=key, thing=objects.thing(key, pilots.shorts(pilots.chosen())), words=words, next=safe_next(request.args.get("next")) or "",
        most=MOST_TO_CHOOSE, near={item.id: point for item, point in near},
    )  # fmt: skip
