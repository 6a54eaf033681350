"""One row of the table changed where it stands: who, by when, how important, how far it has come and the next step, in one go."""

from typing import Any

from ccc_pilot.improvement import amending, service
from ccc_pilot.improvement.models import Action
from ccc_pilot.people.doors import Current

CONTENT = ("owner", "due", "priority")


def save(
    *, target: Action, who: Current, version: int, percent: int | None = None, phase: str = "", text: str = "", step: str = "",
    reason: str = "", **content: Any,
) -> Action:  # fmt: skip
    """Change of an action what is told: ``content`` (of ``CONTENT``), how it goes, and the ``step`` that it takes; all of it or nothing.

    Each part goes by the rules of its own page: ``reason`` is asked for by a moved date, ``text`` is the note on this turn, or why where a
    step is taken. Raises ``Forbidden``, ``Refused`` with the field at fault, or ``Conflict`` as ``service.amend``, ``report`` and ``move``.
    """
    amending.lock(target.plan)
    mine = {**content, "percent": percent, "phase": phase, "reason": reason, "step": step, "text": text}
    service.hold(target, version, mine, adds=frozenset({"text", "step", "reason"}))
    if content:
        service.amend(target=target, who=who, version=target.version, reason=reason, **content)
    if percent is not None or phase or (text.strip() and not step):
        note = "" if step else text
        service.report(target=target, who=who, version=target.version, percent=percent, phase=phase, text=note)
    if step:
        service.move(target=target, who=who, version=target.version, step=step, text=text)
    return target
