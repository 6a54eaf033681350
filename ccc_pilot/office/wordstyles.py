"""How Word documents of the house look and speak: fonts, styles, page, language, and what python-docx has no name for."""

from typing import Any

from ccc_pilot.office.blocks import Grid, Paper, Run
from ccc_pilot.office.looks import BODY_FONT, INK, LANGUAGES, MUTED, PETROL, TINT

__all__ = ["LANGUAGES", "dress", "link", "new_numbering", "number_by", "shape", "speak"]

# Style -> font size in points, bold, colour, space before and after in points.
SIZES: dict[str, tuple[float, bool, str, float, float]] = {
    "Normal": (11, False, INK, 0, 6), "Title": (22, True, PETROL, 0, 4), "Subtitle": (13, False, MUTED, 0, 12),
    "Heading 1": (15, True, PETROL, 16, 4), "Heading 2": (12.5, True, INK, 12, 3), "Heading 3": (11, True, INK, 10, 2),
    "Heading 4": (11, True, MUTED, 8, 2), "Caption": (10, True, INK, 8, 3), "Quote": (11, False, INK, 0, 6),
}  # fmt: skip
OWN_STYLES = {"Mark": (9.5, MUTED, 0), "Note": (9, MUTED, 6), "Cell": (10, INK, 0), "After table": (4, INK, 6)}


def dress(document: Any, paper: Paper) -> None:
    """Give a new document its page, styles, properties and footer."""
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = (Cm(29.7), Cm(21)) if paper.sideways else (Cm(21), Cm(29.7))
    section.orientation = int(paper.sideways)
    section.left_margin = section.right_margin = Cm(1.7 if paper.sideways else 2.5)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.2)
    for name, look in SIZES.items():
        _style(document.styles[name], *look)
    for name, (size, colour, after) in OWN_STYLES.items():
        style = document.styles.add_style(name, 1)
        style.base_style = document.styles["Normal"]
        _style(style, 8.5 if paper.sideways and name == "Cell" else size, False, colour, 0, after)
    _table_style(document)
    _properties(document, paper)
    _footer(section, paper)


def _style(style: Any, size: float, bold: bool, colour: str, before: float, after: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.bold, style.font.italic = BODY_FONT, Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:hAnsi"), BODY_FONT)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        border.getparent().remove(border)


def _table_style(document: Any) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="C9D6D8"/>' for side in ("top", "bottom", "insideH"))
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="House"><w:name w:val="House"/>'
            f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{lines}</w:tblBorders><w:tblCellMar><w:top w:w="50" w:type="dxa"/>'
            '<w:left w:w="85" w:type="dxa"/><w:bottom w:w="50" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/></w:tcPr></w:tblStylePr></w:style>'
        )
    )


def _properties(document: Any, paper: Paper) -> None:
    told = document.core_properties
    told.title, told.author, told.subject = paper.title[:255], paper.author[:255], paper.subject[:255]
    told.keywords, told.comments, told.language = ", ".join(paper.keywords)[:255], "", LANGUAGES[paper.language]
    told.last_modified_by, told.revision = paper.author[:255], 1
    if paper.made_at:
        told.created = told.modified = paper.made_at.replace(tzinfo=None)


def _footer(section: Any, paper: Paper) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm

    paragraph = section.footer.paragraphs[0]
    paragraph.style = "Note"
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(26.3 if paper.sideways else 16), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{paper.footer}\t")
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        paragraph.add_run()._r.append(_field(kind, text))


def _field(kind: str, text: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    part = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        part.set(qn("w:fldCharType"), kind)
    part.text = text or None
    return part


def speak(document: Any, language: str) -> None:
    """Set ``language`` ("sv-SE") as the document's own and on each of its runs."""
    from docx.oxml.ns import qn

    section = document.sections[0]
    roots = [document.styles.element, document.element, section.footer._element]
    for root in roots:
        for look in root.iter(qn("w:lang")):
            look.set(qn("w:val"), language)
    for root in roots[1:]:
        for run in root.iter(qn("w:r")):
            look = run.find(qn("w:rPr"))
            if look is None or look.find(qn("w:lang")) is None:
                _tell(run, language)


def _tell(run: Any, language: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    told = OxmlElement("w:lang")
    told.set(qn("w:val"), language)
    run.get_or_add_rPr().append(told)


def link(paragraph: Any, run: Run) -> None:
    """Add a run that is a link."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    made = paragraph.add_run(run.text)
    made.font.underline, made.font.color.rgb = True, RGBColor.from_string(PETROL)
    made.bold, made.italic = run.bold or None, run.italic or None
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), paragraph.part.relate_to(run.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    element.append(made._r)
    paragraph._p.append(element)


def new_numbering(document: Any) -> int:
    """Return the number of a new count 1, 2, 3: without it a second list would go on where the first ended."""
    from docx.oxml.ns import qn

    style = document.styles["List Number"].element
    known = style.find(f".//{qn('w:numId')}")
    numbering = document.part.numbering_part.element
    first = next(num for num in numbering.num_lst if num.numId == int(known.get(qn("w:val"))))
    made = numbering.add_num(first.abstractNumId.val)
    made.add_lvlOverride(0).add_startOverride(1)
    return int(made.numId)


def number_by(paragraph: Any, numbering: int) -> None:
    """Let a paragraph be counted by the count ``numbering``."""
    told = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    told.get_or_add_ilvl().val = 0
    told.get_or_add_numId().val = numbering


def shape(table: Any, grid: Grid, has_header: bool, width_cm: float) -> None:
    """Give a table its columns' widths, its marked header row, rows that stay whole, and its caption as text for readers aloud."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    table.autofit = False
    shares = grid.widths or (1.0,) * len(grid.header)
    widths = [Cm(width_cm * share / sum(shares)) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, row in enumerate(table.rows):
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
        for name in ("w:cantSplit", *(["w:tblHeader"] if has_header and number == 0 else [])):
            row._tr.get_or_add_trPr().append(OxmlElement(name))
    if grid.caption:
        told = OxmlElement("w:tblCaption")
        told.set(qn("w:val"), grid.caption)
        table._tbl.tblPr.append(told)
