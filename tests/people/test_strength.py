"""Own passwords: long enough, not common, not personal; nothing else is asked."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from kabinet.people.models import Person
from kabinet.people.strength import least_length

pytestmark = pytest.mark.django_db


def reasons(password: str, user) -> list[str]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return [str(one.code) for one in error.error_list]
    return []


def test_who_acts_for_others_needs_twelve_signs_and_the_others_ten(aiperi, zhamal, daniyar, aida):
    assert least_length(Person(surname="Петров", given_name="Илья")) == 10  # registers just now
    assert least_length(None) == 12
    assert [least_length(one) for one in (aiperi, zhamal, daniyar, aida)] == [10, 12, 12, 12]
    assert reasons("снег8гора9", aiperi) == []
    assert reasons("снег8гора9", zhamal) == ["too_short"]
    assert reasons("снег8гора", aiperi) == ["too_short"]


@pytest.mark.parametrize(
    "password",
    [
        "тихая вода 7",
        "a" * 3 + "корабль плывёт далеко от берега и поёт" + "z" * 40,
        "Жаңы көктөм келди",
        "only small letters here",
        "  пробелы по краям  ",
    ],
)
def test_long_words_spaces_and_any_letters_are_welcome(password, aiperi):
    assert reasons(password, aiperi) == []


@pytest.mark.parametrize(
    "password",
    [
        "1234567890",
        "0987654321",
        "9876543210987",
        "1111111111",
        "1212121212",
        "abcabcabcabc",
        "пароль пароль",
        "qwertyuiop",
        "йцукенгшщз",
        "абвгдеёжзи",
        "qwerty123456",
        "asdfghjkl;",
    ],
)
def test_rows_of_keys_and_repetitions_are_refused(password, aiperi):
    assert "run" in reasons(password, aiperi)


@pytest.mark.parametrize(
    "password", ["sunshine123", "administrator", "Passw0rd1234", "1q2w3e4r5t", "«Бишкек» 2027"]
)
def test_common_passwords_are_refused(password, aiperi):
    assert reasons(password, aiperi) == ["common"]


@pytest.mark.parametrize(
    "password",
    [
        "Айпери и кошка",
        "айпери2008год",
        "aiperi 2008 god",
        "AYPERI-2008-x",
        "abdyraeva2008",
        "нурлановна77",
        "кызыл суу село",
        "0555204118 мой",
        "тел 204-118 мой",
    ],
)
def test_what_others_know_is_refused(password, aiperi):
    assert reasons(password, aiperi) == ["personal"]


def test_the_applicant_number_is_refused(aiperi):
    assert reasons(f"мой {aiperi.number}", aiperi) == ["personal"]


def test_the_school_of_the_responsible_is_refused(zhamal):
    assert reasons("наша школа лучшая", zhamal) == ["personal"]


def test_an_endless_password_is_refused(aiperi):
    assert reasons("снег и гора " * 30, aiperi) == ["too_long"]
