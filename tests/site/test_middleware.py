"""What every answer bears, whoever gives it, and what no request may hold."""

import errno
from unittest.mock import Mock

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from redis import ConnectionError as RedisAway

ANSWERS = {
    "page": ("/sign-in/", {}),
    "absent": ("/absent/", {}),
    "slash": ("/sign-in", {}),
    "foreign host": ("/sign-in/", {"headers": {"host": "evil.example"}}),
    "static file": ("/static/ui/kabinet.css", {}),
    "absent static file": ("/static/ui/absent.css", {}),
    "admin": ("/admin/", {}),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_bears_the_policy_and_says_whether_it_may_be_kept(name):
    address, more = ANSWERS[name]
    answer = Client().get(address, **more)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "no-store" in answer.headers["Cache-Control"] or name == "static file"


@pytest.mark.django_db
def test_a_refused_token_and_a_broken_body_bear_them_too():
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    broken = client.post("/sign-in/", b"", content_type="multipart/form-data")
    for answer in (client.post("/sign-in/"), broken):
        assert answer.status_code in {400, 403}
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "no-store" in answer.headers["Cache-Control"]


def test_a_page_that_broke_bears_them_too(db, monkeypatch):
    monkeypatch.setattr("kabinet.exams.models.Campaign.objects.current", lambda: 1 / 0)
    answer = Client(raise_request_exception=False).get("/prepare/")
    assert answer.status_code == 500
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("database or disk is full"),
        OSError(errno.ENOSPC, "No space left on device"),
        RedisAway("Connection refused"),
    ],
    ids=["database", "disk", "redis"],
)
def test_a_store_out_of_reach_says_that_nothing_was_saved_and_when_to_try_again(
    aiperi, client_of, monkeypatch, error
):
    client = client_of(aiperi)
    client.raise_request_exception = False
    monkeypatch.setattr("kabinet.people.history.page_for", Mock(side_effect=error))
    answer = client.get("/history/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "не сохранено" in answer.text
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("typed", [{"town": "Ош\0"}, {"town\0": "Ош"}])
def test_nul_is_refused_before_anybody_reads_it(application, aiperi, client_of, typed):
    address = reverse("exams:page", args=[application.pk, "address"])
    autosave = {"autosave": "1", "changed": "town", "seen": "{}"}
    assert client_of(aiperi).post(address, {**autosave, **typed}).status_code == 400
    assert client_of(aiperi).get(address, typed).status_code == 400
