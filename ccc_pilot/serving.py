"""Serving: the web's workers and, beside them, the scheduler; two processes under one that minds both.

The scheduler is started again when it ends; when the web ends, or the minder is asked to, everything ends, drained.
"""

import gc
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

from flask import Flask
from sqlalchemy.orm import configure_mappers

from ccc_pilot.db import db

THREADS = 8
BACKLOG = 1024
DRAIN_SECONDS = 30
WORKER_TIMEOUT_SECONDS = 120
RESTART_SECONDS = 1
WEB, SCHEDULER = "web", "scheduler"
SIGNALS = {signal.SIGTERM, signal.SIGINT}
PR_SET_PDEATHSIG = 1  # Linux, prctl(2): the signal a process gets when its parent dies
log = logging.getLogger(__name__)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on ``host`` and ``port``. Raises ``OSError`` when the port is taken or not ours to take."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def serve(app: Flask, listener: socket.socket, workers: int) -> int:
    """Serve ``app`` on ``listener`` with ``workers`` processes until asked to end; returns the exit code."""
    with app.app_context():
        db.engine.dispose()  # a connection must not be shared by the processes that follow
    configure_mappers()
    gc.freeze()  # what was built stays; the processes that follow share it, and none looks through it again
    if not hasattr(os, "fork"):
        return _serve_in_threads(app, listener)
    return Minder({WEB: lambda: _web(app, listener, workers), SCHEDULER: lambda: _scheduler(app)}).run()


class Minder:
    """Runs each of ``rooms`` (name -> what to do) in a process of its own and minds them; ``WEB`` is the one all depends on."""

    def __init__(self, rooms: dict[str, Callable[[], Any]]):
        self.rooms = rooms
        self.running: dict[int, str] = {}
        self.ending = False

    def run(self) -> int:
        """Start all rooms and mind them until the web has ended; returns the web's exit code."""
        for asked in SIGNALS:
            signal.signal(asked, self._end)
        for name in self.rooms:
            self._start(name)
        code = 0
        while self.running:
            pid, status = os.wait()
            name = self.running.pop(pid, "")
            if name == WEB:
                code = code_of(status)
                self._end()
            elif name and not self.ending:
                log.error("%s ended with code %s and is started again", name, code_of(status))
                time.sleep(RESTART_SECONDS)
                self._start(name)
        return code

    def _start(self, name: str) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)  # asked to end in this moment: after it, when the child is known
        try:
            if self.ending:
                return
            if pid := os.fork():
                self.running[pid] = name
            else:
                _live(self.rooms[name])
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)

    def _end(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        self.ending = True
        for pid in list(self.running):
            os.kill(pid, signal.SIGTERM)


def _live(room: Callable[[], Any]) -> None:
    code = 1
    try:
        for asked in SIGNALS:
            signal.signal(asked, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        _end_with_parent()
        room()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
    except BaseException:
        log.exception("a process of the house fell")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _end_with_parent() -> None:
    """Ask Linux to end this process when its parent dies, even by SIGKILL, so that nothing goes on holding the port."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def code_of(status: int) -> int:
    """Return the exit code in a wait status; negative for a signal, 0 for the signals that ask to end."""
    code = os.waitstatus_to_exitcode(status)
    return 0 if code in {-signal.SIGTERM, -signal.SIGINT} else code


def _web(app: Flask, listener: socket.socket, workers: int) -> None:
    from gunicorn.app.base import BaseApplication

    options = {
        "bind": f"fd://{listener.fileno()}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "preload_app": True,
        "graceful_timeout": DRAIN_SECONDS,
        "timeout": WORKER_TIMEOUT_SECONDS,
        "forwarded_allow_ips": "",  # what a proxy says is weighed by TRUSTED_PROXIES alone
        "control_socket_disable": True,
        "loglevel": "warning",
        "proc_name": "ccc-pilot",
    }

    class Web(BaseApplication):
        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            return app

    Web().run()


def _scheduler(app: Flask) -> None:
    from ccc_pilot import scheduler

    scheduler.run(app)


def _serve_in_threads(app: Flask, listener: socket.socket) -> int:
    import waitress

    beside = subprocess.Popen([sys.executable, "-m", "ccc_pilot", SCHEDULER])
    try:
        waitress.serve(app, sockets=[listener], threads=THREADS, _quiet=True)
    finally:
        beside.terminate()
    return 0
