"""Which columns a sheet with standards may have, and the guess from its headings. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ccc_pilot.i18n import lazy_gettext as _l

# What a column may hold: its name in the exported file, and what it is called on the page.
FIELDS: dict[str, Any] = {
    "chapter": _l("Chapter: number or code"),
    "chapter_title_sv": _l("Chapter: title in Swedish"),
    "chapter_title_en": _l("Chapter: title in English"),
    "standard": _l("Standard: number"),
    "standard_title_sv": _l("Standard: title in Swedish"),
    "standard_title_en": _l("Standard: title in English"),
    "number": _l("Point: number"),
    "official": _l("Point: the owner's number, if it is another"),
    "name_sv": _l("Point: heading in Swedish"),
    "name_en": _l("Point: heading in English"),
    "text_sv": _l("Point: text in Swedish"),
    "text_en": _l("Point: text in English"),
    "guidance_sv": _l("Point: guidance in Swedish"),
    "guidance_en": _l("Point: guidance in English"),
    "core": _l("Core: yes or no"),
    "core_status": _l("Core: how sure"),
    "status": _l("How sure the number is"),
    "applies": _l("Meant for: CC, CCC, NET, UNIT"),
    "evidence_required": _l("Evidence: required"),
    "evidence": _l("Evidence: suggested"),
    "pdca": _l("PDCA"),
    "weight": _l("Weight"),
    "stage_months": _l("Months after the start"),
    "was": _l("Replaces: number in the earlier edition"),
    "source": _l("Source"),
    "source_ref": _l("Source: page or line"),
    "confidence": _l("Confidence"),
    "depth": _l("Depth of the heading (1, 2, 3 …)"),
    "assessable": _l("Whether the row is a point (x) or a heading"),
}
# Other headings that mean the same, folded as ``folded`` does. Those of the last lines are common in exports of other programs.
MEANINGS: dict[str, tuple[str, ...]] = {
    "chapter": ("chapter no", "chapter code", "kapitel", "kapitelnr", "kapitelnummer", "domain", "domän", "område", "section", "avsnitt"),
    "chapter_title_sv": ("kapiteltitel", "kapitelrubrik", "områdestitel"),
    "chapter_title_en": ("chapter title", "chapter name", "domain title", "domain name", "section title"),
    "standard": ("oeci no", "standard no", "standard number", "standardnr", "standardnummer", "criterion", "kriterium"),
    "standard_title_sv": ("standardtitel", "standardrubrik", "kriterierubrik"),
    "standard_title_en": ("standard title", "standard name", "criterion title"),
    "number": ("point no", "point number", "no", "nr", "nummer", "punkt", "punktnr", "ref id", "ref", "id", "code", "kod", "substandard", "sub standard"),
    "official": ("official number", "officiellt nummer"),
    "name_sv": ("title sv", "namn", "rubrik", "titel"),
    "name_en": ("title en", "title", "name"),
    "text_sv": ("text", "krav", "kravtext", "punkttext", "beskrivning", "description sv"),
    "text_en": ("requirement", "description", "description en", "requirement text", "text english"),
    "guidance_sv": ("vägledning", "anvisning", "kommentar", "hjälptext", "annotation sv"),
    "guidance_en": ("guidance", "annotation", "help", "note", "notes"),
    "core": ("is core", "kärna", "kärnpunkt", "core standard"),
    "status": ("number status",),
    "applies": ("applicability", "applicable", "gäller", "gäller för", "designation"),
    "evidence_required": ("required evidence", "obligatoriska underlag", "mandatory evidence"),
    "evidence": ("evidence hint", "typical evidence", "underlag", "bevis", "efterfrågade underlag"),
    "weight": ("vikt",),
    "stage_months": ("months", "månader", "stage"),
    "was": ("replaces", "ersätter", "replaced by", "previous number", "tidigare nummer"),
    "source": ("källa",),
    "source_ref": ("page", "sida", "line", "rad"),
    "confidence": ("säkerhet",),
    "depth": ("level", "nivå"),
    "assessable": ("bedöms", "is assessable"),
}  # fmt: skip
HEADINGS_WITHIN = 20  # rows


def folded(heading: str) -> str:
    """Return a heading as it is compared: small letters, one space between words."""
    return " ".join(re.sub(r"[\W_]+", " ", heading.casefold()).split())


_KNOWN: Mapping[str, str] = {
    **{folded(name): name for name in FIELDS},
    **{folded(word): name for name, words in MEANINGS.items() for word in words},
}


def guess(headings: Sequence[str]) -> dict[int, str]:
    """Return which column (from 0) holds what, as far as the headings tell; what two columns claim goes to the first."""
    found: dict[int, str] = {}
    for number, heading in enumerate(headings):
        name = _KNOWN.get(folded(heading))
        if name and name not in found.values():
            found[number] = name
    return found


def heading_row(rows: Sequence[Sequence[str]]) -> int:
    """Return the row (from 0) whose cells are most likely the headings; the first where none looks like it."""
    scores = [len(guess(row)) for row in rows[:HEADINGS_WITHIN]]
    return scores.index(max(scores)) if scores else 0
