import json
import subprocess
import sys

import pytest
from PIL import Image

from kabinet.core.photo.command import main
from kabinet.core.photo.report import RULES


@pytest.fixture
def pictures(tmp_path):
    paths = [tmp_path / name for name in ("b.png", "a.jpg")]
    for path in paths:
        Image.linear_gradient("L").convert("RGB").resize((300, 400)).save(path)
    return [str(path) for path in paths]


def test_check_photo_command_answers_in_the_order_given(pictures, capsys):
    assert main(["--json", *pictures]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["file"] for line in lines] == pictures
    assert [set(line) for line in lines] == [{"file", "verdict", "rules", "milliseconds"}] * 2
    assert tuple(rule["rule"] for rule in lines[0]["rules"]) == RULES
    assert set(lines[0]["rules"][0]) == {"rule", "verdict", "score", "threshold", "message"}


def test_check_photo_command_unreadable_file_is_status_two(pictures, tmp_path, capsys):
    text = tmp_path / "text.jpg"
    text.write_text("no picture")
    assert main([pictures[0], str(text), str(tmp_path / "absent.jpg"), "--language", "en"]) == 2
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [line[1] for line in lines[1:]] == ["fails", "fails"]
    assert lines[1][4] == "File (fails): Use a JPG, PNG, WebP or HEIC file"
    assert lines[2][4] == "File (fails): The file cannot be opened"


def test_check_photo_command_progress_goes_to_the_error_stream(pictures, capsys):
    main(["--progress", *pictures])
    captured = capsys.readouterr()
    assert "2/2" in captured.err
    assert len(captured.out.splitlines()) == 2


def test_check_photo_command_overlay_is_a_picture(pictures, tmp_path, capsys):
    assert main([pictures[0], "--overlay", str(tmp_path / "seen")]) == 0
    with Image.open(tmp_path / "seen" / "b.jpg") as seen:
        assert (seen.format, seen.size) == ("JPEG", (300, 400))


def test_check_photo_command_overlays_of_two_folders_stay_apart(pictures, tmp_path, capsys):
    again = tmp_path / "again" / "b.png"
    again.parent.mkdir()
    again.write_bytes((tmp_path / "b.png").read_bytes())
    assert main([pictures[0], str(again), "--overlay", str(tmp_path / "seen")]) == 0
    assert {path.name for path in (tmp_path / "seen").iterdir()} == {"b.jpg", "b-2.jpg"}


def test_check_photo_command_overlay_that_is_no_folder_is_named(pictures, capsys):
    assert main([pictures[0], "--overlay", pictures[1]]) == 2
    assert pictures[1] in capsys.readouterr().err


def test_check_photo_command_without_files_explains(capsys):
    with pytest.raises(SystemExit) as stopped:
        main([])
    assert stopped.value.code == 2


@pytest.mark.parametrize("comma", [",", ";"])
def test_check_photo_command_evaluate_gives_rates_per_group(pictures, tmp_path, capsys, comma):
    labels = tmp_path / "labels.csv"
    rows = "file,light\nb.png,window\na.jpg,lamp\n".replace(",", comma)
    labels.write_text(rows, encoding="utf-8")
    assert main(["--json", "--evaluate", str(labels)]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    grey = [r for r in found if (r["rule"], r["verdict"]) == ("colour", "fails")]
    assert [(r["column"], r["value"], r["count"], r["total"]) for r in grey] == [
        ("", "", 2, 2),
        ("light", "window", 1, 1),
        ("light", "lamp", 1, 1),
    ]


def test_check_photo_command_evaluate_names_what_it_leaves_out(pictures, tmp_path, capsys):
    labels = tmp_path / "labels.csv"
    labels.write_text("file\nb.png\nabsent.png\n", encoding="utf-8")
    assert main(["--evaluate", str(labels)]) == 2
    assert "absent.png" in capsys.readouterr().err


def test_check_photo_command_evaluate_without_labels_is_status_two(tmp_path, capsys):
    assert main(["--evaluate", str(tmp_path / "nothing.csv")]) == 2


def test_check_photo_command_keeps_the_error_stream_for_people(tmp_path, models):
    photo = tmp_path / "photo.jpg"
    Image.linear_gradient("L").convert("RGB").resize((600, 800)).save(photo)
    command = [sys.executable, "-m", "kabinet.core.photo.command", str(photo)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (run.stdout.count("\n"), run.stderr) == (1, "")


def test_check_photo_command_ends_quietly_with_its_reader(pictures):
    kabinet = [sys.executable, "-m", "kabinet.site", "check-photo", *pictures * 40]
    with subprocess.Popen(kabinet, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout
        run.stdout.close()
        assert b"Traceback" not in run.stderr.read()
