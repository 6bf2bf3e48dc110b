"""The demo: it builds on any day, everybody in its table signs in, and every state is there to see."""

import json
import os
import random
import sys
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kabinet.audit import journal
from kabinet.people import logins
from kabinet.people.models import Organisation
from kabinet.portfolio import student_lists
from kabinet.portfolio.linking import unlinked
from kabinet.portfolio.models import (
    AcademicYear,
    Enrolment,
    EnrolmentFact,
    Registration,
    Report,
    RosterEntry,
    Scan,
    Version,
)
from kabinet.portfolio.portfolio_page import STORIES
from kabinet.site.demo import country, university
from kabinet.site.demo.sign_ins import SignIn
from tests.conftest import at, person


def built() -> list[SignIn]:
    """The university alone; whoever opens it holds the post since the day of the test."""
    centre = Organisation.objects.create(kind="centre", code="1", name="Центр")
    aida = at(person("Асанова", "Аида", "", "+996555000001"), centre, "administrator")
    return university.build(lambda said: None, random.Random(7), aida)


def signed_in(login: str, password: str) -> str:
    """Where the person comes to from «Вход»; the page there opens."""
    client = Client()
    answer = client.post(reverse("account_login"), {"login": login, "password": password})
    assert answer.status_code == 302, login
    there = client.get("/", follow=True)
    assert there.status_code == 200, login
    return str(there.redirect_chain[-1][0])


@pytest.mark.slow
def test_everybody_in_the_table_signs_in(db, settings, tmp_path):
    settings.VAR = tmp_path
    told = StringIO()
    call_command("demo", no_serve=True, stdout=told)
    rows = json.loads((tmp_path / "demo.json").read_text())
    assert [set(row) for row in rows] == [{"role", "login", "password", "language"}] * len(rows)
    for row in rows:
        assert row["login"] in told.getvalue()
        assert signed_in(row["login"], row["password"])
        found = logins.find(logins.canonical(row["login"]))
        assert (found is not None, found and found.language) == (True, row["language"])
    again = StringIO()
    call_command("demo", no_serve=True, stdout=again)
    assert json.loads((tmp_path / "demo.json").read_text()) == rows


def test_what_serves_the_demo_did_not_build_it(db, settings, tmp_path, monkeypatch):
    """Forked from the builder, a web process would wait for ever for the threads that set a PDF."""
    begun: list[tuple[str, list[str], dict[str, str]]] = []
    row = SignIn("администратор", "+996 555 000 001", "горы-и-яблоки-27")
    settings.VAR = tmp_path
    monkeypatch.delenv("KABINET_ADDRESS", raising=False)
    monkeypatch.setattr(country, "build", lambda say: [row])
    monkeypatch.setattr(os, "execve", lambda *given: begun.append(given))
    call_command("demo", port=9001, stdout=StringIO())
    [(program, words, environ)] = begun
    serving = ["-m", "kabinet.site", "serve", "--host", "127.0.0.1", "--port", "9001"]
    assert (program, words) == (sys.executable, [sys.executable, *serving])
    assert environ["KABINET_ADDRESS"] == "http://127.0.0.1:9001"


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2026-09-01", "2026-11-23", "2027-07-15"])
def test_students_stand_in_every_state(db, day):
    with time_machine.travel(f"{day}T09:00:00+06:00", tick=True):
        homes = {row.role: signed_in(row.login, row.password) for row in built()}
        students = student_lists.students(Enrolment.objects.all())
    present = Report.objects.present()
    assert set(present.values_list("state", flat=True)) == set(Report.State.values)
    assert present.filter(state="draft", document_type=None).exists()
    assert Report.objects.exclude(removed_at=None).exists()
    assert Version.objects.filter(number=2).exists()
    assert Scan.objects.filter(photos__isnull=False).exists()
    assert {key for key, kind in STORIES.items() if kind.objects.exists()} == set(STORIES)
    assert set(Registration.objects.values_list("state", flat=True)) == set(
        Registration.State.values
    )
    assert {each.state for each in students} == set(student_lists.STATES)
    assert {each.course for each in students} == {1, 2, 3, None}
    assert {each.enrolment.study_form.code for each in students} == {"full", "part"}
    assert RosterEntry.objects.filter(enrolment=None).count() == 2
    given = EnrolmentFact.objects.filter(kind="supervisor").values("enrolment").distinct()
    assert EnrolmentFact.objects.filter(kind="supervisor").count() == given.count() + 1
    assert unlinked(Organisation.objects.get(code=university.CODE))
    assert set(homes.values()) == {"/office/", "/students/", "/plan/", "/registration/"}
    assert list(journal.verify()) == []


@pytest.mark.slow
def test_a_demo_of_last_year_knows_the_year_that_runs(db):
    with time_machine.travel("2026-11-23T09:00:00+06:00", tick=True):
        built()
    with time_machine.travel("2028-10-01T09:00:00+06:00", tick=True):
        university.freshen()
        today = timezone.localdate()
        assert AcademicYear.objects.filter(starts__lte=today, ends__gte=today).count() == 1
