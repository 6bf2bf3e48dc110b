"""Who reaches whom: down the tree, from today on, never sideways."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from kabinet.people import access
from kabinet.people.models import Organisation, Person, Post
from tests.people.conftest import is_in

pytestmark = pytest.mark.django_db
CAST = ["aiperi", "zhamal", "bakyt", "daniyar", "aida"]


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def reaches(user: Person, person: Person) -> bool:
    try:
        return access.person_for(fresh(user), person.pk) == person
    except Http404:
        return False


def test_everybody_reaches_exactly_whom_they_manage(request):
    people = {name: request.getfixturevalue(name) for name in CAST}
    found = {
        name: {other for other, person in people.items() if reaches(user, person)}
        for name, user in people.items()
    }
    assert found == {
        "aiperi": {"aiperi"},
        "zhamal": {"zhamal", "aiperi"},
        "bakyt": {"bakyt"},
        "daniyar": {"daniyar", "zhamal", "aiperi"},
        "aida": {"aida", "daniyar", "bakyt", "zhamal", "aiperi"},
    }


def test_classmates_do_not_reach_each_other(aiperi, school):
    classmate = Person.objects.create_person(surname="Асанов", given_name="Бекзат")
    Post.objects.create(person=classmate, organisation=school, role="graduate")
    assert not reaches(classmate, aiperi)


@pytest.mark.parametrize("key", ["", "0", "no-uuid", None, "' OR 1=1"])
def test_a_malformed_key_is_just_absent(zhamal, key):
    with pytest.raises(Http404):
        access.person_for(zhamal, key)


def test_a_path_that_begins_alike_is_not_below(zhamal, aida, district, school):
    alike = Organisation.objects.create(
        kind="school", code="51", name="Школа № 51", parent=district
    )
    with pytest.raises(Http404):
        access.organisation_for(zhamal, alike.pk)
    assert access.organisation_for(aida, alike.pk) == alike


def test_a_post_that_ended_yesterday_reaches_nobody(zhamal, aiperi):
    yesterday = timezone.localdate() - timedelta(days=1)
    Post.objects.filter(person=zhamal).update(since="2020-01-01", until=yesterday)
    assert not reaches(zhamal, aiperi)


def test_a_post_that_begins_tomorrow_reaches_nobody(zhamal, aiperi):
    Post.objects.filter(person=zhamal).update(since=timezone.localdate() + timedelta(days=1))
    assert not reaches(zhamal, aiperi)


def test_an_officer_moved_to_another_school_has_its_scope_at_the_next_request(
    zhamal, aiperi, other_school
):
    Post.objects.filter(person=zhamal).update(organisation=other_school)
    assert not reaches(zhamal, aiperi)
    assert access.school_for(fresh(zhamal), other_school.pk) == other_school


def test_an_organisation_that_moves_takes_what_lies_below_along(
    daniyar, district, other_district, school, aiperi
):
    district.code = "99"
    district.save()
    assert Organisation.objects.get(pk=school.pk).path == "1.99.5."
    assert reaches(daniyar, aiperi)


def test_the_kind_of_an_organisation_is_asked_for(daniyar, district, school):
    assert access.district_for(daniyar, district.pk) == district
    with pytest.raises(Http404):
        access.school_for(daniyar, district.pk)
    assert list(access.schools_of(daniyar)) == [school]


def test_wholly_managed_leaves_out_who_stands_higher_elsewhere(zhamal, aiperi, other_district):
    assert access.wholly_managed(zhamal, [aiperi]) == {aiperi.pk}
    Post.objects.create(person=aiperi, organisation=other_district, role="district_officer")
    assert access.wholly_managed(zhamal, [aiperi]) == set()


def test_wholly_managed_with_a_stranger_does_nothing(zhamal, aiperi, bakyt):
    with pytest.raises(Http404):
        access.wholly_managed(zhamal, [aiperi, bakyt])


def test_ones_posts_are_asked_once_per_request(zhamal, django_assert_num_queries):
    with django_assert_num_queries(1):
        access.posts_of(zhamal)
        access.posts_of(zhamal)


@pytest.mark.parametrize("address", ["/password/change/", "/history/", "/confirm/"])
def test_strangers_are_sent_to_the_door(client, address):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, f"/sign-in/?next={address}")
    assert not is_in(client)
