"""The manual's walk through the form without scripts, and what each page shows and refuses."""

import json
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kabinet.exams import actions
from kabinet.exams.models import Address, Application, Campaign, Choice, Personal, Subject
from kabinet.exams.offer import offer_of
from kabinet.vault.models import Document
from tests.conftest import at, person
from tests.exams.conftest import GOOD, add_paper, type_in


def url(name, application, *args):
    return reverse(f"exams:{name}", args=[application.pk, *args])


def flat(typed):
    return {name: values for raw in typed.values() for name, values in raw.items()}


def press(client, application, slug, typed, **more):
    """Open the page, type, press «Следующий шаг», as a browser without scripts does."""
    address = url("page", application, slug)
    seen = client.get(address).context["seen"]
    return client.post(address, {"seen": seen, **flat(typed), **more})


def where(response):
    return (
        urlsplit(response["Location"]).path if response.status_code == 302 else response.status_code
    )


def test_the_whole_form_by_hand_without_scripts(application, zhamal, client_of):
    client = client_of(zhamal)
    assert client.get(url("summary", application)).status_code == 200
    steps = [
        ("personal", url("page", application, "address")),
        ("address", url("page", application, "subjects")),
        ("subjects", url("page", application, "documents")),
    ]
    for slug, following in steps:
        assert where(press(client, application, slug, GOOD[slug])) == following
    for slot in ("front", "back", "face"):
        add_paper(application, zhamal, slot)
    assert where(client.post(url("page", application, "documents"))) == url(
        "page", application, "face"
    )
    assert where(client.post(url("page", application, "face"), {"declared": "on"})) == url(
        "check", application
    )
    check = client.get(url("check", application))
    assert (check.context["problems"], check.context["amount"]) == ([], 141000)
    finished = client.post(url("finish", application), {"shown": check.context["shown"]})
    assert where(finished) == url("done", application)
    done = client.get(url("done", application))
    number = application.applicant.number
    assert done.context["shown_number"] == f"{number[:4]}\xa0{number[4:]}"
    assert [section["page"].slug for section in done.context["sections"]] == [
        "personal",
        "address",
        "subjects",
        "documents",
        "face",
    ]
    assert "с. Кызыл-Суу" in done.content.decode()


def test_an_empty_page_does_not_let_go_on(application, aiperi, client_of):
    response = press(client_of(aiperi), application, "address", {})
    assert response.status_code == 422
    assert sorted(response.context["form"].errors) == ["region", "street", "town"]
    assert "<title>Ошибка: Адрес проживания" in response.content.decode()


def test_leaving_saves_what_was_typed_also_when_it_is_wrong(application, aiperi, client_of):
    client = client_of(aiperi)
    response = press(client, application, "address", {"town": {"town": ["Ош"]}}, act="leave")
    assert where(response) == reverse("home")
    shown = client.get(url("page", application, "address"))
    assert shown.context["form"]["town"].value() == "Ош"
    assert not shown.context["form"].errors


def test_a_wrong_value_is_shown_again_exactly_as_typed(application, aiperi, client_of):
    typed = {
        "birth_date": {
            "birth_date_day": ["31"],
            "birth_date_month": ["02"],
            "birth_date_year": ["2010"],
        }
    }
    client = client_of(aiperi)
    press(client, application, "personal", typed, act="leave")
    page = client.get(url("page", application, "personal"))
    assert page.context["form"]["birth_date"].value() == ("31", "02", "2010")
    assert page.context["typed_wrong"] == 1


def test_switching_the_language_keeps_the_text_and_saves_nothing(application, aiperi, client_of):
    client = client_of(aiperi)
    typed = {"town": {"town": ["Балыкчы"]}}
    response = press(client, application, "address", typed, _language="ky")
    assert (response.status_code, response.context["form"]["town"].value()) == (200, "Балыкчы")
    assert not response.context["form"].errors
    assert not Address.objects.exists()


def autosave(client, application, slug, seen, changed, **values):
    return client.post(
        url("page", application, slug),
        {"autosave": "1", "seen": json.dumps(seen), "changed": changed, **values},
    )


def test_autosave_keeps_a_field_and_says_when_and_what_is_wrong(application, aiperi, client_of):
    client = client_of(aiperi)
    first = autosave(client, application, "address", {}, "town", town="Ош").json()
    assert (first["version"], first["notes"]) == ("1", {})
    second = autosave(
        client,
        application,
        "address",
        json.loads(first["seen"]),
        "second_phone street",
        second_phone="12",
        street="",
    )
    assert second.status_code == 200
    assert second.json()["status"].endswith("одно поле нужно исправить")
    assert Address.objects.get().town == "Ош"


def test_autosave_empties_a_box_that_comes_without_a_value(application, aiperi, client_of):
    client = client_of(aiperi)
    type_in(application, aiperi, "subjects", **GOOD["subjects"])
    page = client.get(url("page", application, "subjects"))
    autosave(client, application, "subjects", json.loads(page.context["seen"]), "subjects")
    assert Choice.objects.get().subjects == []


def test_names_that_the_page_does_not_have_are_not_kept(application, aiperi, client_of):
    """A draft and its event in the journal would grow by a megabyte a post."""
    address = reverse("exams:page", args=[application.pk, "address"])
    typed = {"town": "Ош", **{f"town_{place}": "x" * 2000 for place in range(400)}}
    typed |= {"town_day": "y" * 9000, "version": "9", "pages_right": "all", "state": "completed"}
    sent = {"autosave": "1", "changed": "town", "seen": "{}", **typed}
    assert client_of(aiperi).post(address, sent).status_code == 200
    row = Address.objects.get(pk=application.pk)
    assert row.draft == {"town": {"town": ["Ош"], "town_day": ["y" * 2000]}}
    assert Application.objects.get(pk=application.pk).state == "draft"


def test_an_autosave_after_the_deadline_is_told_why(application, aiperi, campaign, client_of):
    with time_machine.travel(campaign.closes_at + timedelta(seconds=1), tick=False):
        response = autosave(client_of(aiperi), application, "address", {}, "town", town="Ош")
    assert response.status_code == 403
    assert response.json()["status"].startswith("Регистрация закрылась")
    assert not Address.objects.exists()


def test_after_the_deadline_a_page_is_read_only_and_says_why(filled, aiperi, campaign, client_of):
    with time_machine.travel(campaign.closes_at, tick=False):
        client = client_of(aiperi)
        page = client.get(url("page", filled, "address"))
        posted = client.post(url("page", filled, "address"), {"town": "Ош"})
        hub = client.get(url("form", filled))
    assert '<form id="main"' not in page.content.decode()
    assert page.context["sentence"].startswith("Регистрация закрылась")
    assert posted.status_code == 403
    assert (hub.context["closed"], hub.context["next"]) == (page.context["sentence"], None)
    assert Address.objects.get().town == "с. Кызыл-Суу"


def test_before_the_opening_the_form_says_when_it_begins(application, aiperi, campaign, client_of):
    with time_machine.travel(campaign.opens_at - timedelta(days=1), tick=False):
        page = client_of(aiperi).get(url("page", application, "address"))
    assert page.context["sentence"].startswith("Регистрация начнётся")


def test_the_hub_names_one_next_step_and_locks_what_comes_later(application, aiperi, client_of):
    client = client_of(aiperi)
    hub = client.get(url("form", application))
    assert (str(hub.context["next"].title), hub.context["next"].button) == (
        "Личные данные",
        "Заполнить",
    )
    assert [step.status for step in hub.context["steps"]] == ["not_started"] * 5 + ["locked"] * 2
    type_in(application, aiperi, "personal", **GOOD["personal"])
    type_in(application, aiperi, "address", town={"town": ["Ош"]})
    hub = client.get(url("form", application))
    assert [step.status for step in hub.context["steps"]][:3] == ["done", "draft", "not_started"]
    assert hub.context["next"].button == "Продолжить"


def test_the_hub_leads_to_the_check_then_to_the_payment(filled, aiperi, client_of):
    client = client_of(aiperi)
    assert client.get(url("form", filled)).context["next"].url == url("check", filled)
    actions.finish(actor=aiperi, application=filled)
    hub = client.get(url("form", filled))
    assert [step.status for step in hub.context["steps"]] == ["done"] * 6 + ["awaiting_payment"]
    assert hub.context["next"].button == "Оплаты"


def test_the_school_sees_for_whom_it_fills_and_the_graduate_sees_who_filled(
    application, aiperi, zhamal, client_of
):
    client = client_of(zhamal)
    press(client, application, "address", GOOD["address"])
    assert (
        "Вы заполняете за выпускника"
        in client.get(url("page", application, "address")).content.decode()
    )
    graduate = client_of(aiperi)
    summary = graduate.get(url("summary", application)).content.decode()
    assert "Вы заполняете за выпускника" not in summary
    assert summary.count("Сыдыкова\xa0Ж.\xa0А.") == 1
    press(
        graduate, application, "address", {**GOOD["address"], "street": {"street": ["Манаса, 3"]}}
    )
    summary = graduate.get(url("summary", application)).content.decode()
    assert summary.count("Сыдыкова\xa0Ж.\xa0А.") == 4


def test_a_completed_page_is_corrected_through_a_reason(completed, aiperi, client_of):
    client = client_of(aiperi)
    page = client.get(url("page", completed, "address"))
    assert page.context["sentence"].startswith("Бланк завершён")
    refused = client.post(url("reopen", completed, "address"), {"reason": ""})
    assert (refused.status_code, refused.context["error"]) == (
        422,
        "Напишите, что нужно исправить и почему",
    )
    opened = client.post(url("reopen", completed, "address"), {"reason": "Переехали в Балыкчы"})
    assert where(opened) == url("page", completed, "address")
    closed = press(client, completed, "address", {**GOOD["address"], "town": {"town": ["Балыкчы"]}})
    assert where(closed) == url("done", completed)
    assert completed.submissions.count() == 2
    assert Address.objects.get().town == "Балыкчы"


def test_a_corrected_page_leads_to_the_hub_while_another_one_is_wrong(completed, aiperi, client_of):
    client = client_of(aiperi)
    for slug in ("personal", "subjects"):
        client.post(url("reopen", completed, slug), {"reason": "ошибка в номере"})
    wrong = {"autosave": "1", "changed": "document_number", "document_number": "1", "seen": "{}"}
    assert client.post(url("page", completed, "personal"), wrong).status_code == 200
    right = press(client, completed, "subjects", GOOD["subjects"])
    assert right["Location"] == url("form", completed)
    assert press(client, completed, "personal", GOOD["personal"])["Location"] == url(
        "done", completed
    )
    assert completed.submissions.count() == 2


def test_finish_and_done_of_an_incomplete_form_lead_nowhere(application, aiperi, client_of):
    client = client_of(aiperi)
    assert where(client.get(url("done", application))) == url("form", application)
    assert client.get(url("pdf", application)).status_code == 404
    assert client.get(url("receipt", application)).status_code == 404
    assert where(client.get(url("finish", application))) == url("check", application)
    assert client.get(url("page", application, "nothing")).status_code == 404


@pytest.mark.parametrize("name", ["form", "summary", "check", "done", "pdf", "receipt"])
def test_bakyt_and_a_classmate_see_nothing(completed, bakyt, school, client_of, name):
    classmate = at(person("Асанов", "Бекзат", "", "+996700415902"), school, "graduate")
    assert [client_of(who).get(url(name, completed)).status_code for who in (bakyt, classmate)] == [
        404,
        404,
    ]


def test_district_and_centre_see_the_forms_below_them(application, daniyar, aida, client_of):
    assert [
        client_of(who).get(url("form", application)).status_code for who in (daniyar, aida)
    ] == [200, 200]


def test_a_post_that_has_ended_sees_nothing_any_more(application, zhamal, client_of):
    client = client_of(zhamal)
    assert client.get(url("form", application)).status_code == 200
    zhamal.posts.update(since="2020-01-01", until="2020-12-31")
    assert client.get(url("form", application)).status_code == 404


def test_a_code_of_another_campaign_is_not_taken(application, aiperi, centre, client_of):
    campaign = application.campaign
    other = Campaign.objects.create(
        slug="other",
        name_ru="Другая",
        centre=centre,
        opens_at=campaign.opens_at,
        closes_at=campaign.closes_at,
        access_until=campaign.access_until,
    )
    Subject.objects.create(campaign=other, code="astronomy", name_ru="Астрономия", price=1)
    response = press(
        client_of(aiperi),
        application,
        "subjects",
        {"subjects": {"subjects": ["astronomy"]}, "language": {"language": ["ky"]}},
    )
    assert sorted(response.context["form"].errors) == ["subjects"]


def statements(captured):
    """Without the marks of savepoints, which ask the database for nothing."""
    marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return [each["sql"] for each in captured.captured_queries if not each["sql"].startswith(marks)]


def test_an_autosave_costs_seven_statements(application, aiperi, client_of):
    """session, user, form with page, page, and three of the journal; PostgreSQL locks its chain too."""
    client = client_of(aiperi)
    seen = json.loads(
        autosave(client, application, "address", {}, "town", town="Ош").json()["seen"]
    )
    with CaptureQueriesContext(connection) as captured:
        autosave(client, application, "address", seen, "town", town="Кара-Суу")
    lock = 1 if connection.vendor == "postgresql" else 0
    assert len(statements(captured)) == 7 + lock


def test_a_new_number_costs_two_statements_more(application, aiperi):
    """Its digest is noted; other fields of the same page cost nothing (docs/decisions: eyes)."""
    type_in(application, aiperi, "personal", **GOOD["personal"])
    counted = []
    for typed in ({"sex": {"sex": ["M"]}}, {"document_number": {"document_number": ["ID7654321"]}}):
        with CaptureQueriesContext(connection) as captured:
            type_in(application, aiperi, "personal", **typed)
        counted.append(len(statements(captured)))
    assert counted[1] - counted[0] == 2


@pytest.mark.parametrize(("slug", "count"), [("personal", 5), ("address", 4), ("subjects", 4)])
def test_a_page_costs_few_statements(slug, count, application, aiperi, client_of):
    client = client_of(aiperi)
    client.get(url("page", application, slug))
    with CaptureQueriesContext(connection) as captured:
        client.get(url("page", application, slug))
    assert len(statements(captured)) == count


def test_the_offer_is_read_once_until_something_of_the_campaign_changes(campaign):
    offer = offer_of(campaign)
    assert offer_of(campaign) is offer
    subject = campaign.subjects.get(code="history")
    subject.price = 50000
    subject.save()
    campaign.refresh_from_db()
    assert [each.price for each in offer_of(campaign).optional] == [47000, 47000, 50000]


def test_twins_are_flagged_to_the_school_only(filled, zhamal, aiperi, school, client_of):
    other = at(person("Асанов", "Бекзат", "", "+996700415902"), school, "graduate")
    twin = Application.objects.create(campaign=filled.campaign, applicant=other, school=school)
    type_in(twin, zhamal, "personal", **GOOD["personal"])
    assert Personal.objects.filter(document_index=filled.personal.document_index).count() == 2
    assert client_of(zhamal).get(url("summary", filled)).context["twin"] is True
    assert client_of(aiperi).get(url("summary", filled)).context["twin"] is False


def test_the_hub_costs_five_statements_and_seven_after_completion(filled, aiperi, client_of):
    client = client_of(aiperi)
    counted = []
    for _ in range(2):
        client.get(url("form", filled))
        with CaptureQueriesContext(connection) as captured:
            client.get(url("form", filled))
        counted.append(len(statements(captured)))
        actions.finish(actor=aiperi, application=filled)
    assert counted == [5, 7]


@pytest.mark.parametrize("slug", ["address", "documents", "face"])
def test_a_page_of_a_completed_form_leads_to_its_correction(completed, aiperi, client_of, slug):
    Document.objects.update(width=900, height=1200)
    page = client_of(aiperi).get(url("page", completed, slug)).text
    assert f'href="{url("reopen", completed, slug)}"' in page


def test_after_the_deadline_nothing_offers_what_cannot_be_done(
    completed, campaign, aiperi, client_of
):
    with time_machine.travel(campaign.closes_at, tick=False):
        client = client_of(aiperi)
        address = client.get(url("page", completed, "address")).text
        summary = client.get(url("summary", completed)).text
        done = client.get(url("done", completed)).text
    assert url("reopen", completed, "address") not in address
    assert f'href="{url("done", completed)}"' in summary  # number and PDF stay at hand
    assert "Нашли ошибку?" not in done


def test_after_the_deadline_the_face_page_has_neither_camera_nor_tick(
    application, campaign, aiperi, client_of
):
    with time_machine.travel(campaign.closes_at, tick=False):
        page = client_of(aiperi).get(url("page", application, "face")).text
    assert ("exams/camera" in page, 'type="checkbox"' in page) == (False, False)


def test_an_unfinished_form_cannot_be_pressed_to_its_end_after_the_deadline(
    filled, campaign, aiperi, client_of
):
    open_page = client_of(aiperi).get(url("check", filled)).text
    with time_machine.travel(campaign.closes_at, tick=False):
        check = client_of(aiperi).get(url("check", filled)).text
        door = Client().get(reverse("account_login")).text
    assert ("Нажмите для завершения" in open_page, "Нажмите для завершения" in check) == (
        True,
        False,
    )
    assert "Бланк не завершён и не отправлен." in check
    assert "Регистрация на ОРТ закрылась" in door


def test_a_finish_that_is_refused_is_called_an_error(application, aiperi, client_of):
    page = client_of(aiperi).post(url("finish", application)).text
    assert "<title>Ошибка: Проверить и завершить" in page


def test_the_graduate_leaves_the_form_by_signing_out_and_the_school_to_its_list(
    application, aiperi, zhamal, client_of
):
    """The form is the graduate's whole cabinet: its home would lead to this same page."""
    leave = '<a class="btn tx s" href="{}">Выйти из формы</a>'
    own = client_of(aiperi).get(url("form", application)).text
    assert leave.format(reverse("account_logout")) in own
    school = client_of(zhamal).get(url("form", application)).text
    assert leave.format(reverse("home")) in school
