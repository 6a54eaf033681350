"""Microsoft Teams, by an incoming webhook: a message is posted to an address that the team's owner made."""

import http.client
import ssl
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from ccc_pilot.config import Settings
from ccc_pilot.reminders.channels.way import ChannelError

TIMEOUT_SECONDS = 20
LATER = frozenset({408, 425, 429})


class TeamsWay:
    """The way to Teams; a new line for each message, as they are few."""

    def __init__(self, _settings: Settings):
        self._tls = ssl.create_default_context()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        return None

    def send(self, address: str, content: bytes) -> None:
        """Post ``content`` (JSON) to the webhook ``address``; redirects are not followed. Raises ``ChannelError``."""
        where = urlsplit(address)
        line = http.client.HTTPSConnection(where.hostname or "", where.port or 443, timeout=TIMEOUT_SECONDS, context=self._tls)
        try:
            line.request("POST", f"{where.path}?{where.query}", content, {"Content-Type": "application/json"})
            status = line.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            raise ChannelError(f"{type(error).__name__}: {error}", doubt=True) from error
        finally:
            line.close()
        if not 200 <= status < 300:
            raise ChannelError(f"Teams answered {status}", permanent=status < 500 and status not in LATER)
