"""The pages as browsers without scripts and scripts use them."""

import re
from html import unescape

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kabinet.audit.models import Event
from kabinet.portfolio import actions, limits
from kabinet.portfolio.actions import Place, Upload
from kabinet.portfolio.models import Report, Scan, ScanPhoto, Version
from kabinet.vault import actions as vault
from kabinet.vault.models import Document
from tests.portfolio.conftest import fact, required
from tests.portfolio.files import pdf, photo
from tests.vault import corpus

State = Report.State


@pytest.fixture
def client(study, client_of):
    return client_of(study.person)


@pytest.fixture
def slot(study, year):
    return reverse("portfolio:slot", args=[study.pk, year.pk, required(study, "practice").pk])


@pytest.fixture
def plan(study):
    return reverse("portfolio:plan", args=[study.pk])


def file(data, name="скан.pdf"):
    return upload([data], name)[0]


def upload(contents, name="скан.pdf"):
    return [SimpleUploadedFile(name, data) for data in contents]


def text_of(response):
    return unescape(response.content.decode())


def test_a_slot_takes_a_file_without_a_script(client, slot, plan):
    answer = client.post(slot, {"file": file(pdf())}, follow=True)
    assert answer.redirect_chain[0][0].startswith(plan)
    assert Report.objects.get().state == State.WITH_SUPERVISOR
    assert "У руководителя" in text_of(answer)


def test_a_script_gets_the_page_drawn_anew(client, slot):
    answer = client.post(slot, {"file": file(pdf())}, headers={"X-Requested-With": "upload"})
    assert (answer.status_code, 'id="plan"' in text_of(answer)) == (200, True)


def test_the_whole_way_without_a_script(client, study, year, plan, client_of, orlova, office):
    answer = client.post(
        reverse("portfolio:files", args=[study.pk]),
        {"file": upload([pdf("а"), pdf("б")], "Протокол.pdf")},
        follow=True,
    )
    first, second = Report.objects.order_by("created_at")
    assert "Мы угадали по имени файла" in text_of(answer)
    address = reverse("portfolio:report", args=[first.pk])
    kind = required(study, "practice").document_type.pk
    client.post(address, {"act": "describe", "type": kind, "year": ""})
    first.refresh_from_db()
    assert (first.state, first.document_type_id) == (State.DRAFT, kind)
    client.post(address, {"act": "describe", "type": kind, "year": year.pk})
    first.refresh_from_db()
    assert first.state == State.WITH_SUPERVISOR
    answer = client_of(orlova).post(address, {"act": "return", "remark": "подпись"}, follow=True)
    assert "Возвращено с замечанием" in text_of(answer)
    assert "подпись" in text_of(client.get(plan))
    client.post(address, {"act": "replace", "back": "plan", "file": file(pdf("в"))})
    client_of(office).post(address, {"act": "accept"})
    first.refresh_from_db()
    assert (first.state, first.versions.count()) == (State.ACCEPTED, 2)
    question = f"{address}?ask=withdraw"
    assert f'href="{question}" data-confirm' in text_of(client.get(plan))
    assert "Отозвать принятый документ?" in text_of(client.get(question))
    assert "Отозвать принятый документ?" not in text_of(client_of(office).get(question))
    first.refresh_from_db()
    assert first.state == State.ACCEPTED
    client.post(address, {"act": "withdraw", "back": "plan"})
    assert "Отозвать принятый документ?" not in text_of(client.get(question))
    gone = client.post(
        reverse("portfolio:report", args=[second.pk]), {"act": "remove"}, follow=True
    )
    assert "Отменить" in text_of(gone)
    listed = client.get(reverse("portfolio:bin", args=[study.pk]))
    assert "ещё 30 дней" in text_of(listed)
    client.post(reverse("portfolio:report", args=[second.pk]), {"act": "restore"})
    second.refresh_from_db()
    assert second.removed_at is None


def test_who_has_left_is_offered_nothing_at_the_drafts(client, study, plan, today):
    client.post(reverse("portfolio:files", args=[study.pk]), {"file": upload([pdf("а")])})
    assert 'value="describe"' in text_of(client.get(plan))
    fact(study, "expelled", timezone.localdate())
    page = text_of(client.get(plan))
    assert "Эти файлы видите только вы" in page
    assert ('value="describe"' in page, 'value="remove"' in page) == (False, False)


def test_no_file_of_many_is_left_out_without_a_word(client, study, monkeypatch):
    monkeypatch.setattr(limits, "FILES_AT_ONCE", 2)
    chosen = [file(pdf(name), f"{name}.pdf") for name in "абвг"]
    chosen[0] = file(b"words", "а.pdf")
    answer = client.post(reverse("portfolio:files", args=[study.pk]), {"file": chosen})
    assert "не похож на документ. Выберите PDF или фото JPG, PNG, WebP, HEIC<br>" in text_of(answer)
    assert "За один раз можно 2 файлов. Выберите ещё раз: в.pdf, г.pdf" in text_of(answer)
    assert Report.objects.count() == 1


@pytest.mark.parametrize("into", ["slot", "scan"])
def test_photos_that_find_no_room_in_a_scan_are_named(client, slot, study, monkeypatch, into):
    monkeypatch.setattr(limits, "PHOTOS_OF_SCAN", 2)
    photos = [file(photo(f"{n}"), f"{n}.jpg") for n in range(4)]
    if into == "scan":
        client.post(slot, {"scan": "1"})
        slot = reverse("portfolio:scan", args=[Scan.objects.get().pk])
        photos = photos[:3]
    answer = client.post(slot, {"file": photos, "act": "add"}, follow=True)
    assert ScanPhoto.objects.count() == 2
    assert "В одном PDF до 2 страниц" in text_of(answer)


REFUSED = {
    "encrypted": (lambda: corpus.pdf_encrypted(user="x"), 422, "PDF закрыт паролем"),
    # Whichever limit of the child is hit first, by the speed of the machine: time or memory.
    "bomb": (
        corpus.pdf_of_endless_drawing,
        422,
        "открывается слишком долго|Файл не открывается",
    ),
    "truncated": (lambda: pdf("т", 3)[:-300], 422, "Файл не открывается"),
    "gif": (lambda: b"GIF89a" + bytes(64), 422, "Сохраните его как PDF"),
    "text": (lambda: b"some words", 422, "не похож на документ"),
    "empty": (lambda: b"", 422, "Файл пустой"),
    "pages": (lambda: pdf("много", 500), 422, "500 страниц"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_taken_has_its_own_sentence(client, slot, name):
    built, status, sentence = REFUSED[name]
    answer = client.post(slot, {"file": file(built())})
    said = re.search(sentence, text_of(answer)) is not None
    assert (answer.status_code, said) == (status, True)
    assert (Report.objects.count(), Document.objects.count()) == (0, 0)


def test_scripts_of_a_pdf_are_dropped(client, slot, study):
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    client.post(slot, {"file": file(corpus.pdf_with_action(action))})
    stored = vault.read(Document.objects.get(), "full", owner=str(study.pk))
    assert (b"/JavaScript" in stored, b"/OpenAction" in stored) == (False, False)


def test_one_bad_file_of_several_holds_up_no_other(client, study):
    both = upload([pdf("а")], "а.pdf") + upload([b"some words"], "б.txt")
    answer = client.post(reverse("portfolio:files", args=[study.pk]), {"file": both})
    assert (answer.status_code, Report.objects.count()) == (422, 1)
    assert "б.txt: Этот файл не похож на документ" in text_of(answer)


def test_photos_are_ordered_and_made_into_one_pdf(client, slot, study):
    shots = upload([photo("1"), photo("2", 1200, 900), photo("3")], "стр.jpg")
    answer = client.post(slot, {"file": shots})
    scan = Scan.objects.get()
    address = reverse("portfolio:scan", args=[scan.pk])
    assert answer["Location"] == address
    first, second, third = scan.photos.all()
    client.post(address, {"act": "up", "photo": second.pk})
    client.post(address, {"act": "remove", "photo": third.pk})
    assert list(scan.photos.values_list("pk", flat=True)) == [second.pk, first.pk]
    client.post(address, {"act": "build"})
    document = Version.objects.get().document
    assert (document.kind, document.pages) == ("pdf", 2)
    assert (Scan.objects.count(), ScanPhoto.objects.count(), Document.objects.count()) == (0, 0, 1)


def test_every_photo_of_a_heap_counts_as_a_try(client, slot, monkeypatch):
    monkeypatch.setattr(limits, "TRIES", 2)
    client.post(slot, {"file": upload([photo("1"), photo("2"), photo("3")], "стр.jpg")})
    assert ScanPhoto.objects.count() == 2


@pytest.mark.parametrize("act", ["accept", "return"])
def test_a_file_put_in_place_of_the_one_read_is_not_decided(client, slot, client_of, orlova, act):
    client.post(slot, {"file": file(pdf("хорошо"))})
    report = Report.objects.get()
    address, reader = reverse("portfolio:report", args=[report.pk]), client_of(orlova)
    [seen] = re.findall(r'name="version" value="(\d+)"', text_of(reader.get(address)))
    client.post(address, {"act": "replace", "file": file(pdf("пусто"))})
    told = {"act": act, "version": seen, "remark": "подпись"}
    answer = reader.post(address, told)
    report.refresh_from_db()
    assert (answer.status_code, report.state) == (403, State.WITH_SUPERVISOR)
    assert "Файл заменили" in text_of(answer)
    [seen] = re.findall(r'name="version" value="(\d+)"', text_of(answer))
    reader.post(address, {**told, "version": seen})
    report.refresh_from_db()
    assert report.state == (State.WITH_OFFICE if act == "accept" else State.RETURNED)


def test_tries_of_a_supervisor_are_not_the_students(client, study, client_of, orlova, monkeypatch):
    monkeypatch.setattr(limits, "TRIES", 1)
    address = reverse("portfolio:files", args=[study.pk])
    other = client_of(orlova)
    refused = [other.post(address, {"file": file(pdf())}).status_code for _ in range(2)]
    assert refused == [403, 403]
    assert client.post(address, {"file": file(pdf())}).status_code == 302


def test_a_student_is_nobody_at_the_addresses_of_schools(study, client_of, office):
    answers = [
        client_of(office).get(f"/{kind}/{study.department_id}/people/{study.person_id}/{leaf}/")
        for kind in ("school", "district")
        for leaf in ("password", "slip")
    ]
    assert [answer.status_code for answer in answers] == [404] * 4


def test_nobody_else_gets_to_photos_of_a_scan(client, slot, client_of, orlova, office, dina):
    client.post(slot, {"file": upload([photo("1"), photo("2")], "стр.jpg")})
    shot = ScanPhoto.objects.first()
    addresses = [
        reverse("portfolio:scan", args=[shot.scan_id]),
        reverse("portfolio:photo", args=[shot.pk, "page-1"]),
    ]
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    for who in (orlova, office, dina):
        other = client_of(who)
        assert [other.get(address).status_code for address in addresses] == [404, 404]


def test_a_download_is_an_attachment_and_a_strangers_look_an_event(client, slot, client_of, orlova):
    client.post(slot, {"file": file(pdf())})
    version = Version.objects.get()
    address = reverse("portfolio:file", args=[version.pk, "full"])
    answer = client.get(address)
    assert answer["Content-Disposition"].startswith("attachment;")
    assert Event.objects.filter(verb="report.viewed").count() == 0
    client_of(orlova).get(address)
    picture = client_of(orlova).get(reverse("portfolio:file", args=[version.pk, "page-1"]))
    assert picture["Content-Type"] == "image/jpeg"
    assert Event.objects.filter(verb="report.viewed").count() == 2


def test_the_plan_is_as_many_statements_at_one_report_as_at_thirty(
    client, study, year, plan, django_assert_num_queries, orlova
):
    def made(count):
        for number in range(count):
            given = Report.objects.create(enrolment=study)
            Version.objects.create(
                report=given, number=1, document=document(number), added_by=study.person
            )

    def document(number):
        return Document.objects.create(
            kind="pdf", folder=f"{number}-{Document.objects.count()}", size=1, received_size=1
        )

    made(1)
    client.get(plan)
    with CaptureQueriesContext(connection) as at_one:
        client.get(plan)
    made(29)
    with django_assert_num_queries(len(at_one)):
        client.get(plan)
    assert len(at_one) <= 20


def test_a_year_on_leave_asks_for_nothing(client, study, plan, year):
    fact(study, "leave", year.starts, until=year.ends)
    page = text_of(client.get(plan))
    assert (page.count("Нажмите для загрузки отчета"), "Отпуск" in page) == (4, True)


def test_an_own_upload_of_nothing_says_what_to_do(client, slot):
    answer = client.post(slot, {})
    assert (answer.status_code, "Сначала выберите файл" in text_of(answer)) == (403, True)


def test_office_and_supervisor_see_no_upload(study, plan, client_of, orlova, office, year):
    actions.hand_in(
        actor=study.person,
        enrolment=study,
        place=Place(year, requirement=required(study, "practice")),
        upload=Upload(pdf(), "скан.pdf"),
    )
    for who in (orlova, office):
        page = text_of(client_of(who).get(plan))
        assert ("Отчёт о практике" in page, 'type="file"' in page) == (True, False)


@pytest.mark.parametrize("who", ["ilya", "orlova", "office"])
def test_messages_stay_within_the_tabs_of_the_cabinet(study, client_of, request, who):
    client = client_of(request.getfixturevalue(who))
    address = reverse("notifications:inbox")
    assert f'href="{address}"' in text_of(client.get("/", follow=True))
    page = text_of(client.get(address))
    assert f'href="{address}" aria-current="page"' in page
    assert "В кабинет" not in page


def test_messages_of_who_has_no_tabs_lead_back(client_of, zhamal):
    page = text_of(client_of(zhamal).get(reverse("notifications:inbox")))
    assert ('class="tabnav"' in page, "В кабинет" in page) == (False, True)
