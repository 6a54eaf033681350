"""The money that a decision allocates, or would: each sum with its account or source, its years and who gets it."""

from sqlalchemy import inspect

from ccc_pilot import journal
from ccc_pilot.db import db
from ccc_pilot.decisions.guarding import refused
from ccc_pilot.decisions.models import Decision, DecisionSum
from ccc_pilot.decisions.rules import Broken
from ccc_pilot.errors import NotFound, Refused
from ccc_pilot.i18n import gettext as _

MOST = 50
FIRST_YEAR, LAST_YEAR = 2000, 2100


def allocate(
    *, target: Decision, account: str, amount: int | None, year: int | None, last_year: int | None, recipient: str, object_key: str, note: str, actor_id: int,
) -> DecisionSum:  # fmt: skip
    """Say that a decision allocates ``amount`` kronor (None: not known) from ``account``, in ``year`` or from it to ``last_year``.

    ``object_key``: the milestone or other thing that the money is for, by its key. Raises ``Refused`` where the words are locked, for years that
    run backwards, and where there are too many.
    """
    _unlocked(target)
    if last_year is not None and (year is None or last_year < year):
        raise Refused(_("The last year cannot be before the first."), "last_year")
    if len(target.sums) >= MOST:
        raise Refused(_("A decision has at most %(most)s sums.", most=MOST))
    kept = DecisionSum(
        account=account, amount=amount, year=year, last_year=None if last_year == year else last_year, recipient=recipient,
        object_key=object_key, note=note,
    )  # fmt: skip
    target.sums.append(kept)
    db.session.flush()
    _told(target, kept, "added", actor_id)
    return kept


def withdraw(*, target: Decision, sum_id: int, actor_id: int) -> None:
    """Take a sum away. Raises ``NotFound``, or ``Refused`` where the words are locked."""
    _unlocked(target)
    kept = next((one for one in target.sums if one.id == sum_id), None)
    if kept is None:
        raise NotFound
    _told(target, kept, "removed", actor_id)
    target.sums.remove(kept)


def copied(target: Decision) -> list[DecisionSum]:
    """Return the sums of ``target`` anew, for the entry that corrects it."""
    names = [column.key for column in inspect(DecisionSum).column_attrs if column.key not in {"id", "decision_id"}]
    return [DecisionSum(**{name: getattr(one, name) for name in names}) for one in target.sums]


def _unlocked(target: Decision) -> None:
    db.session.refresh(target, ["locked_at"], with_for_update={"of": Decision})
    if target.locked_at is not None:
        raise refused(Broken("unlocked"))


def _told(target: Decision, kept: DecisionSum, verdict: str, actor_id: int) -> None:
    journal.write(
        "decision.money", target.place_key, actor_id=actor_id, title=kept.account, amount=kept.amount, recipient=kept.recipient, verdict=verdict,
    )  # fmt: skip
