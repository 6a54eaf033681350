"""Seals: what this house has signed, and nobody else. One salt for each use, so that a seal of one use opens no other."""

from flask import current_app
from itsdangerous import URLSafeTimedSerializer


def signer(use: str) -> URLSafeTimedSerializer:
    """Return the signer for ``use`` (its own salt); it signs with the secret key now set and still reads what earlier ones signed."""
    keys = [*current_app.config["SECRET_KEY_FALLBACKS"], current_app.config["SECRET_KEY"]]
    return URLSafeTimedSerializer(keys, salt=f"ccc_pilot.people.{use}")
