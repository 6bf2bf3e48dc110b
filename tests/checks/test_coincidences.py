"""The same number or picture with two persons is noted for the centre, and told to nobody else."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from kabinet.checks import coincidences
from kabinet.checks.actions import note_typed
from kabinet.checks.models import Check, Coincidence
from kabinet.core.photo.fingerprint import picture_hash
from kabinet.vault import actions as vault
from tests.conftest import person
from tests.vault.pictures import jpeg

ONE, TWO = "AN1234567", "AN7654321"


@pytest.fixture
def others(db):
    names = ("Асель", "Бекзат", "Чолпон")
    return [person("Асанова", name, "", None) for name in names]


def standing():
    coincidences.find()
    return [
        (each.what, {each.one, each.other})
        for each in Coincidence.objects.standing().order_by("pk")
    ]


def typed(who, number, owner=""):
    note_typed(person=who, owner=owner or str(who.pk), numbers={"number": number})


def test_two_persons_with_one_number_are_noted_once(aiperi, others):
    typed(aiperi, ONE)
    typed(others[0], ONE)
    typed(others[1], TWO)
    assert standing() == [("number", {aiperi, others[0]})]
    assert standing() == [("number", {aiperi, others[0]})]


def test_one_person_in_two_years_is_no_coincidence(aiperi):
    typed(aiperi, ONE, "form of 2026")
    typed(aiperi, ONE, "form of 2027")
    assert standing() == []


def test_a_corrected_number_coincides_no_more(aiperi, others):
    typed(aiperi, ONE)
    typed(others[0], ONE)
    assert len(standing()) == 1
    typed(others[0], TWO)
    assert standing() == []
    assert Coincidence.objects.count() == 1


def test_many_persons_with_one_number_are_each_noted(aiperi, others):
    for who in (aiperi, *others):
        typed(who, ONE)
    assert set.union(*(pair for _, pair in standing())) == {aiperi, *others}


def test_a_number_and_a_pin_of_the_same_digits_are_two_things(aiperi, others):
    note_typed(person=aiperi, owner="one", numbers={"pin": "11403201000123"})
    note_typed(person=others[0], owner="two", numbers={"number": "11403201000123"})
    assert standing() == []


def seen(asked, who, data, kind="face", owner=""):
    """A picture that was looked at; its hash is the library's own."""
    check = asked(who, data, kind, owner)
    shown = Image.open(BytesIO(vault.read(check.document, "full", owner=check.owner)))
    Check.objects.filter(pk=check.pk).update(
        done_at=timezone.now(), picture_hash=picture_hash(shown.convert("RGB"))
    )
    return check


def saved_again(data):
    file = BytesIO()
    picture = Image.open(BytesIO(data))
    picture.resize((picture.width // 2, picture.height // 2)).save(file, "JPEG", quality=40)
    return file.getvalue()


def test_the_same_picture_with_two_persons_is_noted_also_when_saved_again(asked, aiperi, others):
    seen(asked, aiperi, jpeg(1))
    seen(asked, others[0], jpeg(1))
    seen(asked, others[1], saved_again(jpeg(1)))
    seen(asked, others[2], jpeg(2))
    found = standing()
    assert all(what == "picture" for what, _ in found)
    assert sorted(map(len, (pair for _, pair in found))) == [2, 2, 2]
    assert others[2] not in set.union(*(pair for _, pair in found))


def test_one_persons_picture_in_two_places_is_nothing(asked, aiperi):
    seen(asked, aiperi, jpeg(1), owner="form of 2026")
    seen(asked, aiperi, jpeg(1), owner="form of 2027")
    assert standing() == []


def test_faces_are_compared_with_faces(asked, aiperi, others):
    seen(asked, aiperi, jpeg(1), "face")
    seen(asked, others[0], jpeg(1), "identity")
    assert standing() == []


def test_a_picture_is_compared_once_and_a_later_one_with_it(
    asked, aiperi, others, django_assert_max_num_queries
):
    seen(asked, aiperi, jpeg(1))
    assert standing() == []
    assert Check.objects.get().is_compared
    with django_assert_max_num_queries(8):
        coincidences.find()
    seen(asked, others[0], jpeg(1))
    assert len(standing()) == 1


def test_a_destroyed_picture_coincides_no_more(asked, aiperi, others):
    seen(asked, aiperi, jpeg(1))
    twin = seen(asked, others[0], jpeg(1))
    assert len(standing()) == 1
    vault.destroy(twin.document)
    assert standing() == []


def test_many_pictures_are_compared_in_pieces(asked, aiperi, others, monkeypatch):
    monkeypatch.setattr(coincidences, "COMPARED_AT_ONCE", 1)
    for who in (aiperi, others[0]):
        seen(asked, who, jpeg(1))
    assert coincidences.find() is True
    assert coincidences.find() is True
    assert coincidences.find() is False
    assert Coincidence.objects.count() == 1


def test_only_the_centre_sees_them(aiperi, others, zhamal, aida, client_of):
    typed(aiperi, ONE)
    typed(others[0], ONE)
    coincidences.find()
    page = reverse("admin:checks_coincidence_changelist")
    assert client_of(zhamal).get(page).status_code == 302
    shown = client_of(aida).get(page)
    assert shown.status_code == 200
    assert aiperi.full_name in shown.content.decode()
    assert ONE not in shown.content.decode()
    change = reverse("admin:checks_coincidence_change", args=[Coincidence.objects.get().pk])
    assert client_of(aida).post(change, {}).status_code == 403
