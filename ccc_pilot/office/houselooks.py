"""The house's own looks for decks: 16:9, three layouts, our colours, made from the library's plain presentation."""

import re
from collections.abc import Iterator
from typing import Any

from ccc_pilot.office.decks import BODY_HEIGHT, BODY_TOP, BODY_WIDTH, HEIGHT, MARGIN, WIDTH
from ccc_pilot.office.looks import INK, MUTED, PETROL, STATES

KEPT = (0, 1, 5)  # of the library's layouts: title slide, title and content, title only
ACCENTS = (PETROL, STATES["ongoing"], STATES["done"], STATES["at_risk"], STATES["late"], STATES["unknown"])


def dress(show: Any) -> None:
    """Turn the library's own 4:3 presentation into the house's: 16:9, three layouts, our colours."""
    from pptx.util import Pt

    show.slide_width, show.slide_height = Pt(WIDTH), Pt(HEIGHT)
    opening = show.slide_layouts[0]
    for number in reversed(range(len(show.slide_layouts))):
        if number not in KEPT:
            show.slide_layouts.remove(show.slide_layouts[number])
    _colour_theme(show.slide_master)
    for sheet in (show.slide_master, *show.slide_layouts):
        for place in sheet.placeholders:
            _place(place, opening=sheet == opening)


def _place(place: Any, *, opening: bool) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    kind = str(place.placeholder_format.type).split(" ")[0]
    boxes = {
        "CENTER_TITLE": (72, 150, 816, 130), "SUBTITLE": (72, 296, 816, 120), "DATE": (MARGIN, 508, 10, 20),
        "FOOTER": (MARGIN, 508, 700, 20), "SLIDE_NUMBER": (812, 508, 100, 20), "TITLE": (MARGIN, 28, BODY_WIDTH, 76),
    }  # fmt: skip
    left, top, width, height = boxes.get(kind, (MARGIN, BODY_TOP, BODY_WIDTH, BODY_HEIGHT))
    place.left, place.top, place.width, place.height = Pt(left), Pt(top), Pt(width), Pt(height)
    look = {"CENTER_TITLE": (38, PETROL), "SUBTITLE": (20, MUTED), "TITLE": (30, PETROL), "FOOTER": (11, MUTED), "SLIDE_NUMBER": (11, MUTED)}  # fmt: skip
    if kind not in look:
        return
    place.text_frame.vertical_anchor = MSO_ANCHOR.TOP if kind == "SUBTITLE" else MSO_ANCHOR.BOTTOM if opening and kind == "CENTER_TITLE" else MSO_ANCHOR.MIDDLE  # fmt: skip
    size, colour = look[kind]
    for level in _levels(place, kind):
        level.set("algn", "r" if kind == "SLIDE_NUMBER" else "l")
        _default(level, size, colour, bold="TITLE" in kind and kind != "SUBTITLE")
    for paragraph in place.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.RIGHT if kind == "SLIDE_NUMBER" else PP_ALIGN.LEFT


def _levels(place: Any, kind: str) -> Iterator[Any]:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    styles = place.text_frame._txBody.find(qn("a:lstStyle"))
    for old in list(styles):
        styles.remove(old)
    for number in (1, 2) if kind == "SUBTITLE" else (1,):
        level = parse_xml(f'<a:lvl{number}pPr {nsdecls("a")} marL="0" indent="0"><a:buNone/></a:lvl{number}pPr>')
        styles.append(level)
        yield level


def _default(level: Any, size: float, colour: str, *, bold: bool) -> None:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    level.append(parse_xml(f'<a:defRPr {nsdecls("a")} sz="{int(size * 100)}" b="{int(bold)}">{fill}</a:defRPr>'))


def _colour_theme(master: Any) -> None:
    from pptx.opc.constants import RELATIONSHIP_TYPE

    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode("utf-8")
    colours = {"dk2": INK, **{f"accent{n}": colour for n, colour in enumerate(ACCENTS, start=1)}, "hlink": PETROL}
    for name, colour in colours.items():
        text = re.sub(rf"(<a:{name}>\s*<a:srgbClr val=\")[0-9A-Fa-f]{{6}}", rf"\g<1>{colour}", text)
    theme._blob = text.encode()
