"""A plan's own columns: up to five, which hold what people kept in their spreadsheets."""

from typing import Any

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.errors import Forbidden, Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.improvement import steering
from ccc_pilot.improvement.fields import OWN
from ccc_pilot.improvement.models import ImprovementPlan
from ccc_pilot.people.doors import Current

KINDS = ("text", "choice", "whole")
MOST_CHOICES = 20


def choose(*, plan: ImprovementPlan, version: int, who: Current, **given: str) -> list[dict[str, Any]]:
    """Let ``plan`` have the columns that are given: for each of x1–x5 its title (``x1``), ``x1_kind`` and ``x1_choices`` (a comma between).

    A column without a title is left out; what actions say in it is kept and shown again when it comes back. Raises ``Forbidden`` or
    ``Refused`` with the field.
    """
    steering.hold(plan, version)
    if not who.may("improvement.steer"):
        raise Forbidden
    plan.columns = [_column(key, given) for key in OWN if given.get(key, "").strip()]
    plan.version += 1
    plan.updated_at, plan.updated_by_id = utc_now(), who.person_id
    titles = ", ".join(column["title"] for column in plan.columns)
    journal.write("improvement.columns", f"improvement-plan:{plan.id}", actor_id=who.person_id, title=titles)
    return plan.columns


def _column(key: str, given: dict[str, str]) -> dict[str, Any]:
    kind = given.get(f"{key}_kind", "text")
    choices = list(dict.fromkeys(part.strip() for part in given.get(f"{key}_choices", "").split(",") if part.strip()))
    if kind not in KINDS:
        raise Refused(_("Choose one of the alternatives."), f"{key}_kind")
    if kind == "choice" and not 1 < len(choices) <= MOST_CHOICES:
        raise Refused(_("Give between two and %(most)s choices, a comma between.", most=MOST_CHOICES), f"{key}_choices")
    return {"key": key, "title": given[key].strip(), "kind": kind, "choices": choices if kind == "choice" else []}
