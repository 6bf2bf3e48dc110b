"""The parser against the specimens of Doc 9303, and against zones laid out independently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kabinet.core.passport.mrz import ALPHABET, DATA_LINES, SHAPES, check_digit, parse, split_names
from kabinet.core.passport.strict import strict_checks, verdict
from tests.core.passport.persons import dice_of, make_holder, zone_lines

TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
TD1 = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)
LONG_NUMBER = (
    "I<UTOD23145890<7349<<<<<<<<<<<",
    "3407127M9507122UTO<<<<<<<<<<<2",
    "STEVENSON<<PETER<JOHN<<<<<<<<<",
)
SPECIMENS = {"TD1": TD1, "TD2": TD2, "TD3": TD3}
zone_text = st.text(alphabet=ALPHABET, max_size=44)


@pytest.mark.parametrize(
    ("text", "digit"),
    [("520727", "3"), ("AB2134<<<", "5"), ("740812", "2"), ("D231458907349"[:-1], "9"), ("", "0")],
)
def test_check_digit_of_the_standards_examples(text, digit):
    assert check_digit(text) == digit


def test_check_digit_refuses_foreign_characters():
    with pytest.raises(ValueError, match="not a character"):
        check_digit("АB12")


@given(zone_text)
def test_check_digit_of_anything_is_one_digit(text):
    assert check_digit(text) in set("0123456789")


@given(st.text(alphabet="0123456789", min_size=1, max_size=20), st.data())
def test_check_digit_notices_every_changed_digit(text, data):
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from(sorted(set("0123456789") - {text[place]})))
    assert check_digit(text[:place] + other + text[place + 1 :]) != check_digit(text)


@pytest.mark.parametrize("form", SPECIMENS)
def test_specimens_hold_in_all_their_check_digits(form):
    zone = parse(SPECIMENS[form])
    assert zone is not None
    assert set(zone.digits.values()) == {True}
    assert (zone.format, zone.country, zone.nationality) == (form, "UTO", "UTO")
    assert (zone.surname, zone.given, zone.sex) == ("ERIKSSON", "ANNA MARIA", "F")
    assert (zone.birth, zone.expiry) == ("740812", "120415")


def test_passport_specimen_has_its_personal_number():
    zone = parse(TD3)
    assert zone is not None
    assert (zone.number, zone.optional) == ("L898902C3", "ZE184226B")


def test_long_number_goes_on_in_the_optional_data():
    zone = parse(LONG_NUMBER)
    assert zone is not None
    assert (zone.number, zone.optional) == ("D23145890734", "")
    assert set(zone.digits.values()) == {True}


def test_long_number_with_a_wrong_digit_does_not_hold():
    zone = parse((LONG_NUMBER[0].replace("7349", "7348"), *LONG_NUMBER[1:]))
    assert zone is not None
    assert zone.digits["number"] is False


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("ERIKSSON<<ANNA<MARIA<<<<", ("ERIKSSON", "ANNA MARIA")),
        ("ASAN<UULU<<BAKYT<<<<<<<<", ("ASAN UULU", "BAKYT")),
        ("ARKFREITH<<<<<<<<<<<<<<<", ("ARKFREITH", "")),
        ("<<<<<<<<", ("", "")),
    ],
)
def test_names_are_split_at_two_fillers(field, names):
    assert split_names(field) == names


@given(st.lists(st.text(max_size=50), max_size=4))
def test_parse_takes_any_text_without_raising(lines):
    zone = parse(lines)
    assert zone is None or SHAPES[zone.format] == (len(lines), len(lines[0]))


@given(st.sampled_from(sorted(SHAPES)), st.data())
def test_parse_takes_any_zone_characters(form, data):
    count, width = SHAPES[form]
    line = st.text(alphabet=ALPHABET, min_size=width, max_size=width)
    zone = parse([data.draw(line) for _ in range(count)])
    assert zone is not None
    assert zone.format == form


@pytest.mark.parametrize("form", ["TD1", "TD2", "TD3"])
@given(st.integers(0, 2**32))
def test_parse_gives_back_what_was_laid_out(form, seed):
    holder = make_holder(dice_of(seed), country="KGZ")
    zone = parse(zone_lines(holder, form))
    assert zone is not None
    assert set(zone.digits.values()) == {True}
    assert (zone.number, zone.country, zone.sex) == (holder.number, "KGZ", holder.sex)
    assert (zone.birth, zone.expiry) == (f"{holder.birth:%y%m%d}", f"{holder.expiry:%y%m%d}")
    assert (zone.surname, zone.given) == (holder.surname, holder.given)
    assert zone.optional == ("" if form == "TD2" else holder.pin)


def corruptions(lines):
    """Every zone that differs in one character: (line, place, old, new, lines)."""
    for row, line in enumerate(lines):
        for place, old in enumerate(line):
            for new in ALPHABET.replace(old, ""):
                changed = line[:place] + new + line[place + 1 :]
                yield row, place, old, new, (*lines[:row], changed, *lines[row + 1 :])


@pytest.mark.parametrize("form", SPECIMENS)
def test_a_changed_character_of_a_specimen_is_caught_or_not_verified(form):
    verdicts = set()
    for *_, lines in corruptions(SPECIMENS[form]):
        zone = parse(lines)
        assert zone is not None
        verdicts.add(verdict(zone, strict_checks(zone), repaired=0))
    assert verdicts == {"probable", "partial"}


def protected(form: str, row: int, place: int) -> bool:
    """Whether a check digit covers the character (Doc 9303 parts 4 to 6)."""
    if form == "TD1":
        return (row == 0 and place >= 5) or (row == 1 and place not in (7, 15, 16, 17))
    return row == 1 and place not in (10, 11, 12, 20)


@pytest.mark.parametrize("form", SPECIMENS)
def test_a_changed_protected_character_breaks_a_check_digit(form):
    """Modulo 10 tells two characters apart unless their values differ by a multiple of ten."""
    missed = {
        (row, place)
        for row, place, old, new, lines in corruptions(SPECIMENS[form])
        if protected(form, row, place) and not same_value(old, new)
        for zone in [parse(lines)]
        if zone is None or all(zone.digits.values())
    }
    assert missed == set()


def same_value(one: str, other: str) -> bool:
    return check_digit(one) == check_digit(other)


@pytest.mark.parametrize("form", ["TD1", "TD3"])
def test_a_changed_character_of_a_kyrgyz_document_is_not_verified(form):
    """What gets through is known: names, the document code, series letters worth the same."""
    lines = zone_lines(make_holder(dice_of(7)), form)
    surviving = set()
    for row, place, old, new, changed in corruptions(lines):
        zone = parse(changed)
        assert zone is not None
        if verdict(zone, strict_checks(zone), repaired=0) == "verified":
            surviving.add((row, place, same_value(old, new)))
    series = (0, 5) if form == "TD1" else (1, 0)
    names = {(row, place) for row, place, _ in surviving if row not in DATA_LINES[form]}
    others = {item for item in surviving if item[0] in DATA_LINES[form]}
    allowed = {(series[0], series[1] + i, True) for i in (0, 1)}
    allowed |= (
        {(0, place, same) for place in (0, 1) for same in (True, False)} if form == "TD1" else set()
    )
    assert others <= allowed
    assert names != set()
