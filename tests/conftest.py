"""The cast. Bakyt belongs to another school of another district and must see nothing of ours."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings as django_settings
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone, translation
from hypothesis import settings as hypothesis_settings

from kabinet.exams.models import (
    Application,
    Benefit,
    Campaign,
    DocumentKind,
    Subject,
    Territory,
    TestLanguage,
)
from kabinet.people.models import Organisation, Person, Post

pytest_plugins = ["tests.chromium"]

# A deadline depends on the speed of the machine, and tests never do. The same commit gives the same
# answer every time; `pytest --hypothesis-profile=search` looks for new examples.
hypothesis_settings.register_profile("search", deadline=None)
hypothesis_settings.register_profile("kabinet", deadline=None, derandomize=True)
hypothesis_settings.load_profile("kabinet")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, or one process would still be at it when all others are done."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session", autouse=True)
def static_folder() -> None:
    """Whitenoise complains about a missing folder; the tests' static files come from their sources."""
    django_settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def in_russian() -> Iterator[None]:
    """A page asked for in another language leaves that language behind in its thread."""
    with translation.override("ru"):
        yield


def shared_cache() -> dict[str, Any]:
    """Redis where REDIS_URL names one, with keys of this test only; else memory."""
    if django_settings.REDIS_URL:
        return dict(django_settings.CACHES["default"])
    return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Any) -> None:
    """Blobs and caches of a test lie in its own folder; static files need no manifest."""
    settings.STORAGES = {
        **django_settings.STORAGES,
        "vault": {
            "BACKEND": "kabinet.vault.storage.DurableStorage",
            "OPTIONS": {"location": tmp_path / "vault"},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = True  # nothing is collected for tests
    settings.CACHES = {"default": {**shared_cache(), "KEY_PREFIX": uuid4().hex}}
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"  # statements are counted alike


def person(surname: str, given_name: str, patronymic: str, phone: str | None) -> Person:
    return Person.objects.create_person(
        surname=surname, given_name=given_name, patronymic=patronymic, phone=phone
    )


def at(who: Person, organisation: Organisation, role: str) -> Person:
    Post.objects.create(person=who, organisation=organisation, role=role)
    return who


@pytest.fixture
def centre(db: None) -> Organisation:
    return Organisation.objects.create(kind="centre", code="1", name="Центр тестирования")


@pytest.fixture
def district(centre: Organisation) -> Organisation:
    return Organisation.objects.create(
        kind="district", code="12", name="Джети-Огузский район", parent=centre
    )


@pytest.fixture
def other_district(centre: Organisation) -> Organisation:
    return Organisation.objects.create(
        kind="district", code="13", name="Тонский район", parent=centre
    )


@pytest.fixture
def school(district: Organisation) -> Organisation:
    return Organisation.objects.create(
        kind="school", code="5", name="Школа № 5", town="с. Кызыл-Суу", parent=district
    )


@pytest.fixture
def other_school(other_district: Organisation) -> Organisation:
    return Organisation.objects.create(
        kind="school", code="2", name="Школа № 2", town="с. Боконбаево", parent=other_district
    )


@pytest.fixture
def aida(centre: Organisation) -> Person:
    aida = person("Асанова", "Аида", "Маратовна", "+996555000001")
    aida.is_staff = aida.is_superuser = True
    aida.save()
    return at(aida, centre, "administrator")


@pytest.fixture
def daniyar(district: Organisation) -> Person:
    return at(person("Данияров", "Данияр", "", "+996555000002"), district, "district_officer")


@pytest.fixture
def zhamal(school: Organisation) -> Person:
    return at(person("Сыдыкова", "Жамал", "Асановна", "+996555900100"), school, "responsible")


@pytest.fixture
def bakyt(other_school: Organisation) -> Person:
    return at(person("Бакытов", "Бакыт", "", "+996555000004"), other_school, "responsible")


@pytest.fixture
def aiperi(school: Organisation) -> Person:
    return at(person("Абдыраева", "Айпери", "Нурлановна", "+996555204118"), school, "graduate")


@pytest.fixture
def campaign(centre: Organisation) -> Campaign:
    """Open since ten days, closes in twenty; three subjects to choose, two languages."""
    now = timezone.now()
    campaign = Campaign.objects.create(
        slug="ort-2027",
        name_ru="ОРТ 2027",
        name_ky="ЖРТ 2027",
        name_en="ORT 2027",
        centre=centre,
        published=True,
        opens_at=now - timedelta(days=10),
        closes_at=now + timedelta(days=20),
        access_until=timezone.localdate() + timedelta(days=200),
    )
    languages = [
        TestLanguage.objects.create(campaign=campaign, code="ky", name_ru="Кыргызский", position=1),
        TestLanguage.objects.create(campaign=campaign, code="ru", name_ru="Русский", position=2),
    ]
    main = Subject.objects.create(
        campaign=campaign, code="main", name_ru="Основной тест", price=47000, compulsory=True
    )
    main.languages.set(languages)
    for position, (code, name) in enumerate(
        [("chemistry", "Химия"), ("biology", "Биология"), ("history", "История")], start=1
    ):
        Subject.objects.create(
            campaign=campaign, code=code, name_ru=name, price=47000, position=position
        )
    DocumentKind.objects.create(
        campaign=campaign,
        code="id-card",
        name_ru="Паспорт (ID-карта)",
        number_pattern=r"[A-Z]{2}\d{7}",
        number_example="ID1234567",
        zone="TD1",
        state="KGZ",
    )
    DocumentKind.objects.create(
        campaign=campaign,
        code="birth-certificate",
        name_ru="Свидетельство о рождении",
        two_sides=False,
        has_pin=False,
        position=1,
    )
    Benefit.objects.create(
        campaign=campaign,
        code="orphan",
        name_ru="Сирота",
        who_ru="Дети, оставшиеся без родителей",
        evidence_ru="Решение суда или справка органа опеки",
    )
    region = Territory.objects.create(code="issyk-kul", name_ru="Иссык-Кульская область")
    Territory.objects.create(code="jeti-oguz", name_ru="Джети-Огузский район", parent=region)
    return campaign


@pytest.fixture
def application(campaign: Campaign, aiperi: Person, school: Organisation) -> Application:
    return Application.objects.create(campaign=campaign, applicant=aiperi, school=school)


@pytest.fixture
def client_of() -> Callable[[Person], Client]:
    """A test client in which the person is signed in with an own password."""

    def signed_in(who: Person) -> Client:
        if not who.has_own_password:
            who.set_password("правильный-пароль-для-теста")
            who.save()
        client = Client()
        client.force_login(who, backend="kabinet.people.sign_in.LoginBackend")
        session = client.session  # as after typing the password just now: no door asks again
        request = HttpRequest()
        request.session = session
        record_authentication(request, who, method="password")
        session.save()
        return client

    return signed_in
