"""«Что дальше» in plain words for every state of a form."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kabinet.cabinets.next_steps import next_step
from kabinet.cabinets.queries.graduates import detailed, listed
from kabinet.exams.models import Application, Reopening
from kabinet.payments.actions import add_receipt, set_charge
from kabinet.payments.models import Receipt
from kabinet.people.actions import set_own_password
from kabinet.people.models import FirstPassword, Person
from kabinet.ui.templatetags.kabinet import daymonth

ALL = ["personal", "address", "subjects", "documents", "face"]


@pytest.fixture
def step(campaign, school, graduates, zhamal):
    [form] = graduates(1)

    def of(*, is_open=True, signed_in=False, **facts) -> tuple[str, str]:
        if signed_in:
            Person.objects.filter(pk=form.applicant_id).update(last_login=timezone.now())
        Application.objects.filter(pk=form.pk).update(**facts)
        row = detailed(listed(school, campaign)).get(pk=form.pk)
        found = next_step(row, is_open=is_open)
        return found.lead, found.text

    of.form = form
    of.actor = zhamal
    return of


def charge(step, receipt_state: str = "", reason: str = "") -> Receipt | None:
    form = step.form
    owed = set_charge(
        actor=step.actor,
        payer=form.applicant,
        organisation=form.school,
        subject=form,
        amount=141000,
        lines=[],
    )
    if not receipt_state:
        return None
    receipt = add_receipt(
        actor=step.actor,
        charge=owed,
        receipt_id="7d1f7c5e-58b0-4f0e-9a58-6c5f4e1f0d11",
        channel="bank",
        amount=141000,
        number="4410-228",
    )
    receipt.state, receipt.reason, receipt.decided_at = receipt_state, reason, timezone.now()
    receipt.save()
    return receipt


def completed(payment: str) -> dict:
    return {"state": "completed", "completed_at": timezone.now(), "payment": payment}


def test_before_the_first_sign_in(step):
    today = daymonth(timezone.localdate())
    assert step() == ("", f"Доступ выдан {today}, входа ещё не было")


def test_with_an_expired_first_password(step):
    FirstPassword.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert step() == ("Первый пароль истёк:", "нажмите «Изменить пароль»")


def test_after_the_first_sign_in(step):
    assert step(signed_in=True) == ("", "Дальше: личные данные")


def test_whoever_has_an_own_password_has_come_in(step):
    set_own_password(person=step.form.applicant, raw="үч-алма-эки-нан")
    assert step() == ("", "Дальше: личные данные")


@pytest.mark.parametrize(
    ("right", "text"),
    [
        ([], "Дальше: личные данные"),
        (["personal"], "Дальше: адрес проживания"),
        (["address"], "Дальше: личные данные"),
        (ALL[:4], "Дальше: фото лица"),
        (ALL, "Дальше: проверить и завершить"),
    ],
)
def test_of_a_draft_it_is_the_first_page_that_is_not_right(step, right, text):
    assert step(state="draft", pages_right=right) == ("", text)


def test_after_the_deadline(step):
    assert step(state="draft", is_open=False) == ("", "Не завершён, регистрация закрыта")


def test_after_completion_the_sum_is_named(step):
    charge(step)
    assert step(**completed("none")) == ("", "Добавить квитанцию, 1\xa0410\xa0сом")


def test_with_a_receipt_in_review(step):
    receipt = charge(step, "in_review")
    day = daymonth(receipt.added_at)
    assert step(**completed("in_review")) == ("", f"Квитанция на проверке с {day}")


def test_with_a_refused_receipt_the_reason_is_named(step):
    charge(step, "rejected", "Номера нет в выписке банка")
    assert step(**completed("rejected")) == ("Исправить оплату:", "номера нет в выписке банка")


def test_with_a_confirmed_receipt(step):
    receipt = charge(step, "confirmed")
    day = daymonth(receipt.decided_at)
    assert step(**completed("settled")) == ("", f"Оплата подтверждена {day}")


def test_a_cancelled_receipt_does_not_count(step):
    charge(step, "cancelled")
    assert step(**completed("none")) == ("", "Добавить квитанцию, 1\xa0410\xa0сом")


def test_a_reopened_page_comes_first(step):
    Reopening.objects.create(
        application=step.form, page="address", reason="Переехали", opened_by=step.actor
    )
    assert step(**completed("settled")) == ("Исправить страницу:", "адрес проживания")
