"""Passwords replaced from above, set by their owner, and ended."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.test import Client
from django.utils import timezone

from kabinet.audit import journal
from kabinet.audit.models import Details, Event
from kabinet.people import access, actions
from kabinet.people.access import Refused
from kabinet.people.models import FirstPassword, Person, Post
from tests.people.conftest import OWN, is_in, knock

pytestmark = pytest.mark.django_db


@pytest.fixture
def settled(opened) -> Person:
    actions.set_own_password(person=opened.person, raw=OWN)
    return opened.person


def test_replacing_gives_a_new_first_password_and_ends_every_session(settled, zhamal, client):
    knock(client, "0555204118", OWN)
    assert is_in(client)
    digits = actions.replace_password(actor=zhamal, person=settled, reason="потеряла")
    assert not is_in(client)
    assert knock(Client(), "0555204118", OWN).status_code == 200
    assert knock(Client(), "0555204118", digits)["Location"] == "/password/"


def test_replacing_is_one_event_with_its_reason(settled, zhamal):
    before = Event.objects.count()
    actions.replace_password(actor=zhamal, person=settled, reason="потеряла")
    event = Event.objects.order_by("id").last()
    assert Event.objects.count() == before + 1
    assert (event.verb, event.actor_id) == ("access.password_replaced", str(zhamal.pk))
    assert Details.objects.get(event=event).values == {"reason": "потеряла"}


def test_replacing_keeps_the_end_of_the_access(opened, zhamal, end):
    actions.replace_password(actor=zhamal, person=opened.person)
    assert FirstPassword.objects.get().expires_at == end


def test_replacing_an_own_password_lasts_two_weeks_unless_told(settled, zhamal, end):
    actions.replace_password(actor=zhamal, person=settled)
    left = FirstPassword.objects.get().expires_at - timezone.now()
    assert timedelta(days=13, hours=23) < left <= timedelta(days=14)
    actions.replace_password(actor=zhamal, person=settled, expires_at=end)
    assert FirstPassword.objects.get().expires_at == end


def test_nobody_replaces_their_own_password(zhamal):
    with pytest.raises(Refused):
        actions.replace_password(actor=zhamal, person=zhamal)


@pytest.mark.parametrize("who", ["bakyt", "aiperi"])
def test_who_does_not_stand_above_gets_nothing(who, request, zhamal):
    with pytest.raises(Http404):
        actions.replace_password(actor=request.getfixturevalue(who), person=zhamal)


def test_colleagues_are_not_above_each_other(zhamal, school):
    colleague = Person.objects.create_person(surname="Асанова", given_name="Асель")
    Post.objects.create(person=colleague, organisation=school, role="responsible")
    with pytest.raises(Http404):
        actions.replace_password(actor=zhamal, person=colleague)


def test_nobody_replaces_upwards(zhamal, daniyar):
    with pytest.raises(Http404):
        actions.replace_password(actor=zhamal, person=daniyar)


@pytest.mark.parametrize(("who", "whom"), [("daniyar", "zhamal"), ("aida", "daniyar")])
def test_who_stands_above_replaces(who, whom, request):
    digits = actions.replace_password(
        actor=request.getfixturevalue(who), person=request.getfixturevalue(whom)
    )
    assert len(digits) == 10


def test_a_school_cannot_take_over_its_graduate_who_holds_a_higher_post(
    zhamal, aiperi, other_district
):
    Post.objects.create(person=aiperi, organisation=other_district, role="district_officer")
    with pytest.raises(Refused):
        actions.replace_password(actor=zhamal, person=aiperi)


def test_a_school_cannot_take_over_an_administrator_of_the_site(zhamal, aiperi):
    Person.objects.filter(pk=aiperi.pk).update(is_staff=True)
    with pytest.raises(Refused):
        actions.replace_password(actor=zhamal, person=Person.objects.get(pk=aiperi.pk))


def test_setting_destroys_the_first_password_and_is_one_event(opened):
    before = Event.objects.count()
    actions.set_own_password(person=opened.person, raw=OWN)
    assert not FirstPassword.objects.exists()
    assert Event.objects.count() == before + 1
    assert Event.objects.order_by("id").last().verb == "person.password_set"


def test_setting_is_refused_when_the_password_changed_meanwhile(opened, zhamal):
    stale = Person.objects.get(pk=opened.person.pk)
    actions.replace_password(actor=zhamal, person=opened.person)
    with pytest.raises(actions.PasswordChanged):
        actions.set_own_password(person=stale, raw=OWN)
    assert FirstPassword.objects.count() == 1


def test_an_easy_password_is_refused_by_the_action_itself(opened):
    with pytest.raises(ValidationError):
        actions.set_own_password(person=opened.person, raw="короткий")
    assert FirstPassword.objects.count() == 1


def test_an_own_password_is_the_same_from_every_keyboard(opened):
    actions.set_own_password(person=opened.person, raw="мой весенний урожай")
    decomposed = "мои\N{COMBINING BREVE} весенний урожаи\N{COMBINING BREVE}"
    assert Person.objects.get(pk=opened.person.pk).check_password(decomposed)


def test_changing_keeps_this_session_and_ends_the_others(settled, client):
    other = Client()
    for browser in (client, other):
        knock(browser, "0555204118", OWN)
    response = client.post("/password/change/", {"password": "другие горы над озером"})
    assert response.status_code == 302
    assert is_in(client)
    assert not is_in(other)


def test_changing_asks_for_the_password_again_after_a_while(settled, client, time_machine_later):
    knock(client, "0555204118", OWN)
    with time_machine_later(minutes=16):
        assert client.get("/password/change/")["Location"].startswith("/confirm/")
        client.post("/confirm/?next=/password/change/", {"password": OWN})
        assert client.get("/password/change/").status_code == 200


def test_a_post_that_needs_the_password_goes_on_after_it(settled, client, time_machine_later):
    knock(client, "0555204118", OWN)
    with time_machine_later(minutes=16):
        asked = client.post("/email/", {"email": "aiperi@example.org"})
        assert asked["Location"].startswith("/confirm/")
        assert client.post(asked["Location"], {"password": OWN})["Location"] == "/email/code/"


def test_a_new_password_does_not_wait_in_the_session(settled, client, time_machine_later):
    """What is kept for after «Подтвердите пароль» lies in the database in clear."""
    knock(client, "0555204118", OWN)
    with time_machine_later(minutes=16):
        asked = client.post("/password/change/", {"password": "canary-4118-горы"})
        assert asked["Location"] == "/confirm/?next=/password/change/"
        assert "canary" not in str(dict(client.session))
        back = client.post(asked["Location"], {"password": OWN})
    assert back["Location"] == "/password/change/"
    assert Person.objects.get(pk=settled.pk).check_password(OWN)


def test_confirm_does_not_take_a_wrong_password(settled, client):
    knock(client, "0555204118", OWN)
    response = client.post("/confirm/", {"password": "не тот"})
    assert response.context["form"].errors["password"] == [
        "Пароль не подходит. Введите его ещё раз"
    ]


def test_ending_a_post_takes_its_rights_at_once(daniyar, zhamal, school):
    post = Post.objects.get(person=zhamal)
    Post.objects.filter(pk=post.pk).update(since="2025-09-01")
    actions.end_post(actor=daniyar, post=post, reason="уволилась")
    assert access.posts_of(Person.objects.get(pk=zhamal.pk)) == []
    assert Post.objects.get(pk=post.pk).until == timezone.localdate() - timedelta(days=1)
    assert Event.objects.get().verb == "post.ended"


def test_ending_a_post_of_today_leaves_nothing_of_it(opened, zhamal):
    actions.end_post(actor=zhamal, post=Post.objects.get(person=opened.person))
    assert not Post.objects.filter(person=opened.person).exists()
    assert not FirstPassword.objects.exists()


def test_nobody_ends_a_post_beside_or_above(zhamal, daniyar, bakyt):
    for other in (daniyar, bakyt, zhamal):
        with pytest.raises(Http404):
            actions.end_post(actor=zhamal, post=Post.objects.get(person=other))


def test_expired_first_passwords_are_destroyed_and_told(opened, end):
    assert actions.destroy_expired() == 0
    FirstPassword.objects.update(expires_at=timezone.now())
    assert actions.destroy_expired() == 1
    assert not FirstPassword.objects.exists()
    assert Event.objects.order_by("id").last().verb == "access.expired"


def test_the_journal_of_all_this_is_unbroken(opened, zhamal):
    actions.replace_password(actor=zhamal, person=opened.person)
    actions.set_own_password(person=Person.objects.get(pk=opened.person.pk), raw=OWN)
    assert list(journal.verify()) == []
