"""Settings: all from the environment, all checked at start, all faults named at once.

``FIELDS`` is the list that the README's table is compared with.
"""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

PREFIX = "CCC_PILOT_"
KEY_LENGTH = 32
LOCAL_HOSTS = {"127.0.0.1", "localhost", "::1"}
SQLALCHEMY_SCHEMES = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


class WrongSettings(Exception):
    """One or more settings cannot be used; ``faults`` has a sentence for each."""

    def __init__(self, faults: list[str]):
        super().__init__("; ".join(faults))
        self.faults = faults


def _setting(default: Any, about: str) -> Any:
    return field(default=default, metadata={"about": about})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an installation may set. Each field is read from ``CCC_PILOT_`` + its name in capitals."""

    database_url: str = _setting("", "sqlite:///path or postgresql://…; empty: SQLite in the data folder")
    data_dir: Path = _setting(Path("instance"), "folder for the database, mail copies, backups and files")
    secret_key: str = _setting("", "at least 32 characters; empty: one is made in the data folder")
    secret_key_fallbacks: tuple[str, ...] = _setting(
        (), "earlier secret keys, comma between, still accepted for signed links and sessions"
    )
    base_url: str = _setting("http://127.0.0.1:8000", "the address people use; the only one ever written into mails")
    trusted_hosts: tuple[str, ...] = _setting((), "further host names that are answered, comma between")
    trusted_proxies: int = _setting(0, "how many reverse proxies stand in front and set X-Forwarded-*")
    smtp_url: str = _setting(
        "", "smtp://user:password@host:587 (STARTTLS), smtps://… (TLS); empty: mails are laid in the data folder"
    )
    mail_from: str = _setting("ccc-pilot@localhost", "sender of the mails")
    locale: str = _setting("sv", "language before a person has chosen: sv or en")
    timezone: str = _setting("Europe/Stockholm", "IANA name; deadlines are counted in days of this zone")
    demo: bool = _setting(False, "demo people, a banner and printed log-ins")
    demo_anywhere: bool = _setting(False, "let the demo start on an address that is not local")
    mfa: str = _setting(
        "required", "second factor for administrators and the head lead: required or optional (the demo: optional)"
    )
    session_idle_minutes: int = _setting(60, "minutes without a request before a new log-in is asked for")
    session_hours: int = _setting(10, "hours after which a new log-in is asked for")
    host: str = _setting("127.0.0.1", "address to listen on")
    port: int = _setting(8000, "port to listen on (PORT is read too)")
    workers: int = _setting(2, "web worker processes")
    max_upload_mb: int = _setting(50, "largest file that is taken, in megabytes")
    check_links: bool = _setting(False, "let the scheduler ask once a week whether the addresses put up as evidence still answer")
    clamd: str = _setting(
        "", "where a ClamAV daemon listens, host:port or /path/to/socket; empty: files are not scanned for viruses"
    )

    @property
    def sqlalchemy_url(self) -> str:
        """The database's address with the driver that is used."""
        if not self.database_url:
            return f"sqlite:///{(self.data_dir / 'ccc_pilot.sqlite').resolve()}"
        scheme, rest = self.database_url.split(":", 1)
        return f"{SQLALCHEMY_SCHEMES.get(scheme, scheme)}:{rest}"

    @property
    def sqlite_file(self) -> Path | None:
        """The database file, or None on PostgreSQL."""
        url = self.sqlalchemy_url
        return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None

    @property
    def is_local(self) -> bool:
        """Whether ``base_url`` is this computer's own address."""
        return urlsplit(self.base_url).hostname in LOCAL_HOSTS

    @property
    def is_https(self) -> bool:
        """Whether people come by https; cookies are then marked secure."""
        return self.base_url.startswith("https://")


FIELDS = fields(Settings)


def _read(kind: Any, raw: str) -> Any:
    if kind is bool:
        if raw.lower() not in {"1", "0", "true", "false", "yes", "no"}:
            raise ValueError("1 or 0")
        return raw.lower() in {"1", "true", "yes"}
    if kind is tuple:
        return tuple(part.strip() for part in raw.split(",") if part.strip())
    return kind(raw)


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check the settings in ``environ`` (default: the process's own).

    Raises ``WrongSettings`` with one sentence per fault; an unknown ``CCC_PILOT_…`` name is a fault too.
    """
    environ = os.environ if environ is None else environ
    names = {PREFIX + f.name.upper(): f for f in FIELDS}
    faults = [f"{name} is not a setting" for name in sorted(environ) if name.startswith(PREFIX) and name not in names]
    values: dict[str, Any] = {}
    if environ.get("PORT"):
        environ = {PREFIX + "PORT": environ["PORT"], **environ}
    for name, f in names.items():
        if raw := environ.get(name, "").strip():
            try:
                values[f.name] = _read(type(f.default), raw)
            except ValueError:
                faults.append(f"{name}={raw!r} cannot be read: expected {f.metadata['about']}")
    if "port" in values and "base_url" not in values:
        values["base_url"] = f"http://127.0.0.1:{values['port']}"
    settings = Settings(**values)
    faults += list(_faults(settings))
    if faults:
        raise WrongSettings(faults)
    return settings


def _faults(s: Settings) -> Any:
    url = urlsplit(s.base_url)
    if url.scheme not in {"http", "https"} or not url.hostname:
        yield f"{PREFIX}BASE_URL={s.base_url!r} is not an http(s) address"
    if s.database_url and s.database_url.split(":", 1)[0] not in SQLALCHEMY_SCHEMES:
        yield f"{PREFIX}DATABASE_URL must begin with sqlite:///, postgresql:// or postgres://"
    if s.smtp_url and urlsplit(s.smtp_url).scheme not in {"smtp", "smtps"}:
        yield f"{PREFIX}SMTP_URL must begin with smtp:// or smtps://"
    if s.secret_key and len(s.secret_key) < KEY_LENGTH:
        yield f"{PREFIX}SECRET_KEY is shorter than {KEY_LENGTH} characters"
    if s.locale not in {"sv", "en"}:
        yield f"{PREFIX}LOCALE={s.locale!r}: choose sv or en"
    if s.mfa not in {"required", "optional"}:
        yield f"{PREFIX}MFA={s.mfa!r}: choose required or optional"
    if s.clamd and not s.clamd.startswith("/") and not s.clamd.rpartition(":")[2].isdigit():
        yield f"{PREFIX}CLAMD={s.clamd!r}: write host:port or the path of a socket"
    if not 1 <= s.port <= 65535:
        yield f"{PREFIX}PORT={s.port} is not a port (1–65535)"
    for name in ("workers", "session_idle_minutes", "session_hours", "max_upload_mb"):
        if getattr(s, name) < 1:
            yield f"{PREFIX}{name.upper()} must be at least 1"
    if s.trusted_proxies < 0:
        yield f"{PREFIX}TRUSTED_PROXIES must be 0 or more"
    if url.scheme == "https" and s.trusted_proxies == 0:
        yield f"{PREFIX}BASE_URL is https, which a reverse proxy answers: tell how many stand in front, {PREFIX}TRUSTED_PROXIES=1"
    try:
        ZoneInfo(s.timezone)
    except (KeyError, ValueError, OSError):
        yield f"{PREFIX}TIMEZONE={s.timezone!r} is not a time zone (example: Europe/Stockholm)"
    if s.demo and not s.is_local and not s.demo_anywhere:
        yield f"{PREFIX}DEMO is for this computer only; {PREFIX}BASE_URL is {s.base_url} (set {PREFIX}DEMO_ANYWHERE=1 if you mean it)"


def secret_key(settings: Settings) -> str:
    """Return the secret key; where none is set, one is made once and kept in the data folder, readable by its owner alone.

    Raises ``WrongSettings`` where the kept one is too short to be one that was made whole.
    """
    if settings.secret_key:
        return settings.secret_key
    path = settings.data_dir / "secret_key"
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _make_key(path)
    key = path.read_text().strip()
    if len(key) < KEY_LENGTH:
        raise WrongSettings([f"{path} holds fewer than {KEY_LENGTH} characters; take it away and a new key is made"])
    return key


def _make_key(path: Path) -> None:
    """Write a key beside ``path`` and give it its name when it is whole; where another was faster, theirs stands."""
    draft = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
