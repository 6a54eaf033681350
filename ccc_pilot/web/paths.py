"""Paths that a visitor names: only those on this site are followed."""

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
