"""What the child says is taken apart strictly: it may have been taken over by a picture."""

import copy
import json
from dataclasses import fields
from datetime import date

import pytest

from kabinet.checks.reports import Crooked, face_report_from, plain, reading_from, with_facts
from kabinet.core.passport import Fields, Quality, Reading
from kabinet.core.photo import check_photo
from kabinet.core.photo.report import Report
from tests.vault.pictures import jpeg

REPORT = check_photo(jpeg())
READING = Reading(
    status="probable",
    format="TD1",
    lines=("IDKGZ", "<<<"),
    fields=Fields(number="ID1234567", birth=date(2010, 3, 14), sex="F"),
    checks={"number": True, "pin": False},
    confidence=0.93,
    quality=Quality(blur=True, side="mrz"),
)


def test_honest_answers_come_through_unchanged():
    assert face_report_from(json.loads(json.dumps(plain(REPORT)))) == REPORT
    assert reading_from(json.loads(json.dumps(plain(READING)))) == READING


@pytest.mark.parametrize("name", [field.name for field in fields(Report)])
@pytest.mark.parametrize("value", [None, 7.5, "x" * 1000, [1], {"a": {}}, [[]] * 1000], ids=repr)
def test_a_crooked_report_is_refused(name, value):
    with pytest.raises(Crooked):
        face_report_from({**plain(REPORT), name: value})


@pytest.mark.parametrize("name", ["status", "format", "lines", "fields", "checks", "quality"])
@pytest.mark.parametrize("value", [7, "x" * 1000, [1], {"a": {}}], ids=repr)
def test_a_crooked_reading_is_refused(name, value):
    with pytest.raises(Crooked):
        reading_from({**plain(READING), name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rule", "no such rule"),
        ("verdict", "perfect"),
        ("score", float("nan")),
        ("score", True),
        ("message_key", "no.such.message"),
        ("message_key", "retouching.software"),  # its blank is not filled
        ("params", {"x": {"y": 1}}),
        ("region", [0, 0, 1]),
        ("region", ["a", 0, 1, 1]),
    ],
)
def test_a_crooked_rule_is_refused(name, value):
    data = copy.deepcopy(plain(REPORT))
    data["rules"][-1][name] = value
    with pytest.raises(Crooked):
        face_report_from(data)


@pytest.mark.parametrize("answer", [None, [], "ok", {}, {"verdict": "ok"}], ids=repr)
def test_something_else_is_refused(answer):
    with pytest.raises(Crooked):
        face_report_from(answer)
    with pytest.raises(Crooked):
        reading_from(answer)


def test_a_date_that_does_not_exist_is_refused():
    data = plain(READING)
    data["fields"]["birth"] = "2010-02-30"
    with pytest.raises(Crooked):
        reading_from(data)


def test_a_file_that_said_nothing_changes_nothing():
    assert with_facts(REPORT, {}) == REPORT
    assert with_facts(REPORT, {"captured_at": None, "software": None}) == REPORT
