#!/usr/bin/env python3
"""Lay the house's own environment (.venv) and start a command in it: bootstrap.py LOCKFILE COMMAND [ARGUMENT …].

Needs nothing but a Python of the standard library; what is already laid is not laid again.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "laid.json"
RUNTIME_LOCK = ROOT / "requirements.lock"
OLDEST = (3, 11)
NEWER_NAMES = ("python3.14", "python3.13", "python3.12", "python3.11", "python3", "python")
PIP = (str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", "--no-input", "--retries", "2")
PIP_FAULTS = {
    "DO NOT MATCH THE HASHES": "a downloaded package is not the one in the lock file; nothing was installed from it.",
    "No space left": "the disk is full.",
    "Permission denied": "a file under .venv cannot be written.",
    "Failed to establish a new connection": "the package registry cannot be reached; is there a network?",
    "Connection": "the package registry cannot be reached; is there a network?",
    "Temporary failure in name resolution": "the package registry cannot be reached; is there a network?",
    "No matching distribution": "the package registry cannot be reached, or has no fitting file for this Python.",
}


class Hindrance(Exception):
    """Why the environment cannot be laid, in one sentence."""


def main(lock, command):
    """Lay what ``lock`` names and become ``command`` (a list; its first word is a program of the environment)."""
    use_new_enough_python()
    laid = read_stamp()
    want = {"root": str(ROOT), "project": digest(ROOT / "setup.cfg", ROOT / "pyproject.toml"), "lock": digest(lock)}
    if laid.get("root") != want["root"] or not PYTHON.exists():
        laid = {}
        make_venv()
    if want["lock"] not in laid.get("locks", []):
        STAMP.unlink(missing_ok=True)
        say(f"Installing the packages of {lock.name} (once; a minute or so) …")
        pip("install", "--require-hashes", "-r", str(lock))
        laid = {"locks": sorted({want["lock"], digest(RUNTIME_LOCK)} if lock != RUNTIME_LOCK else {want["lock"]})}
    if laid.get("project") != want["project"]:
        pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    STAMP.write_text(json.dumps({"root": want["root"], "project": want["project"], "locks": laid["locks"]}))
    become(command)


def use_new_enough_python():
    """Go on in a Python that is new enough, if this one is not."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER_NAMES:
        found = shutil.which(name)
        if found and is_new_enough(found):
            os.execv(found, [found, *sys.argv])
    raise Hindrance(f"Python 3.11 or newer is needed, and none was found; this one is {sys.version.split()[0]}.")


def is_new_enough(python):
    """Whether the program ``python`` is at least ``OLDEST``."""
    question = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.run([python, "-c", question], stderr=subprocess.DEVNULL, check=False).returncode == 0


def make_venv():
    """Make an empty environment in ``VENV``."""
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        raise Hindrance(
            "Python's module venv is missing; install it (Debian, Ubuntu: sudo apt-get install python3-venv) and try again."
        ) from None
    say(f"Making the environment {VENV.name} …")
    try:
        if VENV.exists():
            shutil.rmtree(VENV)
        venv.create(VENV, with_pip=True, symlinks=os.name != "nt")
    except OSError as error:
        raise Hindrance(f"The folder {VENV} cannot be written: {error.strerror or error}.") from None
    except subprocess.CalledProcessError:
        raise Hindrance(f"Python's module venv could not put pip into {VENV}; is python3-venv installed whole?") from None


def pip(*arguments):
    """Run pip in the environment; what it says is shown as one sentence, since its own words name the registry."""
    done = subprocess.run([*PIP, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        words = done.stdout + done.stderr
        reason = next((why for sign, why in PIP_FAULTS.items() if sign in words), f"pip ended with code {done.returncode}.")
        again = " ".join([f"{PYTHON.relative_to(ROOT)} -m pip", *arguments])
        raise Hindrance(f"The packages could not be installed: {reason} To see all that pip says: {again}")


def digest(*files):
    """Return the SHA-256 of the files' bytes."""
    try:
        return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    except OSError as error:
        raise Hindrance(f"{error.filename} cannot be read: {error.strerror}.") from None


def read_stamp():
    """Return what was laid last time; empty when nothing was, or not to the end."""
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def become(command):
    """Go on as ``command``, with the environment's programs first on the path."""
    program = shutil.which(command[0], path=str(BIN))
    if program is None:
        raise Hindrance(f"There is no program {command[0]} in {BIN}.")
    os.environ["PATH"] = os.pathsep.join([str(BIN), os.environ.get("PATH", "")])
    os.chdir(ROOT)
    if os.name == "nt":
        sys.exit(subprocess.run([program, *command[1:]], check=False).returncode)
    os.execv(program, [program, *command[1:]])


def say(text):
    """Tell the one who waits what is being done."""
    print(text, flush=True)


if __name__ == "__main__":
    try:
        main(ROOT / sys.argv[1], sys.argv[2:])
    except Hindrance as hindrance:
        sys.exit(str(hindrance))
    except KeyboardInterrupt:
        sys.exit(130)
