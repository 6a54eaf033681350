"""Hosts of the fault run's own: network namespaces joined by virtual cables, which can be pulled. Nothing outside them is touched.

The database's host has a bridge; each other host has a cable to it. Addresses: those of 198.18.0.0/15, set aside for tests (RFC 2544).
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

DATABASE = "198.18.77.1"
HOSTS = {"a": "198.18.77.2", "b": "198.18.77.3"}


class NotAllowed(Exception):
    """This machine does not let us make networks; the text says why."""


class Network:
    """The database's host and the others, by their names."""

    def __init__(self) -> None:
        self.prefix = f"ccc{os.getpid()}"

    def within(self, host: str) -> tuple[str, ...]:
        """Return the command that starts another on ``host`` (empty: the database's)."""
        return ("ip", "netns", "exec", f"{self.prefix}{host}")

    def cut(self, host: str) -> None:
        """Pull the cable of ``host``."""
        _ip("-n", self.prefix, "link", "set", f"to-{host}", "down")

    def join(self, host: str) -> None:
        """Put the cable of ``host`` in again."""
        _ip("-n", self.prefix, "link", "set", f"to-{host}", "up")

    def lay(self) -> None:
        """Make the hosts and join them. Raises ``NotAllowed``."""
        _ip("netns", "add", self.prefix)
        _ip("-n", self.prefix, "link", "set", "lo", "up")
        _ip("-n", self.prefix, "link", "add", "between", "type", "bridge")
        _ip("-n", self.prefix, "addr", "add", f"{DATABASE}/24", "dev", "between")
        _ip("-n", self.prefix, "link", "set", "between", "up")
        for host, address in HOSTS.items():
            name = f"{self.prefix}{host}"
            _ip("netns", "add", name)
            _ip("-n", self.prefix, "link", "add", f"to-{host}", "type", "veth", "peer", "name", "eth0", "netns", name)
            _ip("-n", self.prefix, "link", "set", f"to-{host}", "master", "between")
            _ip("-n", name, "addr", "add", f"{address}/24", "dev", "eth0")
            for device in ("lo", "eth0"):
                _ip("-n", name, "link", "set", device, "up")
            self.join(host)

    def remove(self) -> None:
        """Take all away."""
        for host in ("", *HOSTS):
            subprocess.run(["ip", "netns", "del", f"{self.prefix}{host}"], check=False, capture_output=True)


def _ip(*arguments: str) -> None:
    done = subprocess.run(["ip", *arguments], check=False, capture_output=True, text=True)
    if done.returncode:
        raise NotAllowed(f"ip {' '.join(arguments)}: {(done.stderr or done.stdout).strip()}")


@contextmanager
def laid() -> Iterator[Network]:
    """Lay the network and take it away at the end. Raises ``NotAllowed`` with the reason where the machine does not let us."""
    if os.geteuid():
        raise NotAllowed("only root may make network namespaces here")
    for program, package in (("ip", "iproute2"), ("setpriv", "util-linux")):
        if not shutil.which(program):
            raise NotAllowed(f"the program {program} is missing: sudo apt-get install {package}")
    network = Network()
    try:
        network.lay()
        yield network
    finally:
        network.remove()
