"""Serving: what the web processes take along when they are forked."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections

from kabinet.people.models import Person
from kabinet.site.management.commands import serve


@pytest.mark.django_db(transaction=True)
def test_web_processes_inherit_no_connection_to_the_database(monkeypatch: Any) -> None:
    """On PostgreSQL they would all read from one socket, and nobody would be there to open others."""
    taken_along: list[bool] = []

    class Server:
        def __init__(self, *args: Any, **options: Any) -> None:
            pass

        def serve(self) -> None:
            pools = getattr(connection, "_connection_pools", {})
            open_ones = [one.connection for one in connections.all() if one.connection]
            taken_along.append(bool(pools or open_ones))

    monkeypatch.setattr(serve, "Granian", Server)
    monkeypatch.setattr(serve.static_files, "collect", lambda: None)
    assert Person.objects.count() == 0
    call_command("serve", no_worker=True)
    assert taken_along == [False]
    assert Person.objects.count() == 0
