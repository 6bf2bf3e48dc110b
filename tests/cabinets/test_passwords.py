"""«Изменить пароль» and the end of a post, from the school, the district and the centre."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kabinet.audit.models import Event
from kabinet.people.models import FirstPassword, Post


@pytest.fixture
def address(school, aiperi) -> str:
    return reverse("cabinets:school_password", args=[school.pk, aiperi.pk])


def test_a_new_first_password_is_shown_once_and_ends_the_sessions(
    client_of, zhamal, aiperi, application, address
):
    hers = client_of(aiperi)
    mine = client_of(zhamal)
    assert mine.get(address).status_code == 200
    assert mine.post(address, {"reason": "lost"})["Location"] == address
    handed = mine.get(address).context["handed"]
    assert (handed.how, len(handed.password)) == ("replaced", 12)
    assert handed.password in mine.get(address).content.decode()
    assert hers.get("/history/").status_code == 302
    aiperi.refresh_from_db()
    assert aiperi.has_own_password is False
    event = Event.objects.get(verb="access.password_replaced")
    assert (event.actor_id, event.person_id) == (str(zhamal.pk), str(aiperi.pk))
    assert event.details.values == {"reason": "lost"}


def test_the_new_first_password_lives_as_long_as_the_campaigns_accesses(
    client_of, zhamal, aiperi, campaign, address
):
    client_of(zhamal).post(address, {"reason": "asked"})
    assert FirstPassword.objects.get(person=aiperi).expires_at == campaign.access_ends_at


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({}, {"reason": ["Выберите причину"]}),
        ({"reason": "nonsense"}, {"reason"}),
        ({"reason": "other"}, {"told": ["Напишите причину: её увидят в журнале"]}),
    ],
)
def test_without_a_reason_nothing_changes(client_of, zhamal, address, typed, errors):
    response = client_of(zhamal).post(address, typed)
    found = response.context["form"].errors
    assert (response.status_code, set(found)) == (422, set(errors))
    assert Event.objects.filter(verb="access.password_replaced").count() == 0


def test_the_written_reason_goes_into_the_journal(client_of, zhamal, address):
    client_of(zhamal).post(address, {"reason": "other", "told": "Телефон украли"})
    event = Event.objects.get(verb="access.password_replaced")
    assert event.details.values == {"reason": "Телефон украли"}


def test_the_district_renews_the_responsibles_password_the_school_does_not(
    client_of, daniyar, zhamal, school, campaign
):
    address = reverse("cabinets:school_password", args=[school.pk, zhamal.pk])
    assert client_of(zhamal).get(address).status_code == 404
    client = client_of(daniyar)
    client.post(address, {"reason": "lost"})
    page = client.get(address)
    assert page.context["handed"].person == zhamal
    assert page.context["back"] == reverse("cabinets:district", args=[school.parent_id])


def test_the_centre_renews_an_officers_password(client_of, aida, daniyar, district, campaign):
    address = reverse("cabinets:district_password", args=[district.pk, daniyar.pk])
    client = client_of(aida)
    client.post(address, {"reason": "asked"})
    assert client.get(address).context["handed"].person == daniyar
    assert client_of(daniyar).get(address).status_code == 404


def test_a_person_is_found_only_at_a_place_of_theirs(client_of, aida, aiperi, other_school):
    address = reverse("cabinets:school_password", args=[other_school.pk, aiperi.pk])
    assert client_of(aida).get(address).status_code == 404


def test_somebody_with_a_post_elsewhere_is_left_to_the_centre(
    client_of, zhamal, aiperi, other_school, address
):
    Post.objects.create(person=aiperi, organisation=other_school, role="graduate")
    response = client_of(zhamal).get(address)
    assert response.status_code == 403
    assert "есть и другая должность" in response.content.decode()


def test_ending_a_post_opens_the_row_for_the_successor(
    client_of, daniyar, zhamal, school, campaign
):
    post = zhamal.posts.get()
    Post.objects.filter(pk=post.pk).update(since=timezone.localdate() - timedelta(days=3))
    hers, client = client_of(zhamal), client_of(daniyar)
    address = reverse("cabinets:end_post", args=[post.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    response = client.post(address, {"reason": "Ушла в отпуск"})
    home = reverse("cabinets:district", args=[school.parent_id])
    assert response["Location"] == f"{home}?place={school.pk}"
    assert client.get(f"{home}?place={school.pk}").context["form"]["place"].value() == str(
        school.pk
    )
    assert hers.get(reverse("cabinets:school", args=[school.pk])).status_code == 404
    assert Event.objects.get(verb="post.ended").details.values["reason"] == "Ушла в отпуск"


def test_nobody_ends_the_own_post_or_a_graduates(client_of, aida, zhamal, aiperi, daniyar):
    own = reverse("cabinets:end_post", args=[daniyar.posts.get().pk])
    hers = reverse("cabinets:end_post", args=[aiperi.posts.get().pk])
    assert client_of(daniyar).get(own).status_code == 404
    assert client_of(aida).get(hers).status_code == 404
    assert client_of(zhamal).get(hers).status_code == 404
