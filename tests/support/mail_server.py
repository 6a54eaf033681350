"""A real mail server from Debian (Exim) of the tests' own: private folder, loopback only, a port of its own, delivery to a Maildir."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

from ccc_pilot.demo.people import DOMAIN
from tests.support.mail_sink import parsed
from tests.support.server import free_port

START_SECONDS = 20
# It takes letters to the demo's domain alone, knows nobody called "borta" there, and needs no right but to its own folder.
SETTINGS = """
primary_hostname = mail.{domain}
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
daemon_smtp_ports = {port}
local_interfaces = 127.0.0.1
exim_user = {user}
exim_group = {group}
deliver_drop_privilege = true
host_lookup =
rfc1413_query_timeout = 0s
tls_advertise_hosts =
keep_environment =
acl_smtp_rcpt = receivers
begin acl
receivers:
  deny domains = ! {domain}
       message = We do not relay
  deny local_parts = borta
       message = No such person here
  accept
begin routers
here:
  driver = accept
  transport = folder
begin transports
folder:
  driver = appendfile
  maildir_format
  directory = {folder}/mail
  create_directory
  user = {user}
  group = {group}
"""


def program() -> str:
    """Return the server's program. Raises ``LookupError`` when it is not installed."""
    for place in ("/usr/sbin/exim4", "/usr/sbin/exim"):
        if os.access(place, os.X_OK):
            return place
    raise LookupError("No mail server is installed, and the tests need one: sudo apt-get install exim4-daemon-light")


class MailServer:
    """A running server; ``url`` is the setting that leads there."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()

    @property
    def url(self) -> str:
        """The setting SMTP_URL that leads here."""
        return f"smtp://127.0.0.1:{self.port}"

    def letters(self, count: int) -> list[EmailMessage]:
        """Return the letters in the Maildir, once there are ``count``, or what there is after a while: delivery follows acceptance."""
        until = time.monotonic() + START_SECONDS
        while len(found := list((self.folder / "mail" / "new").glob("*"))) < count and time.monotonic() < until:
            time.sleep(0.05)
        return [parsed(file.read_bytes()) for file in found]


@contextmanager
def serving() -> Iterator[MailServer]:
    """Let the mail server run in a folder of its own until the end. Raises ``RuntimeError`` with its log when it does not start."""
    server = MailServer(Path(tempfile.mkdtemp(prefix="ccc-mail-")))
    process = _start(server)
    try:
        _wait(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(START_SECONDS)
        shutil.rmtree(server.folder, ignore_errors=True)


def _start(server: MailServer) -> subprocess.Popen[bytes]:
    for name in ("spool", "log", "mail"):
        (server.folder / name).mkdir()
    user, group = ("nobody", "nogroup") if os.geteuid() == 0 else (str(os.geteuid()), str(os.getegid()))
    file = server.folder / "settings"
    file.write_text(SETTINGS.format(domain=DOMAIN, folder=server.folder, port=server.port, user=user, group=group))
    who = {"user": user, "group": group, "extra_groups": []} if os.geteuid() == 0 else {}
    if who:  # it delivers nothing as root
        for place in (server.folder, *server.folder.iterdir()):
            shutil.chown(place, user, group)
    with (server.folder / "log" / "started").open("wb") as log:
        return subprocess.Popen([program(), "-bdf", "-C", file], cwd=server.folder, stdout=log, stderr=log, **who)


def _wait(server: MailServer, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", server.port)) == 0:
                return
        time.sleep(0.05)
    told = "\n".join(file.read_text() for file in (server.folder / "log").iterdir())
    raise RuntimeError(f"the mail server did not start:\n{told}")
