"""Saving a page: what was typed stays, only what is right reaches the columns, one event tells."""

from datetime import date

import pytest
from django.http import Http404

from kabinet.audit.models import Event
from kabinet.exams import actions
from kabinet.exams.models import Address, Application, Choice, Personal
from tests.exams.conftest import GOOD, seen_by, type_in


def test_a_right_page_fills_the_columns_and_counts_as_right(application, aiperi):
    saved = type_in(application, aiperi, "personal", **GOOD["personal"])
    assert saved.problems == ()
    row = Personal.objects.get(pk=application.pk)
    assert (row.sex, row.birth_date, row.document_kind.code) == ("F", date(2010, 3, 14), "id-card")
    assert (row.document_number, row.pin, row.version) == ("ID1234567", "11403201000123", 1)
    fresh = Application.objects.get(pk=application.pk)
    assert (fresh.state, fresh.pages_right) == ("draft", ["personal"])


def test_a_wrong_value_is_kept_as_typed_and_never_reaches_its_column(application, aiperi):
    type_in(application, aiperi, "address", **GOOD["address"])
    wrong = {"second_phone": ["555 12 34 5"]}
    saved = type_in(
        application,
        aiperi,
        "address",
        seen=seen_by(application, "address"),
        second_phone=wrong,
        town={"town": [""]},
    )
    assert [problem.sentence for problem in saved.problems] == [
        "Напишите город или село",
        "В номере не хватает одной цифры",
    ]
    row = Address.objects.get(pk=application.pk)
    assert row.draft["second_phone"] == wrong
    assert (row.town, row.second_phone) == ("с. Кызыл-Суу", "+996555204119")
    assert Application.objects.get(pk=application.pk).pages_right == []


def test_subjects_are_kept_by_code_in_the_order_of_the_campaign(application, aiperi):
    type_in(
        application,
        aiperi,
        "subjects",
        subjects={"subjects": ["biology", "chemistry"]},
        language={"language": ["ru"]},
    )
    row = Choice.objects.get(pk=application.pk)
    assert (row.subjects, row.language.code) == (["chemistry", "biology"], "ru")


def test_exactly_one_event_tells_old_and_new_without_the_numbers_of_documents(application, zhamal):
    type_in(application, zhamal, "personal", **GOOD["personal"])
    type_in(
        application,
        zhamal,
        "personal",
        seen=seen_by(application, "personal"),
        sex={"sex": ["M"]},
        document_number={"document_number": ["ID7654321"]},
    )
    events = list(Event.objects.order_by("seq"))
    assert [event.verb for event in events] == ["form.page_saved", "form.page_saved"]
    assert events[1].details.values == {
        "page": "personal",
        "changes": {"sex": ["F", "M"], "document_number": ["•••567", "•••321"]},
    }
    assert (events[1].actor_id, events[1].person_id) == (
        str(zhamal.pk),
        str(application.applicant_id),
    )


def test_saving_what_is_already_there_writes_nothing(application, aiperi):
    type_in(application, aiperi, "address", **GOOD["address"])
    saved = type_in(application, aiperi, "address", **GOOD["address"])
    assert saved.row.version == 1
    assert Event.objects.count() == 1


def test_every_field_remembers_who_saved_it_last(application, aiperi, zhamal):
    type_in(application, zhamal, "address", **GOOD["address"])
    type_in(
        application,
        aiperi,
        "address",
        seen=seen_by(application, "address"),
        street={"street": ["ул. Токтогула, 3"]},
    )
    authors = Address.objects.get(pk=application.pk).authors
    assert (authors["town"][1], authors["street"][1]) == (
        "Сыдыкова\xa0Ж.\xa0А.",
        "Абдыраева\xa0А.\xa0Н.",
    )
    assert [authors["town"][3], authors["street"][3]] == [1, 2]


def test_fields_that_the_page_does_not_have_are_left_alone(application, aiperi):
    """Mass assignment: columns of the row and of the form cannot be typed."""
    foreign = {name: {name: ["99"]} for name in ("version", "application", "authors", "state")}
    actions.save_page(
        actor=aiperi,
        application=application,
        slug="address",
        typed={**GOOD["address"], **foreign},
        seen={},
    )
    row = Address.objects.get(pk=application.pk)
    assert row.version == 1
    assert sorted(row.draft) == sorted(GOOD["address"])
    assert Application.objects.get(pk=application.pk).state == "draft"


def test_a_question_the_campaign_does_not_ask_is_neither_kept_nor_needed(application, aiperi):
    application.campaign.ask_pin = False
    application.campaign.save()
    saved = type_in(application, aiperi, "personal", **GOOD["personal"])
    assert saved.problems == ()
    row = Personal.objects.get(pk=application.pk)
    assert (row.pin, "pin" in row.draft) == ("", False)


@pytest.mark.parametrize(
    ("slug", "field", "value"),
    [
        ("subjects", "subjects", "astrology"),
        ("subjects", "language", "xx"),
        ("personal", "document_kind", "driving-licence"),
        ("address", "region", "jeti-oguz"),
        ("address", "district", "issyk-kul"),
    ],
)
def test_a_code_that_is_not_offered_is_no_choice(application, aiperi, slug, field, value):
    saved = type_in(application, aiperi, slug, **{**GOOD[slug], field: {field: [value]}})
    assert {problem.field for problem in saved.problems} >= {field}
    assert saved.row.draft[field] == {field: [value]}


def test_bakyt_saves_nothing(application, bakyt):
    with pytest.raises(Http404):
        type_in(application, bakyt, "address", **GOOD["address"])
    assert not Address.objects.exists()


def test_changing_the_kind_of_document_judges_the_photos_again(filled, aiperi):
    filled.papers.filter(slot="back").delete()
    type_in(
        filled,
        aiperi,
        "personal",
        seen=seen_by(filled, "personal"),
        document_kind={"document_kind": ["birth-certificate"]},
        document_number={"document_number": ["KR-X 0012345"]},
    )
    assert Application.objects.get(pk=filled.pk).pages_right == [
        "personal",
        "address",
        "subjects",
        "documents",
        "face",
    ]
    type_in(
        filled,
        aiperi,
        "personal",
        seen=seen_by(filled, "personal"),
        document_kind={"document_kind": ["id-card"]},
        document_number={"document_number": ["ID1234567"]},
    )
    assert "documents" not in Application.objects.get(pk=filled.pk).pages_right
