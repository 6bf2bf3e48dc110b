"""What the tests of the door share: rows, open accesses, and a person knocking."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from kabinet.people import actions
from kabinet.people.access_rows import AccessRow
from kabinet.people.actions import Opened
from kabinet.people.models import Organisation, Person

AIPERI = AccessRow("0555 204 118", "Абдыраева", "Айпери", "Нурлановна")
OWN = "горный ветер над озером"


@pytest.fixture(autouse=True)
def door(settings: Any) -> None:
    """The page after signing in."""
    settings.LOGIN_REDIRECT_URL = "history"


@pytest.fixture
def end() -> datetime:
    return timezone.now() + timedelta(days=200)


@pytest.fixture
def open_graduates(
    zhamal: Person, school: Organisation, end: datetime
) -> Callable[..., list[Opened]]:
    def open_them(*rows: AccessRow, actor: Person = zhamal) -> list[Opened]:
        return actions.open_accesses(
            actor=actor, organisation=school, role="graduate", rows=rows, expires_at=end
        )

    return open_them


@pytest.fixture
def opened(open_graduates: Callable[..., list[Opened]]) -> Opened:
    """Aiperi's access, her first password unused."""
    return open_graduates(AIPERI)[0]


def knock(client: Client, login: str, password: str = "", **more: str) -> Any:
    return client.post("/sign-in/", {"login": login, "password": password, **more})


def is_in(client: Client) -> bool:
    return bool(client.get("/history/").status_code == 200)


@pytest.fixture
def time_machine_later() -> Callable[..., Any]:
    """``with time_machine_later(minutes=16):`` everything happens so much later."""

    def later(**span: float) -> Any:
        return time_machine.travel(timezone.now() + timedelta(**span), tick=False)

    return later
