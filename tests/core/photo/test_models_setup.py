from hashlib import sha256
from pathlib import Path

import pytest

from kabinet.core.photo.catalogue import MODELS, missing_models
from kabinet.core.photo.models_setup import SetupError, place, reference_page, set_up

ROOT = Path(__file__).parents[3]


def test_missing_models_of_an_empty_folder_are_all(tmp_path):
    assert missing_models(tmp_path) == MODELS


def test_missing_models_changed_file_counts_as_missing(tmp_path):
    (tmp_path / MODELS[0].filename).write_bytes(b"something else")
    assert missing_models(tmp_path) == MODELS


def test_set_up_again_adds_nothing(models):
    assert set_up() == []


def test_place_refuses_a_file_that_is_not_the_pinned_one(tmp_path):
    target = tmp_path / "net.tflite"
    with pytest.raises(SetupError):
        place(b"changed", sha256(b"pinned").hexdigest(), target)
    assert list(tmp_path.iterdir()) == []


def test_place_puts_the_pinned_file_in_its_place(tmp_path):
    target = tmp_path / "net.tflite"
    place(b"pinned", sha256(b"pinned").hexdigest(), target)
    assert target.read_bytes() == b"pinned"


def test_models_page_is_the_generated_one():
    assert (ROOT / "docs/reference/models.md").read_text(encoding="utf-8") == reference_page()
