import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kabinet.core import credentials

KEY = b"k" * 32
serials = st.integers(0, credentials.APPLICANT_NUMBERS - 1)


def test_first_passwords_are_ten_digits_and_distinct() -> None:
    issued = [credentials.new_first_password() for _ in range(10_000)]
    assert {len(password) for password in issued} == {10}
    assert all(re.fullmatch(r"[0-9]{10}", password) for password in issued)
    # Two equal ones among 10,000 of 10¹⁰ happen once in two hundred runs: allow that one.
    assert len(set(issued)) >= 9_999


def test_first_password_uses_every_digit_at_every_place() -> None:
    issued = [credentials.new_first_password() for _ in range(1_000)]
    assert [len({password[place] for password in issued}) for place in range(10)] == [10] * 10


def test_first_password_is_shown_in_groups() -> None:
    assert credentials.show_first_password("4827193605") == "4827 1936 05"


@pytest.mark.parametrize(
    "typed", ["4827 1936 05", "4827\N{NO-BREAK SPACE}193605", " 4827-1936-05\n", "４８２７193605"]
)
def test_first_password_is_taken_as_printed(typed: str) -> None:
    assert credentials.tidy_first_password(typed) == "4827193605"


@given(st.from_regex(r"[0-9]{10}", fullmatch=True))
def test_first_password_shown_and_typed_back(password: str) -> None:
    assert credentials.tidy_first_password(credentials.show_first_password(password)) == password


def test_check_digit_of_the_published_example() -> None:
    """572 has the check digit 4, the example that explanations of Damm's scheme use."""
    assert [digit for digit in "0123456789" if credentials._damm("572" + digit) == 0] == ["4"]


@given(serials)
def test_applicant_number_has_eight_digits_and_is_one(serial: int) -> None:
    number = credentials.applicant_number(serial)
    assert re.fullmatch(r"[1-9][0-9]{7}", number)
    assert credentials.is_applicant_number(number) is True


@given(serials, st.integers(0, 7), st.integers(1, 9))
def test_applicant_number_with_one_wrong_digit_is_none(serial: int, place: int, step: int) -> None:
    number = credentials.applicant_number(serial)
    wrong = str((int(number[place]) + step) % 10)
    assert credentials.is_applicant_number(number[:place] + wrong + number[place + 1 :]) is False


@given(serials, st.integers(0, 6))
def test_applicant_number_with_swapped_neighbours_is_none(serial: int, place: int) -> None:
    number = credentials.applicant_number(serial)
    first, second = number[place], number[place + 1]
    swapped = number[:place] + second + first + number[place + 2 :]
    assert credentials.is_applicant_number(swapped) is (first == second)


def test_check_digit_finds_all_single_errors_and_swaps() -> None:
    """Exhaustive over states and pairs, which with the Latin square covers numbers of any length."""
    table = credentials._DAMM
    assert all(sorted(row) == list(range(10)) for row in (*table, *zip(*table, strict=True)))
    pairs = itertools.combinations(range(10), 2)
    assert [
        (state, a, b)
        for (a, b), state in itertools.product(pairs, range(10))
        if table[table[state][a]][b] == table[table[state][b]][a]
    ] == []


def test_applicant_numbers_never_repeat() -> None:
    """The stride is prime to the count, so all serials differ; a stretch of them is looked at."""
    stretch = range(8_990_000, 9_000_000)
    assert len({credentials.applicant_number(serial) for serial in stretch}) == len(stretch)


@given(serials, serials)
def test_applicant_numbers_differ_for_different_serials(one: int, other: int) -> None:
    same = credentials.applicant_number(one) == credentials.applicant_number(other)
    assert same is (one == other)


@given(st.integers(0, credentials.APPLICANT_NUMBERS - 51))
def test_applicant_numbers_of_neighbours_lie_far_apart(serial: int) -> None:
    near = [int(credentials.applicant_number(serial + step)) for step in range(50)]
    assert min(abs(near[0] - other) for other in near[1:]) > 100_000


@pytest.mark.parametrize("serial", [-1, credentials.APPLICANT_NUMBERS])
def test_applicant_number_outside_the_range_is_refused(serial: int) -> None:
    with pytest.raises(ValueError, match="9000000"):
        credentials.applicant_number(serial)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1234567",
        "00000000",
        "123456789",
        "3718281",
        "3718 2811",
        "37182811\n",
        "３７１８２８１１",
    ],
)
def test_is_applicant_number_refuses_what_is_none(text: str) -> None:
    assert credentials.is_applicant_number(text) is False


def test_applicant_number_is_shown_and_typed_back() -> None:
    shown = credentials.show_applicant_number("37182811")
    assert shown == "3718\N{NO-BREAK SPACE}2811"
    assert credentials.tidy_applicant_number(f" {shown} ") == "37182811"


def test_applicant_numbers_stay_the_same_for_ever() -> None:
    """Numbers are printed on slips: whoever changes the permutation breaks them."""
    assert [credentials.applicant_number(serial) for serial in range(3)] == [
        "37182811",
        "92805888",
        "58428955",
    ]


def test_slip_token_has_128_bits_and_is_url_safe() -> None:
    token = credentials.slip_token(KEY, "17", "1")
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", token)
    assert token == credentials.slip_token(KEY, "17", "1")


@given(
    st.lists(
        st.tuples(st.binary(min_size=32, max_size=32), st.text(), st.text()),
        min_size=2,
        unique=True,
    )
)
def test_slip_tokens_differ_by_key_person_and_issue(issues: list[tuple[bytes, str, str]]) -> None:
    assert len({credentials.slip_token(*issue) for issue in issues}) == len(issues)


def test_slip_token_does_not_run_parts_together() -> None:
    assert credentials.slip_token(KEY, "1", "12") != credentials.slip_token(KEY, "11", "2")
