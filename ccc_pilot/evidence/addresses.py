"""Do the addresses still answer? Asked by the scheduler or by hand, never while somebody waits at a page.

An address is typed by people, so it may point anywhere: only public places of the network are asked, at the very numbers that were looked
at, on the ports of the web, step by step where one leads to another; nothing but the answer's first line and headers is read.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote, urljoin, urlsplit

from sqlalchemy import or_, select

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.evidence import rules
from ccc_pilot.evidence.models import EvidenceItem, EvidenceVersion
from ccc_pilot.evidence.rules import AddressState
from ccc_pilot.web.paths import web_address

EVERY = timedelta(days=7)
AT_ONCE = 50
HOPS = 5
PATIENCE_SECONDS = 10
PORTS = {"http": 80, "https": 443}
GONE = frozenset({404, 410})
ASK_ANEW = frozenset({400, 403, 405, 501})  # said by those who do not like to be asked for headers alone
SAFE = "/%:@!$&'()*+,;=~?"
AGENT = "ccc-pilot link check"
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052
Number = ipaddress.IPv4Address | ipaddress.IPv6Address


class Inside(Exception):
    """The address leads to a place that is not public."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What an address said: it answers, it says that nothing is there (``gone``), or it lies ``inside``; ``note`` is the answer's code."""

    reached: bool = False
    gone: bool = False
    inside: bool = False
    note: str = ""


def is_public(number: Number) -> bool:
    """Whether a number of the network is one that anybody may ask: not this computer, an inner network, or many at once."""
    within = _within(number)
    return number.is_global and not number.is_multicast and (within is None or is_public(within))


def _within(number: Number) -> Number | None:
    """The number of the older network that one of the newer stands for, where it does."""
    if not isinstance(number, ipaddress.IPv6Address):
        return None
    translated = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF) if number in TRANSLATED else None
    return number.ipv4_mapped or number.sixtofour or translated


def look(address: str, public: Callable[[Number], bool] = is_public, ports: Iterable[int] = tuple(PORTS.values())) -> Seen:
    """Ask ``address`` and follow where it leads, ``HOPS`` steps at most; ``public`` says which numbers may be asked, ``ports`` which ports."""
    try:
        for _hop in range(HOPS):
            code, onward = _ask(address, public, frozenset(ports))
            if not (300 <= code < 400 and onward):
                return Seen(reached=code < 400 or code in {401, 403, 429}, gone=code in GONE, note=str(code))
            address = urljoin(address, onward)
        return Seen(note="too many steps")
    except Inside:
        return Seen(inside=True)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Seen(note=type(error).__name__)


def _ask(address: str, public: Callable[[Number], bool], ports: frozenset[int]) -> tuple[int, str]:
    parts = urlsplit(address)
    host, port = (parts.hostname or "").encode("idna").decode(), parts.port or PORTS.get(parts.scheme, 0)
    if web_address(address) is None or port not in ports:
        raise Inside
    code, onward = _said("HEAD", parts.scheme, host, port, parts.path, parts.query, public)
    return _said("GET", parts.scheme, host, port, parts.path, parts.query, public) if code in ASK_ANEW else (code, onward)


def _said(
    method: str, scheme: str, host: str, port: int, path: str, query: str, public: Callable[[Number], bool]
) -> tuple[int, str]:
    line = _line(host, port, public)
    if scheme == "https":
        line = ssl.create_default_context().wrap_socket(line, server_hostname=host)
    connection = http.client.HTTPConnection(host, port, timeout=PATIENCE_SECONDS)
    connection.sock = line
    try:
        target = quote(path or "/", SAFE) + (f"?{quote(query, SAFE)}" if query else "")
        connection.request(method, target, headers={"User-Agent": AGENT, "Accept": "*/*"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location") or ""
    finally:
        connection.close()


def _line(host: str, port: int, public: Callable[[Number], bool]) -> socket.socket:
    """Connect to the first number of ``host``, if all of them are public: a name that also leads inside is not asked at all."""
    places = [place[4] for place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not places or not all(public(ipaddress.ip_address(str(place[0]).partition("%")[0])) for place in places):
        raise Inside
    return socket.create_connection((str(places[0][0]), port), timeout=PATIENCE_SECONDS)


def due(most: int = AT_ONCE) -> list[tuple[int, str]]:
    """Return the latest versions whose address has not been asked for ``EVERY``: (version's id, address), longest ago first."""
    statement = (
        select(EvidenceVersion.id, EvidenceVersion.address)
        .join(EvidenceVersion.item)
        .where(EvidenceVersion.number == EvidenceItem.latest, EvidenceVersion.address != "", EvidenceItem.withdrawn_at.is_(None))
        .where(or_(EvidenceVersion.checked_at.is_(None), EvidenceVersion.checked_at < utc_now() - EVERY))
        .order_by(EvidenceVersion.checked_at.asc().nulls_first(), EvidenceVersion.id)
    )
    return [(number, address) for number, address in db.session.execute(statement.limit(most))]


def note(seen: Iterable[tuple[int, Seen]]) -> int:
    """Keep what was seen, within the transaction now open; a change of state stands in the journal. Returns how many are newly dead."""
    dead = 0
    for version_id, one in seen:
        version = db.session.get(EvidenceVersion, version_id, with_for_update=True)
        if version is None:
            continue
        before = version.address_state
        version.failures = 0 if one.reached or one.inside else version.failures + 1
        version.address_state = (
            AddressState.INSIDE if one.inside else rules.address_state(one.reached, one.gone, version.failures)
        )
        version.address_note, version.checked_at = one.note[:200], utc_now()
        if version.address_state != before:
            _tell(version)
            dead += version.address_state == AddressState.DEAD
    return dead


def _tell(version: EvidenceVersion) -> None:
    item = version.item
    journal.write(
        "evidence.address", item.key, actor_id=None, region=item.region, number=version.number, state=version.address_state, note=version.address_note
    )  # fmt: skip
