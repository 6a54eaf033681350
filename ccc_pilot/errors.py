"""What a use case may raise; the edge turns each into a page or a sentence."""

from typing import Any


class Refused(Exception):
    """The rule of the house says no. ``message`` is a sentence in the user's language; ``field`` names a form field."""

    def __init__(self, message: Any, field: str | None = None):
        super().__init__(message)
        self.message = message
        self.field = field


class NotFound(Exception):
    """There is no such thing, or it is hidden from the one who asks (the two are told apart nowhere).

    ``message`` is a sentence of its own for the page, or None for the usual one.
    """

    def __init__(self, message: Any = None):
        super().__init__(message)
        self.message = message


class Forbidden(Exception):
    """The thing is seen, but not to be changed by the one who asks."""


class Conflict(Exception):
    """Somebody else saved first.

    ``theirs`` and ``mine`` map field name to value, ``version`` is the version now stored, ``by`` and ``at`` tell who saved and when.
    ``adds`` names fields whose text is added to a history and replaces nothing; they are no reason for a quarrel.
    """

    def __init__(
        self,
        *,
        theirs: dict[str, Any],
        mine: dict[str, Any],
        version: int,
        by: str = "",
        at: Any = None,
        adds: frozenset[str] = frozenset(),
    ):
        super().__init__("conflict")
        self.theirs = theirs
        self.mine = mine
        self.version = version
        self.by = by
        self.at = at
        self.adds = adds
        self.form: Any = None  # the form that met it, where one did: the page offers its fields
