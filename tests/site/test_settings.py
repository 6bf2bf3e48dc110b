"""What the settings promise whoever runs the house."""

import io
import logging

from django.test import Client
from django.urls import reverse

from kabinet.site import views


def test_a_page_that_failed_tells_the_log_why(db, monkeypatch):
    def broken():
        raise ZeroDivisionError("the seventh wheel")

    handlers = logging.getLogger("django.request").handlers
    [handler] = [one for one in handlers if type(one) is logging.StreamHandler]
    told = io.StringIO()
    monkeypatch.setattr(handler, "stream", told)
    monkeypatch.setattr(views, "_storage_answers", broken)
    assert Client(raise_request_exception=False).get(reverse("ready")).status_code == 500
    assert "the seventh wheel" in told.getvalue()
