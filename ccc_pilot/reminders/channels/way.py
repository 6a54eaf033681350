"""What every channel offers, and how it says that a message was not taken."""

from typing import Protocol


class ChannelError(Exception):
    """The message was not taken; the flags mean what they mean in ``outbox.Failure``."""

    def __init__(self, message: str, *, permanent: bool = False, server: bool = False, doubt: bool = False, grey: bool = False):
        super().__init__(message)
        self.permanent = permanent
        self.server = server
        self.doubt = doubt
        self.grey = grey


class Way(Protocol):
    """An open way to an outside system."""

    def send(self, address: str, content: bytes) -> None:
        """Hand ``content`` over to ``address``. Raises ``ChannelError``."""
