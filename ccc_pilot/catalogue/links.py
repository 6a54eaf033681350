"""Whether the parts of a plan fit together: ids, phases, dependencies."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from ccc_pilot.catalogue.faults import Findings

MAX_LOOPS = 20


def check_unique(ids: Iterable[tuple[str, str]], findings: Findings) -> None:
    """Note every id that stands twice; ``ids`` gives (place, id)."""
    seen: set[str] = set()
    for place, id_ in ids:
        if id_ in seen:
            findings.add(f"{place}.id", "doubled_id", id=id_)
        seen.add(id_)


def check_phases(phases: Iterable[tuple[str, str]], known: set[str], findings: Findings) -> None:
    """Note every item whose phase is not ``known``; ``phases`` gives (place, phase)."""
    for place, phase in phases:
        if phase not in known:
            findings.add(f"{place}.phase", "no_such_phase", id=phase)


def check_dependencies(graph: Mapping[str, tuple[str, list[str]]], findings: Findings) -> None:
    """Note dependencies on what does not exist, and circles; ``graph`` gives id -> (place, ids it depends on)."""
    edges: dict[str, set[str]] = {}
    for id_, (place, needed) in graph.items():
        edges[id_] = {other for other in needed if other in graph}
        for number, other in enumerate(needed, 1):
            if other not in graph:
                findings.add(f"{place}.depends_on[{number}]", "no_such_item", id=other)
    for circle in _circles(edges):
        findings.add(f"{graph[circle[0]][0]}.depends_on", "loop", path=" → ".join(circle))


def _circles(edges: dict[str, set[str]]) -> Iterable[list[str]]:
    for _ in range(MAX_LOOPS):
        try:
            TopologicalSorter(edges).prepare()
        except CycleError as found:
            circle = found.args[1][::-1]  # graphlib names the one waited for first
            yield circle
            edges[circle[0]].discard(circle[1])
        else:
            return
