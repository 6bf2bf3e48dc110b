"""``/`` leads everybody to their own page."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kabinet.people.models import Post
from tests.conftest import at, person


def test_home_of_a_stranger_is_the_door(db):
    response = Client().get("/")
    assert (response.status_code, response["Location"]) == (
        302,
        f"{reverse('account_login')}?next=/",
    )


def test_home_of_a_graduate_is_the_own_form(client_of, aiperi, application):
    response = client_of(aiperi).get("/")
    assert response["Location"] == reverse("exams:form", args=[application.pk])


def test_home_of_a_responsible_is_the_school(client_of, zhamal, school):
    assert client_of(zhamal).get("/")["Location"] == reverse("cabinets:school", args=[school.pk])


def test_home_of_an_officer_is_the_district(client_of, daniyar, district):
    response = client_of(daniyar).get("/")
    assert response["Location"] == reverse("cabinets:district", args=[district.pk])


def test_home_of_an_administrator_is_the_centre(client_of, aida):
    assert client_of(aida).get("/")["Location"] == reverse("cabinets:centre")


def test_home_with_two_posts_is_a_choice(client_of, zhamal, school, other_school):
    at(zhamal, other_school, Post.Role.RESPONSIBLE)
    response = client_of(zhamal).get("/")
    assert [home.address for home in response.context["homes"]] == [
        reverse("cabinets:school", args=[school.pk]),
        reverse("cabinets:school", args=[other_school.pk]),
    ]


def test_home_of_a_graduate_without_a_form_says_whom_to_ask(client_of, aiperi, campaign):
    response = client_of(aiperi).get("/")
    assert response.status_code == 200
    assert "доступ к бланку открывает школа" in response.content.decode()


def test_home_without_a_post_of_today_says_so(client_of, school):
    gone = person("Ушедшая", "Гүлнара", "", "+996555111222")
    yesterday = timezone.localdate() - timedelta(days=1)
    Post.objects.create(
        person=gone, organisation=school, role="responsible", since=yesterday, until=yesterday
    )
    response = client_of(gone).get("/")
    assert (response.status_code, response.context["homes"]) == (200, [])
    assert "Ваш доступ закрыт" in response.content.decode()
