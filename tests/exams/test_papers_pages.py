"""Tiles and pages as a browser meets them, with and without scripts."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import encode_multipart
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from kabinet.exams.models import (
    Application,
    Benefit,
    Campaign,
    DocumentKind,
    Documents,
    Face,
    Paper,
    Personal,
)
from kabinet.exams.papers import limits
from kabinet.people.models import Person
from tests.exams.papers import BACK, FACE, FRONT, add, by_script, present, proof_of, tile_url
from tests.vault import corpus
from tests.vault.pictures import jpeg, pdf
from tests.vault.test_actions import blobs

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Person], Client]


@pytest.fixture
def orphan(campaign: Campaign) -> Benefit:
    return campaign.benefits.get(code="orphan")


@pytest.fixture
def browser(client_of: SignedIn, aiperi: Person) -> Client:
    return client_of(aiperi)


def file(data: bytes, name: str = "IMG_2041.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def page_url(application: Application, slug: str) -> str:
    return reverse("exams:page", args=[application.pk, slug])


def send(client: Client, application: Application, key: str, data: bytes, **fields: Any) -> Any:
    return client.post(tile_url(application, key), {"file": file(data), **fields})


# --- one post of a tile -----------------------------------------------------------------


def test_a_script_gets_the_tile_with_the_picture(browser: Client, application: Application) -> None:
    answer = send(by_script(browser), application, "front", jpeg(), original_size="4404019")
    paper = Paper.objects.get()
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.startswith("<form ")
    assert text.count('id="tile-front"') == 1
    assert f"/forms/{application.pk}/papers/{paper.pk}/thumb" in text
    assert "Сжато с 4,2\xa0МБ до" in text


def test_without_a_script_the_page_comes_back_at_the_tile(
    browser: Client, application: Application
) -> None:
    answer = send(browser, application, "front", jpeg())
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"{page_url(application, 'documents')}#tile-front",
    )
    assert present(application) == ["front"]


def test_camera_and_gallery_are_two_inputs_of_one_name(
    browser: Client, application: Application
) -> None:
    empty = b'--cut\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n\r\n'
    chosen = encode_multipart("cut", {"file": file(jpeg())})
    browser.generic(
        "POST", tile_url(application, "front"), empty + chosen, "multipart/form-data; boundary=cut"
    )
    assert present(application) == ["front"]


REFUSED: list[Any] = [
    pytest.param(lambda: b"", "Файл пустой", id="0 bytes"),
    pytest.param(lambda: b"\0" * 500, "не похож на фото", id="nothing known"),
    pytest.param(lambda: corpus.animated("GIF"), "Файл GIF не подойдёт", id="gif"),
    pytest.param(pdf, "Файл PDF не подойдёт", id="pdf as a photo"),
    pytest.param(lambda: corpus.archive("word/document.xml"), "не подойдёт", id="docx"),
    pytest.param(lambda: corpus.jpeg()[:-200], "не открывается", id="truncated"),
    pytest.param(lambda: corpus.png_bomb(13000), "Мп, можно до 16", id="png bomb"),
    pytest.param(lambda: corpus.jpeg_of_scans(400), "не открыть быстро", id="many scans"),
    pytest.param(lambda: corpus.jpeg(width=100, height=80), "Снимок мелкий", id="too small"),
    pytest.param(lambda: corpus.animated("WebP"), "движущаяся", id="animated webp"),
    pytest.param(lambda: b"<svg xmlns='x'><script/></svg>", "не под", id="svg"),
]


@pytest.mark.parametrize(("make", "sentence"), REFUSED)
def test_a_bad_file_is_refused_with_a_sentence_at_its_tile(
    make: Callable[[], bytes], sentence: str, browser: Client, application: Application
) -> None:
    answer = send(by_script(browser), application, "front", make())
    said = answer.content.decode().replace("\xa0", " ")
    assert answer.status_code == 422
    assert (said.count('role="alert"'), said.count(sentence.replace("\xa0", " "))) == (1, 1)
    assert (present(application), blobs()) == ([], [])


TAKEN: list[Any] = [
    pytest.param(lambda: corpus.jpeg_with_metadata(orientation=6), (480, 640), id="lying"),
    pytest.param(corpus.png_transparent, None, id="transparent png"),
    pytest.param(corpus.webp, (640, 480), id="webp"),
    pytest.param(
        corpus.heic,
        None,
        id="heic",
        marks=pytest.mark.skipif(not corpus.HEIC_ENCODER, reason="no HEIC encoder here"),
    ),
    pytest.param(lambda: corpus.jpeg(8000, 6000), (2400, 1800), id="48 MP", marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("make", "size"), TAKEN)
def test_what_phones_make_is_taken_upright_and_bare(
    make: Callable[[], bytes],
    size: tuple[int, int] | None,
    browser: Client,
    application: Application,
) -> None:
    assert send(browser, application, "front", make()).status_code == 302
    paper = Paper.objects.get()
    full = browser.get(reverse("exams:paper", args=[application.pk, paper.pk, "full"]))
    with Image.open(BytesIO(full.content)) as picture:
        assert (picture.format, dict(picture.getexif())) == ("JPEG", {})
        assert picture.size == (size or picture.size)
    assert corpus.CANARY not in full.content


def test_a_polyglot_is_stored_without_its_tail(browser: Client, application: Application) -> None:
    answer = send(browser, application, "front", corpus.jpeg() + corpus.archive("run.exe"))
    assert answer.status_code == 302
    full = browser.get(
        reverse("exams:paper", args=[application.pk, Paper.objects.get().pk, "full"])
    )
    assert (b"PK\x03\x04" in full.content, full.content[-2:]) == (False, b"\xff\xd9")


def test_a_file_above_the_limit_is_413(browser: Client, application: Application) -> None:
    answer = send(by_script(browser), application, "front", jpeg() + bytes(10 * 1024 * 1024))
    assert answer.status_code == 413
    assert "можно до 10\xa0МБ" in answer.content.decode()


def test_a_file_that_is_not_even_read_is_413_too(browser: Client, application: Application) -> None:
    answer = send(by_script(browser), application, "front", bytes(22 * 1024 * 1024))
    assert answer.status_code == 413
    assert present(application) == []


def test_an_error_without_a_script_stands_at_the_tile_and_above_the_page(
    browser: Client, application: Application
) -> None:
    answer = send(browser, application, "back", b"GIF89a" + bytes(99))
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Ошибка: " in said
    assert '<a href="#id_back">Оборотная сторона. Файл GIF не подойдёт.' in said
    assert said.count('id="error-back"') == 1
    # This page stands at the tile's address; its buttons still belong to the page.
    assert said.count(f'action="{page_url(application, "documents")}"') == 2


def test_nothing_chosen_is_said(browser: Client, application: Application) -> None:
    answer = by_script(browser).post(tile_url(application, "front"), {"act": "add"})
    assert answer.status_code == 422
    assert "Сначала выберите файл или снимите фото" in answer.content.decode()


def test_a_post_without_the_csrf_token_is_refused(aiperi: Person, application: Application) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(aiperi, backend="kabinet.people.sign_in.LoginBackend")
    assert send(client, application, "front", jpeg()).status_code == 403
    assert present(application) == []


def test_removing_and_undoing_by_the_buttons_of_the_tile(
    browser: Client, application: Application, aiperi: Person
) -> None:
    paper = add(aiperi, application)
    url = tile_url(application, "front")
    browser.post(url, {"remove": str(paper.pk)})
    page = browser.get(page_url(application, "documents")).content.decode()
    assert (present(application), page.count(f'name="restore" value="{paper.pk}"')) == ([], 1)
    browser.post(url, {"restore": str(paper.pk)})
    assert present(application) == ["front"]


def test_a_repeated_post_of_a_tile_adds_once(
    browser: Client, application: Application, orphan: Benefit
) -> None:
    key = proof_of(orphan).key
    for _ in range(2):
        send(browser, application, key, jpeg(), token="the same tile")
    assert present(application) == ["benefit"]


# --- whose, and when --------------------------------------------------------------------


def test_a_stranger_meets_404_everywhere(
    client_of: SignedIn, bakyt: Person, aiperi: Person, application: Application
) -> None:
    paper, stranger = add(aiperi, application), client_of(bakyt)
    answers = [
        stranger.get(page_url(application, "documents")),
        stranger.get(page_url(application, "face")),
        stranger.post(page_url(application, "face"), {"declared": "on"}),
        stranger.post(page_url(application, "documents"), {"has_benefit": "on"}),
        send(stranger, application, "front", jpeg(2)),
        stranger.post(tile_url(application, "front"), {"remove": str(paper.pk)}),
        stranger.post(tile_url(application, "front"), {"restore": str(paper.pk)}),
    ]
    assert [answer.status_code for answer in answers] == [404] * 7
    assert (present(application), Documents.objects.count(), Face.objects.count()) == (
        ["front"],
        0,
        0,
    )


def test_papers_of_another_form_cannot_be_named(
    browser: Client, zhamal: Person, application: Application
) -> None:
    other = Application.objects.create(
        campaign=application.campaign, applicant=zhamal, school=application.school
    )
    foreign = add(zhamal, other)
    for act in ("remove", "restore"):
        answer = browser.post(tile_url(application, "front"), {act: str(foreign.pk)})
        assert answer.status_code == 404
    nonsense = browser.post(tile_url(application, "front"), {"remove": "' OR 1=1"})
    assert (nonsense.status_code, present(other)) == (404, ["front"])


def test_a_benefit_of_another_campaign_cannot_be_named(
    browser: Client, application: Application, centre: Any
) -> None:
    now = timezone.now()
    campaign = Campaign.objects.create(
        slug="other",
        name_ru="Другая",
        centre=centre,
        opens_at=now,
        closes_at=now + timedelta(days=1),
        access_until=timezone.localdate(),
    )
    foreign = Benefit.objects.create(campaign=campaign, code="x", name_ru="Чужая", who_ru="—")
    keys = [f"benefit-{foreign.pk}", "benefit-0", "benefit", "benefit-x", "passport"]
    answers = [send(browser, application, key, jpeg()).status_code for key in keys]
    assert (answers, present(application)) == ([404] * 5, [])


def test_fields_that_are_not_asked_change_nothing(
    browser: Client, application: Application, bakyt: Person
) -> None:
    fields = {
        "slot": "face",
        "claim": "1",
        "added_by": str(bakyt.pk),
        "application": "00000000-0000-0000-0000-000000000000",
        "removed_at": "2020-01-01",
    }
    browser.post(tile_url(application, "front"), {"file": file(jpeg()), **fields})
    paper = Paper.objects.get()
    assert (paper.slot, paper.claim, paper.added_by_id, paper.application_id, paper.removed_at) == (
        "front",
        None,
        application.applicant_id,
        application.pk,
        None,
    )


def test_after_the_deadline_the_tile_is_refused(
    browser: Client, application: Application, campaign: Campaign
) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(closes_at=timezone.now())
    answer = send(by_script(browser), application, "front", jpeg())
    assert (answer.status_code, present(application)) == (403, [])
    assert "Регистрация закрылась" in answer.content.decode()


def test_too_many_tries_of_one_address_are_refused(
    browser: Client, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "OF_ADDRESS", limits.Rate("address", tries=2))
    answers = [send(by_script(browser), application, "front", b"x") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    told = ["Слишком много файлов" in answer.content.decode() for answer in answers]
    assert told == [False, False, True]


def test_the_limit_of_a_form_spares_the_neighbour_at_the_same_address(
    client_of: SignedIn,
    application: Application,
    zhamal: Person,
    aiperi: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "OF_FORM", limits.Rate("form", tries=1))
    other = Application.objects.create(
        campaign=application.campaign, applicant=zhamal, school=application.school
    )
    mine, theirs = by_script(client_of(aiperi)), by_script(client_of(zhamal))
    answers = [
        send(mine, application, "front", jpeg(1)),
        send(mine, application, "back", jpeg(2)),
        send(theirs, other, "front", jpeg(3)),
    ]
    assert [answer.status_code for answer in answers] == [200, 422, 200]


# --- the page of documents --------------------------------------------------------------


def test_the_kind_of_document_says_how_many_sides(
    browser: Client, application: Application
) -> None:
    kind = DocumentKind.objects.get(code="birth-certificate")
    Personal.objects.create(application=application, document_kind=kind)
    page = browser.get(page_url(application, "documents")).content.decode()
    assert [page.count(f'id="tile-{side}"') for side in ("front", "back")] == [1, 0]


def test_the_next_step_needs_both_sides(
    browser: Client, application: Application, aiperi: Person
) -> None:
    url = page_url(application, "documents")
    add(aiperi, application, FRONT, seed=1)
    refused = browser.post(url)
    assert refused.status_code == 422
    assert "Добавьте фото оборотной стороны документа" in refused.content.decode()
    add(aiperi, application, BACK, seed=2)
    assert browser.post(url)["Location"] == page_url(application, "face")


def test_the_benefit_without_a_document_offers_both_ways_out(
    browser: Client, application: Application, aiperi: Person, orphan: Benefit
) -> None:
    url = page_url(application, "documents")
    add(aiperi, application, FRONT, seed=1)
    add(aiperi, application, BACK, seed=2)
    browser.post(url, {"has_benefit": "on"})
    refused = browser.post(url)
    assert refused.status_code == 422
    assert "Добавьте документ о льготе или выключите «Я льготник»" in refused.content.decode()
    send(browser, application, proof_of(orphan).key, pdf(), token="t")
    assert browser.post(url)["Location"] == page_url(application, "face")
    browser.post(tile_url(application, proof_of(orphan).key), {"remove": proof_id(application)})
    browser.post(url, {"has_benefit": "off"})
    assert browser.post(url)["Location"] == page_url(application, "face")


def proof_id(application: Application) -> str:
    return str(Paper.objects.present().get(application=application, slot="benefit").pk)


def test_leaving_goes_home_without_judging(browser: Client, application: Application) -> None:
    for slug in ("documents", "face"):
        answer = browser.post(page_url(application, slug), {"act": "leave"})
        assert (answer.status_code, answer["Location"]) == (302, reverse("home"))


def test_the_list_of_benefits_stands_in_place(browser: Client, application: Application) -> None:
    page = browser.get(page_url(application, "documents")).content.decode()
    assert page.count("Дети, оставшиеся без родителей") == 1
    assert page.count("Решение суда или справка органа опеки") == 1


# --- the page of the face ---------------------------------------------------------------


def test_the_face_needs_photo_and_tick(
    browser: Client, application: Application, aiperi: Person
) -> None:
    url = page_url(application, "face")
    add(aiperi, application, FACE)
    refused = browser.post(url)
    assert refused.status_code == 422
    assert "Подтвердите, что фото не старше шести месяцев" in refused.content.decode()
    passed = browser.post(url, {"declared": "on"})
    assert passed["Location"] == reverse("exams:check", args=[application.pk])


def test_the_tick_saves_itself(browser: Client, application: Application) -> None:
    answer = browser.post(
        page_url(application, "face"), {"autosave": "1", "changed": "declared", "declared": "on"}
    )
    assert (answer.status_code, Face.objects.get().declared) == (200, True)
    assert answer.json()["status"].startswith("Сохранено в ")


def test_another_language_keeps_the_tick_and_saves_nothing(
    browser: Client, application: Application
) -> None:
    answer = browser.post(
        page_url(application, "face"), {"_language": "ky", "version": "0", "declared": "on"}
    )
    page = answer.content.decode()
    assert ('<html lang="ky"' in page, 'name="declared" checked' in page) == (True, True)
    assert Face.objects.count() == 0


def test_after_completion_the_pages_are_to_look_at(
    browser: Client, application: Application, aiperi: Person
) -> None:
    add(aiperi, application, FRONT)
    Application.objects.update(state="completed", completed_at=timezone.now())
    page = browser.get(page_url(application, "documents")).content.decode()
    assert [
        page.count(word) for word in ('name="remove"', "Следующий шаг", 'name="has_benefit"')
    ] == [
        0,
        0,
        1,
    ]
    face = browser.post(page_url(application, "face"), {"declared": "on"})
    assert (face.status_code, Face.objects.count()) == (403, 0)


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_asks_the_database_as_often_for_three_papers_as_for_one(
    number: int,
    browser: Client,
    application: Application,
    aiperi: Person,
    orphan: Benefit,
    django_assert_num_queries: Any,
) -> None:
    for seed in range(number):
        add(aiperi, application, proof_of(orphan), seed=seed)
    browser.get(page_url(application, "documents"))
    with django_assert_num_queries(6):
        browser.get(page_url(application, "documents"))
