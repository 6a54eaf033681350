"""Languages: Swedish and English, by gettext. English is the text in the code, Swedish stands in translations/."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.support import Translations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, LazyString, force_locale, get_locale, get_timezone

from ccc_pilot import dates

__all__ = [
    "LANGUAGES",
    "Text",
    "force_locale",
    "gettext",
    "in_zone",
    "init_app",
    "language",
    "lazy_gettext",
    "lazy_pgettext",
    "local",
    "ngettext",
    "pgettext",
    "today",
    "translator",
]

LANGUAGES = ("sv", "en")
FOLDER = Path(__file__).parent / "translations"
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


@cache
def _translations(code: str) -> NullTranslations:
    found: NullTranslations = Translations.load(str(FOLDER), [code])
    return found


def translator() -> Callable[..., str]:
    """Return ``gettext`` for the language now in use: a page says hundreds of things, and asks for its language once."""
    find = _translations(language()).gettext

    def translate(message: str, **variables: Any) -> str:
        text = find(message)
        return text % variables if variables else text

    return translate


def gettext(message: str, **variables: Any) -> str:
    """Return ``message`` in the language now in use, with ``variables`` put in where it says ``%(name)s``."""
    return translator()(message, **variables)


def ngettext(singular: str, plural: str, num: int, **variables: Any) -> str:
    """Return the form that fits ``num`` (which the message may name ``%(num)s``) in the language now in use."""
    return _translations(language()).ngettext(singular, plural, num) % {"num": num, **variables}


def pgettext(context: str, message: str, **variables: Any) -> str:
    """Return ``message`` as it is said in ``context``."""
    text = _translations(language()).pgettext(context, message)
    return text % variables if variables else text


def lazy_gettext(message: str, **variables: Any) -> LazyString:
    """Return what becomes ``gettext(message)`` each time it is written."""
    return LazyString(gettext, message, **variables)


def lazy_pgettext(context: str, message: str, **variables: Any) -> LazyString:
    """Return what becomes ``pgettext(context, message)`` each time it is written."""
    return LazyString(pgettext, context, message, **variables)


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
    return moment.astimezone(zone())


def zone() -> ZoneInfo:
    """Return the time zone in which the pilot's days are counted."""
    return ZoneInfo(str(get_timezone() or "Europe/Stockholm"))


def in_zone(wall: datetime) -> datetime:
    """Return the moment at which the clock on the wall shows ``wall`` (naive) where the pilot is."""
    return wall.replace(tzinfo=ZoneInfo(str(get_timezone() or "Europe/Stockholm")))
