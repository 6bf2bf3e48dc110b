"""After `kabinet rotate-keys` nothing needs the older key, and everything still opens."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from kabinet.core import cipher
from kabinet.people import first_passwords
from kabinet.people.models import FirstPassword, Person
from kabinet.site.examination import missing_keys
from kabinet.vault import actions, rotation
from kabinet.vault.keys import ring
from tests.vault.pictures import jpeg

pytestmark = pytest.mark.django_db
NEWER = "newer:" + "B" * 43 + "="


@pytest.fixture
def seal_with(settings: Any) -> Any:
    """Other sealing keys for this installation from now on."""
    before = settings.KEYS

    def change(keys: str) -> None:
        settings.KEYS = type(before)(**{**vars(before), "seal_keys": keys})
        ring.cache_clear()

    yield change
    settings.KEYS = before
    ring.cache_clear()


def test_everything_sealed_is_sealed_anew(seal_with: Any, settings: Any, aiperi: Person) -> None:
    document = actions.store(jpeg(), name="паспорт.jpg")
    row, digits = first_passwords.issued(aiperi, by=None, expires_at=timezone.now())
    row.save()
    seal_with(f"{NEWER},{settings.KEYS.seal_keys}")
    said = StringIO()
    call_command("rotate-keys", stdout=said)
    told = dict(line.split(": ") for line in said.getvalue().splitlines() if ": " in line)
    assert {name: rows for name, rows in told.items() if rows != "0"} == {
        "vault.Document.name": "1",
        "vault.DocumentKey.sealed": "1",
        "people.FirstPassword.sealed": "1",
    }
    seal_with(NEWER)
    document.refresh_from_db()
    assert (document.name, actions.read(document, "full")[:2]) == ("паспорт.jpg", b"\xff\xd8")
    assert first_passwords.revealed(FirstPassword.objects.get()) == digits
    assert sum(rows for _, rows in rotation.rotate()) == 0


def test_without_the_older_key_nothing_is_lost_silently(seal_with: Any, settings: Any) -> None:
    document = actions.store(jpeg(), name="паспорт.jpg")
    older = settings.KEYS.seal_keys
    assert [*missing_keys()] == []
    seal_with(NEWER)
    [finding] = missing_keys()
    assert finding.what.startswith(f"2 seals need the key {older.partition(':')[0]},")
    with pytest.raises(cipher.UnknownKey):
        list(rotation.rotate())
    with pytest.raises(actions.Unreadable):
        actions.read(document, "full")
    seal_with(f"{NEWER},{older}")
    assert actions.read(document, "full")[:2] == b"\xff\xd8"
