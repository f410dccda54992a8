"""Gets local-slack from npm into a folder that git ignores; run as a program, it does just that."""

import hashlib
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".demo"
PACKAGE, VERSION = "local-slack-linux-x64", "0.1.8"
BINARY = FOLDER / "node_modules" / PACKAGE / "bin" / "local-slack"

_SHA256 = "3332007b797969d835f694b463ac526f7ef1fc66afac93f950f585105fe4815f"
_ONLY_THERE = (
    f"local-slack {VERSION} is published for Linux on x86-64 only, and this is {platform.system()} on "
    f"{platform.machine()}. A container or a virtual machine with Linux will do."
)
_NO_NPM = (
    "npm is not installed; local-slack comes from it. On Debian and Ubuntu: sudo apt-get install npm. "
    "Elsewhere it comes with Node.js: https://nodejs.org"
)


class Unavailable(Exception):
    """local-slack cannot be had here, with what to do about it."""


def install() -> Path:
    """Return the program, installed if it is not yet there; raises Unavailable."""
    if not BINARY.exists():
        _fetch()
    return find()


def find() -> Path:
    """Return the program that install has put there; raises Unavailable."""
    if not BINARY.exists():
        raise Unavailable("local-slack is not installed. Run: make local-slack")
    with BINARY.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != _SHA256:
        raise Unavailable(f"{BINARY} is not the {PACKAGE} {VERSION} that was looked at. Delete {FOLDER}.")
    return BINARY


def _fetch() -> None:
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise Unavailable(_ONLY_THERE)
    npm = shutil.which("npm")
    if npm is None:
        raise Unavailable(_NO_NPM)
    quiet = ("--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    FOLDER.mkdir(exist_ok=True)
    command = [npm, "install", "--prefix", str(FOLDER), *quiet, f"{PACKAGE}@{VERSION}"]
    print(f"Installing {PACKAGE} {VERSION} into {FOLDER} (95 MB, once).", file=sys.stderr)
    if subprocess.run(command, check=False, stdout=sys.stderr).returncode != 0:  # noqa: S603 - fixed words
        raise Unavailable(f"npm could not install {PACKAGE}@{VERSION}; what it says stands above.")


def main() -> int:
    """Install it; tell in a sentence where that fails."""
    try:
        install()
    except Unavailable as exc:
        print(exc, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
