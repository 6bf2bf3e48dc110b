"""Accesses opened in bulk: all or a list of what is wrong, and never twice."""

import pytest
from django.http import Http404

from kabinet.audit.models import Event
from kabinet.people import actions, first_passwords
from kabinet.people.access import Refused
from kabinet.people.access_rows import AccessRow, BadRows
from kabinet.people.models import FirstPassword, Person, Post
from tests.people.conftest import AIPERI, OWN

pytestmark = pytest.mark.django_db
TAKEN_ELSEWHERE = "Этот номер уже занят. Проверьте номер или обратитесь в районный центр"


def refused(open_them, *rows: AccessRow, **more) -> dict:
    with pytest.raises(BadRows) as bad:
        open_them(*rows, **more)
    return dict(bad.value.errors)


def test_an_access_makes_a_person_a_post_and_a_first_password(open_graduates, school, end):
    (opened,) = open_graduates(AccessRow("0555 204 118", "АБДЫРАЕВА", "айпери", " нурлановна"))
    person = Person.objects.get(posts__role="graduate")
    assert (person.full_name, person.phone) == ("Абдыраева Айпери Нурлановна", "+996555204118")
    assert opened.person == person
    assert opened.created
    assert len(opened.first_password) == 10
    post = Post.objects.get(person=person)
    assert (post.organisation, post.role) == (school, "graduate")
    assert FirstPassword.objects.get(person=person).expires_at == end


def test_each_opened_access_is_one_event_in_the_journal_of_the_school(
    open_graduates, zhamal, school
):
    opened = open_graduates(AIPERI, AccessRow("0700415902", "Асанов", "Бекзат"))
    events = Event.objects.order_by("seq")
    assert [(event.verb, event.chain, event.actor_id, event.person_id) for event in events] == [
        ("access.opened", str(school.pk), str(zhamal.pk), str(one.person.pk)) for one in opened
    ]


def test_the_same_row_again_gives_the_same_person_and_password(open_graduates):
    (first,) = open_graduates(AIPERI)
    (again,) = open_graduates(AccessRow("+996555204118", "Абдыраева", "АЙПЕРИ", "Нурлановна"))
    assert (again.person, again.first_password, again.created) == (
        first.person,
        first.first_password,
        False,
    )
    assert Event.objects.count() == 1


def test_the_same_row_twice_in_one_list_is_one_person(open_graduates):
    first, second = open_graduates(AIPERI, AIPERI)
    assert (first.created, second.created) == (True, False)
    assert first.person == second.person
    assert first.first_password == second.first_password


def test_a_row_of_somebody_with_an_own_password_shows_no_secret(open_graduates, opened):
    actions.set_own_password(person=opened.person, raw=OWN)
    (again,) = open_graduates(AIPERI)
    assert (again.first_password, again.created) == ("", False)


def test_a_child_without_a_phone_gets_a_number_and_only_a_contact(open_graduates):
    row = AccessRow(None, "Асанов", "Бекзат", contact_phone="0555 204 118")
    (opened,) = open_graduates(row)
    person = opened.person
    assert (person.phone, person.contact_phone) == (None, "+996555204118")
    (again,) = open_graduates(row)
    assert (again.person, again.created) == (person, False)


def test_two_children_share_the_phone_of_their_family(open_graduates):
    family = "0555 204 118"
    rows = [AccessRow(None, "Асанов", name, contact_phone=family) for name in ("Бекзат", "Бермет")]
    assert len({one.person.pk for one in open_graduates(*rows)}) == 2


def test_every_bad_row_is_named_before_anything_is_written(open_graduates):
    errors = refused(
        open_graduates,
        AIPERI,
        AccessRow("0555 20 41", "", "Бекзат"),
        AccessRow("0700415902", "Асанов", ""),
        AccessRow("0700415903", "Асан0в", "=1+1"),
        AccessRow("0700415904", "Асанов", "Бекзат", contact_phone="12"),
    )
    assert errors == {
        1: {
            "phone": "В номере не хватает двух цифр",
            "surname": "Напишите фамилию",
        },
        2: {"given_name": "Напишите имя"},
        3: {
            "surname": "В имени бывают только буквы, дефис и апостроф",
            "given_name": "В имени бывают только буквы, дефис и апостроф",
        },
        4: {"contact_phone": "В номере не хватает 7 цифр"},
    }
    assert not Post.objects.filter(role="graduate").exists()
    assert not Event.objects.exists()


def test_a_phone_taken_in_ones_own_school_is_told_with_name_and_place(open_graduates, opened):
    errors = refused(open_graduates, AccessRow("0555204118", "Асанов", "Бекзат"))
    assert errors == {
        0: {
            "phone": "Этот номер уже есть: Абдыраева\xa0А.\xa0Н., выпускник, "
            "Школа № 5, с. Кызыл-Суу. Проверьте номер"
        }
    }


def test_a_phone_taken_elsewhere_tells_nothing_about_whom(open_graduates, bakyt):
    errors = refused(open_graduates, AccessRow("0555000004", "Бакытов", "Бакыт"))
    assert errors == {0: {"phone": TAKEN_ELSEWHERE}}


def test_a_district_is_not_sent_to_itself_about_a_phone_taken_elsewhere(
    daniyar, school, bakyt, end
):
    with pytest.raises(BadRows) as bad:
        actions.open_responsible(
            actor=daniyar,
            school=school,
            row=AccessRow("0555000004", "Бакытов", "Бакыт"),
            expires_at=end,
        )
    assert bad.value.errors[0]["phone"].endswith("обратитесь в центр тестирования")


def test_one_phone_for_two_names_in_a_list_is_an_error(open_graduates):
    errors = refused(open_graduates, AIPERI, AccessRow("555204118", "Асанов", "Бекзат"))
    assert errors == {1: {"phone": "Этот номер уже стоит в строке 1"}}


def test_rows_beyond_a_chunk_are_all_opened_in_order(open_graduates):
    rows = [
        AccessRow(f"+99655510{place:04d}", "Асанов", f"Бекзат{chr(1072 + place % 30)}")
        for place in range(actions.CHUNK + 3)
    ]
    opened = open_graduates(*rows)
    assert [one.person.phone for one in opened] == [row.phone for row in rows]
    assert len({one.first_password for one in opened}) == len(rows)
    assert Event.objects.count() == len(rows)


def test_who_left_and_is_entered_again_comes_back(open_graduates, opened, zhamal):
    actions.end_post(actor=zhamal, post=Post.objects.get(person=opened.person))
    Post.objects.create(
        person=opened.person,
        organisation=zhamal.posts.get().organisation,
        role="graduate",
        since="2020-01-01",
        until="2020-12-31",
    )
    (again,) = open_graduates(AIPERI)
    assert (again.person, again.created, len(again.first_password)) == (opened.person, True, 10)
    assert opened.person.posts.current().count() == 1


def test_a_school_gets_no_first_password_of_who_stands_higher_now(
    open_graduates, opened, other_district
):
    Post.objects.create(person=opened.person, organisation=other_district, role="district_officer")
    (again,) = open_graduates(AIPERI)
    assert (again.first_password, again.created) == ("", False)
    Post.objects.filter(role="graduate").update(since="2020-01-01", until="2020-12-31")
    (returned,) = open_graduates(AIPERI)
    assert (returned.first_password, returned.created) == ("", True)
    assert first_passwords.revealed(FirstPassword.objects.get()) == opened.first_password


def test_a_taken_phone_names_the_role_as_it_is_written(open_graduates, zhamal):
    errors = refused(open_graduates, AccessRow("0555900100", "Асанов", "Бекзат"))
    assert errors[0]["phone"].split(", ")[1] == "ответственный по ОРТ"


@pytest.mark.parametrize("who", ["daniyar", "aida"])
def test_whoever_stands_above_the_school_may_open_its_graduates(who, request, open_graduates):
    (opened,) = open_graduates(AIPERI, actor=request.getfixturevalue(who))
    assert opened.created


def test_a_neighbour_cannot_open_accesses_here(open_graduates, bakyt):
    with pytest.raises(Http404):
        open_graduates(AIPERI, actor=bakyt)


def test_a_graduate_cannot_open_accesses(open_graduates, aiperi):
    with pytest.raises(Http404):
        open_graduates(AccessRow("0700415902", "Асанов", "Бекзат"), actor=aiperi)


def test_the_district_opens_the_responsible_of_its_school(daniyar, school, end):
    opened = actions.open_responsible(
        actor=daniyar,
        school=school,
        row=AccessRow("0555900100", "Сыдыкова", "Жамал"),
        expires_at=end,
    )
    assert opened.person.posts.get().role == "responsible"
    assert Event.objects.get().verb == "responsible.opened"


def test_a_responsible_person_does_not_open_another(zhamal, school, end):
    with pytest.raises(Refused):
        actions.open_responsible(
            actor=zhamal,
            school=school,
            row=AccessRow("0555900199", "Асанова", "Асель"),
            expires_at=end,
        )
    assert Post.objects.filter(organisation=school).count() == 1


def test_the_district_of_another_branch_opens_nobody_here(school, other_district, end):
    officer = Person.objects.create_person(surname="Токтогулов", given_name="Азамат")
    Post.objects.create(person=officer, organisation=other_district, role="district_officer")
    with pytest.raises(Http404):
        actions.open_responsible(
            actor=officer,
            school=school,
            row=AccessRow("0555900100", "Сыдыкова", "Жамал"),
            expires_at=end,
        )


def test_a_role_is_opened_only_where_it_has_its_place(aida, district, end):
    with pytest.raises(Refused):
        actions.open_accesses(
            actor=aida, organisation=district, role="graduate", rows=[AIPERI], expires_at=end
        )


def test_nobody_opens_an_administrator_from_a_page(aida, centre, end):
    with pytest.raises(Refused):
        actions.open_accesses(
            actor=aida, organisation=centre, role="administrator", rows=[AIPERI], expires_at=end
        )
