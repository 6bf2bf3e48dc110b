"""Codes by e-mail: each browser has its own, few tries, however many come at once."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.utils import timezone

from kabinet.notifications.models import Letter
from kabinet.people import actions, codes, devices
from kabinet.people.codes import CodeRefused, Purpose, TooSoon
from kabinet.people.models import EmailCode, Person
from kabinet.people.tasks import destroy_expired
from tests.people.conftest import OWN, is_in, knock

pytestmark = pytest.mark.django_db
WHO = {"email": "elena@example.org", "purpose": Purpose.REGISTER}
HOME = "network:home"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-23T09:00:00+00:00", tick=False) as traveller:
        yield traveller


def issued(**more) -> EmailCode:
    return codes.issue(**{**WHO, "asker": HOME, "language": "ru", **more})


def code_of(row: EmailCode) -> str:
    return str(Letter.objects.get(ref=f"code:{row.pk}").params["code"])


def refuses(row: EmailCode, code: str) -> bool:
    try:
        codes.check(code_id=str(row.pk), code=code)
    except CodeRefused:
        return True
    return False


def issued_to(askers, **more) -> int:
    """How many of those who ask one after the other get a letter."""
    letters = 0
    for asker in askers:
        try:
            issued(asker=asker, **more)
            letters += 1
        except TooSoon:
            pass
    return letters


def seen(page: str) -> str:
    """What is read there but the form's own secret."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page)


def networks(count: int, times: int = 1) -> list[str]:
    return [f"network:{place}" for place in range(count) for _ in range(times)]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_the_right_code_works_once():
    row = issued()
    code = code_of(row)
    assert (refuses(row, code), refuses(row, code)) == (False, True)


def test_a_code_is_read_with_its_spaces():
    row = issued()
    code = code_of(row)
    assert not refuses(row, f" {code[:3]} {code[3:]} ")


def test_a_code_is_of_its_asker_address_and_purpose_only():
    row = issued()
    others = [issued(), issued(email="other@example.org"), issued(purpose=Purpose.RESET)]
    code = code_of(row)
    for other in others:
        assert code_of(other) == code or refuses(other, code)
    assert not refuses(row, code)


def test_letters_to_an_address_are_counted_in_any_case_of_it():
    issued(email="Elena@Example.org")
    assert [row.email for row in EmailCode.objects.all()] == ["elena@example.org"]


def test_nothing_stored_tells_the_code():
    row = issued()
    assert code_of(row) not in row.digest
    assert Letter.objects.get().rendered[0] == f"Код регистрации: {code_of(row)}"


def test_after_five_wrong_tries_the_right_one_is_refused_too():
    row = issued()
    code = code_of(row)
    assert [refuses(row, wrong(code)) for _ in range(codes.MOST_TRIES)] == [True] * codes.MOST_TRIES
    assert refuses(row, code)


def test_tries_of_others_burn_their_own_codes_only():
    row = issued()
    for strange in networks(4):
        theirs = issued(asker=strange)
        for _ in range(codes.MOST_TRIES):
            refuses(theirs, wrong(code_of(row)))
    assert not refuses(row, code_of(row))


def test_without_a_letter_there_is_nothing_to_guess():
    with pytest.raises(CodeRefused):
        codes.check(code_id="", code="000000")


def test_a_code_expires(clock):
    row = issued()
    clock.shift(codes.LIFE)
    assert refuses(row, code_of(row))


def test_one_asker_gets_five_letters_an_hour_and_ten_a_day(clock):
    def letters() -> int:
        return issued_to([HOME] * 8)

    got = []
    for hours in (0, 1, 1, 21, 1):
        clock.shift(timedelta(hours=hours))
        got.append(letters())
    assert got == [5, 5, 0, 0, 5]


def test_whoever_uses_up_a_network_leaves_the_others(clock):
    stranger, victim = networks(2)
    assert issued_to([stranger] * 20) == 5
    assert issued_to([victim]) == 1


def test_an_address_bears_thirty_letters_a_day_from_all_strangers_together(clock):
    assert issued_to(networks(12, times=5)) == 30
    with pytest.raises(TooSoon) as too_soon:
        issued()
    assert too_soon.value.seconds == 24 * 3600
    assert issued(email="other@example.org")
    clock.shift(timedelta(days=1))
    assert issued()


def test_a_known_device_gets_its_letter_all_the_same():
    issued_to(networks(12, times=5))
    known = "device:elena"
    assert issued_to([known] * 8) == 5


def test_an_address_without_a_code_waits_like_any_other():
    for _ in range(5):
        codes.issue_none(**WHO, asker=HOME, language="ru", letter="code.known")
    with pytest.raises(TooSoon):
        issued()
    row = EmailCode.objects.get(number=1)
    assert refuses(row, "000000")
    assert Letter.objects.first().rendered[0] == "У вас уже есть кабинет"
    assert row.expires_at > timezone.now()


def test_codes_of_yesterday_are_forgotten_at_night(clock):
    issued()
    clock.shift(timedelta(days=1))
    kept = issued(email="other@example.org")
    destroy_expired.call_local()
    clock.shift(timedelta(seconds=1))
    destroy_expired.call_local()
    assert list(EmailCode.objects.all()) == [kept]


@pytest.fixture
def settled(opened) -> Person:
    """Aiperi with an own password and an address."""
    actions.set_own_password(person=opened.person, raw=OWN)
    Person.objects.filter(pk=opened.person.pk).update(email="aiperi@example.org")
    return Person.objects.get(pk=opened.person.pk)


def away(browser: Client) -> Client:
    """The same device, signed out, in a network nobody has asked from."""
    browser.post("/sign-out/")
    browser.defaults["REMOTE_ADDR"] = "10.9.9.9"
    return browser


def test_a_device_is_known_for_who_has_signed_in_from_it(settled, zhamal):
    browser = Client()
    knock(browser, "0555204118", OWN)
    request = RequestFactory().get("/")
    request.COOKIES = {devices.COOKIE: browser.cookies[devices.COOKIE].value}
    assert devices.known(request, settled)
    assert (devices.known(request, zhamal), devices.known(request, None)) == ("", "")
    request.COOKIES = {devices.COOKIE: "x" * 22 + "." + "0" * 32}
    assert devices.known(request, settled) == ""


def test_who_burns_the_tries_of_a_login_does_not_lock_out_a_known_device(settled):
    browser = Client()
    knock(browser, "0555204118", OWN)
    stranger = Client(REMOTE_ADDR="10.0.0.1")
    for _ in range(6):
        knock(stranger, "0555204118", "не тот пароль")
    assert knock(Client(REMOTE_ADDR="10.0.0.2"), "0555204118", OWN).status_code == 429
    knock(away(browser), "0555204118", OWN)
    assert is_in(browser)


def test_a_known_device_has_its_five_tries_and_no_more(settled):
    browser = Client()
    knock(browser, "0555204118", OWN)
    away(browser)
    for _ in range(5):
        knock(browser, "0555204118", "не тот пароль")
    knock(browser, "0555204118", OWN)
    assert not is_in(browser)


def test_a_strange_computer_is_forgotten(settled):
    browser = Client()
    knock(browser, "0555204118", OWN)
    browser.post("/sign-out/")
    knock(browser, "0555204118", OWN, strange_computer="on")
    request = RequestFactory().get("/")
    request.COOKIES = {devices.COOKIE: browser.cookies[devices.COOKIE].value}
    assert devices.known(request, settled) == ""


def test_a_forgotten_password_is_asked_for_from_a_known_device_when_all_else_is_used_up(settled):
    browser = Client()
    knock(browser, "0555204118", OWN)
    away(browser)
    asked = {"purpose": Purpose.RESET, "email": settled.email}
    assert issued_to(networks(12, times=5), **asked) == 30
    stranger = Client(REMOTE_ADDR="10.0.0.3")
    pages = [
        each.post("/forgotten/", {"email": settled.email}, follow=True).content.decode()
        for each in (stranger, browser)
    ]
    assert ["Мы отправили письмо" in page for page in pages] == [False, True]
    assert "Новое письмо можно отправить 24 ноября после 15:00" in pages[0].replace("\xa0", " ")


def test_an_address_whose_letters_are_used_up_looks_the_same_whether_known_or_not(settled):
    def page(email: str) -> str:
        issued_to(networks(12, times=5), purpose=Purpose.RESET, email=email)
        answer = Client().post("/forgotten/", {"email": email}, follow=True)
        return seen(answer.content.decode()).replace(email, "")

    assert page(settled.email) == page("nobody@example.org")
