"""The abbreviations that briefings explain: those of the field; organisations and bodies come with the snapshot."""

import re
from collections.abc import Iterable, Mapping

from ccc_pilot.i18n import Text

# Source: the RSL papers of 12 May 2025 (CCC, CCCN, WP4); the others as the organisations themselves spell them out.
FIELD = {
    "CCC": Text("Comprehensive Cancer Center", "Comprehensive Cancer Centre"),
    "CCCN": Text("Comprehensive Cancer Center Network", "Comprehensive Cancer Centre Network"),
    "WP4": Text("Work package 4 (arbetspaket 4)", "Work package 4"),
    "RCC": Text("Regionalt cancercentrum", "Regional cancer centre"),
    "SoS": Text("Socialstyrelsen", "National Board of Health and Welfare"),
    "SVF": Text("Standardiserat vårdförlopp", "Standardised care pathway"),
    "MDK": Text("Multidisciplinär konferens", "Multidisciplinary team meeting"),
    "EUnetCCC": Text("EU:s gemensamma åtgärd för nätverk av Comprehensive Cancer Centres", "EU joint action on networks of Comprehensive Cancer Centres"),
}  # fmt: skip
_WORD = re.compile(r"[A-Za-zÅÄÖåäö]\w{1,11}")


def used(texts: Iterable[str], organisations: Mapping[str, Mapping[str, str]], language: str) -> list[tuple[str, str]]:
    """Return the abbreviations that occur in ``texts`` as words of their own, each with what it stands for, in alphabetical order."""
    found = {word for text in texts for word in _WORD.findall(text)}
    known = {short: Text(names["sv"], names["en"]) for short, names in organisations.items() if " " not in short} | FIELD
    told = [(short, name.in_(language)) for short, name in known.items() if short in found and name.in_(language) != short]
    return sorted(told, key=lambda pair: pair[0].casefold())
