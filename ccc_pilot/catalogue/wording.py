"""Texts of a catalogue in its languages: inline in Swedish and English, further languages in files of their own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ccc_pilot.catalogue.faults import Findings
from ccc_pilot.catalogue.reading import read_file, read_tree
from ccc_pilot.i18n import LANGUAGES, Text

LANGUAGE_FILE = re.compile(r"[a-z]{2,3}")
Path_ = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class ManyText(Text):
    """A text that is also there in languages beyond the two of the house; ``more`` holds (code, text)."""

    more: tuple[tuple[str, str], ...] = ()

    def in_(self, code: str) -> str:
        """Return the text in the language ``code``, else as ``Text`` does."""
        return dict(self.more).get(code) or Text.in_(self, code)


def read_translations(folder: Path, findings: Findings) -> dict[str, str]:
    """Return the text of every translation file (fi.toml) in ``folder`` by its language code; what is wrong goes to ``findings``."""
    files = sorted(path for path in folder.glob("*.toml") if LANGUAGE_FILE.fullmatch(path.stem))
    read = {path.stem: read_file(path, findings) for path in files}
    return {code: text for code, text in read.items() if text is not None}


class Wording:
    """Joins the inline texts with the translations, and notes the texts that lack a language."""

    def __init__(self, translations: Mapping[str, str], findings: Findings, one_will_do: bool = False):
        self.findings = findings
        self.one_will_do = one_will_do  # an imported text has the languages its owner gave it
        self.by_language: dict[str, dict[Path_, str]] = {}
        for code, text in translations.items():
            self.by_language[code] = self._leaves(read_tree(text, findings) or {}, (), code)
        self.unused = {(code, path) for code, leaves in self.by_language.items() for path in leaves}

    def _leaves(self, node: Any, path: Path_, code: str) -> dict[Path_, str]:
        if isinstance(node, str):
            return {path: node}
        if not isinstance(node, dict | list):
            self.findings.add(f"{code}: {_said(path)}", "not_text")
            return {}
        pairs = node.items() if isinstance(node, dict) else enumerate(node)
        return {deep: text for key, part in pairs for deep, text in self._leaves(part, (*path, key), code).items()}

    def text(self, sv: str, en: str, *path: str | int, place: str, optional: bool = False) -> Text:
        """Return the text whose inline parts are ``sv`` and ``en`` and whose place in a translation is ``path``.

        ``place`` is where a fault is noted. An ``optional`` text may be empty in every language, never in one only.
        """
        found = {"sv": sv.strip(), "en": en.strip()}
        for code, leaves in self.by_language.items():
            if path in leaves:
                found[code] = leaves[path].strip()
                self.unused.discard((code, path))
        self._note_missing(found, place, optional)
        more = tuple((code, text) for code, text in found.items() if code not in LANGUAGES and text)
        return ManyText(found["sv"], found["en"], more) if more else Text(found["sv"], found["en"])

    def _note_missing(self, found: Mapping[str, str], place: str, optional: bool) -> None:
        there = any(found.values())
        if there and self.one_will_do or not there and optional:
            return
        for code in LANGUAGES:
            if not found[code]:
                self.findings.add(place, "translation_missing", language=code)

    def note_unused(self) -> None:
        """Note every translated text that belongs to nothing in the catalogue."""
        for code, path in sorted(self.unused, key=str):
            self.findings.add(f"{code}: {_said(path)}", "unknown_id")


def _said(path: Path_) -> str:
    return ".".join(str(step) for step in path)
