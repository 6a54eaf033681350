"""Evidence of the demo: documents that RCC Sydöst's own yearly report leads to, with what they might prove as suggestions only.

Source: RCC Sydöst's report for 2024, its links. Whether they prove anything is for the regions to say.
"""

from typing import NamedTuple

from ccc_pilot.demo.accounts import who
from ccc_pilot.evidence import items, linking
from ccc_pilot.evidence.items import Carrier
from ccc_pilot.people.policy import NETWORK

SITE = "https://cancercentrum.se"


class Page(NamedTuple):
    """A page of the web: title, address, summary, and the points it might prove."""

    title: str
    address: str
    summary: str
    suggested: tuple[str, ...]


PAGES = (
    Page(
        "Vägen framåt: RCC:s gemensamma inriktning för svensk cancervård 2023–2025",
        f"{SITE}/globalassets/om-rcc/samverkan/vagen-framat-rcc-inriktning-svensk-cancervard-2023-2025.pdf",
        "Nationell inriktning med de tio utvecklingsområdena.",
        ("oeci-3x-p:GOV-03.1@ro", "oeci-3x-p:GOV-03.1@rjl", "oeci-3x-p:GOV-03.1@rkl"),
    ),
    Page(
        "Sjukvårdsregionala processledare i sydöst",
        f"{SITE}/sydost/vara-uppdrag/vardprocesser/sjukvardsregionala-processledare-sydost/",
        "Förteckning över processledarna för cancerprocesserna.",
        ("oeci-3x-p:MDT-01.1@ro",),
    ),
)


def load_evidence() -> None:
    """Put up the pages as joint evidence, by the demo's lead project manager."""
    lead = who("huvudprojektledare")
    for page in PAGES:
        item = items.add(carrier=Carrier(address=page.address), by=lead, region=NETWORK, title=page.title, summary=page.summary)
        for key in page.suggested:
            linking.link(item.id, key, "", lead, suggested=True)
