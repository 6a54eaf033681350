"""Mail, over SMTP."""

from types import TracebackType
from typing import Self

from ccc_pilot.config import Settings
from ccc_pilot.mail import MailError, MailServer
from ccc_pilot.reminders.channels.way import ChannelError

GREY = frozenset({450, 451})


class MailWay:
    """The way to the mail server, kept open for several letters."""

    def __init__(self, settings: Settings):
        self._server = MailServer(settings)

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.__exit__(kind, error, trace)

    def send(self, address: str, content: bytes) -> None:
        """Hand the letter over. Raises ``ChannelError``."""
        try:
            self._server.send(address, content)
        except MailError as error:
            flags = {"permanent": error.permanent, "server": error.server, "doubt": error.doubt}
            raise ChannelError(str(error), **flags, grey=error.code in GREY) from error
