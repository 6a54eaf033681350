"""The index of a dossier: a page that needs nothing but the archive it lies in."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from ccc_pilot.assessment import document_words, words
from ccc_pilot.assessment.document_rules import DocumentState
from ccc_pilot.assessment.fact_records import Fact
from ccc_pilot.assessment.models import AssessmentRound
from ccc_pilot.catalogue.standard_records import Edition
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import language

Entry = dict[str, Any]


def page(
    round_: AssessmentRound, found: Edition, told: Sequence[Fact], entries: Mapping[str, Sequence[Entry]], beside: Sequence[Entry],
    shorts: Mapping[str, str],
) -> str:  # fmt: skip
    """Return the index: the documents that are asked for beside the points (``beside``), then the answers ordered by standard.

    ``entries``: the evidence of each answer by its key; ``shorts``: how each region is called.
    """
    title = escape(round_.title)
    head = f"<!doctype html><html lang='{language()}'><meta charset='utf-8'><title>{title}</title><h1>{title}</h1>"
    return "\n".join([head, f"<p>{escape(str(found.title))}</p>", *_documents(beside), *_answers(found, told, entries, shorts)])


def _documents(beside: Sequence[Entry]) -> Iterator[str]:
    if beside:
        head = _("Requested documents")
        yield f"<h2>{escape(head)}</h2>"
    for one in beside:
        yield f"<h3>{escape(one['number'])} {escape(one['title'])}: {escape(_standing(one))}</h3><ul>"
        yield from (f"<li>{_linked(entry)}</li>" for entry in one["evidence"])
        yield "</ul>"


def _standing(one: Entry) -> str:
    """Tell how a document stands: complete, not needed and why, or what it lacks."""
    if one["state"] == DocumentState.NOT_NEEDED and one["reason"]:
        return _("Not needed: %(reason)s", reason=one["reason"])
    return "; ".join(str(document_words.LACK_WORDS[lack]) for lack in one["lacks"]) or document_words.complete().word


def _answers(
    found: Edition, told: Sequence[Fact], entries: Mapping[str, Sequence[Entry]], shorts: Mapping[str, str]
) -> Iterator[str]:  # fmt: skip
    standard = ""
    for fact in told:
        if fact.point.standard != standard:
            standard = fact.point.standard
            one = found.standard(standard)
            yield f"<h2>{escape(one.number)} {escape(str(one.title))}</h2>"
        score, number = words.score(found.scale, fact.score).word, fact.point.official or fact.point.number
        region = escape(shorts.get(fact.region, fact.region))
        yield f"<h3>{escape(number)} · {region}: {escape(score)}</h3><p>{escape(fact.na_reason or fact.note)}</p><ul>"
        yield from (f"<li>{_linked(entry)}</li>" for entry in entries[fact.key])
        yield "</ul>"


def _linked(entry: Entry) -> str:
    if entry.get("confidential"):
        return escape(_("Confidential evidence, not packed"))
    place = f" ({escape(entry['place'])})" if entry["place"] else ""
    if entry.get("file"):
        return f"<a href='{escape(entry['file'])}'>{escape(entry['title'])}</a>{place}"
    said = entry.get("address") or _("the file is missing or damaged")
    return f"{escape(entry['title'])}{place}: {escape(said)}"
