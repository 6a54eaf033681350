"""Languages: Swedish and English, by gettext. English is the text in the code, Swedish stands in translations/."""

from dataclasses import dataclass

from flask import Flask, g, has_request_context, request
from flask_babel import Babel, force_locale, get_locale, gettext, lazy_gettext, lazy_pgettext, ngettext, pgettext

__all__ = [
    "LANGUAGES", "Text", "force_locale", "gettext", "init_app", "language", "lazy_gettext", "lazy_pgettext", "ngettext", "pgettext",
]

LANGUAGES = ("sv", "en")
babel = Babel()


@dataclass(frozen=True, slots=True)
class Text:
    """A catalogue's text in the languages of the house; an absent translation falls back on Swedish, then English."""

    sv: str = ""
    en: str = ""

    def in_(self, code: str) -> str:
        """Return the text in the language ``code`` ("sv" or "en"), else in the other one."""
        return (self.en or self.sv) if code == "en" else (self.sv or self.en)

    def __str__(self) -> str:
        return self.in_(language())

    def __bool__(self) -> bool:
        return bool(self.sv or self.en)


def language() -> str:
    """Return the code of the language now in use ("sv" or "en"); "sv" outside an application."""
    locale = get_locale()
    return locale.language if locale is not None else "sv"


def _chosen() -> str:
    if not has_request_context():
        return "sv"
    chosen = getattr(g, "language", None) or request.cookies.get("language")
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(LANGUAGES, default="sv") or "sv"


def init_app(app: Flask, timezone: str, default: str) -> None:
    """Give ``app`` its languages; ``timezone`` is an IANA name, ``default`` a code of LANGUAGES."""
    app.config["BABEL_DEFAULT_LOCALE"] = default
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    babel.init_app(app, locale_selector=_chosen, timezone_selector=lambda: timezone)
