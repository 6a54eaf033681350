"""Packaging: the list of packages is the folders, the locks are hashed and agree, nothing tells where they came from."""

import re
import tomllib
from configparser import ConfigParser

from ccc_pilot.shelves import SHELVES
from tests.support.server import ROOT

PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)(?: ; (.+?))? \\$", re.MULTILINE)


def setup() -> ConfigParser:
    parser = ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def pins(lock: str) -> set[tuple[str, str]]:
    """Return name and version of everything that the file ``lock`` pins."""
    return {(name, version) for name, version, _marker in PIN.findall((ROOT / lock).read_text(encoding="utf-8"))}


def names(requirements: str) -> set[str]:
    """Return the names in a list of requirements as it stands in setup.cfg."""
    return {re.split(r"[\[<>=! ;]", line)[0].lower() for line in requirements.strip().splitlines()}


def test_every_folder_with_code_and_every_shelf_is_a_package_by_name():
    folders = {".".join(file.parent.relative_to(ROOT).parts) for file in (ROOT / "ccc_pilot").rglob("__init__.py")} | {
        f"ccc_pilot.{shelf}" for shelf in SHELVES
    }
    assert set(setup()["options"]["packages"].split()) == folders


def test_a_shelf_holds_no_python_package():
    assert [str(file) for shelf in SHELVES for file in (ROOT / shelf).rglob("__init__.py")] == []


def test_every_line_of_the_locks_has_a_hash():
    for lock in ("requirements.lock", "requirements-test.lock"):
        entries = re.split(r"^(?=[a-z0-9._-]+==)", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        assert entries
        assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_test_lock_pins_all_that_the_program_runs_with():
    assert pins("requirements.lock") <= pins("requirements-test.lock")


def test_the_locks_hold_what_setup_cfg_asks_for():
    options, extras = setup()["options"], setup()["options.extras_require"]
    run = names(options["install_requires"]) | names(extras["build"])
    assert run <= {name for name, _ in pins("requirements.lock")}
    assert names(extras["test"]) <= {name for name, _ in pins("requirements-test.lock")}


def test_the_locks_do_not_tell_which_registry_they_were_made_with():
    for lock in ("requirements.lock", "requirements-test.lock"):
        assert not re.search(r"https?://|--index|--find-links|file:", (ROOT / lock).read_text(encoding="utf-8"))


def test_the_build_asks_for_what_the_run_lock_brings():
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    assert names("\n".join(build)) <= {name for name, _ in pins("requirements.lock")}
