"""A school with graduates, opened by the product's own actions."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kabinet.exams.actions import open_forms
from kabinet.exams.models import Application
from kabinet.people.access_rows import AccessRow
from kabinet.people.models import Person

Graduates = Callable[..., list[Application]]


@pytest.fixture
def rows() -> Iterator[AccessRow]:
    """Endless different people."""

    def endless() -> Iterator[AccessRow]:
        letters = "абвгдежзиклмнопрстуфхцч"
        for number in range(10_000):
            first, second = divmod(number, len(letters))
            ending = letters[first % len(letters)] + letters[second]
            yield AccessRow(f"+996700{number:06d}", f"Жумабаева{ending}", "Айгүл", "Маратовна")

    return endless()


@pytest.fixture
def graduates(campaign, school, zhamal, rows) -> Graduates:
    """``graduates(3, state="draft", …)``: forms of three new graduates of the school."""

    def opened(number: int, *, at=school, by=zhamal, **facts) -> list[Application]:
        entered = [next(rows) for _ in range(number)]
        people = [
            each.person for each in open_forms(actor=by, campaign=campaign, school=at, rows=entered)
        ]
        if facts.get("state") == "completed":
            facts.setdefault("completed_at", timezone.now())
        forms = Application.objects.filter(applicant__in=people)
        forms.update(**facts)
        return list(forms.select_related("applicant").order_by("applicant__sort_key"))

    return opened


@pytest.fixture
def unconfirmed(client_of) -> Callable[[Person], Client]:
    """A client whose person typed the own password some time ago."""

    def client(who: Person) -> Client:
        signed_in = client_of(who)
        session = signed_in.session
        session["account_authentication_methods"] = []
        session.save()
        return signed_in

    return client


def days_ago(number: int):
    return timezone.now() - timedelta(days=number)
