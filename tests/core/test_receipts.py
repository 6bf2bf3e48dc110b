import pytest
from hypothesis import given
from hypothesis import strategies as st

from kabinet.core import receipts


@pytest.mark.parametrize(
    "typed",
    [
        "AO-12305",
        "ао 123 05",
        "АО12305",
        "№ АО-123O5",
        "#A0-123О5",
        "ａ０１２３０５",
        "A\u200bO\N{NO-BREAK SPACE}123–05\n",
    ],
)
def test_same_receipt_is_the_same_however_typed(typed: str) -> None:
    assert receipts.normalise_number(typed) == "A012305"


def test_different_receipts_stay_different() -> None:
    typed = ["12345", "12346", "A12345", "B12345", "12/345", "1/2345", "Ч12345"]
    assert len({receipts.normalise_number(text) for text in typed}) == len(typed)


@pytest.mark.parametrize(
    ("typed", "error", "params"),
    [
        ("", receipts.Empty, {}),
        (" №- ", receipts.Empty, {}),
        ("оплачено", receipts.NoDigits, {}),
        ("ООО", receipts.NoDigits, {}),
        ("123", receipts.TooShort, {"least": 4}),
        ("1" * 41, receipts.TooLong, {"most": 40}),
    ],
)
def test_refusal_says_what_is_wrong(
    typed: str, error: type[receipts.ReceiptError], params: dict[str, int]
) -> None:
    with pytest.raises(receipts.ReceiptError) as refused:
        receipts.normalise_number(typed)
    assert (type(refused.value), refused.value.params) == (error, params)


numbers = st.text(st.sampled_from("0123456789ABCEHKMOPTXYZ"), min_size=4, max_size=40).filter(
    lambda text: any(sign.isdigit() for sign in text)
)
TO_CYRILLIC = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХҮ")


@given(numbers, st.data())
def test_any_typing_of_a_number_is_one_number(number: str, data: st.DataObject) -> None:
    typed = "".join(
        data.draw(st.sampled_from([sign, sign.lower(), sign.translate(TO_CYRILLIC)]))
        + data.draw(st.sampled_from(["", "", " ", "-", "\N{NO-BREAK SPACE}"]))
        for sign in number
    )
    swapped = typed.replace("0", "O") if any(c in "123456789" for c in typed) else typed
    assert receipts.normalise_number(swapped) == receipts.normalise_number(number)


@given(st.text(max_size=60))
def test_normal_form_of_the_normal_form_is_itself(text: str) -> None:
    try:
        number = receipts.normalise_number(text)
    except receipts.ReceiptError:
        return
    assert receipts.normalise_number(number) == number
