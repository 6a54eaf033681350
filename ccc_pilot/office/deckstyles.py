"""How decks of the house look and speak, and how a region's own template is taken into use."""

import io
import re
from dataclasses import dataclass
from typing import Any

from ccc_pilot.errors import Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.office import archives, houselooks, refusing
from ccc_pilot.office.apart import Unreadable
from ccc_pilot.office.decks import BODY_HEIGHT, BODY_TOP, BODY_WIDTH, MARGIN, Deck, title_size
from ccc_pilot.office.looks import MUTED, PETROL

MOST_MEGABYTES = 20
HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Layouts:
    """The three layouts that are used: opening (title and subtitle), text (title and body), title alone."""

    opening: Any
    text: Any
    title: Any


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the body of a slide lies, in points, and how our own measures are turned into it."""

    left: float
    top: float
    wide: float
    tall: float
    own: bool

    @property
    def size(self) -> float:
        """How much letters shrink or grow."""
        return max(0.6, min(self.wide, self.tall))

    def place(self, shape: Any, left: float, top: float, width: float, height: float) -> Any:
        """Place a shape, measured from the corner of the body in points of our own deck; returns it."""
        from pptx.util import Pt

        shape.left, shape.top = Pt(self.left + left * self.wide), Pt(self.top + top * self.tall)
        shape.width, shape.height = Pt(width * self.wide), Pt(height * self.tall)
        return shape


def begin(deck: Deck, template: bytes | None) -> Any:
    """Return an empty presentation in the house's looks or those of ``template``. Raises ``errors.Refused`` (see ``opened``)."""
    import pptx

    if template is None:
        show = pptx.Presentation()
        houselooks.dress(show)
        show.core_properties.category = HOUSE
    else:
        show = opened(template)
        _empty(show)
    told = show.core_properties
    told.title, told.author, told.subject, told.language = deck.title[:255], deck.author[:255], deck.subject[:255], deck.language
    told.last_modified_by, told.comments, told.keywords = deck.author[:255], "", ""
    if deck.made_at:
        told.created = told.modified = deck.made_at.replace(tzinfo=None)
    return show


def opened(template: bytes, field: str | None = None) -> Any:
    """Return the presentation of an uploaded template.

    Raises ``errors.Refused`` at ``field``, in words, where it is no pptx, is damaged or too large, or lacks a layout that is needed.
    """
    import pptx

    try:
        if len(template) > MOST_MEGABYTES << 20:
            raise Unreadable("bytes", str(MOST_MEGABYTES))
        if "ppt/presentation.xml" not in archives.parts_of(template):
            raise Unreadable("kind", "pptx")
        show = pptx.Presentation(io.BytesIO(template))
        layouts(show)
    except Unreadable as fault:
        raise refusing.refused(fault, field) from fault
    except StopIteration:
        needed = _("The template lacks a layout with a title and a text box. Add one in PowerPoint (View, Slide Master).")
        raise Refused(needed, field) from None
    except Exception as fault:
        raise refusing.refused(Unreadable("broken", repr(fault)), field) from fault
    return show


def layouts(show: Any) -> Layouts:
    """Return the layouts to use. Raises ``StopIteration`` where none has a title and a body."""
    kinds = [
        (layout, [str(place.placeholder_format.type).split(" ")[0] for place in layout.placeholders])
        for layout in show.slide_layouts
    ]
    text = next(layout for layout, has in kinds if "TITLE" in has and ("OBJECT" in has or "BODY" in has))
    opening = next((layout for layout, has in kinds if "CENTER_TITLE" in has), text)
    title = next((layout for layout, has in kinds if "TITLE" in has and not {"OBJECT", "BODY", "PICTURE"} & set(has)), text)
    return Layouts(opening, text, title)


def frame_of(show: Any) -> Frame:
    """Return where the body of a slide lies in this presentation."""
    body = body_of(layouts(show).text)
    if body is None or not body.width or not body.height:
        return Frame(MARGIN, BODY_TOP, 1, 1, True)
    return Frame(
        body.left.pt,
        body.top.pt,
        body.width.pt / BODY_WIDTH,
        body.height.pt / BODY_HEIGHT,
        bool(show.core_properties.category == HOUSE),
    )


def body_of(slide: Any) -> Any:
    """Return the place for text of a slide or layout, or None."""
    return next(
        (place for place in slide.placeholders if place.placeholder_format.idx not in {0, 10, 11, 12} and place.has_text_frame),
        None,
    )


def head(slide: Any, title: str, frame: Frame, *, opening: bool) -> None:
    """Write the title, smaller where it is long."""
    from pptx.util import Pt

    place = slide.shapes.title
    place.text_frame.text = title
    size = title_size(title)
    if not opening and (frame.own or size < 26):
        for run in place.text_frame.paragraphs[0].runs:
            run.font.size = Pt(size * frame.size)


def shape(paragraph: Any, kind: str, level: int, size: float) -> None:
    """Give a paragraph its size, bullet or number, and indent."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls
    from pptx.util import Pt

    for run in paragraph.runs:
        run.font.size = Pt(size)
        if kind == "note":
            _colour(run.font, MUTED)
        if kind == "heading":
            _colour(run.font, PETROL)
    paragraph.space_before, paragraph.space_after = Pt(size / 2 if kind == "heading" else 0), Pt(size / 3)
    told = paragraph._p.get_or_add_pPr()
    indent = int(12_700 * size * 1.2)
    listed = kind in {"bullet", "number"}
    told.set("marL", str(indent * (level + 1) if listed else 0))
    told.set("indent", str(-indent if listed else 0))
    marks = {"number": '<a:buFont {} typeface="+mj-lt"/><a:buAutoNum {} type="arabicPeriod"/>', "bullet": '<a:buFont {} typeface="Arial"/><a:buChar {} char="•"/>'}  # fmt: skip
    for mark in re.findall(r"<[^>]+/>", marks.get(kind, "<a:buNone {}/>")):
        told.append(parse_xml(mark.replace("{}", nsdecls("a"))))


def _colour(font: Any, colour: str) -> None:
    from pptx.dml.color import RGBColor

    font.color.rgb = RGBColor.from_string(colour)


def foot(slide: Any, text: str) -> None:
    """Give a slide its footer and number where its layout has places for them."""
    from copy import deepcopy

    for place in slide.slide_layout.placeholders:
        kind = str(place.placeholder_format.type).split(" ")[0]
        if kind not in {"FOOTER", "SLIDE_NUMBER"}:
            continue
        copied = deepcopy(place.element)
        slide.shapes._spTree.append(copied)
        made = slide.shapes[-1]
        made.element.nvSpPr.cNvPr.set("id", str(max(s.shape_id for s in slide.shapes) + 1))
        if kind == "FOOTER":
            made.text_frame.text = text


def speak(show: Any, language: str) -> None:
    """Set ``language`` ("sv-SE") on every run of every slide and its notes."""
    from pptx.oxml.ns import qn

    for slide in show.slides:
        roots = [slide.element, *([slide.notes_slide.element] if slide.has_notes_slide else [])]
        roots += [figure.chart.part.chart._chartSpace for figure in slide.shapes if getattr(figure, "has_chart", False)]
        for root in roots:
            for run in root.iter(qn("a:r"), qn("a:fld")):
                run.get_or_add_rPr().set("lang", language)
            for end in root.iter(qn("a:endParaRPr")):
                end.set("lang", language)


def _empty(show: Any) -> None:
    """Take a template's own slides away."""
    listed = show.slides._sldIdLst
    for slide in list(listed):
        show.part.drop_rel(slide.rId)
        listed.remove(slide)
