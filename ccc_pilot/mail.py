"""Mail out: one letter at a time over SMTP; without a server the letter is laid in the data folder as a file."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app, render_template

from ccc_pilot.config import Settings
from ccc_pilot.dates import utc_now
from ccc_pilot.i18n import force_locale

TIMEOUT_SECONDS = 30


class MailError(Exception):
    """The letter was not taken; ``permanent`` says whether a later try is of no use."""

    def __init__(self, message: str, *, permanent: bool):
        super().__init__(message)
        self.permanent = permanent


@dataclass(frozen=True)
class Letter:
    """A letter as it is sent: one receiver, a subject, a text and (where there is one) the same as HTML."""

    to: str
    subject: str
    text: str
    html: str = ""
    message_id: str = ""


def compose(name: str, to: str, language: str, **context: Any) -> Letter:
    """Render the mail folder ``templates/mail/<name>`` (subject.txt, body.txt, body.html if present) in ``language``."""
    folder = f"mail/{name}"
    with force_locale(language):
        subject = " ".join(render_template(f"{folder}/subject.txt", **context).split())
        html = f"{folder}/body.html"
        has_html = html in current_app.jinja_env.list_templates(filter_func=lambda path: path == html)
        return Letter(
            to, subject, render_template(f"{folder}/body.txt", **context), render_template(html, **context) if has_html else ""
        )


def send(settings: Settings, letter: Letter) -> str:
    """Send ``letter`` and return its Message-ID. Raises ``MailError``."""
    message = as_message(settings, letter)
    if settings.smtp_url:
        _hand_over(settings.smtp_url, message)
    else:
        _lay_down(settings.data_dir / "mail", message)
    return str(message["Message-ID"])


def as_message(settings: Settings, letter: Letter) -> EmailMessage:
    """Build the message; line breaks in a header are refused by the library, so a title cannot add headers."""
    message = EmailMessage(policy=SMTP)
    message["From"] = settings.mail_from
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = formatdate(utc_now().timestamp(), usegmt=True)
    message["Message-ID"] = letter.message_id or make_msgid(domain=urlsplit(settings.base_url).hostname or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    return message


def _hand_over(url: str, message: EmailMessage) -> None:
    where = urlsplit(url)
    tls = ssl.create_default_context()
    try:
        if where.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(where.hostname or "", where.port or 465, timeout=TIMEOUT_SECONDS, context=tls)
        else:
            server = smtplib.SMTP(where.hostname or "", where.port or 587, timeout=TIMEOUT_SECONDS)
        with server:
            if where.scheme == "smtp" and where.hostname not in {"127.0.0.1", "localhost", "::1"}:
                server.starttls(context=tls)
            if where.username:
                server.login(unquote(where.username), unquote(where.password or ""))
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        raise MailError(f"{code} refused receiver", permanent=500 <= code < 600) from error
    except (smtplib.SMTPResponseException, smtplib.SMTPException, OSError) as error:
        raise MailError(f"{type(error).__name__}: {error}", permanent=False) from error


def _lay_down(folder: Path, message: EmailMessage) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    stamp = utc_now().strftime("%Y%m%dT%H%M%S%f")
    (folder / f"{stamp}.eml").write_bytes(message.as_bytes())
