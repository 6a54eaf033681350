"""The wheel: built from the repository, installed elsewhere, it runs from any folder with its shelves aboard."""

import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ccc_pilot.version import VERSION
from tests.support.server import ROOT, Server, environment

DATA = {
    ".html",
    ".txt",
    ".toml",
    ".md",
    ".css",
    ".js",
    ".svg",
    ".po",
    ".mo",
    ".mako",
    ".png",
    ".ico",
    ".woff2",
    ".json",
    ".otf",
    ".typ",
}
SOURCE = ("ccc_pilot", "milestones", "standards", "templates", "migrations", "setup.cfg", "pyproject.toml", "README.md")


def pip(python: str | Path, *arguments: str | Path) -> None:
    subprocess.run([python, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments], check=True, capture_output=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the repository's files."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in SOURCE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / "source" / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / "source" / name)
    pip(sys.executable, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, folder / "source")
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment with the wheel in it; the libraries are those of the tests' environment."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    site = Path(
        subprocess.check_output([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True).strip()
    )
    pip(sys.executable, "install", "--no-deps", "--no-index", "--target", site, wheel)
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return python


@pytest.fixture
def server(installed: Path, tmp_path: Path) -> Iterator[Server]:
    """The installed program, started in an empty folder."""
    (tmp_path / "empty").mkdir()
    found = Server(tmp_path / "data", cwd=tmp_path / "empty", python=str(installed))
    yield found.start()
    found.stop()


def test_the_wheel_holds_all_files_of_package_and_shelves_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {
        (f"ccc_pilot/{name}" if part != "ccc_pilot" else name)
        for part in ("ccc_pilot", "milestones", "standards", "templates", "migrations")
        for file in (ROOT / part).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
        for name in [file.relative_to(ROOT).as_posix()]
    }
    assert packed == expected
    assert {Path(name).suffix for name in packed} <= DATA | {".py"}


def test_the_version_is_told_from_any_folder(installed, tmp_path):
    words = [installed, "-m", "ccc_pilot", "version"]
    assert subprocess.check_output(words, cwd=tmp_path, env=environment(tmp_path), text=True).strip() == VERSION


def test_the_installed_package_is_the_wheels_and_not_the_checkout(installed, tmp_path):
    question = "import ccc_pilot; print(ccc_pilot.__file__)"
    place = subprocess.check_output([installed, "-c", question], cwd=tmp_path, env=environment(tmp_path), text=True)
    assert ROOT not in Path(place.strip()).parents


def test_the_installed_program_serves_the_demo_with_its_pages_plans_and_styles(server):
    assert server.status("/healthz") == 200
    status, page = server.fetch("/login")
    assert status == 200
    assert 'name="password"' in page
    assert "head lead" in server.output
    assert server.status("/static/app.css") == 200


def test_the_program_ccc_pilot_stands_in_the_wheel(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (entry,) = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
        assert "ccc-pilot = ccc_pilot.cli:main" in archive.read(entry).decode()
