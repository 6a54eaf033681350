"""Mail out: letters over SMTP; without a server a letter is laid in the data folder as a file."""

import hashlib
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from flask import current_app
from jinja2 import TemplateNotFound

from ccc_pilot.config import LOCAL_HOSTS, Settings
from ccc_pilot.dates import utc_now
from ccc_pilot.i18n import force_locale, ngettext, translator

TIMEOUT_SECONDS = 30
LETTERS_A_LINE = 100  # after which a line is opened anew; servers end one that goes on for ever
SERVERS_OWN = frozenset(
    {421, 450, 454, 530, 534, 535, 538}
)  # codes that are about the server or our log-in, not about this letter


class MailError(Exception):
    """A letter was not taken.

    ``permanent``: a later try of this letter is of no use. ``code``: what the server said, 0 where it said nothing. ``server``: no letter
    would have been taken just now. ``doubt``: it may have been taken all the same (the line broke after it was sent).
    """

    def __init__(self, message: str, *, permanent: bool = False, code: int = 0, server: bool = False, doubt: bool = False):
        super().__init__(message)
        self.permanent = permanent
        self.code = code
        self.server = server
        self.doubt = doubt


@dataclass(frozen=True)
class Appointment:
    """An appointment that goes with a letter, as iCalendar with its ``method`` (REQUEST or CANCEL), and the ``name`` of the file."""

    file: bytes
    method: str
    name: str


@dataclass(frozen=True)
class Letter:
    """A letter as it is sent: one receiver, a subject, a text and (where there is one) the same as HTML.

    ``headers``: further ones. ``at``: when it was written (default: now). The same letter with a ``message_id`` of its own and ``at`` is
    the same message to the last byte.
    """

    to: str
    subject: str
    text: str
    html: str = ""
    message_id: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    at: datetime | None = None
    appointment: Appointment | None = None


def compose(name: str, to: str, language: str, **context: Any) -> Letter:
    """Render the mail folder ``templates/mail/<name>`` (subject.txt, body.txt, body.html if present) in ``language``."""
    folder = f"mail/{name}"
    with force_locale(language):
        words = {"_": translator(), "ngettext": ngettext, "language": language, **context}
        subject, text, html = (_rendered(f"{folder}/{part}", words) for part in ("subject.txt", "body.txt", "body.html"))
        return Letter(to, " ".join(subject.split()), text, html)


def _rendered(name: str, words: dict[str, Any]) -> str:
    """Render a part of a letter, which knows nothing of a request; one that is not there is empty."""
    try:
        return current_app.jinja_env.get_template(name).render(words)
    except TemplateNotFound:
        return ""


def send(settings: Settings, letter: Letter) -> str:
    """Send ``letter`` and return its Message-ID. Raises ``MailError``."""
    message = as_message(settings, letter)
    with MailServer(settings) as server:
        server.send(letter.to, message.as_bytes())
    return str(message["Message-ID"])


def as_message(settings: Settings, letter: Letter) -> EmailMessage:
    """Build the message; line breaks in a header are refused by the library, so a title cannot add headers."""
    message = EmailMessage(policy=SMTP)
    message["From"] = settings.mail_from
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = formatdate((letter.at or utc_now()).timestamp(), usegmt=True)
    message["Message-ID"] = letter.message_id or make_msgid(domain=domain(settings))
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    for name, value in letter.headers:
        message[name] = value
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    if letter.appointment:
        _add(message, letter.appointment)
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(
            "=_" + hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()[:32] + (str(number) if number else "")
        )
    return message


def _add(message: EmailMessage, appointment: Appointment) -> None:
    """Add it as another way to read the letter, which mail programs with a calendar offer to take in, and as a file for the others."""
    text, params = appointment.file.decode(), {"method": appointment.method}
    message.add_alternative(text, subtype="calendar", cte="base64", params=params)
    message.add_attachment(appointment.file, maintype="application", subtype="ics", filename=appointment.name)


def lasting_id(settings: Settings, key: str) -> str:
    """Return the Message-ID of the message with this ``key``, the same on every try."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain(settings)}>"


def domain(settings: Settings) -> str:
    """Return the name of this house as it stands in a Message-ID."""
    return urlsplit(settings.base_url).hostname or "localhost"


class MailServer:
    """The way to the mail server; opened with the first letter, kept for the next ones, opened anew after a fault.

    Without a server in the settings each letter is laid in the data folder. A server that is not on this computer is spoken to over TLS
    (``smtps``) or STARTTLS; one that offers neither gets no letter.
    """

    def __init__(self, settings: Settings):
        self._settings = settings
        self._line: smtplib.SMTP | None = None
        self._letters = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self._take_leave()

    def send(self, to: str, content: bytes) -> None:
        """Hand over the message ``content`` to the address ``to``. Raises ``MailError``."""
        if not self._settings.smtp_url:
            _lay_down(self._settings.data_dir / "mail", content)
            return
        sender = self._settings.mail_from.rpartition("<")[2].rstrip("> ")
        options = [] if to.isascii() else ["SMTPUTF8"]
        with self._trouble("the server cannot be reached", server=True):
            line = self._opened()
        with self._trouble("the sender was refused"):
            _demand(line.mail(sender, options))
        with self._trouble("the receiver was refused"):
            _demand(line.rcpt(to))
        with self._trouble("the line broke while the letter was sent", doubt=True):
            _demand(line.data(content))

    def _opened(self) -> smtplib.SMTP:
        if self._line is None or self._letters >= LETTERS_A_LINE or _has_ended(self._line):
            self._take_leave()
            self._line, self._letters = _connect(self._settings.smtp_url), 0
        self._letters += 1
        return self._line

    @contextmanager
    def _trouble(self, what: str, *, server: bool = False, doubt: bool = False) -> Iterator[None]:
        """Tell any fault as a ``MailError``; the line is hung up, so that the next letter begins afresh."""
        try:
            yield
        except smtplib.SMTPResponseException as error:
            self._hang_up()
            text = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else str(error.smtp_error)
            own = server or error.smtp_code in SERVERS_OWN - {450}
            permanent = error.smtp_code >= 500 and not own
            raise MailError(
                f"{error.smtp_code} {text} ({what})"[:500], permanent=permanent, code=error.smtp_code, server=own
            ) from error
        except (UnicodeError, smtplib.SMTPNotSupportedError) as error:
            self._hang_up()
            raise MailError(f"{type(error).__name__}: {error} ({what})"[:500], permanent=not server, server=server) from error
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            raise MailError(f"{type(error).__name__}: {error} ({what})"[:500], server=not doubt, doubt=doubt) from error

    def _take_leave(self) -> None:
        with suppress(smtplib.SMTPException, OSError):
            if self._line is not None:
                self._line.quit()
        self._hang_up()

    def _hang_up(self) -> None:
        with suppress(OSError):
            if self._line is not None:
                self._line.close()
        self._line = None


def _has_ended(line: smtplib.SMTP) -> bool:
    """Whether the server has said or done something unasked between two letters, which can only be that it ends the line."""
    if line.sock is None:
        return True
    with DefaultSelector() as ear:
        ear.register(line.sock, EVENT_READ)
        return bool(ear.select(0))


def _connect(url: str) -> smtplib.SMTP:
    where = urlsplit(url)
    tls = ssl.create_default_context()
    if where.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(where.hostname or "", where.port or 465, timeout=TIMEOUT_SECONDS, context=tls)
    else:
        server = smtplib.SMTP(where.hostname or "", where.port or 587, timeout=TIMEOUT_SECONDS)
        if where.hostname not in LOCAL_HOSTS:
            server.starttls(context=tls)
    server.ehlo_or_helo_if_needed()
    if where.username:
        server.login(unquote(where.username), unquote(where.password or ""))
    return server


def _demand(answer: tuple[int, bytes]) -> None:
    """Raise what the server answered, unless it said yes."""
    code, text = answer
    if code not in {250, 251}:
        raise smtplib.SMTPResponseException(code, text)


def _lay_down(folder: Path, content: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    stamp = utc_now().strftime("%Y%m%dT%H%M%S%f")
    name = hashlib.sha256(content).hexdigest()[:8]
    (folder / f"{stamp}-{name}.eml").write_bytes(content)
