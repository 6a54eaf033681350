"""A region's answers as a sheet that can be filled in elsewhere and come back (see ``imports``)."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import RowMapping, select

from ccc_pilot.assessment import scope, words
from ccc_pilot.assessment.answers import LONGEST
from ccc_pilot.assessment.models import AssessmentAnswer, AssessmentRound
from ccc_pilot.assessment.states import State
from ccc_pilot.catalogue.standard_records import Edition, Point
from ccc_pilot.db import db
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import lazy_gettext as _l
from ccc_pilot.office.roundtrip import Layout, Row
from ccc_pilot.office.roundtrip_files import titles_of, words_of
from ccc_pilot.office.sheet_cells import Column

# Texts that may be changed: their headings, in the order of the sheet.
TEXTS = {
    "na_reason": _l("Why is it not applicable?"), "note": _l("Justification"), "summary_en": _l("Summary in English"),
    "absence": _l("Why is evidence missing?"), "improvement": _l("What is to be improved?"),
}  # fmt: skip
EDITABLE = ("score", *TEXTS)
MARK = _l("Row id (do not change)")


def layout(found: Edition) -> Layout:
    """Return the sheet of an edition's answers: its columns, drop-downs and guidance, in the language in use."""
    levels = words_of({level.code: level.title for level in found.scale.levels})
    return Layout(
        _("Answers"),
        (
            Column("region", titles_of(_l("Region")), width=10), Column("number", titles_of(_l("Number")), width=12),
            Column("text", titles_of(_l("Point")), width=60), Column("core", titles_of(_l("Core point")), width=10),
            Column("score", titles_of(_l("Score")), width=18, editable=True, choices=levels),
            *(Column(key, titles_of(title), width=40, editable=True, longest=LONGEST) for key, title in TEXTS.items()),
            Column("state", titles_of(_l("State")), width=16),
        ),
        titles_of(MARK), _("Guidance"), guidance(found),
    )  # fmt: skip


def guidance(found: Edition) -> tuple[str, ...]:
    """Return the lines of the sheet of guidance."""
    return (
        _("How to fill in this workbook"),
        str(found.title),
        _("White cells may be changed; grey ones are there to be read, and what is changed in them is not taken in."),
        _("Choose the score from the list in the cell. “Not applicable” needs a reason beside it."),
        _(
            "Sort and filter as you like, and remove columns that you do not need. Keep the last column: it tells which row is which."
        ),
        _(
            "When the file comes back, nothing is saved until you have seen what differs. Where somebody else has changed the same cell meanwhile, you choose."
        ),
        _("An answer that was proposed, verified or approved becomes a draft again when it is changed."),
        _("No patient data."),
    )


FIELDS = ("id", "region", "point_key", "version", "state", *EDITABLE)


def rows(round_: AssessmentRound, regions: Sequence[str], chapters: Collection[str] = ()) -> list[Row]:
    """Return the answers of these regions (in the chapters with these keys, if told) as rows, region by region, point by point. One query."""
    table, points = AssessmentAnswer, {point.key: point for point in scope.points(round_)}
    statement = select(*(getattr(table, name) for name in FIELDS)).where(table.round_id == round_.id, table.region.in_(regions))
    if chapters:
        statement = statement.where(table.chapter_key.in_(chapters))
    found = db.session.execute(statement.order_by(table.region, table.position)).mappings()
    said, yes = {state: str(text) for state, text in words.STATE_WORDS.items()}, _("yes")
    told = [_row(answer, points[answer["point_key"]], said, yes) for answer in found if answer["point_key"] in points]
    return sorted(told, key=lambda row: regions.index(row.cells["region"]))


def _row(answer: RowMapping, point: Point, said: Mapping[State, str], yes: str) -> Row:
    told = {"number": point.official or point.number, "text": str(point.text), "core": yes if point.core else ""}
    cells = {
        "region": answer["region"],
        **told,
        "state": said[State(answer["state"])],
        **{name: answer[name] for name in EDITABLE},
    }
    return Row(str(answer["id"]), answer["version"], cells)


def with_names(told: Sequence[Row], shorts: Mapping[str, str]) -> list[Row]:
    """Return rows that tell a region by the name people know it by."""
    return [
        Row(row.key, row.version, {**row.cells, "region": shorts.get(row.cells["region"], row.cells["region"])}) for row in told
    ]
