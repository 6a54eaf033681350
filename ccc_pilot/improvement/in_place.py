"""One row of the table changed where it stands: who, by when, how important, how far it has come and the next step, in one go."""

from typing import Any

from ccc_pilot.improvement import amending, service
from ccc_pilot.improvement.models import Action
from ccc_pilot.people.doors import Current

CONTENT = ("owner", "due", "priority")
ADDED = frozenset({"text", "step", "reason"})


def save(*, target: Action, who: Current, version: int, **given: Any) -> Action:
    """Change of an action what is ``given``, all of it or nothing, each part by the rules of its own page.

    ``owner``, ``due`` and ``priority`` are what it says (a date that is moved asks for ``reason``); ``percent`` and ``phase`` how it goes;
    ``step`` (of ``machine.MOVES``) is taken last; ``text`` is the note on this turn, or why where a step is taken. Raises ``Forbidden``,
    ``Refused`` with the field at fault, or ``Conflict``, as ``service.amend``, ``report`` and ``move`` do.
    """
    amending.lock(target.plan)
    service.hold(target, version, given, adds=ADDED & given.keys())
    step, text = given.get("step", ""), given.get("text", "")
    content = {name: given[name] for name in CONTENT if name in given}
    if content:
        service.amend(target=target, who=who, version=target.version, reason=given.get("reason", ""), **content)
    if "percent" in given or "phase" in given or (text.strip() and not step):
        told = {"percent": given.get("percent"), "phase": given.get("phase", ""), "text": "" if step else text}
        service.report(target=target, who=who, version=target.version, **told)
    if step:
        service.move(target=target, who=who, version=target.version, step=step, text=text)
    return target
