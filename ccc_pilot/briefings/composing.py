"""A briefing put together: its sections in their order with what was frozen and what the lead wrote, as blocks, paper and deck."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ccc_pilot.briefings import abbreviations
from ccc_pilot.briefings.models import Briefing
from ccc_pilot.briefings.sections import BY_KEY, PARTS
from ccc_pilot.briefings.telling import Address, Told, nowhere
from ccc_pilot.dates import format_day
from ccc_pilot.i18n import force_locale, ngettext
from ccc_pilot.i18n import gettext as _
from ccc_pilot.office import prose
from ccc_pilot.office.blocks import (
    Block,
    Bullets,
    Facts,
    Grid,
    Heading,
    Item,
    Paper,
    Paragraph,
    Run,
    Timeline,
    plain,
    text_of,
)
from ccc_pilot.office.decks import BODY_HEIGHT, Deck, Slide, height

FULL = 0.9
MOST_ON_SLIDES = 60  # rows or items: whoever wants to read more of a list takes the letter


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it is shown: ``prose`` is what people wrote, ``found`` what was frozen; ``hidden`` ones are not printed."""

    key: str
    title: str
    part: str
    prose: tuple[Block, ...]
    found: tuple[Block, ...]
    hidden: bool = False
    source: str = ""
    prose_last: bool = False

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All of it in its order."""
        return (*self.found, *self.prose) if self.prose_last else (*self.prose, *self.found)


@dataclass(frozen=True, slots=True)
class Composed:
    """A briefing in a language: ``parts`` that are printed, and all of them (``all_parts``) for the one who edits."""

    told: Told
    title: str
    subtitle: str
    parts: tuple[Part, ...]
    all_parts: tuple[Part, ...]
    short: tuple[tuple[str, str], ...]


def compose(briefing: Briefing, language: str, address: Address = nowhere) -> Composed:
    """Return ``briefing`` in ``language``; ``address`` leads from numbers to their rows (see ``telling.nowhere``)."""
    with force_locale(language):
        told = Told(briefing.snapshot, language, address)
        parts = tuple(_parts(briefing, told))
        printed = tuple(part for part in parts if part.blocks and not part.hidden) or (_nothing(),)
        texts = (text for part in printed for block in part.blocks for text in texts_of(block))
        title = _("Briefing for %(meeting)s", meeting=told.meeting)
        network = told.word(told.snapshot["pilot"]["network"])
        subtitle = _("%(network)s · as of %(day)s", network=network, day=format_day(told.day, language))
        short = tuple(abbreviations.used((title, *texts), told.snapshot["organisations"], language))
        return Composed(told, title, subtitle, printed, parts, short)


def _nothing() -> Part:
    """What a briefing says that has nothing to tell: a deck of a title alone would look like a fault."""
    words = _("Nothing is recorded for this meeting yet: no milestone, no proposal and no words of the regions.")
    return Part("summary", _("Summary"), "summary", (), (Paragraph(plain(words)),))


def _parts(briefing: Briefing, told: Told) -> Iterator[Part]:
    for one in briefing.sections:
        known = BY_KEY.get(one.key)
        written = prose.blocks(one.text, top=2) if one.text.strip() else ()
        if known is not None:
            yield Part(
                one.key,
                one.title or str(known.title),
                known.part,
                written,
                known.build(told),
                one.hidden,
                one.source,
                known.prose_last,
            )
        else:
            yield Part(one.key, one.title, "matter", written, (), one.hidden, one.source)


def texts_of(block: Block) -> Iterator[str]:
    """Yield all the texts of a block."""
    match block:
        case Heading(text=text):
            yield text
        case Paragraph(runs=runs):
            yield text_of(runs)
        case Bullets(items=items):
            yield from (text_of(item.runs) for item in items)
        case Grid(header=header, rows=rows):
            yield from header
            yield from (str(cell) for row in rows for cell in row)
        case Timeline(tabled=True):
            yield from texts_of(block.grid())


def paper(briefing: Briefing, language: str, author: str = "") -> Paper:
    """Return the briefing as a letter (tjänsteskrivelse): under its usual headings, those without content left out."""
    composed = compose(briefing, language)
    with force_locale(language):
        told = composed.told
        blocks: list[Block] = [Facts(tuple(_head(told)))]
        for key, title in PARTS.items():
            parts = [part for part in composed.parts if part.part == key]
            if parts:
                blocks.append(Heading(str(title)))
                for part in parts:
                    blocks += _under(part, own_title=part.title != str(title))
        if composed.short:
            blocks += [Heading(_("Abbreviations")), _explained(composed)]
        blocks.append(
            Paragraph(
                plain(_("Frozen %(day)s. Seal: %(seal)s", day=format_day(told.day, language), seal=briefing.digest)), "note"
            )
        )
        return Paper(
            composed.title, language, tuple(blocks), composed.subtitle, (_("Official letter"),), author, told.word(told.snapshot["pilot"]["name"]),
            (told.meeting,), composed.title, briefing.frozen_at,
        )  # fmt: skip


def _head(told: Told) -> Iterator[tuple[str, str]]:
    yield _("Diary number"), ", ".join(f"{short} {number}" for short, number in told.snapshot.get("registered", ())) or "–"
    yield _("Date"), format_day(told.day, told.language)
    yield _("From whom"), told.word(told.snapshot["pilot"]["name"])
    yield _("To whom"), f"{told.snapshot['meeting']['title']}, {format_day(told.meeting_day, told.language)}"


def _under(part: Part, *, own_title: bool) -> list[Block]:
    """A section's blocks under its title, its own headings a step deeper."""
    deeper = [replace(block, level=block.level + 1) if isinstance(block, Heading) else block for block in part.blocks]
    return [Heading(part.title, 2), *deeper] if own_title else deeper


def _explained(composed: Composed) -> Bullets:
    return Bullets(tuple(Item((Run(short, bold=True), Run(f" – {name}"))) for short, name in composed.short))


def deck(briefing: Briefing, language: str, author: str = "") -> Deck:
    """Return the briefing as a deck: a slide per section, the abbreviations first, sources in the notes."""
    composed = compose(briefing, language)
    with force_locale(language):
        slides = [Slide(composed.title, (Paragraph(plain(composed.subtitle)),), _("Frozen from the pilot's own rows. Seal: %(seal)s", seal=briefing.digest), opening=True)]  # fmt: skip
        if composed.short:
            slides.append(Slide(_("Abbreviations"), (_explained(composed),)))
        leads = {part.title for part in composed.parts if part.key in BY_KEY and BY_KEY[part.key].leads}
        slides += _packed([Slide(part.title, tuple(_on_slide(part.blocks)), _notes(part)) for part in composed.parts], leads)
        return Deck(composed.title, language, tuple(slides), author, composed.told.meeting, composed.title, briefing.frozen_at)


def _packed(slides: Sequence[Slide], leads: Collection[str]) -> list[Slide]:
    """Two short sections that follow one another share a slide, the second under a heading of its own; those of ``leads`` begin one."""
    packed: list[Slide] = []
    room = BODY_HEIGHT * FULL
    shared = False
    for slide in slides:
        both = (*packed[-1].blocks, Heading(slide.title), *slide.blocks) if packed else ()
        if packed and not shared and slide.title not in leads and sum(map(height, both)) <= room:
            notes = "\n".join(filter(None, (packed[-1].notes, slide.notes)))
            packed[-1], shared = Slide(packed[-1].title, both, "\n".join(dict.fromkeys(notes.split("\n")))), True
        else:
            packed.append(slide)
            shared = False
    return packed


def _on_slide(blocks: Iterable[Block]) -> Iterator[Block]:
    """A timeline stands for the list of the same days, and a table or list of very many rows is cut: all of it is in the letter."""
    held: Block | None = None
    for block in blocks:
        if not (isinstance(block, Grid) and isinstance(held, Timeline)):
            yield from _cut(block)
        elif len(block.rows) > len(held.points):
            yield _more(len(block.rows) - len(held.points))
        held = block


def _cut(block: Block) -> Iterator[Block]:
    match block:
        case Grid(rows=rows) if len(rows) > MOST_ON_SLIDES:
            yield from (replace(block, rows=rows[:MOST_ON_SLIDES]), _more(len(rows) - MOST_ON_SLIDES))
        case Bullets(items=items) if len(items) > MOST_ON_SLIDES:
            yield from (replace(block, items=items[:MOST_ON_SLIDES]), _more(len(items) - MOST_ON_SLIDES))
        case _:
            yield block


def _more(count: int) -> Paragraph:
    words = ngettext("and %(num)s more, in the letter (Word, PDF)", "and %(num)s more, in the letter (Word, PDF)", count)
    return Paragraph(plain(words), "note")


def _notes(part: Part) -> str:
    said = [_("Source: %(source)s", source=part.source)] if part.source else []
    if part.found:
        said.append(_("The numbers and lines are frozen from the pilot's rows."))
    return "\n".join(said)
