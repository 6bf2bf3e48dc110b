"""A document in the vault that somebody has to look at."""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction

from kabinet.checks import looking
from kabinet.checks.actions import ask
from kabinet.checks.eyes import Eyes
from kabinet.checks.models import Check
from kabinet.people.models import Person
from kabinet.vault import actions as vault
from tests.vault.pictures import jpeg

Asked = Callable[..., Check]


@pytest.fixture(scope="session")
def real_eyes() -> Iterator[Eyes]:
    """The real child with what models there are; one for all tests, as in a worker."""
    eyes = Eyes()
    yield eyes
    eyes.close()


@pytest.fixture
def looked_with(monkeypatch: pytest.MonkeyPatch) -> Callable[[Eyes], None]:
    """Which eyes the worker's part has in this process."""
    return lambda eyes: monkeypatch.setattr(looking, "eyes", lambda: eyes)


@pytest.fixture
def asked(db: None) -> Asked:
    """``asked(person, data=…, kind=…)``: stored and asked for, by the product's own verbs."""

    def store(person: Person, data: bytes = b"", kind: str = "face", owner: str = "") -> Check:
        owner = owner or f"form of {person.number}"
        document = vault.store(data or jpeg(), name="снимок.jpg", owner=owner)
        with transaction.atomic():
            ask(document, kind=kind, owner=owner, person=person)
        return Check.objects.get(pk=document.pk)

    return store
