"""The outbox: told once, delivered once, nothing lost when somebody dies in between."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils import timezone

from kabinet.notifications import kinds
from kabinet.notifications.actions import notify, send_letter
from kabinet.notifications.delivery import MOST_ATTEMPTS, deliver, message_id
from kabinet.notifications.kinds import Kind
from kabinet.notifications.models import Letter, Message
from kabinet.notifications.tasks import sweep


@pytest.fixture(autouse=True)
def a_kind(settings, monkeypatch):
    settings.HUEY = {**settings.HUEY, "immediate": True}
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register({"report.returned": Kind("Отчёт вернули", "Замечание: %(remark)s\n%(link)s")})


@pytest.fixture
def elena(aiperi):
    aiperi.email = "elena@example.org"
    aiperi.save()
    return aiperi


def tell(elena, ref="report:1:returned"):
    notify(to=elena, kind="report.returned", ref=ref, params=SAID, link="/plan/")


SAID = {"remark": "подпись"}


class Broken(BaseEmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError("no mail server")


def test_one_happening_is_one_message_and_one_letter(elena):
    tell(elena)
    tell(elena)
    assert Message.objects.get().subject == "Отчёт вернули"
    assert Message.objects.count() == 1
    assert Letter.objects.count() == 1


def test_a_person_without_an_address_gets_only_the_message(aiperi):
    tell(aiperi)
    assert (Message.objects.count(), Letter.objects.count()) == (1, 0)


def test_a_letter_is_delivered_once_in_the_readers_language(elena):
    tell(elena)
    letter = Letter.objects.get()
    assert [deliver(letter.pk), deliver(letter.pk)] == [True, False]
    assert [m.to for m in mail.outbox] == [["elena@example.org"]]
    assert mail.outbox[0].subject == "Отчёт вернули"
    assert mail.outbox[0].body.startswith("Замечание: подпись\nhttp")


def test_what_the_letter_says_is_not_readable_in_the_database(elena):
    tell(elena)
    with connection.cursor() as cursor:
        cursor.execute("SELECT params FROM notifications_letter")
        sealed = bytes(cursor.fetchone()[0])
    assert "подпись".encode() not in sealed


def test_no_mail_server_means_later_not_never(elena, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    tell(elena)
    letter = Letter.objects.get()
    assert deliver(letter.pk) is False
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("queued", 1)
    assert letter.try_at > timezone.now()
    assert deliver(letter.pk) is False
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Letter.objects.update(try_at=timezone.now())
    sweep.call_local()
    assert len(mail.outbox) == 1


def test_after_many_tries_it_is_given_up_and_shown(elena, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    tell(elena)
    Letter.objects.update(attempts=MOST_ATTEMPTS - 1)
    deliver(Letter.objects.get().pk)
    assert Letter.objects.get().state == "failed"


def test_a_letter_whose_sender_died_is_found_after_its_lease_and_keeps_its_message_id(elena):
    tell(elena)
    Letter.objects.update(state="sending", lease_until=timezone.now() + timedelta(minutes=1))
    sweep.call_local()
    assert mail.outbox == []
    Letter.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    sweep.call_local()
    assert mail.outbox[0].extra_headers["Message-ID"] == message_id(Letter.objects.get())


def test_a_rolled_back_happening_tells_nothing(elena):
    with transaction.atomic():
        tell(elena)
        transaction.set_rollback(True)
    assert (Message.objects.count(), Letter.objects.count()) == (0, 0)


def test_a_letter_to_an_address_without_a_person(db):
    send_letter(
        to="new@example.org",
        kind="report.returned",
        ref="code:1",
        params={"remark": "123456"},
        language="ky",
    )
    assert Letter.objects.get().rendered[1].startswith("Замечание: 123456")


def test_messages_are_ones_own(elena, zhamal, client_of):
    tell(elena)
    message = Message.objects.get()
    assert client_of(zhamal).post(f"/messages/{message.pk}/").status_code == 404
    answer = client_of(elena).post(f"/messages/{message.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/plan/")
    message.refresh_from_db()
    assert message.read_at is not None


def test_an_address_that_cannot_be_written_holds_up_no_other_letter(elena):
    """Whoever asks for a code types the address: the label is longer than a domain can bear."""
    tell(elena)
    unwritable = f"a@{'я' * 60}.com"
    send_letter(to=unwritable, kind="report.returned", ref="bad", params=SAID, language="ru")
    sweep.call_local()
    assert dict(Letter.objects.values_list("address", "state")) == {
        "elena@example.org": "sent",
        unwritable: "queued",
    }
    Letter.objects.filter(address=unwritable).update(
        attempts=MOST_ATTEMPTS - 1, try_at=timezone.now()
    )
    sweep.call_local()
    assert Letter.objects.get(address=unwritable).state == "failed"


def test_a_subject_is_one_line_whatever_was_typed(elena):
    kinds.register({"two.lines": Kind("%(remark)s", "%(remark)s")})
    said = {"remark": "План\r\nBcc: all@example.org"}
    letter = send_letter(to=elena.email, kind="two.lines", ref="2", params=said, language="ru")
    assert deliver(letter.pk)
    assert (mail.outbox[0].subject, mail.outbox[0].bcc) == ("План Bcc: all@example.org", [])
