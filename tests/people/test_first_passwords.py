"""The ten digits: unique, bound to their person and issue, seen by nobody who may not."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import Http404

from kabinet.audit.models import Details, Event
from kabinet.core import cipher
from kabinet.people import actions, first_passwords
from kabinet.people.models import FirstPassword, Person
from kabinet.vault import keys
from tests.people.conftest import OWN, knock

pytestmark = pytest.mark.django_db


def test_ten_thousand_first_passwords_are_all_distinct(aiperi, end):
    digits = {first_passwords.issued(aiperi, by=None, expires_at=end)[1] for _ in range(10_000)}
    assert len(digits) == 10_000
    assert {len(one) for one in digits} == {10}
    assert all(one.isdecimal() for one in digits)


def test_a_seal_moved_to_another_person_does_not_open(opened, zhamal):
    row = FirstPassword.objects.get()
    FirstPassword.objects.filter(pk=row.pk).update(person=zhamal)
    with pytest.raises(cipher.SealBroken):
        first_passwords.revealed(FirstPassword.objects.get())


def test_first_password_of_a_new_issue_replaces_the_old_seal_and_token(opened, zhamal):
    old = FirstPassword.objects.get()
    digits = actions.replace_password(actor=zhamal, person=opened.person)
    new = FirstPassword.objects.select_related("person").get()
    assert new.pk != old.pk
    assert first_passwords.token(new) != first_passwords.token(old)
    assert first_passwords.revealed(new) == digits != opened.first_password
    assert not first_passwords.opens(new.person, opened.first_password)
    assert not first_passwords.opens(new.person, first_passwords.token(old))


def test_only_the_right_digits_open(opened):
    person = Person.objects.get(pk=opened.person.pk)
    assert first_passwords.opens(person, opened.first_password)
    assert not first_passwords.opens(person, opened.first_password[:-1])
    assert not first_passwords.opens(person, "")


def test_first_passwords_are_shown_only_while_unused(opened, zhamal):
    shown = actions.first_passwords(actor=zhamal, people=[opened.person])
    assert shown == {opened.person.pk: opened.first_password}
    actions.set_own_password(person=opened.person, raw=OWN)
    assert actions.first_passwords(actor=zhamal, people=[opened.person]) == {}


def test_first_passwords_with_one_foreign_person_show_nothing(opened, zhamal, bakyt):
    with pytest.raises(Http404):
        actions.first_passwords(actor=zhamal, people=[opened.person, bakyt])


def test_first_passwords_of_who_stands_higher_elsewhere_are_not_shown(
    opened, zhamal, other_district
):
    opened.person.posts.create(organisation=other_district, role="district_officer")
    assert actions.first_passwords(actor=zhamal, people=[opened.person]) == {}


def test_no_secret_lies_anywhere_but_sealed(opened, zhamal, client, caplog):
    caplog.set_level("DEBUG")
    token = first_passwords.token(FirstPassword.objects.get())
    knock(client, "0555204118", opened.first_password)
    knock(client, opened.person.number, token=token)
    client.post("/password/", {"password": OWN})
    replaced = actions.replace_password(actor=zhamal, person=opened.person, reason="потерял")
    everything = "\n".join([dump(), str(vars(cache).get("_cache", "")), logged(caplog)])
    secrets = {opened.first_password, token, OWN, replaced}
    assert {secret for secret in secrets if secret in everything} == set()


def dump() -> str:
    """Every cell of every table as text; bytes also as the text they might hide."""
    cells = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            for cell in (cell for row in cursor.fetchall() for cell in row):
                raw = bytes(cell) if isinstance(cell, (bytes, memoryview)) else None
                cells.append(raw.decode("latin-1") if raw is not None else str(cell))
    return "\n".join(cells)


def logged(caplog) -> str:
    """What was logged, without the log of the SQL itself: production does not write it."""
    return "\n".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )


def test_the_journal_holds_no_first_password(opened, zhamal):
    digits = actions.replace_password(actor=zhamal, person=opened.person)
    told = str(list(Event.objects.values())) + str(list(Details.objects.values()))
    assert digits not in told
    assert opened.first_password not in told


def test_sealed_rows_are_really_sealed(opened):
    row = FirstPassword.objects.get()
    assert cipher.sealed_under(bytes(row.sealed)) == keys.ring().current
    assert opened.first_password.encode() not in bytes(row.sealed)
