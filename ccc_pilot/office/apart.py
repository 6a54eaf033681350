"""Foreign files are read, and PDF is set, in a process of its own with limits on time and memory: a file that lies takes nobody with it.

The child gets the bytes on its standard input, a few words as JSON in its arguments and nothing of our environment; it answers
with bytes on its standard output, or with the code of what is wrong.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

# What may be asked for by name: a module's function of (bytes, **words) that returns bytes.
TASKS = {
    "sheets": "ccc_pilot.office.sheets_in:read_here",
    "text": "ccc_pilot.office.extract:read_here",
    "pdf": "ccc_pilot.office.typeset:set_here",
}
SECONDS = 30
MEGABYTES = 2_048
UNREADABLE = 3
HOME = Path(__file__).resolve().parents[2]
KEPT_NAMES = ("PATH", "SYSTEMROOT", "LANG", "TMPDIR", "TEMP", "PYTHONPATH")


class Unreadable(Exception):
    """The file cannot be read or set; ``code`` says why ("broken", "password", "time", "memory", "rows" …), ``detail`` which."""

    def __init__(self, code: str, detail: str = ""):
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


def run(task: str, data: bytes, *, seconds: float = SECONDS, megabytes: int = MEGABYTES, **words: Any) -> bytes:
    """Let a process of its own do ``task`` (of ``TASKS``) with ``data`` and return its answer.

    ``seconds`` is the longest it may take by the clock on the wall, ``megabytes`` the most memory it may ask for; ``words`` must be
    plain enough for JSON. Raises ``Unreadable``.
    """
    command = [sys.executable, "-m", "ccc_pilot.office.apart", task, str(int(seconds) + 1), str(megabytes), json.dumps(words)]
    environment = {name: os.environ[name] for name in KEPT_NAMES if name in os.environ} | {"PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, env=environment, cwd=HOME)
    except subprocess.TimeoutExpired:
        raise Unreadable("time") from None
    if done.returncode == 0:
        return done.stdout
    raise _fault(done.returncode, done.stderr.decode("utf-8", "replace"))


def _fault(returned: int, said: str) -> Unreadable:
    if returned == UNREADABLE:
        code, _newline, detail = said.strip().rsplit("\x1e", 1)[-1].partition("\n")
        return Unreadable(code, detail)
    return Unreadable("memory" if returned < 0 or "MemoryError" in said else "broken", said[-2_000:])


def _limit(seconds: int, megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows, where the time alone is limited
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _main(task: str, seconds: str, megabytes: str, words: str) -> int:
    module, _colon, name = TASKS[task].partition(":")
    _limit(int(seconds), int(megabytes))
    work: Callable[..., bytes] = getattr(import_module(module), name)
    from ccc_pilot.office.apart import Unreadable as Known  # this file runs as __main__ and is imported under its name besides

    try:
        answer = work(sys.stdin.buffer.read(), **json.loads(words))
    except Known as fault:
        sys.stderr.write(f"\x1e{fault.code}\n{fault.detail}")
        return UNREADABLE
    sys.stdout.buffer.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
