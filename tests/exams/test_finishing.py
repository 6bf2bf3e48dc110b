"""«Нажмите для завершения»: once, complete, in time; and what happens after it."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, connections
from django.http import Http404
from django.urls import reverse

from kabinet.audit.models import Event
from kabinet.core.sign import verify
from kabinet.exams import actions, grace
from kabinet.exams.access import check_can_edit
from kabinet.exams.models import Application, Subject, Submission
from kabinet.exams.receipts import signer
from kabinet.payments.models import Charge
from kabinet.people.access import Refused
from tests.exams.conftest import GOOD, add_paper, seen_by, type_in

SECOND = timedelta(seconds=1)


def test_finishing_charges_signs_and_tells_the_journal(filled, zhamal):
    finished = actions.finish(actor=zhamal, application=filled)
    form = Application.objects.get(pk=filled.pk)
    assert (form.state, form.payment, finished.again) == ("completed", "none", False)
    charge = Charge.objects.get()
    assert (charge.amount, charge.payer_id) == (141000, form.applicant_id)
    assert [line["code"] for line in charge.lines] == ["main", "chemistry", "biology"]
    told = verify(finished.submission.receipt, [signer().public_key]).payload
    assert (told["number"], told["version"], told["campaign"]) == (
        form.applicant.number,
        1,
        "ort-2027",
    )
    assert Event.objects.filter(verb="form.completed").count() == 1


def test_finishing_twice_is_finishing_once(filled, aiperi):
    first = actions.finish(actor=aiperi, application=filled)
    second = actions.finish(actor=aiperi, application=filled)
    assert (second.again, second.submission) == (True, first.submission)
    assert (Submission.objects.count(), Charge.objects.count()) == (1, 1)


def test_an_incomplete_form_is_refused_with_what_is_missing(application, aiperi):
    type_in(application, aiperi, "personal", **GOOD["personal"])
    type_in(application, aiperi, "subjects", **GOOD["subjects"])
    add_paper(application, aiperi, "front")
    with pytest.raises(actions.Incomplete) as refused:
        actions.finish(actor=aiperi, application=application)
    assert [(problem.page, problem.sentence) for problem in refused.value.problems] == [
        ("address", "Выберите область или город"),
        ("address", "Напишите город или село"),
        ("address", "Напишите улицу, дом и квартиру"),
        ("documents", "Добавьте фото оборотной стороны документа"),
        ("face", "Добавьте фото лица"),
        ("face", "Подтвердите, что фото не старше шести месяцев и не изменено"),
    ]
    assert Application.objects.get(pk=application.pk).state == "draft"


def test_a_form_that_looks_complete_is_judged_anew(filled, aiperi):
    """A subject was taken out of the campaign after it had been chosen."""
    Subject.objects.filter(code="chemistry").get().delete()
    with pytest.raises(actions.Incomplete):
        actions.finish(actor=aiperi, application=filled)


def test_a_post_to_finish_cannot_jump_over_pages(application, aiperi, client_of):
    response = client_of(aiperi).post(reverse("exams:finish", args=[application.pk]))
    assert response.status_code == 422
    assert len(response.context["problems"]) == 12
    assert not Submission.objects.exists()


def test_bakyt_finishes_nothing(filled, bakyt):
    with pytest.raises(Http404):
        actions.finish(actor=bakyt, application=filled)


def test_a_second_before_the_deadline_is_in_time(filled, aiperi, campaign):
    with time_machine.travel(campaign.closes_at - SECOND, tick=False):
        actions.finish(actor=aiperi, application=filled)
    assert Application.objects.get(pk=filled.pk).state == "completed"


@pytest.mark.parametrize("late", [0 * SECOND, SECOND])
def test_from_the_deadline_on_it_is_too_late(filled, aiperi, campaign, late):
    with (
        time_machine.travel(campaign.closes_at + late, tick=False),
        pytest.raises(Refused, match="Регистрация закрылась"),
    ):
        actions.finish(actor=aiperi, application=filled)
    assert Application.objects.get(pk=filled.pk).state == "draft"


@pytest.mark.parametrize(
    ("shown", "pressed", "state"),
    [
        (-SECOND, timedelta(minutes=15) - SECOND, "completed"),
        (-SECOND, timedelta(minutes=15), "draft"),
        (SECOND, 2 * SECOND, "draft"),
    ],
)
def test_the_grace_is_for_who_saw_the_complete_check_page_in_time(
    filled, aiperi, campaign, client_of, shown, pressed, state
):
    with time_machine.travel(campaign.closes_at + shown, tick=False):
        client = client_of(aiperi)
        proof = client.get(reverse("exams:check", args=[filled.pk])).context["shown"]
    with time_machine.travel(campaign.closes_at + pressed, tick=False):
        client.post(reverse("exams:finish", args=[filled.pk]), {"shown": proof})
    form = Application.objects.get(pk=filled.pk)
    assert form.state == state
    assert (form.check_opened_at is not None) == (state == "completed")


def test_a_proof_of_another_form_or_none_at_all_proves_nothing(filled, aiperi, campaign):
    stranger = Application(campaign=campaign, applicant=aiperi, school=filled.school)
    assert grace.shown_at(filled, grace.proof(stranger)) is None
    assert grace.shown_at(filled, "2020-01-01") is None
    assert grace.shown_at(filled, grace.proof(filled)) is not None


def test_an_incomplete_check_page_gives_no_proof(application, aiperi, client_of):
    response = client_of(aiperi).get(reverse("exams:check", args=[application.pk]))
    assert response.context["shown"] == ""


def test_after_completion_a_page_is_closed_until_it_is_reopened_with_a_reason(completed, aiperi):
    with pytest.raises(Refused):
        type_in(completed, aiperi, "address", town={"town": ["Ош"]})
    with pytest.raises(Refused):
        actions.reopen_page(actor=aiperi, application=completed, slug="address", reason=" - ")
    actions.reopen_page(
        actor=aiperi, application=completed, slug="address", reason="Переехали в Ош"
    )
    form = Application.objects.get(pk=completed.pk)
    check_can_edit(form, "address")
    with pytest.raises(Refused):
        check_can_edit(form, "personal")


def test_closing_a_reopened_page_signs_anew_and_leaves_the_price(completed, aiperi):
    Subject.objects.filter(code="main").update(price=50000)
    actions.reopen_page(
        actor=aiperi, application=completed, slug="address", reason="Переехали в Ош"
    )
    seen = seen_by(completed, "address")
    type_in(completed, aiperi, "address", seen=seen, street={"street": ["Ленина, 1"]})
    second = actions.close_page(actor=aiperi, application=completed, slug="address")
    first = completed.submissions.get(version=1)
    assert second.version == 2
    assert second.payload["answers_hash"] != first.payload["answers_hash"]
    assert Charge.objects.get().amount == 141000
    assert Application.objects.get(pk=completed.pk).is_completed
    assert not completed.reopenings.filter(closed_at__isnull=True).exists()


def test_changing_subjects_after_completion_keeps_the_prices_that_were_fixed(completed, aiperi):
    for subject in Subject.objects.filter(code__in=["main", "history"]):
        subject.price = 50000
        subject.save()
    actions.reopen_page(
        actor=aiperi, application=completed, slug="subjects", reason="Добавить историю"
    )
    type_in(
        completed,
        aiperi,
        "subjects",
        seen=seen_by(completed, "subjects"),
        subjects={"subjects": ["chemistry", "biology", "history"]},
    )
    actions.close_page(actor=aiperi, application=completed, slug="subjects")
    assert [line["tyiyn"] for line in Charge.objects.get().lines] == [47000, 47000, 47000, 50000]


def test_reopening_ends_with_the_campaign(completed, aiperi, campaign):
    with time_machine.travel(campaign.closes_at, tick=False), pytest.raises(Refused):
        actions.reopen_page(actor=aiperi, application=completed, slug="address", reason="Переезд")


def test_the_payment_shows_on_the_form(completed, aiperi):
    Application.objects.filter(pk=completed.pk).update(payment="none")
    actions.payment_changed(charge=Charge.objects.get(), standing="in_review")
    assert Application.objects.get(pk=completed.pk).payment == "in_review"


@contextmanager
def on_disk(path):
    """SQLite's test database lives in memory, where threads cannot wait for each other: use a copy."""
    if connection.vendor != "sqlite":
        yield
        return
    copy = sqlite3.connect(path)
    connection.connection.backup(copy)
    copy.close()
    known, connections.settings["default"]["NAME"] = connections.settings["default"]["NAME"], path
    try:
        yield
    finally:
        connections.settings["default"]["NAME"] = known


def in_thread(work):
    """What ``work`` returns, asked over a connection of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(closing(work)).result()


def closing(work):
    def wrapped():
        try:
            return work()
        finally:
            connections.close_all()

    return wrapped


def counts():
    completed = Event.objects.filter(verb="form.completed").count()
    return Submission.objects.count(), Charge.objects.count(), completed


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_fifty_presses_at_once_finish_once(filled, aiperi, tmp_path):
    def press():
        return actions.finish(actor=aiperi, application=filled).again

    with on_disk(tmp_path / "kabinet.sqlite3"), ThreadPoolExecutor(50) as pool:
        answers = [each.result() for each in [pool.submit(closing(press)) for _ in range(50)]]
        assert in_thread(counts) == (1, 1, 1)
    assert sorted(answers) == [False, *[True] * 49]
