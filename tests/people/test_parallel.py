"""Several at once at the same door: one effect, whoever is faster."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from kabinet.audit import journal
from kabinet.audit.models import Event
from kabinet.notifications.models import Letter
from kabinet.people import actions, codes
from kabinet.people.models import EmailCode, FirstPassword, Person
from tests.people.conftest import AIPERI, is_in, knock

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6
ELENA = {"email": "elena@example.org", "purpose": "register", "language": "ru"}


def together(work: Callable[[int], Any]) -> list[Any]:
    """What each of the workers returned who all began at the same moment."""
    start = Barrier(AT_ONCE)

    def begin(place: int) -> Any:
        try:
            start.wait(20)
            return work(place)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(begin, range(AT_ONCE)))


def test_of_parallel_first_sign_ins_exactly_one_succeeds(opened):
    clients = [Client(REMOTE_ADDR=f"10.0.0.{place}") for place in range(AT_ONCE)]
    for client in clients:
        assert knock(client, "0555204118", opened.first_password)["Location"] == "/password/"

    def settle(place: int) -> str:
        response = clients[place].post("/password/", {"password": f"ветер над горой {place}"})
        return str(response["Location"])

    answers = together(settle)
    assert sorted(answers) == ["/history/"] + ["/sign-in/"] * (AT_ONCE - 1)
    winner = answers.index("/history/")
    assert [is_in(client) for client in clients] == [place == winner for place in range(AT_ONCE)]
    assert Person.objects.get(pk=opened.person.pk).check_password(f"ветер над горой {winner}")
    assert not FirstPassword.objects.exists()
    assert Event.objects.filter(verb="person.password_set").count() == 1
    assert list(journal.verify()) == []


def test_a_double_click_opens_one_access(open_graduates):
    opened = together(lambda place: open_graduates(AIPERI)[0])
    assert sorted(one.created for one in opened) == [False] * (AT_ONCE - 1) + [True]
    assert len({one.first_password for one in opened}) == 1
    assert Person.objects.filter(posts__role="graduate").count() == 1
    assert Event.objects.filter(verb="access.opened").count() == 1


def test_parallel_replacements_leave_one_first_password(opened, zhamal):
    digits = together(lambda place: actions.replace_password(actor=zhamal, person=opened.person))
    last = actions.first_passwords(actor=zhamal, people=[opened.person])[opened.person.pk]
    assert last in digits
    assert len(set(digits)) == AT_ONCE
    assert list(journal.verify()) == []


def test_of_many_parallel_guesses_of_a_code_five_are_judged(monkeypatch, transactional_db):
    row = codes.issue(**ELENA, asker="network:home")
    code = Letter.objects.get().params["code"]
    judged = []
    compare = codes.constant_time_compare
    monkeypatch.setattr(
        codes, "constant_time_compare", lambda a, b: judged.append(a) or compare(a, b)
    )

    def guess(place: int) -> None:
        for turn in range(3):
            wrong = f"{(int(code) + 1 + place * 3 + turn) % 10**6:06}"
            with pytest.raises(codes.CodeRefused):
                codes.check(code_id=str(row.pk), code=wrong)

    together(guess)
    assert len(judged) == codes.MOST_TRIES


def test_of_many_letters_asked_for_at_once_the_address_gets_no_more_than_a_day_bears(
    monkeypatch, transactional_db
):
    monkeypatch.setattr(codes, "OF_STRANGERS", ((4, timedelta(days=1)),))

    def ask(place: int) -> None:
        for _ in range(3):
            with suppress(codes.TooSoon):
                codes.issue(**ELENA, asker=f"network:{place}")

    together(ask)
    assert 1 <= EmailCode.objects.count() == Letter.objects.count() <= 4
    for later in range(AT_ONCE, 2 * AT_ONCE):  # who lost the same number to another asks again
        ask(later)
    assert EmailCode.objects.count() == Letter.objects.count() == 4


def test_a_right_code_typed_several_times_at_once_is_taken_once(transactional_db):
    row = codes.issue(**ELENA, asker="network:home")
    code = Letter.objects.get().params["code"]

    def take(place: int) -> bool:
        try:
            codes.check(code_id=str(row.pk), code=code)
        except codes.CodeRefused:
            return False
        return True

    assert sum(together(take)) == 1
