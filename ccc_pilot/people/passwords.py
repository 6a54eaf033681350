"""Passwords as they are kept: argon2id with OWASP's parameters. A stranger's password costs the same work as a known one's."""

from functools import cache
from typing import Any

from ccc_pilot.people.rules import normal

# The hash of a random text that nobody kept: verified where there is no account, so that time tells nothing.
NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$7xMtnNbcUwm+KHgSn6wmcw$/WD5S1BcOgg2mOx5I611E+SMbi62k651Ls8eAkctV30"


@cache
def _hasher() -> Any:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def sealed(password: str) -> str:
    """Return the hash under which ``password`` is kept."""
    return str(_hasher().hash(normal(password)))


def opens(stored: str, password: str) -> bool:
    """Whether ``password`` is the one kept as ``stored``; an empty ``stored`` costs the same time and is never right."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return bool(_hasher().verify(stored or NOBODYS, normal(password))) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Whether ``stored`` was made with other parameters than today's."""
    return bool(_hasher().check_needs_rehash(stored))
