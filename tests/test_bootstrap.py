"""The bootstrap: what hinders it is one sentence, which never tells which registry was asked. (That it works, make test itself shows.)"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.server import ROOT

NOBODY_LISTENS = "http://127.0.0.1:9/simple"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with what the bootstrap reads, and no environment."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "bootstrap.py", tmp_path / "scripts")
    for name in ("requirements.lock", "setup.cfg", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def bootstrap(checkout: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the bootstrap of ``checkout``."""
    return subprocess.run(
        [sys.executable, checkout / "scripts" / "bootstrap.py", *(arguments or ("requirements.lock", "ccc-pilot", "version"))],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def assert_one_sentence(done: subprocess.CompletedProcess[str], part: str) -> None:
    assert done.returncode == 1
    assert part in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_folder_that_cannot_be_written_is_one_sentence(checkout):
    (checkout / ".venv").write_text("a file stands where the folder should be")
    assert_one_sentence(bootstrap(checkout), "cannot be written")


def test_a_missing_venv_module_is_one_sentence_that_says_what_to_install(checkout):
    (checkout / "without").mkdir()
    (checkout / "without" / "ensurepip.py").write_text("raise ImportError('not installed')")
    assert_one_sentence(bootstrap(checkout, PYTHONPATH=str(checkout / "without")), "python3-venv")


def test_a_missing_lock_file_is_one_sentence(checkout):
    assert_one_sentence(bootstrap(checkout, "requirements-other.lock", "ccc-pilot"), "requirements-other.lock cannot be read")


def test_no_network_is_one_sentence_without_the_registrys_name_and_is_tried_anew_next_time(checkout):
    for _ in range(2):
        alone = {
            "PIP_INDEX_URL": NOBODY_LISTENS,
            "PIP_EXTRA_INDEX_URL": "",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_CACHE_DIR": "1",
        }
        done = bootstrap(checkout, **alone)
        assert_one_sentence(done, "the package registry cannot be reached")
        assert "127.0.0.1" not in done.stdout + done.stderr
    assert not (checkout / ".venv" / "laid.json").exists()
