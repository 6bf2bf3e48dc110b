"""The school's home, with JavaScript off: the row that opens an access, the list, its states."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kabinet.audit.models import Event
from kabinet.exams.models import Application
from kabinet.people.actions import set_own_password
from kabinet.people.models import Person, Post
from tests.cabinets.conftest import days_ago

TYPED = {
    "phone": "0551 846 370",
    "surname": "Мамытова",
    "given_name": "Гүлзада",
    "patronymic": "Азаматовна",
}


@pytest.fixture
def address(school) -> str:
    return reverse("cabinets:school", args=[school.pk])


@pytest.fixture
def client(client_of, zhamal, campaign):
    return client_of(zhamal)


def lines(response) -> list[str]:
    return [line.person.full_name for line in response.context["lines"]]


def test_an_empty_school_says_what_to_do_first(client, address):
    page = client.get(address).content.decode()
    assert "Выпускников пока нет." in page
    assert "Введите первого в строке выше" in page


def test_without_a_campaign_nothing_can_be_opened(client_of, zhamal, address):
    client = client_of(zhamal)
    assert "Регистрация ещё не объявлена" in client.get(address).content.decode()
    assert client.post(address, TYPED).status_code == 200
    assert Person.objects.filter(surname="Мамытова").count() == 0


def test_opening_an_access_redirects_and_shows_its_first_password(client, address, zhamal):
    response = client.post(address, TYPED)
    assert (response.status_code, response["Location"]) == (302, address)
    page = client.get(address)
    handed, [line] = page.context["handed"], page.context["lines"]
    created = Person.objects.get(phone="+996551846370")
    assert (handed.person, handed.how) == (created, "opened")
    assert [len(group) for group in handed.password.split()] == [4, 4, 2]
    assert (line.is_new, line.number, line.step.text) == (True, 1, "Доступ создан только что")
    assert handed.password in page.content.decode()
    assert Application.objects.get(applicant=created).state == "not_started"
    assert list(Event.objects.values_list("verb", "actor_id")) == [
        ("access.opened", str(zhamal.pk))
    ]


def test_after_an_access_the_cursor_stands_at_the_next_phone(client, address):
    client.post(address, TYPED)
    form = client.get(address).context["form"]
    assert form.fields["phone"].widget.attrs["autofocus"] is True


def test_the_new_line_stands_on_top_of_the_whole_list_only(client, address, graduates):
    graduates(26, state="draft")
    client.post(address, TYPED)
    found = [client.get(address, query) for query in ({}, {"page": "2"}, {"tab": "not_started"})]
    shown = [[line.is_new for line in page.context["lines"]] for page in found]
    assert shown == [[True] + [False] * 25, [False], [False]]
    assert lines(client.get(address, {"q": "нет такой"})) == []


def test_a_double_click_opens_one_access_and_shows_it_as_opened(client, address):
    client.post(address, TYPED)
    client.post(address, TYPED)
    page = client.get(address)
    assert (lines(page), page.context["handed"].how) == (["Мамытова Гүлзада Азаматовна"], "opened")
    assert Event.objects.count() == 1


def test_the_first_password_is_at_hand_for_a_quarter_of_an_hour(client, address, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    client.post(address, TYPED)
    time_machine.shift(timedelta(minutes=15))
    assert client.get(address).context["handed"] is not None
    time_machine.shift(timedelta(seconds=1))
    assert client.get(address).context["handed"] is None


def test_a_password_in_use_is_not_shown_again(client, address):
    client.post(address, TYPED)
    set_own_password(person=Person.objects.get(surname="Мамытова"), raw="үч-алма-эки-нан")
    assert client.get(address).context["handed"].password == ""


def test_wrong_fields_are_named_and_what_was_typed_stays(client, address):
    response = client.post(address, {**TYPED, "phone": "0551 84", "surname": ""})
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "phone": ["В номере не хватает 4 цифр"],
        "surname": ["Напишите фамилию"],
    }
    page = response.content.decode()
    assert 'value="0551 84"' in page
    assert 'value="Гүлзада"' in page


def test_a_phone_in_use_is_explained_at_the_phone(client, address, zhamal):
    response = client.post(address, {**TYPED, "phone": zhamal.phone})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["phone"]
    assert Person.objects.filter(surname="Мамытова").count() == 0


def test_a_child_without_an_own_phone_signs_in_with_the_number(client, address):
    client.post(address, {**TYPED, "no_phone": "on"})
    child = Person.objects.get(surname="Мамытова")
    assert (child.phone, child.contact_phone) == (None, "+996551846370")
    handed = client.get(address).context["handed"]
    assert handed.login_number.replace("\xa0", "") == child.number


def test_without_phone_and_without_the_tick_the_phone_is_asked_for(client, address):
    response = client.post(address, {**TYPED, "phone": ""})
    assert response.context["form"].errors == {
        "phone": ["Напишите номер или отметьте «Нет своего телефона»"]
    }


def test_a_namesake_interrupts_and_may_be_confirmed(client, address):
    client.post(address, TYPED)
    again = {**TYPED, "phone": "0700 111 222", "patronymic": ""}
    asked = client.post(address, again)
    assert (asked.status_code, len(asked.context["alike"])) == (409, 1)
    assert "Похоже, такой выпускник уже есть" in asked.content.decode()
    assert Person.objects.filter(surname="Мамытова").count() == 1
    meant = {**again, "meant": asked.context["form"].name_key}
    assert client.post(address, meant).status_code == 302
    assert Person.objects.filter(surname="Мамытова").count() == 2


def test_a_confirmation_counts_only_for_the_name_it_was_given_for(client, address):
    client.post(address, TYPED)
    other = {**TYPED, "phone": "0700 111 222", "meant": "совсем другой человек"}
    assert client.post(address, other).status_code == 409


def test_another_patronymic_is_another_person(client, address):
    client.post(address, TYPED)
    other = {**TYPED, "phone": "0700 111 222", "patronymic": "Бакытовна"}
    assert client.post(address, other).status_code == 302


def test_more_fields_than_the_form_has_change_nothing(client, address, other_school):
    more = {
        "is_staff": "on",
        "is_superuser": "1",
        "role": "administrator",
        "school": other_school.pk,
        "organisation": other_school.pk,
        "number": "11111111",
        "password": "x",
    }
    client.post(address, TYPED | more)
    created = Person.objects.get(surname="Мамытова")
    post = Post.objects.get(person=created)
    assert (created.is_staff, created.is_superuser, created.has_own_password) == (False,) * 3
    assert (post.role, post.organisation.name) == ("graduate", "Школа № 5")
    assert created.number != "11111111"


def test_switching_the_language_keeps_the_row_and_opens_nothing(client, address):
    response = client.post(address, {**TYPED, "phone": "0551", "_language": "ky"})
    assert (response.status_code, response.context["form"].errors) == (200, {})
    assert 'value="0551"' in response.content.decode()
    assert Person.objects.filter(surname="Мамытова").count() == 0


def test_after_the_deadline_the_row_is_gone_and_the_reason_stands_there(client, address, campaign):
    campaign.closes_at = days_ago(1)
    campaign.save()
    page = client.get(address)
    assert page.context["closed"].startswith("Регистрация закрылась")
    assert "Создать доступ выпускнику" not in page.content.decode()
    assert client.post(address, TYPED).status_code == 422
    assert Person.objects.filter(surname="Мамытова").count() == 0


def test_figures_count_what_was_sent(client, address, graduates):
    graduates(2)
    graduates(1, state="draft")
    graduates(1, state="completed", payment="none")
    graduates(1, state="completed", payment="settled")
    figures = client.get(address).context["figures"]
    assert (figures.opened, figures.sent) == (5, 2)
    assert figures.counts == {
        "not_started": 2,
        "draft": 1,
        "awaiting_payment": 1,
        "in_review": 0,
        "returned": 0,
        "done": 1,
    }


@pytest.mark.parametrize(
    ("tab", "number"),
    [
        ("all", 6),
        ("help", 1),
        ("not_started", 1),
        ("draft", 1),
        ("awaiting_payment", 1),
        ("in_review", 1),
        ("done", 1),
        ("nonsense", 6),
    ],
)
def test_each_tab_shows_as_many_as_it_says(client, address, graduates, tab, number):
    graduates(1)
    graduates(1, state="draft")
    for payment in ("none", "in_review", "settled", "rejected"):
        graduates(1, state="completed", payment=payment)
    page = client.get(address, {"tab": tab})
    said = {one.code: count for one, count in page.context["tabs"]}
    assert (len(page.context["lines"]), said.get(tab, 6)) == (number, number)


def test_help_is_wanted_where_a_week_passed_in_silence(
    client_of, zhamal, address, graduates, time_machine
):
    [quiet] = graduates(1, state="draft")
    graduates(1, state="completed", payment="settled")
    time_machine.move_to(timezone.now() + timedelta(days=8))
    graduates(1)
    [line] = client_of(zhamal).get(address, {"tab": "help"}).context["lines"]
    assert line.form == quiet


def test_the_list_is_in_the_order_of_the_alphabet_and_turns_round(client, address, graduates):
    graduates(3)
    forwards = lines(client.get(address))
    assert lines(client.get(address, {"sort": "-name"})) == forwards[::-1]
    assert lines(client.get(address, {"sort": "no such"})) == forwards


def test_sorting_by_status_begins_with_those_who_have_not_begun(client, address, graduates):
    graduates(1, state="completed", payment="settled")
    graduates(1)
    statuses = [line.status for line in client.get(address, {"sort": "status"}).context["lines"]]
    assert statuses == ["not_started", "done"]


def test_pages_of_25_go_on_and_keep_counting(client, address, graduates):
    graduates(27)
    first, second = client.get(address), client.get(address, {"page": "2"})
    assert [len(page.context["lines"]) for page in (first, second)] == [25, 2]
    assert [line.number for line in second.context["lines"]] == [26, 27]
    assert "?page=2" in first.content.decode()
    assert len(client.get(address, {"size": "50"}).context["lines"]) == 27
    assert len(client.get(address, {"size": "7", "page": "-1"}).context["lines"]) == 25


def test_an_empty_form_can_be_filled_and_every_form_can_be_looked_at(client, address, graduates):
    [form] = graduates(1)
    page = client.get(address).content.decode()
    link = reverse("exams:form", args=[form.pk])
    assert page.count(f'href="{link}"') == 3
    assert ("Просмотр бланка" in page, "Заполнить" in page) == (True, True)
    Application.objects.filter(pk=form.pk).update(state="draft")
    assert "Заполнить" not in client.get(address).content.decode()


def test_a_school_far_below_has_a_way_back(client_of, daniyar, zhamal, address, district, campaign):
    assert client_of(daniyar).get(address).context["from_above"] is True
    assert client_of(zhamal).get(address).context["from_above"] is False


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "<script>alert(1)</script>"])
def test_what_is_no_name_is_refused(client, address, name):
    response = client.post(address, {**TYPED, "surname": name})
    assert (response.status_code, "<script>alert" in response.content.decode()) == (422, False)
