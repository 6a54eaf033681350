"""Tables, charts and timelines on slides: native, to be edited, each with a text for those who do not see it."""

from typing import Any

from ccc_pilot.office.blocks import Block, Chart, Facts, Grid, Timeline
from ccc_pilot.office.decks import BODY_WIDTH, CAPTION_HEIGHT, CELL_SIZE, FACTS_WIDTHS, Placed, column_widths
from ccc_pilot.office.deckstyles import Frame
from ccc_pilot.office.looks import INK, LINE, MUTED, PETROL, STATES, TINT, WHITE

POINT_COLOURS = {"done": STATES["done"], "now": PETROL, "late": STATES["late"], "coming": STATES["not_started"]}
POINT_SIZE = 14.0


def draw(slide: Any, placed: Placed, frame: Frame) -> None:
    """Draw a block that is no text on ``slide`` where it was placed."""
    block: Block = placed.block
    match block:
        case Grid():
            _grid(slide, block, placed, frame)
        case Facts(pairs=pairs):
            _grid(slide, Grid(("", ""), pairs, widths=FACTS_WIDTHS), placed, frame)
        case Chart():
            _chart(slide, block, placed, frame)
        case Timeline():
            _timeline(slide, block, placed, frame)


def _tell(figure: Any, text: str) -> None:
    """Give a figure its text for those who do not see it."""
    figure._element.xpath(".//p:cNvPr")[0].set("descr", text[:1000])


def _text(slide: Any, frame: Frame, box: tuple[float, float, float, float], text: str, size: float, **look: Any) -> Any:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    made = frame.place(slide.shapes.add_textbox(0, 0, 0, 0), *box)
    inner = made.text_frame
    inner.word_wrap = True
    inner.margin_left = inner.margin_right = inner.margin_top = inner.margin_bottom = Pt(2)
    inner.vertical_anchor = MSO_ANCHOR.BOTTOM if look.get("bottom") else MSO_ANCHOR.TOP
    run = inner.paragraphs[0].add_run()
    run.text, run.font.size, run.font.bold = text, Pt(size * frame.size), look.get("bold")
    run.font.color.rgb = RGBColor.from_string(look.get("colour", INK))
    inner.paragraphs[0].alignment = PP_ALIGN.CENTER if look.get("centre") else PP_ALIGN.LEFT
    return made


def _grid(slide: Any, grid: Grid, placed: Placed, frame: Frame) -> None:
    from pptx.util import Pt

    headed = any(grid.header)
    rows = [*([grid.header] if headed else []), *grid.rows]
    if not rows:
        return
    over = CAPTION_HEIGHT if grid.caption else 0
    if grid.caption:
        _text(slide, frame, (0, placed.top, BODY_WIDTH, CAPTION_HEIGHT), grid.caption, 13, bold=True)
    shape = slide.shapes.add_table(len(rows), len(grid.header), 0, 0, Pt(10), Pt(10))
    frame.place(shape, 0, placed.top + over, BODY_WIDTH, placed.height - over - 6)
    table = shape.table
    table.first_row, table.horz_banding = headed, False
    for column, width in zip(table.columns, column_widths(grid), strict=True):
        column.width = Pt(width * frame.wide)
    for number, texts in enumerate(rows):
        table.rows[number].height = Pt(CELL_SIZE * 1.2 * frame.tall)
        for column, text in enumerate(texts):
            _cell(table.cell(number, column), str(text), frame, head=headed and number == 0, right=column in grid.numbers)
    _tell(shape, ". ".join(filter(None, (grid.caption, ", ".join(grid.header)))))


def _cell(cell: Any, text: str, frame: Frame, *, head: bool, right: bool) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    cell.margin_left = cell.margin_right = Pt(6)
    cell.margin_top = cell.margin_bottom = Pt(3)
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(PETROL if head else WHITE)
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.text_frame.add_paragraph() if number else cell.text_frame.paragraphs[0]
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = line, Pt(CELL_SIZE * frame.size), head
        run.font.color.rgb = RGBColor.from_string(WHITE if head else INK)
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    _underline(cell)


def _underline(cell: Any) -> None:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    told = cell._tc.get_or_add_tcPr()
    told.insert(0, parse_xml(f'<a:lnB {nsdecls("a")} w="6350"><a:solidFill><a:srgbClr val="{LINE}"/></a:solidFill></a:lnB>'))


def _chart(slide: Any, chart: Chart, placed: Placed, frame: Frame) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
    from pptx.util import Pt

    data = CategoryChartData(number_format="0")
    data.categories = chart.categories
    for series in chart.series:
        data.add_series(series.name, series.values)
    kind = XL_CHART_TYPE.BAR_STACKED if chart.stacked else XL_CHART_TYPE.BAR_CLUSTERED
    shape = slide.shapes.add_chart(kind, 0, 0, Pt(10), Pt(10), data)
    frame.place(shape, 0, placed.top, BODY_WIDTH, placed.height - 8)
    made = shape.chart
    made.font.size, made.has_legend, made.has_title = Pt(12 * frame.size), True, bool(chart.title)
    if chart.title:
        made.chart_title.text_frame.text = chart.title
        made.chart_title.text_frame.paragraphs[0].runs[0].font.size = Pt(14 * frame.size)
    made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    made.category_axis.reverse_order, made.value_axis.has_major_gridlines, made.value_axis.visible = True, False, False
    made.plots[0].gap_width = 60
    for series, told in zip(made.plots[0].series, chart.series, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(told.colour.lstrip("#"))
    grid = chart.grid()
    _tell(shape, f"{chart.title}. " + "; ".join(f"{row[0]}: " + ", ".join(f"{name} {cell}" for name, cell in zip(grid.header[1:], row[1:], strict=True)) for row in grid.rows))  # fmt: skip


def _timeline(slide: Any, timeline: Timeline, placed: Placed, frame: Frame) -> None:
    """A line with the days as points in order, their texts over and under it in turn."""
    from pptx.enum.shapes import MSO_SHAPE

    between = max(1, len(timeline.points) - 1)
    wide = min(260.0, (2 * BODY_WIDTH / between - 8) / (1 + 2 / between))
    step = (BODY_WIDTH - wide) / between
    middle = placed.top + placed.height / 2
    line = frame.place(slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, 0, 0), 0, middle - 1.5, BODY_WIDTH, 3)
    _paint(line, LINE)
    _tell(line, f"{timeline.title}: " + "; ".join(f"{point.day.isoformat()} {point.text}" for point in timeline.points))
    deep = placed.height / 2 - POINT_SIZE - 22
    for number, point in enumerate(timeline.points):
        at = wide / 2 + step * number
        dot = slide.shapes.add_shape(MSO_SHAPE.OVAL, 0, 0, 0, 0)
        _paint(
            frame.place(dot, at - POINT_SIZE / 2, middle - POINT_SIZE / 2, POINT_SIZE, POINT_SIZE),
            POINT_COLOURS.get(point.state, TINT),
        )
        over = number % 2 == 0
        left = at - wide / 2
        day_top, text_top = (middle - 28, middle - 30 - deep) if over else (middle + 10, middle + 28)
        _text(slide, frame, (left, text_top, wide, deep), point.text, 11, centre=True, bottom=over)
        _text(slide, frame, (left, day_top, wide, 18), point.day.isoformat(), 10.5, centre=True, bold=True, colour=MUTED)


def _paint(shape: Any, colour: str) -> None:
    from pptx.dml.color import RGBColor

    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(colour)
    shape.line.fill.background()
    shape.shadow.inherit = False
