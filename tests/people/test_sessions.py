"""Sessions end when their person has gone; scripts that poll do not keep them alive."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from kabinet.people import actions
from tests.people.conftest import OWN, is_in, knock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def settled(opened):
    actions.set_own_password(person=opened.person, raw=OWN)


def test_half_an_hour_of_silence_ends_the_session(client, time_machine_later):
    knock(client, "0555204118", OWN)
    assert is_in(client)
    with time_machine_later(minutes=29):
        assert is_in(client)
    with time_machine_later(minutes=58):
        assert is_in(client)
    with time_machine_later(minutes=89):
        assert client.get("/history/")["Location"] == "/sign-in/?next=/history/"


def test_polls_do_not_keep_a_session_alive(client, time_machine_later):
    knock(client, "0555204118", OWN)
    assert is_in(client)
    with time_machine_later(minutes=20):
        assert client.get("/history/", headers={"X-Kabinet-Poll": "1"}).status_code == 200
    with time_machine_later(minutes=31):
        assert not is_in(client)


def test_a_strange_computer_forgets_after_ten_minutes(client, time_machine_later):
    knock(client, "0555204118", OWN, strange_computer="on")
    assert is_in(client)
    with time_machine_later(minutes=9):
        assert is_in(client)
    with time_machine_later(minutes=20):
        assert not is_in(client)


def test_the_next_person_at_the_same_browser_is_not_on_a_strange_computer(
    client, time_machine_later
):
    knock(client, "0555204118", OWN, strange_computer="on")
    client.post("/sign-out/")
    knock(client, "0555204118", OWN)
    assert is_in(client)
    with time_machine_later(minutes=20):
        assert is_in(client)


def test_no_session_outlives_twelve_hours(client, time_machine_later):
    knock(client, "0555204118", OWN)
    for minutes in range(0, 12 * 60, 25):
        with time_machine_later(minutes=minutes):
            assert is_in(client)
    with time_machine_later(minutes=12 * 60 + 2):
        assert not is_in(client)


def test_a_session_is_written_at_most_once_a_minute(
    client, time_machine_later, django_assert_num_queries
):
    knock(client, "0555204118", OWN)
    is_in(client)
    before = Session.objects.get().session_data
    with time_machine_later(seconds=50):
        is_in(client)
    assert Session.objects.get().session_data == before
    with time_machine_later(seconds=70):
        is_in(client)
    assert Session.objects.get().session_data != before


def test_the_cookie_dies_with_the_browser_and_is_not_for_scripts(client):
    cookie = knock(client, "0555204118", OWN).cookies["kabinet"]
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"], cookie["samesite"]) == (
        "",
        "",
        True,
        "Lax",
    )


def test_signing_out_ends_the_session_and_empties_the_browser(client):
    knock(client, "0555204118", OWN)
    key = client.cookies["kabinet"].value
    response = client.post("/sign-out/")
    assert (response.status_code, response["Location"]) == (302, "/sign-in/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(session_key=key).exists()
    assert not is_in(client)


def test_opening_the_page_of_signing_out_signs_nobody_out(client):
    knock(client, "0555204118", OWN)
    assert client.get("/sign-out/").status_code == 200
    assert is_in(client)


def test_signing_in_changes_the_key_of_the_session(client):
    client.get("/sign-in/")
    session = client.session
    session["planted"] = "yes"
    session.save()
    client.cookies["kabinet"] = session.session_key
    knock(client, "0555204118", OWN)
    assert client.cookies["kabinet"].value != session.session_key


def test_pages_are_never_stored(client):
    knock(client, "0555204118", OWN)
    assert "no-store" in client.get("/history/")["Cache-Control"]


def test_polls_of_strangers_are_harmless():
    assert Client().get("/history/", headers={"X-Kabinet-Poll": "1"}).status_code == 302
