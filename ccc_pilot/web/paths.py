"""Paths and addresses that a visitor names: only paths on this site are followed, only addresses of the web are linked to."""

from urllib.parse import urlsplit


def safe_next(target: str | None) -> str | None:
    """Return ``target`` if it is a path on this site, else None (no other host, no scheme, no tricks with slashes)."""
    if (
        not target
        or not target.startswith("/")
        or target.startswith("//")
        or any(ch in target for ch in "\\\t\r\n")
        or not target.isprintable()
    ):
        return None
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else None


def web_address(text: str) -> str | None:
    """Return ``text`` if it is an address of the web (http or https, with a host, without a user name or spaces), else None."""
    if not text.isprintable() or " " in text or "\\" in text:
        return None
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 (raises where it is no number)
    except ValueError:
        return None
    return text if parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc else None
