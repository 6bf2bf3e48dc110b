"""What people type becomes the normal form, and an error says what to do."""

from datetime import date, timedelta
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kabinet.ui import fields, widgets


def cleaned(field: forms.Field, typed: Any) -> Any:
    """The value, or the code of the error."""
    try:
        return field.clean(typed)
    except ValidationError as error:
        return error.error_list[0].code


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("0555 204-118", "+996555204118"),
        ("+7 916 123-45-67", "+79161234567"),
        ("55520411", "phone.too_short"),
        ("", "required"),
    ],
)
def test_phone_field(typed: str, expected: str) -> None:
    assert cleaned(fields.PhoneField(label="Телефон"), typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [(" асанов ", "Асанов"), ("Нурлан кызы", "Нурлан кызы"), ("123", "name.not_letters")],
)
def test_name_field(typed: str, expected: str) -> None:
    assert cleaned(fields.NameField(), typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("1 000", 100000), ("1000,5 сом", 100050), ("сто", "money.not_a_number"), (" ", "required")],
)
def test_som_field(typed: str, expected: Any) -> None:
    assert cleaned(fields.SomField(), typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("9", "3", "2009"), date(2009, 3, 9)),
        (("09", "март", "2009"), date(2009, 3, 9)),
        (("9", "Мая", "2009"), date(2009, 5, 9)),
        (("9", "бугу", "2009"), date(2009, 5, 9)),
        (("9", "May", "2009"), date(2009, 5, 9)),
        (("", "3", "2009"), "date.no_day"),
        (("9", "", "2009"), "date.no_month"),
        (("9", "13", "2009"), "date.no_month"),
        (("9", "3", "09"), "date.short_year"),
        (("31", "2", "2009"), "date.no_such_day"),
        (("9", "3", "1809"), "date.too_early"),
        (("9", "3", "2999"), "date.future"),
        (("", "", ""), "required"),
        (None, "required"),
    ],
)
def test_date_boxes_field(typed: Any, expected: Any) -> None:
    assert cleaned(fields.DateBoxesField(), typed) == expected


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 1, 1)))
def test_date_shown_in_boxes_is_read_back(day: date) -> None:
    widget = widgets.DateBoxes()
    boxes = widget.get_context("birth", day, {"id": "id_birth"})["widget"]["boxes"]
    data = {f"birth_{box['part']}": str(box["value"]) for box in boxes}

    assert fields.DateBoxesField().clean(widget.value_from_datadict(data, {}, "birth")) == day


def test_today_is_taken_and_tomorrow_only_where_the_future_is_meant() -> None:
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)

    assert cleaned(fields.DateBoxesField(), today_typed := _typed(today)) == today
    assert today_typed != _typed(tomorrow)
    assert cleaned(fields.DateBoxesField(), _typed(tomorrow)) == "date.future"
    assert cleaned(fields.DateBoxesField(future=True), _typed(tomorrow)) == tomorrow


def _typed(day: date) -> tuple[str, str, str]:
    return str(day.day), str(day.month), str(day.year)


class Example(forms.Form):
    phone = fields.PhoneField(label="Телефон")
    birth = fields.DateBoxesField(label="Дата рождения")
    amount = fields.SomField(label="Сумма")
    language = fields.ChoiceField(label="Язык", choices=[("ky", "Кыргызча")])


def test_wrong_values_stay_as_they_were_typed() -> None:
    form = Example({"phone": "0555 12", "birth_day": "31", "birth_month": "фев", "amount": "сто"})

    assert form.is_valid() is False
    assert [bound.value() for bound in form] == ["0555 12", ("31", "фев", ""), "сто", None]


def test_required_field_says_what_to_fill_in() -> None:
    form = Example({})

    assert {name: errors[0] for name, errors in form.errors.items()} == {
        "phone": "Заполните поле «Телефон»",
        "birth": "Заполните поле «Дата рождения»",
        "amount": "Заполните поле «Сумма»",
        "language": "Выберите ответ: Язык",
    }


def test_own_text_for_a_missing_answer_wins() -> None:
    field = fields.TextField(label="Город", error_messages={"required": "Напишите город"})

    with pytest.raises(ValidationError, match="Напишите город"):
        field.clean("")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("+996555204118", "555 204 118"),
        ("+79161234567", "+7 916 123-45-67"),
        ("0555", "0555"),
        ("+странно", "+странно"),
        (None, None),
    ],
)
def test_phone_input_shows_the_number_after_the_country_code(value: Any, shown: Any) -> None:
    assert widgets.PhoneInput().format_value(value) == shown


def test_som_input_shows_tyiyn_as_som_and_typed_text_as_typed() -> None:
    shown = widgets.SomInput().format_value(100050)

    assert (shown, widgets.SomInput().format_value("сто")) == ("1\N{NO-BREAK SPACE}000,50", "сто")


def test_date_that_was_not_changed_is_known_as_such() -> None:
    field = fields.DateBoxesField()
    changed = [
        field.has_changed(date(2009, 3, 9), typed)
        for typed in (("9", "3", "2009"), ("10", "3", "2009"), ("9", "", ""))
    ]

    assert changed == [False, True, True]
