"""Options, keys and the doctor: nothing runs half-configured in production."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kabinet.site import keys, options
from kabinet.site.examination import missing_options, published_secrets

REQUIRED = [option.name for option in options.OPTIONS if option.required_in_production]


def test_a_secret_may_come_from_a_file(tmp_path):
    secret = tmp_path / "key"
    secret.write_text("from the file\n")
    given = {"KABINET_SECRET_KEY_FILE": str(secret)}
    assert options.value(options.SECRET_KEY, given) == "from the file"


def test_an_unreadable_file_is_named(tmp_path):
    with pytest.raises(options.BadOption, match="KABINET_SECRET_KEY_FILE"):
        options.value(options.SECRET_KEY, {"KABINET_SECRET_KEY_FILE": str(tmp_path / "absent")})


@pytest.mark.parametrize("name", REQUIRED)
def test_production_refuses_to_start_without_each_required_option(name, tmp_path):
    """A real start, with every other option given."""
    given = {option.name: option.example for option in options.OPTIONS if option.name != name}
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        **{key: text for key, text in given.items() if key in REQUIRED},
        "KABINET_MODE": "production",
        "KABINET_VAR": str(tmp_path),
    }
    run = subprocess.run(
        [sys.executable, "-m", "kabinet.site", "check"], env=environ, capture_output=True, text=True
    )
    assert run.returncode == 1
    assert name in run.stderr
    assert not (tmp_path / "keys.json").exists()


def test_production_names_at_once_all_that_it_lacks(tmp_path):
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "KABINET_MODE": "production",
        "KABINET_VAR": str(tmp_path),
    }
    run = subprocess.run(
        [sys.executable, "-m", "kabinet.site", "doctor"],
        env=environ,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert [name for name in REQUIRED if f"{name} is not set" not in run.stderr] == []


def test_the_doctor_knows_a_secret_that_was_copied_from_the_page():
    copied = {options.INDEX_KEY.name: options.INDEX_KEY.example}
    [finding] = published_secrets(copied)
    assert finding.what.startswith("KABINET_INDEX_KEY is the published example")
    assert list(published_secrets({options.INDEX_KEY.name: "b3duIGtleQ=="})) == []


def test_the_demo_makes_its_keys_once_and_keeps_them_to_itself(tmp_path, monkeypatch):
    monkeypatch.delenv("KABINET_MODE", raising=False)
    first, second = keys.load(tmp_path), keys.load(tmp_path)
    assert first == second
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600


def test_the_doctor_names_every_missing_option():
    assert [finding.what.split()[0] for finding in missing_options({})] == REQUIRED


@pytest.mark.parametrize(("told", "meant"), [("yes", True), ("no", False)])
def test_yes_and_no_are_said_in_words(told, meant):
    assert options.yes(options.CHECKS, {"KABINET_CHECKS": told}) is meant


def test_anything_else_than_yes_and_no_is_loud():
    with pytest.raises(options.BadOption, match="KABINET_CHECKS"):
        options.yes(options.CHECKS, {"KABINET_CHECKS": "1"})


def test_every_option_stands_in_the_reference():
    page = (Path(__file__).parents[2] / "docs/reference/settings.md").read_text()
    assert page == options.as_page()


def test_what_the_house_writes_is_nobody_elses_on_the_machine(tmp_path):
    """The database holds sessions: who reads one is signed in."""
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path)}
    start = "from kabinet.site.cli import main; main()"
    subprocess.run(
        [sys.executable, "-c", f"import sys; sys.argv[1:] = ['migrate', '-v0', 'audit']; {start}"],
        env={**environ, "KABINET_VAR": str(tmp_path / "var")},
        check=True,
    )
    written = [tmp_path / "var", *(tmp_path / "var").iterdir()]
    assert tmp_path / "var/kabinet.sqlite3" in written
    assert [path.name for path in written if path.stat().st_mode & 0o077] == []


def test_production_on_postgresql_makes_its_folder(tmp_path):
    given = {option.name: option.example for option in options.OPTIONS if option.name in REQUIRED}
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        **given,
        "KABINET_MODE": "production",
        "KABINET_VAR": str(tmp_path / "srv/kabinet"),
        "DATABASE_URL": "postgres://kabinet@localhost/kabinet",
    }
    run = subprocess.run(
        [sys.executable, "-m", "kabinet.site", "check"], env=environ, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "srv/kabinet/queue.sqlite3").exists()
