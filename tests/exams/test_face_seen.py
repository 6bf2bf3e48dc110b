"""What the page of the face says of the photo: the list, the marks, the poll, «Оставить это»."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from kabinet.checks.models import Check
from kabinet.checks.queries import FaceReport
from kabinet.checks.reports import plain
from kabinet.core.photo.report import DECLARED, RULES, Report, RuleResult, Verdict
from kabinet.exams.models import Application, Campaign, Paper
from kabinet.exams.papers import rules
from kabinet.exams.papers.checklist import Mark, checklist_of
from kabinet.people.models import Person
from tests.exams.papers import FACE, FRONT, add, by_script, events, tile_url
from tests.vault.pictures import jpeg

SignedIn = Callable[[Person], Client]
SHADOW = RuleResult(
    "background_even", "fails", 30.0, 22.0, "background_even.spread", {}, (0.7, 0.1, 0.2, 0.5)
)
UNEVEN = RuleResult(
    "background_colour",
    "human",
    0.9,
    0.95,
    "background_colour.near_white",
    {},
    (0.7, 0.1, 0.2, 0.5),
)
GLASSES = RuleResult("glasses", "human", 0.2, 0.05, "glasses.bridge", {}, (0.3, 0.4, 0.36, 0.07))
TILTED = RuleResult(
    "head_straight", "fails", 15.0, 12.0, "head_straight.roll", {}, (0.2, 0.3, 0.5, 0.5)
)
ASIDE = RuleResult("framing", "fails", 0.3, 0.2, "framing.off_centre", {}, (0.2, 0.3, 0.5, 0.5))


def results(*found: RuleResult) -> tuple[RuleResult, ...]:
    """A whole report in which all is right but what was found."""
    by_name = {result.rule: result for result in found}
    return tuple(by_name.get(name) or _fine(name) for name in RULES)


def _fine(name: str) -> RuleResult:
    if name in DECLARED:
        return RuleResult(name, "human", None, None, f"{name}.declared", {})
    return RuleResult(name, "ok", 1.0, 2.0, f"{name}.ok", {})


def seen(*found: RuleResult) -> FaceReport:
    groups: dict[str, list[RuleResult]] = {"failed": [], "doubtful": [], "passed": [], "person": []}
    for result in results(*found):
        unmeasured = result.rule in DECLARED or result.message_key.startswith("unmeasured.")
        name = {"fails": "failed", "ok": "passed"}.get(result.verdict)
        groups[name or ("person" if unmeasured else "doubtful")].append(result)
    return FaceReport("done", **{name: tuple(told) for name, told in groups.items()})


def answered(paper: Paper, *found: RuleResult) -> None:
    """As if a worker had looked."""
    worst: Verdict = "fails" if any(result.verdict == "fails" for result in found) else "ok"
    report = Report(worst, results(*found), 900, 1200, "0" * 64, "0" * 64, "models-1", "ort-1")
    check = Check.objects.get(document=paper.document)
    check.done_at, check.verdict, check.report = timezone.now(), worst, plain(report)
    check.save()


# --- the list ---------------------------------------------------------------------------


def test_every_measure_belongs_to_one_rule() -> None:
    measures = [name for rule in rules.FACE for name in rule.measures]
    assert sorted(measures) == sorted(RULES)


def test_what_is_to_mend_stands_first_and_what_is_right_is_one_line_a_rule() -> None:
    listed = checklist_of(seen(GLASSES, SHADOW))
    assert [line.look for line in listed.lines] == ["n", "w", "y", "y", "y", "y", "p", "p"]
    assert [str(line.title) for line in listed.lines[:3]] == [
        "На фоне тень",
        "Похоже на очки",
        "Лицо одно, по центру, смотрит прямо в камеру",
    ]
    assert listed.lines[0].advice.startswith("Встаньте на шаг от стены")
    assert (listed.failed, listed.doubtful, listed.good, listed.total) == (1, 1, 6, 8)


def test_a_doubt_is_silent_beside_a_failure_of_the_same_rule() -> None:
    listed = checklist_of(seen(SHADOW, UNEVEN))
    assert [line.title for line in listed.lines if line.look in "nw"] == ["На фоне тень"]


def test_another_person_on_the_picture_is_the_one_thing_to_mend() -> None:
    second = RuleResult("one_face", "fails", 0.9, 0.3, "one_face.second", {}, (0.6, 0.3, 0.2, 0.3))
    listed = checklist_of(seen(second, ASIDE, TILTED))
    assert [line.title for line in listed.lines if line.look == "n"] == ["На фото ещё одно лицо"]


def test_lines_about_one_place_share_its_number_on_the_picture() -> None:
    listed = checklist_of(seen(SHADOW, TILTED, ASIDE))
    assert [(line.number, line.title) for line in listed.lines[:3]] == [
        (1, "Лицо сбоку"),
        (1, "Голова наклонена к плечу"),
        (2, "На фоне тень"),
    ]
    marks = listed.marks(1333)
    assert [(mark.number, mark.left, mark.top) for mark in marks] == [(1, 200, 400), (2, 700, 133)]
    assert Mark("n", 1, 700, 0, 90, 90).badge == (700, 48)  # no number is cut by the edge


def test_what_the_file_says_of_itself_is_told_beside_what_a_person_judges() -> None:
    taken = RuleResult("age", "human", None, None, "age.taken", {"taken": "01.02.2024"})
    titles = [line.title for line in checklist_of(seen(taken)).lines if line.look == "p"]
    assert titles[-1] == "Снято 01.02.2024"
    assert len(titles) == 3


def test_without_a_face_the_rest_is_checked_later_and_without_models_by_a_person() -> None:
    hidden = [
        RuleResult(name, "human", None, None, "unmeasured.no_face", {})
        for name in RULES
        if name not in {"file", "one_face"} | DECLARED
    ]
    nobody = RuleResult("one_face", "fails", 0.0, 0.0, "one_face.none", {})
    listed = checklist_of(seen(nobody, *hidden))
    assert [line.look for line in listed.lines] == ["n"] + ["p"] * 7
    assert listed.lines[1].advice == "Проверим, когда на фото будет видно лицо"

    guesses = [
        RuleResult("size", "human", 900.0, 240.0, "size.short_side", {"width": 9, "height": 9}),
        RuleResult("colour", "human", None, None, "colour.plain", {}),
    ]
    blind = [
        RuleResult(result.rule, "human", None, None, "unmeasured.no_models", {})
        for result in [nobody, *hidden]
        if result.rule not in {"size", "colour"}
    ]
    assert {line.look for line in checklist_of(seen(*guesses, *blind)).lines} == {"p"}


@pytest.mark.parametrize(
    ("language", "title", "rule"),
    [
        ("ky", "Артыңызда көлөкө бар", "Бир гана жүз, ортодо, камерага түз карайт"),
        ("en", "There is a shadow", "One face, in the centre, looking straight into the camera"),
    ],
)
def test_the_list_speaks_the_language_of_the_page(language: str, title: str, rule: str) -> None:
    with translation.override(language):
        listed = checklist_of(seen(SHADOW))
        assert listed.lines[0].title == title
        assert str(listed.lines[1].title) == rule


# --- the page ---------------------------------------------------------------------------


@pytest.fixture
def browser(client_of: SignedIn, aiperi: Person) -> Client:
    return client_of(aiperi)


@pytest.fixture
def photo(aiperi: Person, application: Application) -> Paper:
    return add(aiperi, application, FACE)


def face_url(application: Application) -> str:
    return reverse("exams:face", args=[application.pk])


def piece_url(application: Application) -> str:
    return reverse("exams:face_seen", args=[application.pk])


def heading(answer: HttpResponse) -> str:
    found = re.search(r'class="phead"><h2>(.*?)</h2>', answer.content.decode())
    assert found
    return found[1]


def buttons(answer: HttpResponse) -> list[str]:
    bar = answer.content.decode().split('id="bar"')[1].split("</div>")[0]
    return [
        re.sub("<.*?>", "", text)
        for text in re.findall(r"<(?:a|button|label)\b.*?>(.*?)</(?:a|button|label)>", bar)
    ]


def test_the_page_follows_what_becomes_of_the_photo(
    browser: Client, aiperi: Person, application: Application
) -> None:
    url = face_url(application)
    told = []

    def look() -> None:
        answer = browser.get(url)
        told.append((heading(answer), buttons(answer)))

    look()
    paper = add(aiperi, application, FACE)
    look()
    Check.objects.update(asked_at=timezone.now() - timedelta(minutes=1))
    look()
    for found in ([SHADOW, TILTED], [GLASSES], []):
        answered(paper, *found)
        look()
    Check.objects.all().delete()
    look()
    assert told == [
        ("Каким должно быть фото", ["Снять фото", "Выбрать файл"]),
        ("Проверяем фото…", ["Продолжить", "Переснять"]),
        ("Проверим позже, можно идти дальше", ["Продолжить", "Переснять"]),
        ("Исправьте два замечания", ["Переснять", "Оставить это"]),
        ("Есть вопрос к фото", ["Продолжить", "Переснять"]),
        ("Фото подходит", ["Продолжить", "Переснять"]),
        ("Фото посмотрит сотрудник", ["Продолжить", "Переснять"]),
    ]


def test_a_script_asks_until_the_answer_is_there(
    browser: Client, application: Application, photo: Paper
) -> None:
    page = browser.get(face_url(application)).content.decode()
    url = f"{piece_url(application)}?waiting"
    assert page.count(f'hx-get="{url}" hx-trigger="every 1s"') == 1
    assert page.count("""hx-headers='{"X-Kabinet-Poll": "1"}'""") == 1
    assert browser.get(url).status_code == 204
    answered(photo, SHADOW)
    piece = browser.get(url)
    text = piece.content.decode()
    assert (piece.status_code, heading(piece)) == (200, "Исправьте одно замечание")
    assert ("every 1s" in text, text.count('hx-swap-oob="true"')) == (False, 3)
    assert buttons(piece) == ["Переснять", "Оставить это"]
    assert '<rect x="700" y="133"' in text


def test_asking_ends_when_nobody_answers(
    browser: Client, application: Application, photo: Paper
) -> None:
    Check.objects.update(asked_at=timezone.now() - timedelta(seconds=21))
    piece = browser.get(f"{piece_url(application)}?waiting")
    assert heading(piece) == "Проверим позже, можно идти дальше"
    assert "every 1s" not in piece.content.decode()
    assert f'<a href="{face_url(application)}">Обновить</a>' in piece.content.decode()


def test_a_new_photo_is_drawn_without_the_old_marks(
    browser: Client, application: Application, photo: Paper
) -> None:
    answered(photo, SHADOW)
    upload = {"file": (jpeg_file(2)), "token": "t"}
    tile = by_script(browser).post(tile_url(application, "face"), upload).content.decode()
    assert ('id="tile-face"' in tile, 'id="marks"' in tile, "<rect x=" in tile) == (
        True,
        True,
        False,
    )


def jpeg_file(seed: int) -> Any:
    return SimpleUploadedFile("IMG_1.jpg", jpeg(seed))


# --- keeping it, going on ---------------------------------------------------------------


def test_keeping_a_photo_with_remarks_goes_on_and_is_marked_once(
    browser: Client, application: Application, aiperi: Person, photo: Paper
) -> None:
    answered(photo, SHADOW)
    for _ in range(2):
        answer = browser.post(face_url(application), {"declared": "on", "keep": str(photo.pk)})
        assert answer["Location"] == reverse("exams:check", args=[application.pk])
    check = Check.objects.get(document=photo.document)
    (event,) = events("check.kept")
    assert (check.kept_by, event.actor_id) == (aiperi, str(aiperi.pk))
    shown = browser.get(face_url(application))
    assert (heading(shown), buttons(shown)) == (
        "Фото оставлено как есть",
        ["Продолжить", "Переснять"],
    )
    assert "На фоне тень" in shown.content.decode()


def test_keeping_without_the_tick_says_what_is_missing(
    browser: Client, application: Application, photo: Paper
) -> None:
    answered(photo, SHADOW)
    answer = browser.post(face_url(application), {"keep": str(photo.pk)})
    assert (answer.status_code, heading(answer)) == (422, "Фото оставлено как есть")


def test_only_the_photo_that_was_seen_is_kept(
    browser: Client, application: Application, aiperi: Person, photo: Paper
) -> None:
    other = add(aiperi, application, FACE, seed=2)
    front = add(aiperi, application, FRONT, seed=3)
    for paper in (photo, front):
        browser.post(face_url(application), {"declared": "on", "keep": str(paper.pk)})
    answer = browser.post(face_url(application), {"keep": "' OR 1=1"})
    assert answer.status_code == 404
    assert [other.pk, Check.objects.filter(kept_at__isnull=False).count()] == [other.pk, 0]


def test_a_stranger_keeps_nothing(
    client_of: SignedIn, bakyt: Person, application: Application, photo: Paper
) -> None:
    stranger = client_of(bakyt)
    answer = stranger.post(face_url(application), {"keep": str(photo.pk)})
    assert (answer.status_code, stranger.get(piece_url(application)).status_code) == (404, 404)
    assert Check.objects.filter(kept_at__isnull=False).count() == 0


def test_who_goes_on_before_the_answer_is_shown_it_once(
    browser: Client, application: Application, photo: Paper
) -> None:
    url, check_url = face_url(application), reverse("exams:check", args=[application.pk])
    sent = {"declared": "on", "shown": "waiting"}
    assert browser.post(url, sent)["Location"] == check_url
    answered(photo, SHADOW)
    shown = browser.post(url, sent)
    assert (shown.status_code, heading(shown)) == (200, "Исправьте одно замечание")
    assert browser.post(url, {**sent, "shown": "failed"})["Location"] == check_url
    assert browser.post(url, {**sent, "act": "leave"})["Location"] == reverse("home")


def test_with_checks_switched_off_a_person_looks(
    browser: Client, aiperi: Person, application: Application, settings: Any
) -> None:
    settings.CHECKS = False
    add(aiperi, application, FACE)
    answer = browser.get(face_url(application))
    assert (heading(answer), "every 1s" in answer.content.decode()) == (
        "Фото посмотрит сотрудник",
        False,
    )


def test_the_check_page_tells_of_a_remark_that_came_later(
    browser: Client, application: Application, photo: Paper
) -> None:
    url = reverse("exams:check", args=[application.pk])
    told = "Замечание к фото: «На фоне тень»"
    pages = [browser.get(url).content.decode()]
    answered(photo, SHADOW, GLASSES)
    pages.append(browser.get(url).content.decode())
    browser.post(face_url(application), {"declared": "on", "keep": str(photo.pk)})
    pages.append(browser.get(url).content.decode())
    assert [told in page for page in pages] == [False, True, False]


def test_a_closed_form_shows_remarks_without_asking_for_another_photo(
    browser: Client, application: Application, photo: Paper
) -> None:
    answered(photo, SHADOW)
    Campaign.objects.update(closes_at=timezone.now())
    answer = browser.get(face_url(application))
    assert (heading(answer), buttons(answer)) == ("К фото есть замечания", [])


def test_each_asking_costs_four_statements(
    browser: Client, application: Application, photo: Paper, django_assert_num_queries: Any
) -> None:
    url = f"{piece_url(application)}?waiting"
    browser.get(url)
    with django_assert_num_queries(4):
        assert browser.get(url).status_code == 204


# --- the camera -------------------------------------------------------------------------


def test_only_the_page_of_the_face_may_use_the_camera(
    browser: Client, application: Application
) -> None:
    face = browser.get(face_url(application))["Permissions-Policy"]
    hub = browser.get(reverse("exams:form", args=[application.pk]))["Permissions-Policy"]
    assert (face, hub) == ("camera=(self)", "camera=(), microphone=(), geolocation=()")


def test_the_camera_weighs_at_most_ten_kilobytes() -> None:
    script = Path(rules.__file__).parents[1] / "static/exams/camera.js"
    assert len(script.read_bytes()) <= 10 * 1024  # docs/decisions/0007
