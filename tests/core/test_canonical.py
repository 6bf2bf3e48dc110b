import hashlib
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kabinet.core.canonical import NotCanonical, canonical_json, digest

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_canonical_json_is_sorted_narrow_and_unescaped() -> None:
    obj = {"я": [1, None, True], "a": {"ү": "Ө\n"}, "b": ()}
    assert canonical_json(obj) == '{"a":{"ү":"Ө\\n"},"b":[],"я":[1,null,true]}'.encode()


@given(st.dictionaries(st.text(), values))
def test_canonical_json_does_not_depend_on_order(obj: dict[str, object]) -> None:
    backwards = dict(reversed(obj.items()))
    assert canonical_json(backwards) == canonical_json(obj)


@given(values)
def test_canonical_json_reads_back_to_the_same(obj: object) -> None:
    assert json.loads(canonical_json(obj)) == obj


@given(values)
def test_canonical_json_of_what_was_read_is_the_same_bytes(obj: object) -> None:
    assert canonical_json(json.loads(canonical_json(obj))) == canonical_json(obj)


@pytest.mark.parametrize(
    "obj",
    [
        1.0,
        float("nan"),
        {"a": [1.5]},
        {1: "a"},
        {None: 1},
        {True: 1},
        {"a": {2}},
        b"x",
        date(2026, 1, 1),
    ],
)
def test_canonical_json_refuses_what_has_no_single_form(obj: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_json(obj)


def test_canonical_json_refuses_a_lone_surrogate() -> None:
    with pytest.raises(NotCanonical, match="surrogate"):
        canonical_json({"a": "\ud800"})


def test_digest_is_sha256_of_the_bytes() -> None:
    assert digest({"b": 1, "a": 2}) == hashlib.sha256(b'{"a":2,"b":1}').hexdigest()
