import pytest
from hypothesis import given
from hypothesis import strategies as st

from kabinet.core.photo.evaluate import LabelsError, rate_table, rates, read_labels, wilson_interval
from kabinet.core.photo.report import Report, RuleResult

counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(0, 10, 0, 0.2775), (10, 10, 0.7225, 1), (1, 23, 0.0077, 0.2099), (50, 100, 0.4038, 0.5962)],
)
def test_wilson_interval_known_values(count, total, low, high):
    assert wilson_interval(count, total) == pytest.approx((low, high), abs=1e-4)


@given(counts)
def test_wilson_interval_holds_the_rate_and_mirrors(pair):
    count, total = pair
    low, high = wilson_interval(count, total)
    mirrored = wilson_interval(total - count, total)
    assert 0 <= low <= count / total <= high <= 1
    assert (1 - mirrored[1], 1 - mirrored[0]) == pytest.approx((low, high))


def test_wilson_interval_of_nobody_is_everything():
    assert wilson_interval(0, 0) == (0, 1)


def report(**verdicts):
    rules = tuple(RuleResult(r, v, None, None, f"{r}.ok", {}) for r, v in verdicts.items())
    return Report("ok", rules, 1, 1, "", "", "none", "test")


def test_rates_count_per_rule_and_group():
    judged = [
        (report(size="ok"), {"sex": "f"}),
        (report(size="fails"), {"sex": "f"}),
        (report(size="ok"), {"sex": "m"}),
    ]
    found = {(r.rule, r.column, r.value, r.verdict): (r.count, r.total) for r in rates(judged)}
    assert found["size", "", "", "fails"] == (1, 3)
    assert found["size", "sex", "f", "fails"] == (1, 2)
    assert found["size", "sex", "m", "ok"] == (1, 1)
    assert found["whole", "", "", "ok"] == (3, 3)


def test_rate_table_gives_each_rate_with_its_interval():
    lines = list(rate_table(rates([(report(size="fails"), {})])))
    assert [line.split() for line in lines[1:]] == [
        ["whole", "all", "1", "0.0", "[0.0–79.3]", "0.0", "[0.0–79.3]", "100.0", "[20.7–100.0]"],
        ["size", "all", "1", "100.0", "[20.7–100.0]", "0.0", "[0.0–79.3]", "0.0", "[0.0–79.3]"],
    ]


def test_read_labels_takes_every_column_but_the_note_as_a_group(tmp_path):
    labels = tmp_path / "labels.csv"
    labels.write_text("file,sex,note\na.jpg,f,turned\nb.jpg,,\n", encoding="utf-8")
    found = [(photo.path, photo.groups) for photo in read_labels(labels)]
    assert found == [(tmp_path / "a.jpg", {"sex": "f"}), (tmp_path / "b.jpg", {})]


@pytest.mark.parametrize("text", ["", "name,sex\na.jpg,f\n"])
def test_read_labels_without_files_says_so(tmp_path, text):
    labels = tmp_path / "labels.csv"
    labels.write_text(text, encoding="utf-8")
    with pytest.raises(LabelsError):
        read_labels(labels)


def test_read_labels_absent_file_says_so(tmp_path):
    with pytest.raises(LabelsError):
        read_labels(tmp_path / "nothing.csv")
