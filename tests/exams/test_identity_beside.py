"""What the document says beside what was typed, and what may be taken over from it."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from kabinet.core.passport import Reading
from kabinet.exams import pages
from kabinet.exams.identity.beside import Beside, Line, beside, best_of
from kabinet.exams.models import Application, DocumentKind
from tests.exams.conftest import GOOD, type_in
from tests.exams.readings import AIPERI, front, read

pytestmark = pytest.mark.django_db

KAZAKH = replace(AIPERI, country="KAZ", nationality="KAZ", number="N12345678", pin="")


def look(application: Application, *readings: Reading, **typed) -> Beside:
    """Beside the page as it would stand with ``typed`` on it."""
    fresh = Application.objects.get(pk=application.pk)
    form = pages.PERSONAL.form(fresh, {**pages.PERSONAL.row(fresh).draft, **typed})
    return beside(readings, fresh, form)


def line(found: Beside, field: str) -> Line:
    return next(each for each in found.lines if each.field == field)


def fields(lines: list[Line]) -> list[str]:
    return [each.field for each in lines]


@pytest.fixture
def typed(application, aiperi):
    type_in(application, aiperi, "personal", **GOOD["personal"])
    return application


def test_nothing_read_says_nothing(application):
    assert look(application) == Beside()
    assert look(application, front()) == Beside()


def test_an_empty_page_is_offered_everything_but_the_names(application):
    found = look(application, read())
    assert fields(found.fillable) == [
        "sex",
        "birth_date",
        "document_kind",
        "document_number",
        "pin",
    ]
    assert {each.field: each.read for each in found.fillable} == {
        "sex": "Женский",
        "birth_date": "14\xa0марта\xa02010",
        "document_kind": "Паспорт (ID-карта)",
        "document_number": "ID1234567",
        "pin": "11403201000123",
    }
    assert fields(found.matching) == ["surname", "given"]
    assert (line(found, "surname").raw, line(found, "given").raw) == (None, None)


def test_what_is_offered_is_typed_as_the_page_itself_would(application):
    found = look(application, read())
    offered = {each.field: dict(each.raw or {}) for each in found.fillable}
    form = pages.PERSONAL.form(application, offered)
    assert form.errors == {}
    assert form.cleaned_data["birth_date"] == date(2010, 3, 14)


def test_the_same_values_match_and_offer_nothing(typed):
    found = look(typed, read())
    assert (found.differing, found.fillable) == ([], [])
    assert len(found.matching) == 7


@pytest.mark.parametrize(
    ("holder", "field", "verdict", "sentence"),
    [
        (replace(AIPERI, number="ID1234576"), "document_number", "near", "похоже на опечатку"),
        (replace(AIPERI, number="ID7654321"), "document_number", "differs", "в документе другой"),
        (replace(AIPERI, surname="BEKOVA"), "surname", "differs", "в документе другая"),
        (
            replace(AIPERI, birth=date(2010, 3, 15), pin="11503201000123"),
            "birth_date",
            "near",
            "одной цифрой или порядком",
        ),
    ],
)
def test_a_difference_is_pointed_out_with_both_values(typed, holder, field, verdict, sentence):
    found = line(look(typed, read(holder)), field)
    assert (found.verdict, found.severity) == (verdict, "high")
    assert sentence in found.sentence
    assert found.read != found.typed != ""


def test_another_kind_of_document_is_pointed_out(typed, campaign):
    certificate = {"document_kind": {"document_kind": ["birth-certificate"]}}
    found = line(look(typed, read(), **certificate), "document_kind")
    assert (found.verdict, found.read, found.typed) == (
        "differs",
        "Паспорт (ID-карта)",
        "Свидетельство о рождении",
    )
    assert found.sentence.startswith("Проверьте, какой документ")


def test_an_impossible_date_is_no_empty_box(typed):
    wrong = {
        "birth_date": {
            "birth_date_day": ["31"],
            "birth_date_month": ["2"],
            "birth_date_year": ["2010"],
        }
    }
    found = look(typed, read(), **wrong)
    assert fields(found.differing) == ["birth_date"]
    assert (line(found, "birth_date").typed, found.fillable) == ("31 2 2010", [])


def test_a_number_that_the_page_refuses_is_compared_as_it_was_typed(typed):
    short = {"document_number": {"document_number": ["ID123456"]}}
    assert line(look(typed, read(), **short), "document_number").verdict == "near"


def test_a_repaired_reading_is_offered_and_marked(application):
    found = look(application, read(repaired=1))
    assert found.status == "probable"
    assert {each.unsure for each in found.fillable} == {True}


def test_a_reading_the_engines_were_not_sure_of_is_marked(application):
    found = look(application, read(sure=False))
    assert (found.status, {each.unsure for each in found.fillable}) == ("probable", {True})


def test_a_verified_reading_is_not_marked(application):
    assert {each.unsure for each in look(application, read()).fillable} == {False}


def test_a_partial_reading_is_compared_and_offers_nothing(typed):
    partial = replace(read(replace(AIPERI, number="ID7654321")), status="partial")
    found = look(typed, partial)
    assert fields(found.differing) == ["document_number"]
    assert [each for each in found.lines if each.raw] == []


def test_a_sex_that_is_not_stated_is_not_offered(application):
    found = look(application, read(replace(AIPERI, sex="<")))
    assert "sex" not in fields(list(found.lines))


def test_what_the_campaign_does_not_ask_is_not_shown(application, campaign):
    campaign.ask_pin = False
    campaign.save()
    assert "pin" not in fields(list(look(application, read()).lines))


def test_a_document_of_another_state_is_not_taken_for_the_states_own(application):
    found = look(application, read(KAZAKH))
    assert "document_kind" not in fields(list(found.lines))
    assert "document_number" in fields(found.fillable)


def test_of_two_kinds_that_fit_none_is_guessed(application, campaign):
    DocumentKind.objects.create(
        campaign=campaign, code="other-card", name_ru="Другая карта", zone="TD1", state="KGZ"
    )
    assert "document_kind" not in fields(list(look(application, read()).lines))


def test_the_best_reading_counts_and_of_equals_the_back():
    one, other = read(), read(replace(AIPERI, number="ID7654321"))
    weak = replace(one, status="partial")
    assert best_of([one, weak, front()]) is one
    assert best_of([weak, one]) is one
    assert best_of([one, other]) is other
    assert best_of([front()]) is None


def test_the_mark_changes_with_what_is_offered_only(application, typed):
    empty, full = look(application, read()), look(typed, read())
    assert empty.mark == full.mark
    other = look(application, read(replace(AIPERI, number="ID7654321")))
    assert other.mark != empty.mark


@pytest.mark.parametrize(
    ("language", "start"), [("ru", "Проверьте"), ("ky", "Документтин"), ("en", "Check")]
)
def test_it_speaks_the_language_of_the_page(typed, language, start):
    with translation.override(language):
        found = look(typed, read(replace(AIPERI, number="ID7654321")))
    assert line(found, "document_number").sentence.startswith(start)
