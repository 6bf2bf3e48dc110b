import pytest
from hypothesis import given
from hypothesis import strategies as st

from kabinet.core import money

SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("typed", "tyiyn"),
    [
        ("1 000,50", 100_050),
        ("1000.5", 100_050),
        (f"1{SPACE}000", 100_000),
        ("1\N{NARROW NO-BREAK SPACE}000\N{THIN SPACE}000", 100_000_000),
        ("470", 47_000),
        ("470 сом", 47_000),
        ("470 СОМ.", 47_000),
        ("470 KGS", 47_000),
        ("470с", 47_000),
        ("0", 0),
        ("0,05", 5),
        ("470,", 47_000),
        ("0000470", 47_000),
        ("１２", 1_200),
        ("10 000 000", money.MOST_TYIYN),
    ],
)
def test_parse_som_as_people_type_it(typed: str, tyiyn: int) -> None:
    assert money.parse_som(typed) == tyiyn


@pytest.mark.parametrize(
    ("typed", "error", "params"),
    [
        ("", money.NotANumber, {}),
        ("сом", money.NotANumber, {}),
        ("сто", money.NotANumber, {}),
        (",50", money.NotANumber, {}),
        ("1,0,0", money.NotANumber, {}),
        ("1e3", money.NotANumber, {}),
        ("NaN", money.NotANumber, {}),
        ("--5", money.NotANumber, {}),
        ("-5", money.Negative, {}),
        ("−470 сом", money.Negative, {}),
        ("1,000", money.TooPrecise, {}),
        ("1.234", money.TooPrecise, {}),
        ("10 000 000,01", money.TooLarge, {"most": 10_000_000}),
        ("9" * 100_000, money.TooLarge, {"most": 10_000_000}),
    ],
)
def test_parse_som_refusal_says_what_is_wrong(
    typed: str, error: type[money.MoneyError], params: dict[str, int]
) -> None:
    with pytest.raises(money.MoneyError) as refused:
        money.parse_som(typed)
    assert (type(refused.value), refused.value.params) == (error, params)


@pytest.mark.parametrize(
    ("tyiyn", "shown"),
    [
        (100_000, f"1{SPACE}000"),
        (100_050, f"1{SPACE}000,50"),
        (5, "0,05"),
        (0, "0"),
        (123_456_789_00, f"123{SPACE}456{SPACE}789"),
        (-47_000, "−470"),
        (-5, "−0,05"),
    ],
)
def test_show_amount_in_groups(tyiyn: int, shown: str) -> None:
    assert money.show_amount(tyiyn) == shown


def test_show_som_keeps_the_unit_on_the_line() -> None:
    assert money.show_som(100_000) == f"1{SPACE}000{SPACE}сом"
    assert money.show_som(100_000, unit="som") == f"1{SPACE}000{SPACE}som"


@given(st.integers(0, money.MOST_TYIYN))
def test_parse_som_reads_what_is_shown(tyiyn: int) -> None:
    assert money.parse_som(money.show_som(tyiyn)) == tyiyn


@given(st.text())
def test_parse_som_any_text_is_an_amount_or_a_refusal(text: str) -> None:
    try:
        tyiyn = money.parse_som(text)
    except money.MoneyError:
        return
    assert 0 <= tyiyn <= money.MOST_TYIYN
