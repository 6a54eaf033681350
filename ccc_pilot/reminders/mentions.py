"""Remarks in which somebody is spoken to: told once, on the day they were said, until the one who is spoken to has seen them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from ccc_pilot.i18n import Text, local
from ccc_pilot.improvement import mentioning
from ccc_pilot.improvement.review_models import Remark
from ccc_pilot.people.policy import NETWORK, Role
from ccc_pilot.reminders.deadlines import Deadline, number_of

KIND = "mention"
A_DAY = timedelta(days=1)  # the zone's day begins and ends at other hours than that of UTC


def near(first: date, last: date) -> Iterator[Deadline]:
    """Yield what was said from ``first`` to ``last``, both included, to somebody who has not seen it yet."""
    begins, ends = (datetime.combine(day, time(), UTC) for day in (first - A_DAY, last + 2 * A_DAY))
    return (one for one in _told(Remark.at.between(begins, ends)) if first <= one.due <= last)


def open_ones(keys: Iterable[str]) -> Mapping[str, Deadline]:
    """Return those of the mentions ``keys`` that are not seen yet, by key."""
    wanted = set(keys)
    numbers = {number_of(key.partition("@")[0]) for key in wanted}
    return {one.object: one for one in _told(Remark.id.in_(numbers)) if one.object in wanted}


def _told(condition: Any) -> Iterator[Deadline]:
    for remark, person_id, by, plan, action in mentioning.waiting(condition):
        place = f"{action.code} {action.title}" if action else plan.title
        page = ("improvement.show", action.id) if action else ("improvement.plan", plan.id)
        yield Deadline(
            f"{KIND}:{remark.id}@{person_id}", KIND, Text(f"{by} skriver till dig: {place}", f"{by} writes to you: {place}"),
            action.region if action else NETWORK, plan.pilot_id, local(remark.at).date(), Role.HEAD_LEAD, action.code if action else "",
            page[0], (("action_id" if action else "plan_id", str(page[1])), ("_anchor", f"remark-{remark.id}")),
            person_id=person_id, followed=False, told=True, changed=remark.at,
        )  # fmt: skip
