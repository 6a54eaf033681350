"""The kinds of evidence that a sheet asks for: known ones by their code or title, others as they are written. Pure."""

import re
from typing import Any

from ccc_pilot.catalogue import Edition

MOST = 40  # of one point
LONGEST = 300
COUNTED = re.compile(r"(\d{1,2}) × (.+)", re.DOTALL)


class Kinds:
    """Collects the kinds that are used; ``like`` is the edition whose kinds are known."""

    def __init__(self, like: Edition):
        self.used: dict[str, dict[str, str]] = {}
        self._known = {}
        for code, kind in like.kinds.items():
            for name in (code, kind.title.sv, kind.title.en):
                self._known[name.casefold()] = (code, {"sv": kind.title.sv, "en": kind.title.en})

    def asked(self, required: str, suggested: str) -> list[dict[str, Any]]:
        """Return what two cells ask for, as a point's requirements; several stand with semicolons or line breaks between them."""
        found: dict[str, dict[str, Any]] = {}
        for cell, mandatory in ((required, True), (suggested, False)):
            for written in filter(None, (part.strip() for part in re.split(r"[;\n]", cell))):
                counted = COUNTED.fullmatch(written)
                code = self._code((counted[2] if counted else written).strip()[:LONGEST])
                count = min(max(int(counted[1]), 1), 20) if counted else 1
                found.setdefault(code, {"kind": code, "mandatory": mandatory, "min_count": count})
        return list(found.values())[:MOST]

    def _code(self, name: str) -> str:
        code, title = self._known.setdefault(name.casefold(), (f"own-{len(self._known) + 1}", {"sv": name, "en": name}))
        self.used[code] = title
        return code
