"""Where a request comes from: a page of ours, or somebody else's page that made the browser send it."""

from urllib.parse import urlsplit

from flask import g, request

OWN = {"same-origin", "none"}


def same_origin() -> bool:
    """Whether the browser says that a page of ours (or the user's own hand) sent this request; one that says nothing does not.

    Source: Fetch Metadata (Sec-Fetch-Site); browsers without it tell Origin or Referer.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in OWN
    told = request.headers.get("Origin") or request.referrer
    return bool(told) and urlsplit(told).netloc == request.host


def is_forged() -> bool:
    """Whether what was sent may be another's: nothing of it is then shown, kept, or given a token with which it could be sent."""
    return request.method == "POST" and not g.get("csrf_valid", False) and not same_origin()
