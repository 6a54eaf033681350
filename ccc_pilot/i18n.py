"""Languages: Swedish and English, by gettext. English is the text in the code, Swedish stands in translations/."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import Flask, g, has_request_context, request
from flask_babel import Babel, force_locale, get_locale, get_timezone, gettext, lazy_gettext, lazy_pgettext, ngettext, pgettext

from ccc_pilot import dates

__all__ = [
    "LANGUAGES",
    "Text",
    "force_locale",
    "gettext",
    "init_app",
    "language",
    "lazy_gettext",
    "lazy_pgettext",
    "local",
    "ngettext",
    "pgettext",
    "today",
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


def _chosen(default: str) -> str:
    if not has_request_context():
        return default
    chosen = getattr(g, "language", None) or request.cookies.get("language")
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(LANGUAGES, default=default) or default


def init_app(app: Flask, timezone: str, default: str) -> None:
    """Give ``app`` its languages; ``timezone`` is an IANA name, ``default`` a code of LANGUAGES."""
    app.config["BABEL_DEFAULT_LOCALE"] = default
    app.config["BABEL_DEFAULT_TIMEZONE"] = timezone
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    babel.init_app(app, locale_selector=lambda: _chosen(default))


def today() -> date:
    """Return today's date where the pilot is (setting TIMEZONE): a day begins and ends there, not in UTC."""
    return dates.today(str(get_timezone() or "Europe/Stockholm"))


def local(moment: datetime) -> datetime:
    """Return ``moment`` (aware) as the clock on the wall shows it where the pilot is."""
    return moment.astimezone(get_timezone())
