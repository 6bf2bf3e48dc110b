"""Sealed columns open in their own row, column and installation, and nowhere else."""

from typing import Any

import pytest
from django.db import connection

from kabinet.core import cipher
from kabinet.exams.models import Application, Personal
from kabinet.people.models import Person
from kabinet.vault import rotation
from kabinet.vault.fields import SealedWithoutRow
from kabinet.vault.keys import ring

DRAFT = {"town": "Кызыл-Суу", "слова": ["ө", "ү", "ң"]}


@pytest.fixture
def page(application: Application) -> Personal:
    return Personal.objects.create(
        application=application, document_number="ID1234567", pin="12345678901234", draft=DRAFT
    )


@pytest.fixture
def page_of_another(application: Application, zhamal: Person) -> Personal:
    other = Application.objects.create(
        campaign=application.campaign, applicant=zhamal, school=application.school
    )
    return Personal.objects.create(application=other, document_number="AN7654321")


def in_the_table(page: Personal, column: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM exams_personal WHERE application_id = %s",  # noqa: S608
            [key(page)],
        )
        return bytes(cursor.fetchone()[0])


def overwrite(page: Personal, column: str, value: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE exams_personal SET {column} = %s WHERE application_id = %s",  # noqa: S608
            [connection.Database.Binary(value), key(page)],
        )


def key(page: Personal) -> str:
    return str(page.pk) if connection.vendor == "postgresql" else page.pk.hex


def test_sealed_columns_come_back_as_they_were(page: Personal) -> None:
    again = Personal.objects.get(pk=page.pk)
    assert (again.document_number, again.pin, again.draft) == ("ID1234567", "12345678901234", DRAFT)


def test_an_empty_value_is_stored_empty(application: Application) -> None:
    page = Personal.objects.create(application=application)
    assert [in_the_table(page, column) for column in ("pin", "draft")] == [b"", b""]
    again = Personal.objects.get(pk=page.pk)
    assert (again.pin, again.draft) == ("", {})


def test_the_table_holds_no_plain_text(page: Personal) -> None:
    table = in_the_table(page, "document_number") + in_the_table(page, "draft")
    assert [text for text in (b"ID1234567", b"town", "Кызыл".encode()) if text in table] == []


def test_a_value_moved_to_another_column_does_not_open(page: Personal) -> None:
    overwrite(page, "pin", in_the_table(page, "document_number"))
    with pytest.raises(cipher.SealBroken):
        _ = Personal.objects.get(pk=page.pk).pin


def test_a_value_moved_to_another_row_does_not_open(
    page: Personal, page_of_another: Personal
) -> None:
    overwrite(page, "document_number", in_the_table(page_of_another, "document_number"))
    with pytest.raises(cipher.SealBroken):
        _ = Personal.objects.get(pk=page.pk).document_number


def test_a_changed_value_does_not_open(page: Personal) -> None:
    value = bytearray(in_the_table(page, "pin"))
    value[-1] ^= 1
    overwrite(page, "pin", bytes(value))
    with pytest.raises(cipher.SealBroken):
        _ = Personal.objects.get(pk=page.pk).pin


def test_a_row_whose_value_does_not_open_can_still_be_listed(page: Personal) -> None:
    overwrite(page, "pin", b"nonsense")
    assert [row.sex for row in Personal.objects.all()] == [""]


def test_another_installation_cannot_open_it(page: Personal, settings: Any) -> None:
    with other_keys(settings, "stranger:" + "A" * 43 + "="), pytest.raises(cipher.UnknownKey):
        _ = Personal.objects.get(pk=page.pk).pin


def test_update_of_a_sealed_column_is_refused(page: Personal) -> None:
    with pytest.raises(SealedWithoutRow):
        Personal.objects.filter(pk=page.pk).update(pin="1")


def test_bulk_create_seals_too(application: Application) -> None:
    Personal.objects.bulk_create([Personal(application=application, pin="42")])
    assert Personal.objects.get(pk=application.pk).pin == "42"


def test_values_never_give_plain_text(page: Personal) -> None:
    assert str(Personal.objects.values_list("pin").get()) == "(Sealed(),)"


def test_saving_other_columns_leaves_the_sealed_bytes_alone(page: Personal) -> None:
    before = in_the_table(page, "pin")
    Personal.objects.defer("pin").get(pk=page.pk).save()
    assert in_the_table(page, "pin") == before


def test_after_a_rotation_the_older_key_is_not_needed(page: Personal, settings: Any) -> None:
    older = settings.KEYS.seal_keys
    newer = "newer:" + "B" * 43 + "="
    with other_keys(settings, f"{newer},{older}"):
        resealed = dict(rotation.rotate())
    assert {name: rows for name, rows in resealed.items() if rows} == {
        "exams.Personal.document_number": 1,
        "exams.Personal.pin": 1,
        "exams.Personal.draft": 1,
    }
    with other_keys(settings, newer):
        again = Personal.objects.get(pk=page.pk)
        assert (again.document_number, again.draft) == ("ID1234567", DRAFT)
        assert sum(rows for _, rows in rotation.rotate()) == 0


class other_keys:
    """The installation with other sealing keys."""

    def __init__(self, settings: Any, keys: str) -> None:
        self.settings, self.keys, self.before = settings, keys, settings.KEYS

    def __enter__(self) -> None:
        self.settings.KEYS = type(self.before)(**{**vars(self.before), "seal_keys": self.keys})
        ring.cache_clear()

    def __exit__(self, *_: object) -> None:
        self.settings.KEYS = self.before
        ring.cache_clear()
