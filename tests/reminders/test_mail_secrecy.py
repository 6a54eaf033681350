"""Letters go to a server elsewhere only over a line that is sealed, to one whose certificate is good (REM-25)."""

import ssl
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from ccc_pilot import mail
from ccc_pilot.mail import Letter, MailError
from tests.support.installation import settings_in
from tests.support.mail_sink import Sink, listening

ELSEWHERE = "127.0.0.2"  # loopback too, but none of the names that this computer has for itself
LETTER = Letter("lead@region.example", "Hej", "Ett brev")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for ELSEWHERE, signed by itself, and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    file, key = folder / "certificate.pem", folder / "key.pem"
    named = ["-subj", "/CN=mail", "-addext", f"subjectAltName=IP:{ELSEWHERE}"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", file, *named]
    subprocess.run(command, check=True, capture_output=True)
    return file, key


@pytest.fixture
def sealed(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    """What a server needs that seals its line with the certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


def deliver(folder: Path, url: str) -> str:
    """Send one letter; returns its Message-ID."""
    return mail.send(replace(settings_in(folder, "sqlite://"), smtp_url=url), LETTER)


def test_a_server_elsewhere_that_seals_nothing_gets_no_letter(tmp_path):
    sink = Sink()
    with listening(sink, host=ELSEWHERE) as url, pytest.raises(MailError, match="cannot be reached") as refused:
        deliver(tmp_path, url)
    assert sink.taken == []
    assert refused.value.server
    assert not refused.value.permanent


def test_a_server_with_a_certificate_that_nobody_vouches_for_gets_no_letter(tmp_path, sealed):
    sink = Sink()
    with listening(sink, host=ELSEWHERE, tls_context=sealed) as url, pytest.raises(MailError, match="certificate"):
        deliver(tmp_path, url)
    assert sink.taken == []


def test_a_server_with_a_good_certificate_gets_the_letter_over_the_sealed_line(tmp_path, sealed, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    sink = Sink()
    with listening(sink, host=ELSEWHERE, tls_context=sealed) as url:
        deliver(tmp_path, url)
    assert [to for to, _content in sink.taken] == ["lead@region.example"]
    assert sink.sealed == [True]
