"""What the template tags write."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms
from django.template import Context, Template
from django.utils import timezone, translation

from kabinet.ui import fields, icons, statuses, widgets
from kabinet.ui.templatetags import kabinet as tags

NBSP = "\N{NO-BREAK SPACE}"
WORD_JOINER = "\N{WORD JOINER}"


def rendered(source: str, **facts: object) -> str:
    return Template("{% load kabinet %}" + source).render(Context(facts))


def without_svg(html: str) -> str:
    return re.sub(r"<svg.*?</svg>", "", html)


@pytest.mark.parametrize(
    ("language", "shown"), [("ru", f"9{NBSP}марта"), ("ky", "9-март"), ("en", f"9{NBSP}March")]
)
def test_day_is_written_as_the_language_does(language: str, shown: str) -> None:
    with translation.override(language):
        assert tags.daymonth(date(2027, 3, 9)) == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("ru", f"9{NBSP}марта{NBSP}2027"),
        ("ky", f"2027-ж.{NBSP}9-март"),
        ("en", f"9{NBSP}March{NBSP}2027"),
    ],
)
def test_day_of_a_year_is_written_as_the_language_does(language: str, shown: str) -> None:
    with translation.override(language):
        assert tags.daymonthyear(date(2027, 3, 9)) == shown


def test_no_line_of_a_page_ends_within_a_day() -> None:
    with translation.override("ky"):
        shown = rendered("{{ day|daymonth }}, {{ day|daymonthyear }}", day=date(2027, 3, 9))
    assert shown == f"9-{WORD_JOINER}март, 2027-{WORD_JOINER}ж.{NBSP}9-{WORD_JOINER}март"


def test_day_of_a_moment_is_the_local_one() -> None:
    # 20:00 UTC of the 8th is 2 o'clock of the 9th in Bishkek.
    assert tags.daymonth(datetime(2027, 3, 8, 20, 0, tzinfo=UTC)) == f"9{NBSP}марта"


def test_absent_values_are_written_as_nothing() -> None:
    shown = [tags.daymonth(None), tags.daymonthyear(None), tags.som(None), tags.phone(None)]
    assert shown == ["", "", "", ""]


def test_phone_and_som_are_grouped_by_no_break_spaces() -> None:
    assert tags.phone("+996555204118") == f"+996{NBSP}555{NBSP}204{NBSP}118"
    assert tags.som(100000) == f"1{NBSP}000{NBSP}сом"
    assert tags.phone("номер") == "номер"


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(days=12), "осталось 12 дней"),
        (timedelta(days=2), "осталось 2 дня"),
        (timedelta(days=1), "остался 1 день"),
        (timedelta(seconds=-1), ""),
    ],
)
def test_days_left(left: timedelta, said: str) -> None:
    assert tags.days_left(timezone.now() + left) == said


def test_status_is_shape_word_and_colour() -> None:
    html = rendered('{% status "draft" %}')

    assert without_svg(html) == '<span class="st draft">Заполняет</span>'
    assert str(icons.draw("half")) in html


def test_status_word_can_be_replaced() -> None:
    assert without_svg(rendered('{% status "returned" text="Исправить" %}')) == (
        '<span class="st bad">Исправить</span>'
    )


@pytest.mark.parametrize("code", statuses.STATUSES)
def test_every_status_has_its_icon_and_its_place_in_the_bar(code: str) -> None:
    assert statuses.STATUSES[code].icon in icons.NAMES
    assert statuses.BAR_ORDER.count(code) == 1


def test_dashes_show_done_returned_and_open_pages() -> None:
    assert re.findall(r'<i class="(.?)">', rendered("{% steps 3 5 1 %}")) == ["d", "d", "r", "", ""]


@pytest.mark.parametrize(
    ("number", "words"), [(1, "ждёт оплату"), (2, "ждут оплату"), (21, "ждёт оплату")]
)
def test_legend_counts_as_people_do(number: int, words: str) -> None:
    html = rendered("{% legend counts %}", counts={"awaiting_payment": number})
    assert f"<b>{number}</b> {words}<" in html


def test_bar_says_its_numbers_and_leaves_the_rest_empty() -> None:
    html = rendered("{% bar counts %}", counts={"done": 1, "not_started": 3})

    assert re.findall(r'aria-label="([^"]*)"', html) == ["1 готово, 3 не начали"]
    assert re.findall(r'<rect x="([\d.]+)%" width="([\d.]+)%"', html) == [("0.00", "25.00")]


def test_bar_of_nothing_is_empty() -> None:
    assert re.findall("<rect", rendered("{% bar counts %}", counts={})) == []


@pytest.mark.parametrize(
    ("problems", "said"),
    [
        (0, "Сохранено в 14:35"),
        (1, "Сохранено в 14:35, одно поле нужно исправить"),
        (2, "Сохранено в 14:35, два поля нужно исправить"),
        (5, "Сохранено в 14:35, 5 полей нужно исправить"),
    ],
)
def test_saved_says_when_and_what_is_left(problems: int, said: str) -> None:
    at = timezone.localtime().replace(hour=14, minute=35)
    assert tags.saved_words(at, problems) == said


def test_saved_on_another_day_names_it() -> None:
    at = datetime(2020, 3, 9, 8, 35, tzinfo=UTC)
    assert tags.saved_words(at) == f"Сохранено 9{NBSP}марта в 14:35"


def test_place_for_the_autosave_is_there_before_the_first_save() -> None:
    assert without_svg(rendered("{% saved None %}")) == (
        '<p class="saved" role="status" data-saved><span></span></p>'
    )


class Example(forms.Form):
    town = fields.TextField(label="Город")
    birth = fields.DateBoxesField(label="Дата рождения")
    language = fields.ChoiceField(
        label="Язык", choices=[("ky", "Кыргызча")], widget=widgets.RadioRows
    )
    agreed = fields.TickField(label="Согласен")
    plain = forms.CharField(label="Обычное", required=False, help_text="Подсказка")


def test_summary_links_lead_to_inputs_that_exist() -> None:
    form = Example({})
    anchors = re.findall(r'href="#([^"]+)"', rendered("{% error_summary form %}", form=form))
    fields_html = rendered("{% for one in form %}{% field one %}{% endfor %}", form=form)
    ids = set(re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', fields_html))

    assert anchors == ["id_town", "id_birth_day", "id_language_0", "id_agreed"]
    assert set(anchors) <= ids


def test_summary_counts_the_fields() -> None:
    assert re.findall("<h2>(.*?)</h2>", rendered("{% error_summary form %}", form=Example({}))) == [
        "Проверьте 4 поля"
    ]


def test_summary_of_a_right_or_untouched_form_is_nothing() -> None:
    assert rendered("{% error_summary form %}", form=Example()) == ""


def test_field_of_django_gets_our_look_and_its_hint() -> None:
    html = rendered("{% field bound %}", bound=Example()["plain"])

    assert re.findall(r'class="in"', html) == ['class="in"']
    assert re.findall(r'aria-describedby="([^"]+)"', html) == ["id_plain_helptext"]
    assert re.findall(r'id="id_plain_helptext">([^<]+)<', html) == ["Подсказка"]
    assert "(необязательно)" in html
