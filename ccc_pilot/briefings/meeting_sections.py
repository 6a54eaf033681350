"""The sections on meetings and decisions: what has happened since last time, what was decided, what is proposed now."""

import re
from collections.abc import Mapping
from typing import Any

from ccc_pilot.briefings.telling import Told
from ccc_pilot.decisions.rules import OPEN_STATES, DecisionState
from ccc_pilot.decisions.words import DEBT_WORDS, DECISION_WORDS
from ccc_pilot.i18n import gettext as _
from ccc_pilot.office import prose
from ccc_pilot.office.blocks import Block, Bullets, Grid, Heading, Item, Paragraph, Run, bullets, plain

PLACE = re.compile(r"\s*\(S\d+:[\dS:,\s-]+\)$")  # where in the pilot's own papers a note was found: not for the readers


def since(told: Told) -> tuple[Block, ...]:
    """The meetings held since last time, each with its day."""
    found = told.snapshot["meetings"]
    previous = told.snapshot["previous"]
    items = tuple(
        Item((told.link(_title(one), "decisions.meeting", meeting_id=one["id"]), Run(f" {one['day'][2:].replace('-', '')}")))
        for one in found
    )
    if not items:
        return ()
    lead = (
        _("Meetings since %(meeting)s:", meeting=f"{previous['short']} {previous['day'][2:].replace('-', '')}")
        if previous
        else _("Meetings:")
    )
    return (Paragraph(plain(lead)), Bullets(items))


def _title(one: Mapping[str, Any]) -> str:
    return str(one["title"])


def paragraphs(told: Told) -> tuple[Block, ...]:
    """What each region has sent in before the meeting."""
    blocks: list[Block] = []
    for region in told.snapshot["regions"]:
        said = told.snapshot["paragraphs"].get(region["key"])
        if said and said["sent_at"]:
            parts = [(_("What was done"), said["done"]), (_("Next"), said["coming"]), (_("Asks for"), said["asks"])]
            written = [block for name, text in parts if text.strip() for block in _said(name, text)]
            blocks += [Heading(region["short"], 2), *(written or [bullets([_("Nothing new.")])])]
    return tuple(blocks)


def _said(name: str, text: str) -> tuple[Block, ...]:
    """A part of a paragraph under its name: a line of text goes on behind the name, a list stands below it."""
    first, *rest = prose.blocks(text, top=3)
    named = Run(f"{name}:", bold=True)
    if isinstance(first, Paragraph):
        return (Paragraph((named, Run(" "), *first.runs), first.kind), *rest)
    return (Paragraph((named,)), first, *rest)


def last(told: Told) -> tuple[Block, ...]:
    """What was decided last time, and older decisions that are owed something, each with its state."""
    found = told.snapshot["decisions"]
    if not found:
        return ()
    header = (_("Decision"), _("What"), _("Status"))
    rows = tuple(
        (told.link(one["number"] or f"{_when(one)} {one['title']}".strip(), "decisions.decision", decision_id=one["id"]), one["text"], _state(one))
        for one in found
    )  # fmt: skip
    return (Grid(header, rows, "", (2.2, 4, 1.6)), *_sides(told, found))


def _when(one: Mapping[str, Any]) -> str:
    return str(one["day"] or "")[2:].replace("-", "")


def _state(one: Mapping[str, Any]) -> str:
    owed = [str(DEBT_WORDS[debt["reason"]]) % {"days": debt["days"]} for debt in one["owed"]]
    return ". ".join([str(DECISION_WORDS[DecisionState(one["status"])]), *owed])


def _sides(told: Told, found: list[Mapping[str, Any]]) -> tuple[Block, ...]:
    """Where the sources contradict each other, both are told."""
    said = [f"{side['says']} ({side['source']})" for one in found for side in one["sides"]]
    return (Paragraph(plain(_("The sources differ:"))), bullets(said)) if said else ()


def proposals(told: Told) -> tuple[Block, ...]:
    """What the meeting is asked to decide, numbered; what is settled already is told with its outcome."""
    found = [one for one in told.snapshot["proposals"] if one["status"] in OPEN_STATES]
    settled = [one for one in told.snapshot["proposals"] if one["status"] not in OPEN_STATES]
    blocks: list[Block] = []
    if found:
        blocks.append(Paragraph((Run(_("Proposals for decision at %(meeting)s:", meeting=told.meeting), bold=True),)))
        blocks.append(Bullets(tuple(Item((told.link(one["proposal"] or one["title"], "decisions.decision", decision_id=one["id"]),)) for one in found), ordered=True))  # fmt: skip
    if settled:
        header = (_("Decision"), _("What"), _("Status"))
        blocks.append(
            Grid(header, tuple((one["number"] or one["title"], one["text"], _state(one)) for one in settled), "", (2, 4, 1.6))
        )
    return tuple(blocks)


def attachments(told: Told) -> tuple[Block, ...]:
    """The documents that the proposals rest on."""
    notes = [
        PLACE.sub("", note)
        for one in told.snapshot["proposals"]
        for relation, _key, note in one["links"]
        if relation == "basis" and note
    ]
    items = [Item((Run(note),)) for note in dict.fromkeys(notes)]
    items += [Item((told.link(one["title"], "evidence.show", item_id=one["id"]),)) for one in told.snapshot.get("documents", ())]
    return (Bullets(tuple(items)),) if items else ()
