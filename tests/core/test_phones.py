import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kabinet.core import phones

OURS = "+996555204118"

mobile = st.integers(0, 999_999).map(lambda tail: f"555{tail:06d}")
fillings = st.text(alphabet=" -()\N{NO-BREAK SPACE}.–", max_size=2)


@pytest.mark.parametrize(
    "typed",
    [
        "0555 204 118",
        "0555204118",
        "555204118",
        "996555204118",
        "+996555204118",
        "+996 555 204 118",
        "+996 (555) 20-41-18",
        "00996 555 204118",
        "+996 0555 204118",
        "996 0555 204118",
        " 0555\N{NO-BREAK SPACE}204–118\n",
        "+0555 204118",
        "\u202a+996 555 204 118\u202c",
    ],
)
def test_parse_same_person_however_typed(typed: str) -> None:
    assert phones.parse(typed) == OURS


@pytest.mark.parametrize(
    ("typed", "e164"),
    [
        ("+7 916 123-45-67", "+79161234567"),
        ("+7 701 123 45 67", "+77011234567"),
        ("+998 90 123 45 67", "+998901234567"),
        ("+1 650 253 0000", "+16502530000"),
        ("+44 7911 123456", "+447911123456"),
        ("0312 66 12 34", "+996312661234"),
    ],
)
def test_parse_other_countries_and_land_lines(typed: str, e164: str) -> None:
    assert phones.parse(typed) == e164


def test_parse_other_region_has_its_own_inland_prefix() -> None:
    assert phones.parse("8 916 123-45-67", region="RU") == "+79161234567"


@pytest.mark.parametrize(
    ("typed", "error", "params"),
    [
        ("", phones.Empty, {}),
        (" ( ) - ", phones.Empty, {}),
        ("+", phones.NotANumber, {}),
        ("0555 20A 118", phones.NotANumber, {}),
        ("0555 204 118 доб. 5", phones.NotANumber, {}),
        ("555 + 204118", phones.NotANumber, {}),
        ("0555 204 11", phones.TooShort, {"missing": 1}),
        ("0", phones.TooShort, {"missing": 9}),
        ("+996", phones.TooShort, {"missing": 9}),
        ("+7 916 123 45 6", phones.TooShort, {"missing": 1}),
        ("0555 204 1188", phones.TooLong, {"extra": 1}),
        ("+996 555 204 118 22", phones.TooLong, {"extra": 2}),
        ("1" * 300, phones.TooLong, {"extra": 291}),
        ("0123 456 789", phones.UnknownPrefix, {}),
        ("+999 123 456", phones.UnknownPrefix, {}),
        ("+800 1234 5678", phones.UnknownPrefix, {}),
    ],
)
def test_parse_refusal_says_what_is_wrong(
    typed: str, error: type[phones.PhoneError], params: dict[str, int]
) -> None:
    with pytest.raises(phones.PhoneError) as refused:
        phones.parse(typed)
    assert (type(refused.value), refused.value.params) == (error, params)


def test_refusals_have_keys_of_their_own() -> None:
    errors = [
        phones.Empty,
        phones.NotANumber,
        phones.TooShort,
        phones.TooLong,
        phones.UnknownPrefix,
    ]
    assert [error.message_key for error in errors] == [
        "phone.empty",
        "phone.not_a_number",
        "phone.too_short",
        "phone.too_long",
        "phone.unknown_prefix",
    ]


def test_show_groups_with_no_break_spaces() -> None:
    assert (
        phones.show(OURS) == "+996\N{NO-BREAK SPACE}555\N{NO-BREAK SPACE}204\N{NO-BREAK SPACE}118"
    )


def test_national_part_is_what_stands_after_the_code() -> None:
    assert phones.national_part(OURS) == "555 204 118"


def test_national_part_of_a_foreign_number_is_whole() -> None:
    assert phones.national_part("+79161234567") == "+7 916 123-45-67"


@given(mobile, st.sampled_from(["", "0", "996", "+996", "00996", "+9960"]), st.data())
def test_parse_any_prefix_and_filling(national: str, prefix: str, data: st.DataObject) -> None:
    typed = prefix + "".join(digit + data.draw(fillings) for digit in national)
    assert phones.parse(typed) == f"+996{national}"


@given(mobile)
def test_parse_reads_what_is_shown(national: str) -> None:
    e164 = f"+996{national}"
    assert phones.parse(phones.show(e164)) == phones.parse(phones.national_part(e164)) == e164


@given(st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)))
def test_parse_every_country_with_a_plus(region: str) -> None:
    example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    if example is None:  # Vatican and the like have no mobile numbers of their own
        return
    e164 = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    assert phones.parse(phones.show(e164)) == e164


@given(st.text())
def test_parse_any_text_is_a_number_or_a_refusal(text: str) -> None:
    try:
        e164 = phones.parse(text)
    except phones.PhoneError:
        return
    assert phones.parse(e164) == e164


@given(mobile, st.integers(1, 8))
def test_parse_counts_the_missing_digits(national: str, missing: int) -> None:
    with pytest.raises(phones.TooShort) as refused:
        phones.parse("0" + national[:-missing])
    assert refused.value.params == {"missing": missing}
