"""Fetch the front end's pinned packages, check their sums and lay their files into the repository.

``scripts/vendor.lock`` names each package, its version, the sha512 of its archive and the files wanted from it. The files and
their licences are committed, so nothing is fetched at run time. Needs ``npm``; where it fetches from is npm's own setting.

    python scripts/vendor_frontend.py           fetch and write; stop if an archive is not the one in the lock
    python scripts/vendor_frontend.py --pin     after a version was changed in the lock: write the new sums into it
"""

import argparse
import base64
import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "scripts" / "vendor.lock"
PERMISSION = "Permission is hereby granted"
SYMBOL = (
    '<symbol id="ti-{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
    'stroke-linecap="round" stroke-linejoin="round">{shapes}</symbol>'
)


def sha512(data: bytes) -> str:
    """Return the sum of ``data`` as npm writes it: "sha512-" and base64."""
    return "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()


def fetch(package: dict, folder: Path) -> bytes:
    """Return the archive of ``package`` (its name and version) as npm packs it; ``folder`` holds it meanwhile."""
    wanted = f"{package['name']}@{package['version']}"
    packed = subprocess.run(["npm", "pack", "--silent", wanted], cwd=folder, check=True, capture_output=True, text=True)
    return (folder / packed.stdout.split()[-1]).read_bytes()


def unpack(archive: bytes, folder: Path) -> Path:
    """Unpack an npm ``archive`` below ``folder`` and return the folder of its files."""
    (folder / "archive.tgz").write_bytes(archive)
    with tarfile.open(folder / "archive.tgz") as tar:
        tar.extractall(folder, filter="data")
    return folder / "package"


def sprite(icons: Path, names: list[str]) -> str:
    """Return one SVG in which each of ``names`` is a symbol "ti-<name>", from the outline icons below ``icons``."""
    symbols = [
        SYMBOL.format(name=name, shapes=_shapes((icons / f"{name}.svg").read_text("utf-8"))) for name in sorted(set(names))
    ]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _shapes(svg: str) -> str:
    inner = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL).group(1)
    shapes = re.findall(r"<[^>]+>", inner)
    return "".join(shape for shape in shapes if 'stroke="none"' not in shape)


def licence(package: dict, folders: dict[str, Path]) -> str:
    """Return the licence text of ``package``.

    A package without a licence file takes its copyright lines from the banner of the file named in "banner" and the words of
    the same licence from the package named in "licence_of".
    """
    if "banner" not in package:
        return (folders[package["name"]] / package["licence"]).read_text("utf-8")
    banner = re.search(r"/\*!(.*?)\*/", (folders[package["name"]] / package["banner"]).read_text("utf-8"), re.DOTALL).group(1)
    lines = [line.strip(" *") for line in banner.strip().splitlines()]
    words = (folders[package["licence_of"]] / "LICENSE").read_text("utf-8")
    return "\n".join(lines) + "\n\n" + words[words.index(PERMISSION) :]


def outputs(lock: dict, folders: dict[str, Path]) -> dict[str, bytes]:
    """Return what belongs in the repository: path from its root -> content."""
    written = {}
    for package in lock["packages"]:
        for source, target in package["files"].items():
            written[target] = (folders[package["name"]] / source).read_bytes()
        written[package["licence_to"]] = licence(package, folders).encode()
    icons = lock["icons"]
    written[icons["to"]] = sprite(folders[icons["package"]] / icons["from"], icons["names"]).encode()
    return written


def renew(lock: dict, pin: bool) -> None:
    """Fetch all packages of ``lock`` and write their files; with ``pin`` new sums are taken into ``lock``, else they must hold."""
    with tempfile.TemporaryDirectory() as name:
        folders = {}
        for number, package in enumerate(lock["packages"]):
            folder = Path(name, str(number))
            folder.mkdir()
            archive = fetch(package, folder)
            if pin:
                package["sha512"] = sha512(archive)
            if sha512(archive) != package["sha512"]:
                raise SystemExit(f"{package['name']} {package['version']}: the archive is not the one in the lock")
            folders[package["name"]] = unpack(archive, folder)
        written = outputs(lock, folders)
    for path, content in written.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_bytes(content)
        print(f"{len(content):>8}  {path}")
    lock["sums"] = {path: sha512(content) for path, content in sorted(written.items())}


def main() -> None:
    """Renew the vendored files from the lock."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pin", action="store_true", help="write the sums of what was fetched into the lock")
    pin = parser.parse_args().pin
    lock = json.loads(LOCK.read_text("utf-8"))
    renew(lock, pin)
    LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
