"""`kabinet read-passport`: the answers and the exit status. Zones are read in test_reading."""

import json

import pytest
from PIL import Image

from kabinet.core.passport.command import main
from kabinet.core.passport.eyes import why_blind

KEYS = "file status format lines fields checks repaired quality seconds".split()
FIELDS = "number country nationality birth sex expiry pin surname given".split()
UNREAD = 2


@pytest.fixture
def plain(tmp_path):
    path = tmp_path / "plain.png"
    Image.new("RGB", (600, 400), (200, 190, 180)).save(path)
    return str(path)


def test_json_has_one_object_per_file_in_the_order_given(plain, tmp_path, capsys):
    missing = str(tmp_path / "missing.jpg")
    assert main([missing, plain, "--json"]) == UNREAD
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["file"] for answer in answers] == [missing, plain]
    assert [list(answer) for answer in answers] == [KEYS, KEYS]
    assert [list(answer["fields"]) for answer in answers] == [FIELDS, FIELDS]
    assert [answer["status"] for answer in answers] == ["none", "none"]


def test_a_picture_without_a_zone_was_read(plain, capsys):
    assert main([plain]) == (UNREAD if why_blind() else 0)
    assert capsys.readouterr().out.splitlines()[0] == f"{plain}: none"


@pytest.mark.parametrize("content", [b"", b"no picture"])
def test_a_file_that_is_no_picture_could_not_be_read(tmp_path, capsys, content):
    path = tmp_path / "file.jpg"
    path.write_bytes(content)
    assert main([str(path)]) == UNREAD
    assert capsys.readouterr().err.splitlines()[-1] == f"{path}: not a picture that can be opened"


def test_advice_is_given_in_the_language_asked_for(tmp_path, capsys):
    path = tmp_path / "file.jpg"
    path.write_bytes(b"no picture")
    main([str(path), "--language", "en"])
    told = capsys.readouterr().out.splitlines()[1].strip()
    assert told == "Choose a picture in JPEG, PNG, WebP or HEIC: this file cannot be opened."


def test_a_folder_is_told_and_does_not_stop_the_others(plain, tmp_path, capsys):
    assert main([str(tmp_path), plain, "--json"]) == UNREAD
    assert len(capsys.readouterr().out.splitlines()) == 2
