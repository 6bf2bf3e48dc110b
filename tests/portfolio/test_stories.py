"""What a student tells of: removed with an undo, thirty days in the bin, then destroyed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kabinet.audit.models import Event
from kabinet.people.access import Refused
from kabinet.portfolio import bin as the_bin
from kabinet.portfolio import limits, stories
from kabinet.portfolio.actions import Place, Upload, hand_in
from kabinet.portfolio.models import Achievement, Conference, Publication
from kabinet.vault.models import Document
from tests.portfolio.files import pdf

PROFILE = "/portfolio/"


@pytest.fixture
def client(client_of, ilya, study):
    return client_of(ilya)


@pytest.fixture
def story(client) -> Publication:
    file = SimpleUploadedFile("статья.pdf", pdf("статья"))
    told = {"title": "Оползни", "published_in": "Вестник", "file": file}
    client.post(reverse("portfolio:story_add", args=["publications"]), told)
    return Publication.objects.get()


def address(story: Publication) -> str:
    return reverse("portfolio:story", args=["publications", story.pk])


def removed(client, story) -> str:
    return client.post(address(story), {"remove": "1"})["Location"]


def test_removed_it_can_be_undone_on_the_same_page(client, story):
    back = removed(client, story)
    assert back == f"{PROFILE}?removed=publications.{story.pk}"
    page = client.get(back).content.decode()
    assert ("Удалено: Оползни" in page, 'name="restore"' in page) == (True, True)
    client.post(address(story), {"restore": "1"})
    story.refresh_from_db()
    assert story.removed_at is None
    assert "Удалено:" not in client.get(back).content.decode()
    verbs = list(Event.objects.filter(verb__startswith="story.").values_list("verb", flat=True))
    assert sorted(verbs) == ["story.added", "story.removed", "story.restored"]


def test_the_bin_holds_it_and_gives_it_back(client, story, study):
    removed(client, story)
    there = reverse("portfolio:bin", args=[study.pk])
    page = client.get(there).content.decode()
    assert ("Оползни" in page, "Публикация" in page, "ещё 30 дней" in page) == (True, True, True)
    assert client.get(address(story))["Location"] == there
    client.post(address(story), {"restore": "1"})
    assert "Корзина пуста" in client.get(there).content.decode()


def test_just_after_midnight_too_the_bin_counts_thirty_days(story, study, today, client_of, ilya):
    today.move_to(datetime(2026, 11, 23, 19, 30, tzinfo=UTC))  # half past one at night in Bishkek
    client = client_of(ilya)
    removed(client, story)
    page = client.get(reverse("portfolio:bin", args=[study.pk])).content.decode()
    assert "ещё 30 дней" in page


def test_a_file_beside_a_wrong_field_is_asked_for_again(client):
    there = reverse("portfolio:story_add", args=["publications"])
    told = {"title": "Оползни", "file": SimpleUploadedFile("статья.pdf", pdf("статья"))}
    answer = client.post(there, told)
    assert (answer.status_code, Publication.objects.count()) == (422, 0)
    assert "Выберите статья.pdf ещё раз" in answer.content.decode()
    assert "Выберите статья.pdf" not in client.post(there, {"title": "Оползни"}).content.decode()


def test_in_the_bin_it_is_the_students_alone(client, story, client_of, orlova, office):
    removed(client, story)
    kept = reverse("portfolio:story_file", args=["publications", story.pk])
    assert client.get(kept).status_code == 200
    for who in (orlova, office):
        assert client_of(who).get(kept).status_code == 404
        assert client_of(who).post(address(story), {"restore": "1"}).status_code == 404


def test_after_thirty_days_it_is_destroyed_with_its_document(client, story, today):
    removed(client, story)
    today.shift(29 * 24 * 3600)
    assert the_bin.purge() == 0
    today.shift(2 * 24 * 3600)
    assert (the_bin.purge(), the_bin.purge()) == (1, 0)
    assert (Publication.objects.count(), Document.objects.count()) == (0, 0)
    told = Event.objects.get(verb="story.destroyed")
    assert (told.actor_text, told.details.values) == ("Кабинет", {"files": 1})


def test_every_kind_of_story_is_purged_also_without_a_file(study):
    gone = timezone.now() - timedelta(days=31)
    for kind in (Publication, Conference, Achievement):
        kind.objects.create(enrolment=study, title="Старое", removed_at=gone)
        kind.objects.create(enrolment=study, title="Новое", removed_at=timezone.now())
    assert the_bin.purge() == 3
    assert [title for _key, each in stories.removed_of(study) for title in [each.title]] == [
        "Новое"
    ] * 3


def test_the_profile_is_as_many_statements_at_one_line_as_at_thirty(
    client, study, ilya, year, client_of, orlova
):
    def add(number: int) -> None:
        for kind in (Publication, Conference, Achievement):
            kind.objects.create(enrolment=study, title=f"№ {number}")
        upload = Upload(pdf(f"{number}"), f"{number}.pdf")
        hand_in(actor=ilya, enrolment=study, place=Place(), upload=upload)

    def statements(who, where: str) -> int:
        who.get(where)  # what is asked once per process is asked before
        with CaptureQueriesContext(connection) as asked:
            assert who.get(where).status_code == 200
        return len(asked)

    others = reverse("portfolio:portfolio", args=[study.pk])
    pages = ((client, PROFILE), (client_of(orlova), others))
    add(0)
    at_one = [statements(*page) for page in pages]
    for number in range(1, 10):
        add(number)
    assert [statements(*page) for page in pages] == at_one
    assert at_one[0] <= 14


def test_the_bin_is_as_many_statements_at_one_thing_as_at_ten(client, study):
    there = reverse("portfolio:bin", args=[study.pk])

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(there)
        return len(asked)

    Publication.objects.create(enrolment=study, title="1", removed_at=timezone.now())
    statements()
    at_one = statements()
    for number in range(9):
        Publication.objects.create(enrolment=study, title=f"{number}", removed_at=timezone.now())
    assert statements() == at_one


def test_files_of_stories_count_among_what_a_student_keeps(client, story, study, monkeypatch):
    monkeypatch.setattr(limits, "BYTES", story.document.size)
    with pytest.raises(Refused):
        limits.check_room(study)
