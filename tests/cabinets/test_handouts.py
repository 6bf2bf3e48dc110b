"""«Доступы выпускников» and «Памятки»: what leaves the house, and what the journal knows of it."""

import io

import openpyxl
import pytest
from django.db import connection
from django.urls import reverse
from pypdf import PdfReader

from kabinet.audit.models import Event
from kabinet.core.credentials import show_first_password
from kabinet.exams.actions import open_forms
from kabinet.people.access_rows import AccessRow
from kabinet.people.actions import first_passwords, set_own_password
from kabinet.people.models import Organisation


@pytest.fixture
def two(campaign, school, zhamal):
    rows = [
        AccessRow("+996551846370", "Мамытова", "Гүлзада", "Азаматовна"),
        AccessRow(None, "Асанов", "Бекзат", contact_phone="+996700111222"),
    ]
    opened = open_forms(actor=zhamal, campaign=campaign, school=school, rows=rows)
    return [each.person for each in opened]


def sheet_of(response) -> list[tuple]:
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return [tuple(cell.value for cell in row) for row in book.active.iter_rows()]


def text_of(response) -> str:
    reader = PdfReader(io.BytesIO(response.content))
    return "\n".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize("name", ["accesses", "slips"])
def test_first_passwords_leave_only_after_the_password_was_typed_again(
    unconfirmed, zhamal, school, two, name
):
    response = unconfirmed(zhamal).get(reverse(f"cabinets:{name}", args=[school.pk]))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert Event.objects.filter(verb__endswith="downloaded").count() == 0
    page = unconfirmed(zhamal).get(response["Location"]).content.decode()
    assert "Файл скачается сразу после пароля" in page
    assert f'href="{reverse("home")}"' in page


def test_the_sheet_holds_all_graduates_and_unused_first_passwords(client_of, zhamal, school, two):
    gulzada, bekzat = two
    set_own_password(person=gulzada, raw="үч-алма-эки-нан")
    digits = first_passwords(actor=zhamal, people=[bekzat])[bekzat.pk]
    response = client_of(zhamal).get(reverse("cabinets:accesses", args=[school.pk]))
    heading, *lines = sheet_of(response)
    assert heading[0] == "ФИО"
    assert [(line[0], line[-1]) for line in lines] == [
        ("Асанов Бекзат", show_first_password(digits)),
        ("Мамытова Гүлзада Азаматовна", "сменил(а) сам(а)"),
    ]
    event = Event.objects.get(verb="accesses.downloaded")
    assert (event.actor_id, event.chain) == (str(zhamal.pk), str(school.pk))
    assert event.details.values == {"people": 2, "first_passwords": 1}
    assert "xlsx" in response["Content-Disposition"]
    assert response["Cache-Control"] == "no-store"


def test_the_slips_hold_unused_first_passwords_only(client_of, zhamal, school, two):
    set_own_password(person=two[0], raw="үч-алма-эки-нан")
    response = client_of(zhamal).get(reverse("cabinets:slips", args=[school.pk]))
    text = text_of(response)
    assert ("Асанов Бекзат" in text, "Мамытова" in text) == (True, False)
    assert Event.objects.get(verb="slips.downloaded").details.values == {"slips": 1}


def test_nobody_waits_for_the_slips_to_be_set(client_of, zhamal, school, two, monkeypatch):
    def slips_pdf(rows, prepare):
        assert connection.savepoint_ids == []
        return b"%PDF"

    monkeypatch.setattr("kabinet.cabinets.actions.slips_pdf", slips_pdf)
    response = client_of(zhamal).get(reverse("cabinets:slips", args=[school.pk]))
    assert response.content == b"%PDF"


def test_a_line_break_in_the_name_of_a_school_does_not_reach_a_header(
    client_of, zhamal, school, two
):
    Organisation.objects.filter(pk=school.pk).update(name="School\r\nSet-Cookie: a=b", town="")
    address = reverse("cabinets:accesses", args=[school.pk])
    response = client_of(zhamal).get(address, headers={"accept-language": "en"})
    assert response.status_code == 200
    assert "School Set-Cookie: a=b.xlsx" in response["Content-Disposition"]


def test_a_very_long_list_has_its_slips_in_parts(client_of, zhamal, school, two, monkeypatch):
    monkeypatch.setattr("kabinet.people.slips.MOST", 1)
    client, address = client_of(zhamal), reverse("cabinets:slips", args=[school.pk])

    shown = client.get(reverse("cabinets:school", args=[school.pk])).content.decode()
    assert "Памятки 1–1" in shown
    assert "Памятки 2–2" in shown

    files = [text_of(client.get(f"{address}{part}")) for part in ("", "?part=2")]
    assert [("Асанов" in text, "Мамытова" in text) for text in files] == [
        (True, False),
        (False, True),
    ]


def test_without_anybody_waiting_there_are_no_slips_but_a_sentence(client_of, zhamal, school, two):
    for person in two:
        set_own_password(person=person, raw="үч-алма-эки-нан")
    client = client_of(zhamal)
    response = client.get(reverse("cabinets:slips", args=[school.pk]), follow=True)
    assert response.redirect_chain[0][0] == reverse("cabinets:school", args=[school.pk])
    assert "Памяток нет" in response.content.decode()
    assert Event.objects.filter(verb="slips.downloaded").count() == 0


def test_the_slip_of_whom_was_just_opened_needs_no_second_password(
    unconfirmed, zhamal, school, campaign
):
    client, home = unconfirmed(zhamal), reverse("cabinets:school", args=[school.pk])
    typed = {"phone": "0551846370", "surname": "Мамытова", "given_name": "Гүлзада"}
    client.post(home, typed)
    person = client.get(home).context["handed"].person
    response = client.get(reverse("cabinets:school_slip", args=[school.pk, person.pk]))
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert "Мамытова Гүлзада" in text_of(response)
    event = Event.objects.get(verb="slips.downloaded")
    assert event.person_id == str(person.pk)


def test_another_slip_asks_for_the_password_first(unconfirmed, client_of, zhamal, school, two):
    address = reverse("cabinets:school_slip", args=[school.pk, two[0].pk])
    assert unconfirmed(zhamal).get(address).status_code == 302
    assert client_of(zhamal).get(address).status_code == 200


def test_a_slip_is_never_made_of_another_schools_graduate(
    client_of, bakyt, other_school, school, two
):
    client = client_of(bakyt)
    for place in (school, other_school):
        address = reverse("cabinets:school_slip", args=[place.pk, two[0].pk])
        assert client.get(address).status_code == 404


def test_dangerous_names_stay_text_in_the_sheet(client_of, zhamal, school, two):
    """No way of typing gets such a name in; should one be in the database, it does nothing."""
    two[0].surname = "=HYPERLINK(1)"
    two[0].save()
    response = client_of(zhamal).get(reverse("cabinets:accesses", args=[school.pk]))
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    kinds = {cell.data_type for row in book.active.iter_rows() for cell in row if cell.value}
    assert kinds == {"s"}
