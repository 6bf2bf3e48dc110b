"""The document on the pages of the form: advice, comparison, and «Заполнить из документа»."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kabinet.audit.models import Event
from kabinet.core.passport import Reading
from kabinet.exams import actions
from kabinet.exams.identity import panel
from kabinet.exams.identity.queries import identity_of
from kabinet.exams.models import Application, Personal
from tests.exams.conftest import GOOD, add_paper, type_in
from tests.exams.readings import AIPERI, asked, front, looked, read
from tests.exams.test_pages import flat, url

OTHER = replace(AIPERI, number="ID7654321", birth=date(2010, 3, 15), pin="11503201000123")


@pytest.fixture
def browser(client_of, aiperi):
    return client_of(aiperi)


@pytest.fixture
def back(application, aiperi):
    return add_paper(application, aiperi, "back")


def page(client, application, slug):
    return client.get(url("page", application, slug))


def press(client, application, take, *, on="personal", **typed):
    """Open a page and press a button of the panel there."""
    shown = page(client, application, on)
    seen = shown.context["seen" if on == "personal" else "personal_seen"]
    offer = shown.context["identity"].beside.mark
    address = reverse("exams:from_document", args=[application.pk])
    own = {"version": shown.context["row"].version} if on == "personal" else {}
    sent = {"seen": seen, "offer": offer, "take": take, **own, **typed}
    return client.post(address, sent, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def stored(application):
    row = Personal.objects.get(pk=application.pk)
    return (row.sex, row.birth_date, row.document_kind, row.document_number, row.pin)


# --- filling ----------------------------------------------------------------------------


def test_one_press_fills_what_is_empty_and_says_so(browser, application, back, campaign):
    looked(back, read())
    answer = press(browser, application, "empty")
    kind = campaign.document_kinds.get(code="id-card")
    assert stored(application) == ("F", date(2010, 3, 14), kind, "ID1234567", "11403201000123")
    assert said(answer) == [
        "Заполнено из документа: пол, дата рождения, вид документа, номер документа, ПИН. Проверьте эти ответы"
    ]
    assert answer.context["form"].typed_wrong == 0


def test_it_is_saved_like_typed_text_with_author_and_one_event(browser, application, back, aiperi):
    looked(back, read())
    press(browser, application, "empty")
    (event,) = Event.objects.filter(verb="form.page_saved")
    assert event.actor_id == str(aiperi.pk)
    assert event.details.values["from_document"] == [
        "birth_date",
        "document_kind",
        "document_number",
        "pin",
        "sex",
    ]
    assert event.details.values["changes"]["document_number"] == ["", "•••567"]
    row = Personal.objects.get(pk=application.pk)
    assert {told[0] for told in row.authors.values()} == {str(aiperi.pk)}


def test_what_stands_typed_is_not_overwritten(browser, application, back):
    looked(back, read(OTHER))
    press(browser, application, "empty", **flat(GOOD["personal"]))
    assert stored(application)[1:] == (
        date(2010, 3, 14),
        application.campaign.document_kinds.get(code="id-card"),
        "ID1234567",
        "11403201000123",
    )


def test_unsaved_text_of_the_page_is_saved_along(browser, application, back):
    looked(back, read())
    press(browser, application, "empty", sex="M")
    assert stored(application)[:2] == ("M", date(2010, 3, 14))
    assert Event.objects.filter(verb="form.page_saved").count() == 1


def test_one_answer_is_taken_by_its_own_button(browser, application, back, aiperi):
    type_in(application, aiperi, "personal", **GOOD["personal"])
    looked(back, read(OTHER))
    answer = press(browser, application, "document_number")
    assert stored(application)[1::2] == (date(2010, 3, 14), "ID7654321")
    assert said(answer) == ["Заполнено из документа: номер документа. Проверьте эти ответы"]


def test_from_the_page_of_photos_one_comes_to_the_filled_page(browser, application, back):
    looked(back, read())
    answer = press(browser, application, "empty", on="documents")
    assert answer.redirect_chain == [(url("page", application, "personal"), 302)]
    assert stored(application)[3] == "ID1234567"


def test_pressing_beside_the_photos_leaves_the_answers_alone(browser, application, back, aiperi):
    type_in(application, aiperi, "personal", sex={"sex": ["M"]})
    looked(back, read(replace(AIPERI, pin="")))
    press(browser, application, "document_number", on="documents")
    assert stored(application) == ("M", None, None, "ID1234567", "")


def test_what_was_emptied_on_the_page_is_filled(browser, application, back, aiperi):
    type_in(application, aiperi, "personal", **GOOD["personal"])
    looked(back, read(OTHER))
    press(browser, application, "empty", **flat(GOOD["personal"]) | {"document_number": [""]})
    assert stored(application)[1::2] == (date(2010, 3, 14), "ID7654321")


def test_another_photo_since_then_fills_nothing(browser, application, back):
    looked(back, read())
    shown = page(browser, application, "personal")
    looked(back, read(OTHER))
    answer = browser.post(
        reverse("exams:from_document", args=[application.pk]),
        {
            "seen": shown.context["seen"],
            "offer": shown.context["identity"].beside.mark,
            "take": "empty",
            "version": "0",
            "sex": "F",
        },
        follow=True,
    )
    assert stored(application) == ("F", None, None, "", "")
    assert said(answer) == ["Фото документа сменилось. Посмотрите, что прочитано теперь"]


def test_what_somebody_else_typed_meanwhile_stays(browser, application, back, zhamal):
    looked(back, read())
    shown = page(browser, application, "personal")
    type_in(application, zhamal, "personal", sex={"sex": ["M"]})
    answer = browser.post(
        reverse("exams:from_document", args=[application.pk]),
        {
            "seen": shown.context["seen"],
            "offer": shown.context["identity"].beside.mark,
            "take": "sex",
        },
        follow=True,
    )
    assert stored(application)[0] == "M"
    (collision,) = answer.context["collisions"]
    assert (answer.status_code, collision["mine"], collision["theirs"]) == (
        409,
        "Женский",
        "Мужской",
    )


@pytest.mark.parametrize("take", ["empty", "document_number", "surname", "nonsense"])
def test_names_and_partial_readings_fill_nothing(browser, application, back, take):
    looked(back, replace(read(), status="partial"))
    press(browser, application, take)
    assert not Personal.objects.exists()


def test_names_are_never_taken_over(browser, application, back, aiperi):
    looked(back, read(replace(AIPERI, surname="BEKOVA")))
    press(browser, application, "surname")
    aiperi.refresh_from_db()
    assert (aiperi.surname, Personal.objects.exists()) == ("Абдыраева", False)


def test_a_closed_page_fills_nothing(browser, completed, aiperi):
    completed.papers.filter(slot="back").delete()
    looked(add_paper(completed, aiperi, "back"), read(OTHER))
    shown = page(browser, completed, "documents")
    assert "Взять из документа" not in shown.content.decode()
    offer = shown.context["identity"].beside.mark
    answer = browser.post(
        reverse("exams:from_document", args=[completed.pk]),
        {"seen": "{}", "offer": offer, "take": "document_number"},
    )
    assert (answer.status_code, stored(completed)[3]) == (403, "ID1234567")


# --- what is shown ----------------------------------------------------------------------


def test_the_person_sees_both_values_and_may_go_on(browser, application, back, aiperi):
    type_in(application, aiperi, "personal", **GOOD["personal"])
    looked(back, read(OTHER))
    text = page(browser, application, "personal").content.decode()
    for value in ("ID7654321", "ID1234567", "15\xa0марта\xa02010", "14\xa0марта\xa02010"):
        assert value in text
    assert "Проверьте номер документа: в документе другой." in text
    seen = page(browser, application, "personal").context["seen"]
    answer = browser.post(
        url("page", application, "personal"), {"seen": seen, **flat(GOOD["personal"])}
    )
    assert answer["Location"] == url("page", application, "address")


def test_a_difference_does_not_hold_up_the_form(filled, aiperi):
    looked(filled.papers.get(slot="back"), read(OTHER))
    assert actions.finish(actor=aiperi, application=filled).application.is_completed


def test_each_photo_gets_its_advice(browser, application, back, aiperi):
    looked(add_paper(application, aiperi, "front"), front(blur=True))
    looked(back, read())
    text = page(browser, application, "documents").content.decode()
    assert text.count("Держите телефон неподвижно") == 1
    assert text.count("Документ прочитан</span>") == 1


def test_the_same_side_twice_is_told_once_for_both(browser, application, back, aiperi):
    looked(add_paper(application, aiperi, "front"), read(digest="a"))
    looked(back, read())
    text = page(browser, application, "documents").content.decode()
    assert text.count("Замените один из снимков") == 1


def test_without_a_look_nothing_is_said(browser, application, back):
    text = page(browser, application, "documents").content.decode()
    assert "Читаем" not in text
    assert "beside-title" not in text


@pytest.mark.parametrize("reading", [None, Reading()])
def test_where_the_program_could_not_look_a_person_will(browser, application, back, reading):
    looked(back, reading)
    text = page(browser, application, "documents").content.decode()
    assert "Снимок посмотрит сотрудник центра" in text


def test_a_photo_that_was_taken_away_says_nothing(browser, application, back):
    looked(back, read())
    back.removed_at = timezone.now()
    back.save()
    for slug in ("personal", "documents"):
        assert "beside-title" not in page(browser, application, slug).content.decode()


def test_an_empty_page_invites_to_begin_with_the_photo(
    browser, application, back, aiperi, settings, monkeypatch, tmp_path
):
    invitation = "снять документ</a>"
    here = tmp_path / "mrz.traineddata"
    here.touch()
    monkeypatch.setattr(panel, "TRAINEDDATA", here)
    assert invitation not in page(browser, application, "personal").content.decode()
    back.delete()
    assert invitation in page(browser, application, "personal").content.decode()
    settings.CHECKS = False
    assert invitation not in page(browser, application, "personal").content.decode()
    settings.CHECKS = True
    type_in(application, aiperi, "personal", sex={"sex": ["F"]})
    assert invitation not in page(browser, application, "personal").content.decode()


def test_the_teacher_is_told_who_corrects_names(client_of, zhamal, application, back):
    looked(back, read(replace(AIPERI, surname="BEKOVA")))
    text = page(client_of(zhamal), application, "documents").content.decode()
    assert "Ошибку в имени исправляет районный центр образования." in text


# --- the piece a script asks for --------------------------------------------------------


def piece(client, application, place, waiting=""):
    query = f"?waiting={waiting}" if waiting else ""
    return client.get(reverse("exams:identity", args=[application.pk, place]) + query)


def test_while_waiting_nothing_comes_then_the_answer_and_the_panel(browser, application, back):
    check = asked(back)
    text = page(browser, application, "documents").content.decode()
    assert "/identity/back/?waiting=waiting" in text
    assert piece(browser, application, "back", "waiting").status_code == 204
    looked(back, read())
    answer = piece(browser, application, "back", "waiting")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Документ прочитан" in text
    assert 'id="beside" hx-swap-oob="innerHTML"' in text
    assert "hx-get" not in text
    assert check.pk == back.document_id


def test_when_nobody_answers_the_page_says_so_and_asks_more_seldom(browser, application, back):
    asked(back, ago=timedelta(minutes=5))
    text = piece(browser, application, "back", "waiting").content.decode()
    assert "Снимок прочитаем позже. Можно идти дальше" in text
    assert 'hx-trigger="every 10s"' in text
    assert piece(browser, application, "back", "away").status_code == 204


def test_the_page_of_questions_waits_too(browser, application, back):
    asked(back)
    state = page(browser, application, "personal").context["state"]
    assert piece(browser, application, "personal", state).status_code == 204
    looked(back, read())
    text = piece(browser, application, "personal", state).content.decode()
    assert "Заполнить из документа" in text
    assert 'form="main"' in text


def test_a_saved_answer_changes_what_stands_beside_it(browser, application, back, aiperi):
    looked(back, read())
    state = page(browser, application, "personal").context["state"]
    assert piece(browser, application, "personal", state).status_code == 204
    type_in(application, aiperi, "personal", sex={"sex": ["M"]})
    answer = piece(browser, application, "personal", state)
    assert "Проверьте пол: в документе указан другой." in answer.content.decode()


@pytest.mark.parametrize("name", ["check", "summary"])
def test_differences_are_noted_once_more_before_finishing(browser, filled, name):
    looked(filled.papers.get(slot="back"), read(replace(OTHER, surname="BEKOVA")))
    text = browser.get(url(name, filled)).content.decode()
    assert text.count("Проверьте номер документа: в документе другой.") == 1
    assert text.count("Проверьте фамилию: в документе другая.") == 1


def test_strangers_and_strange_places_get_nothing(client, client_of, bakyt, browser, application):
    assert piece(client, application, "back").status_code == 401
    assert piece(client_of(bakyt), application, "back").status_code == 404
    assert piece(browser, application, "nonsense").status_code == 404
    assert piece(browser, application, "back").content.decode().count("hx-get") == 0


def test_one_function_tells_a_reviewer_everything(application, back, aiperi):
    type_in(application, aiperi, "personal", **GOOD["personal"])
    looked(back, read(OTHER))
    fresh = Application.objects.get(pk=application.pk)
    found = identity_of(fresh)
    assert [side.slot for side in found.sides] == ["back"]
    assert [(line.field, line.verdict, line.severity) for line in found.beside.differing] == [
        ("birth_date", "near", "high"),
        ("document_number", "differs", "high"),
        ("pin", "near", "high"),
    ]


def test_readings_and_answers_cost_one_statement(application, back, django_assert_num_queries):
    looked(back, read())
    fresh = Application.objects.select_related("campaign", "applicant", "personal").get(
        pk=application.pk
    )
    identity_of(fresh)
    with django_assert_num_queries(1):
        identity_of(fresh)
