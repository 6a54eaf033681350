"""How a change of several rows went, ready to be read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from ccc_pilot.i18n import gettext as _
from ccc_pilot.people.pilots import Region
from ccc_pilot.progress import loading
from ccc_pilot.progress.models import MilestoneBatchPart, MilestoneLine


@dataclass(frozen=True, slots=True)
class Told:
    """How it went with one row of several."""

    title: str
    url: str
    region: str
    why: str


def told(parts: Iterable[MilestoneBatchPart], regions: Sequence[Region]) -> list[Told]:
    """Return how it went with the rows of a batch, in the order in which they were saved."""
    shorts = {region.key: region.short for region in regions}
    return [_told(part, part.row.line, shorts) for part in parts]


def _told(part: MilestoneBatchPart, line: MilestoneLine, shorts: Mapping[str, str]) -> Told:
    title = str(loading.item(line.key).title)
    return Told(
        f"{title} · {line.period}" if line.occurrence else title,
        url_for("progress.show", plan=line.plan_key, slug=line.slug), shorts.get(part.row.region, _("Joint")), part.why,
    )  # fmt: skip
