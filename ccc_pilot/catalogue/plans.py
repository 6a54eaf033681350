"""Plans of milestones: from plan.toml on the shelf to frozen records."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ccc_pilot.catalogue import links, shapes
from ccc_pilot.catalogue.faults import CatalogueFaults, Fault, Findings
from ccc_pilot.catalogue.reading import read_file, read_shape, read_tree
from ccc_pilot.catalogue.records import (
    Alternative,
    Fixed,
    Item,
    Offset,
    Phase,
    Plan,
    PlanMonths,
    Question,
    Recurrence,
    Source,
    Undated,
    When,
)
from ccc_pilot.catalogue.wording import Wording, read_translations
from ccc_pilot.shelves import shelf

FILE = "plan.toml"
UNCHANGED = (
    *("id", "phase", "owner_role", "source", "source_ref", "confidence", "per_region", "reporting", "report_to"),
    *("active", "status", "status_day", "ja_ref"),
)
Placed = tuple[str, shapes.ItemShape]  # where it stands, and what it is
Row = tuple[str, dict[str, Any]]


def parse_plan(text: str, origin: str, translations: Mapping[str, str] = MappingProxyType({})) -> Plan:
    """Return the plan written in ``text`` (TOML). ``origin`` names the file in messages; ``translations`` maps language code to TOML.

    Raises ``CatalogueFaults`` with everything that is wrong.
    """
    findings = Findings(origin)
    plan = _read(text, translations, findings)
    if findings or plan is None:
        raise CatalogueFaults(findings)
    return plan


def read_plan(folder: Path) -> Plan:
    """Return the plan in ``folder`` (plan.toml and its translations); its key must be the folder's name. Raises ``CatalogueFaults``."""
    findings = Findings(f"{folder.name}/{FILE}")
    text, translations = read_file(folder / FILE, findings), read_translations(folder, findings)
    plan = _read(text, translations, findings) if text is not None else None
    if plan is not None and plan.key != folder.name:
        findings.add("key", "wrong_folder", key=plan.key, folder=folder.name)
    if findings or plan is None:
        raise CatalogueFaults(findings)
    return plan


def check(path: Path | None = None) -> list[Fault]:
    """Return every fault of all plans under ``path`` (the shelf, if None); an empty list means that all is well."""
    return read_all(path or shelf("milestones"))[1]


def read_all(path: Path) -> tuple[dict[str, Plan], list[Fault]]:
    """Return the plans under ``path`` by their key, and every fault of those that cannot be read."""
    found: dict[str, Plan] = {}
    faults: list[Fault] = []
    for folder in folders(path):
        try:
            found[folder.name] = read_plan(folder)
        except CatalogueFaults as wrong:
            faults.extend(wrong.faults)
    return found, faults


def folders(path: Path) -> list[Path]:
    """Return the folders in ``path`` that hold a plan, by name."""
    return sorted(file.parent for file in path.glob(f"*/{FILE}"))


def _read(text: str, translations: Mapping[str, str], findings: Findings) -> Plan | None:
    tree = read_tree(text, findings)
    if tree is None:
        return None
    rows = _rows(tree.pop("items", []), findings)
    head = read_shape(shapes.PlanShape, tree, "", findings)
    items = [(place, item) for place, row in rows if (item := read_shape(shapes.ItemShape, row, place, findings))]
    _check_links(rows, head, findings)
    if head is None:
        return None
    wording = Wording(translations, findings)
    plan = _plan(head, items, wording)
    if len(items) == len(rows):
        wording.note_unused()
    return plan


def _rows(rows: Any, findings: Findings) -> list[Row]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        findings.add("items", "not_list")
        return []
    return [(f"items[{number}] {str(row.get('id', '?'))[:60]}", row) for number, row in enumerate(rows, 1)]


def _check_links(rows: list[Row], head: shapes.PlanShape | None, findings: Findings) -> None:
    named = [(place, row) for place, row in rows if isinstance(row.get("id"), str)]
    links.check_unique(((place, row["id"]) for place, row in named), findings)
    links.check_dependencies({row["id"]: (place, _texts(row.get("depends_on"))) for place, row in named}, findings)
    if head is None:
        return
    phases = {phase.id for phase in head.phases}
    links.check_phases(((place, phase) for place, row in rows for phase in _texts([row.get("phase")])), phases, findings)
    for name in ("phases", "sources", "open_questions"):
        links.check_unique(((f"{name}[{number}]", part.id) for number, part in enumerate(getattr(head, name), 1)), findings)


def _texts(value: Any) -> list[str]:
    return [part for part in value if isinstance(part, str)] if isinstance(value, list) else []


def _plan(head: shapes.PlanShape, items: list[Placed], wording: Wording) -> Plan:
    def text(words: shapes.Words, *path: str | int, optional: bool = False) -> Any:
        return wording.text(words.sv, words.en, *path, place=".".join(map(str, path)), optional=optional)

    return Plan(
        key=head.key,
        title=text(head.title, "plan", "title"),
        summary=text(head.summary, "plan", "summary"),
        kind=head.kind,  # type: ignore[arg-type]
        edition=head.edition,
        phases=tuple(
            sorted(
                (Phase(p.id, text(p.title, "phases", p.id, "title"), p.order) for p in head.phases), key=lambda phase: phase.order
            )
        ),
        items=tuple(_item(item, head.key, order, place, wording) for order, (place, item) in enumerate(items, 1)),
        sources=tuple(Source(s.id, text(s.title, "sources", s.id, "title"), s.ref, s.url, s.date) for s in head.sources),
        open_questions=tuple(
            Question(q.id, text(q.text, "questions", q.id, "text"), q.ask, q.source, q.source_ref) for q in head.open_questions
        ),
        start=head.start,
        start_confidence=head.start_confidence,  # type: ignore[arg-type]
        length_months=head.length_months,
        receivers=tuple(head.receivers),
    )


def _item(item: shapes.ItemShape, plan_key: str, order: int, place: str, wording: Wording) -> Item:
    def text(words: shapes.Words, *path: str | int, optional: bool = False) -> Any:
        at = ".".join((place, *map(str, path)))
        return wording.text(words.sv, words.en, "items", item.id, *path, place=at, optional=optional)

    return Item(
        key=f"{plan_key}:{item.id}",
        title=text(item.title, "title"),
        description=text(item.description, "description", optional=True),
        when=_when(item.when),
        order=order,
        depends_on=tuple(item.depends_on),
        reminder_days=tuple(sorted(set(item.reminder_days), reverse=True)),
        conflict=tuple(Alternative(a.date, a.source, a.source_ref) for a in item.alternatives) or None,
        warnings=tuple(text(words, "warnings", number) for number, words in enumerate(item.warnings)),
        also=tuple(item.also),
        **{name: getattr(item, name) for name in UNCHANGED},
    )


def _when(when: shapes.WhenShape) -> When:
    if when.date is not None:
        return Fixed(when.date, when.raw or when.date.raw)
    if when.offset_months is not None:
        return Offset(when.offset_months, when.raw)
    if when.months is not None:
        return PlanMonths(when.months[0], when.months[1], when.raw)
    if when.repeats is not None:
        ends = tuple(sorted(when.period_ends))
        return Recurrence(when.repeats, ends, when.day, when.days_after or 0, when.raw)  # type: ignore[arg-type]
    return Undated(when.raw)
