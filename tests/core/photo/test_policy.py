import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kabinet.core.photo.decode import CaptureFacts
from kabinet.core.photo.judging import Reading, declared, judge
from kabinet.core.photo.policy import ORT, POLICIES, Band
from kabinet.core.photo.report import DECLARED, RULES, SEVERITY, RuleResult, whole_verdict

ROOT = Path(__file__).parents[3]

values = st.floats(-1000, 1000)
bands = st.one_of(
    st.tuples(values, values).map(lambda p: Band("above", min(p), max(p))),
    st.tuples(values, values).map(lambda p: Band("below", max(p), min(p))),
    st.builds(Band, st.sampled_from(["above", "below"]), values, st.none()),
)


@given(bands, values, values)
def test_band_worse_values_are_never_judged_better(band, one, other):
    better, worse = sorted((one, other), reverse=band.worse == "below")
    assert SEVERITY[band.judge(better)[0]] <= SEVERITY[band.judge(worse)[0]]


@given(bands)
def test_band_value_that_is_no_number_goes_to_a_person(band):
    assert band.judge(float("nan")) == ("human", band.human)


@given(bands, values)
def test_band_without_a_failing_limit_never_fails(band, value):
    assert Band(band.worse, band.human, None).judge(value)[0] in ("ok", "human")


def test_policies_are_known_by_name_and_versioned():
    assert {name: policy.version for name, policy in POLICIES.items()} == {"ORT": "ort-2026.2"}


def test_policy_limits_are_those_of_the_rulings():
    limits = ORT.limits
    assert (limits.max_bytes, limits.max_pixels_jpeg, limits.max_pixels_other) == (
        10_000_000,
        50_000_000,
        16_000_000,
    )


def test_policy_bands_are_in_order():
    wrong = [
        name
        for name, band in ORT.bands.items()
        if band.fails is not None and (band.fails < band.human) == (band.worse == "above")
    ]
    assert [name for name in wrong if ORT.bands[name].fails != ORT.bands[name].human] == []


def test_judge_the_worst_reading_speaks():
    readings = [Reading("sharpness.blur", 1.0), Reading("exposure.white", 10.0)]
    result = judge("exposure", readings, ORT)
    assert (result.verdict, result.message_key, result.score) == ("fails", "exposure.white", 10)


def test_judge_all_well_keeps_the_first_score_and_shows_no_place():
    result = judge("sharpness", [Reading("sharpness.blur", 1.5, {}, (0, 0, 1, 1))], ORT)
    assert result == RuleResult("sharpness", "ok", 1.5, 2.2, "sharpness.ok", {}, None)


def test_judge_hidden_place_goes_to_a_person():
    result = judge("mask", [Reading("mask.covered", float("nan"))], ORT)
    assert (result.verdict, result.message_key, result.score) == (
        "human",
        "unmeasured.hidden",
        None,
    )


def test_declared_rules_always_go_to_a_person():
    results = declared(CaptureFacts())
    assert {result.rule: result.verdict for result in results} == dict.fromkeys(DECLARED, "human")


def test_declared_passes_on_what_the_file_says():
    results = {r.rule: r for r in declared(CaptureFacts("2019:05:01 10:00:00", "FaceApp"))}
    assert results["age"].params == {"taken": "2019:05:01 10:00:00"}
    assert results["retouching"].params == {"software": "FaceApp"}


@pytest.mark.parametrize(
    ("verdicts", "whole"),
    [
        ({"size": "ok", "age": "human"}, "ok"),
        ({"size": "human", "colour": "ok"}, "human"),
        ({"size": "human", "colour": "fails"}, "fails"),
    ],
)
def test_whole_verdict_is_the_worst_of_the_measured(verdicts, whole):
    rules = tuple(RuleResult(r, v, None, None, f"{r}.ok", {}) for r, v in verdicts.items())
    assert whole_verdict(rules) == whole


def test_rules_declared_are_rules():
    assert DECLARED - set(RULES) == frozenset()


def test_reference_page_gives_the_limits_of_the_policy():
    page = (ROOT / "docs/reference/photo.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+\.\w+)` \| (\S+) \| (\S+) \|", page, re.MULTILINE)
    told = {
        name: (float(human), None if fails == "–" else float(fails)) for name, human, fails in rows
    }
    assert told == {name: (band.human, band.fails) for name, band in ORT.bands.items()}
    assert ORT.version in page
