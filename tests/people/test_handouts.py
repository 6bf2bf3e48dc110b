"""«Доступы выпускников» and slips: everything a person needs, and no secret of who needs none."""

import io
import re

import openpyxl
import pytest
from django.http import Http404
from django.utils import timezone, translation
from pypdf import PdfReader

from kabinet.core import credentials
from kabinet.people import actions, first_passwords
from kabinet.people.access_rows import AccessRow
from kabinet.people.handouts import Handout, handouts
from kabinet.people.models import FirstPassword
from kabinet.people.sheets import accesses_sheet
from kabinet.people.slips import MOST, NoSlips, slips_pdf
from tests.people.conftest import AIPERI, OWN

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(open_graduates):
    """Unused, with an own password, and expired."""
    opened = open_graduates(
        AIPERI,
        AccessRow(None, "Өмүрбек уулу", "Үсөн", contact_phone="0555204118"),
        AccessRow("0700415902", "Ыңгайбек кызы", "Жаңыл"),
    )
    actions.set_own_password(person=opened[1].person, raw=OWN)
    FirstPassword.objects.filter(person=opened[2].person).update(expires_at=timezone.now())
    return opened


def handed(zhamal, three) -> list[Handout]:
    return handouts(actor=zhamal, people=[one.person for one in three])


def cells(sheet: bytes) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(sheet))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def test_the_sheet_shows_first_passwords_only_while_unused(zhamal, three):
    number = [credentials.show_applicant_number(one.person.number) for one in three]
    door = "http://localhost:8000/sign-in/"
    digits = credentials.show_first_password(three[0].first_password)
    assert cells(accesses_sheet(handed(zhamal, three))) == [
        ["ФИО", "Телефон", "Номер абитуриента", "Ссылка", "Первый пароль"],
        ["Абдыраева Айпери Нурлановна", "+996\xa0555\xa0204\xa0118", number[0], door, digits],
        ["Өмүрбек уулу Үсөн", None, number[1], door, "сменил(а) сам(а)"],
        ["Ыңгайбек кызы Жаңыл", "+996\xa0700\xa0415\xa0902", number[2], door, "истёк"],
    ]


def test_every_cell_of_the_sheet_is_text(zhamal, three):
    book = openpyxl.load_workbook(io.BytesIO(accesses_sheet(handed(zhamal, three))))
    kinds = {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row if cell.value}
    assert kinds == {"s"}


def test_the_sheet_carries_no_token(zhamal, three):
    token = first_passwords.token(FirstPassword.objects.get(person=three[0].person))
    assert token not in str(cells(accesses_sheet(handed(zhamal, three))))


def test_handouts_of_a_stranger_are_refused(bakyt, three):
    with pytest.raises(Http404):
        handed(bakyt, three)


def test_handouts_keep_the_order_and_ask_the_same_number_of_questions(
    zhamal, three, django_assert_num_queries
):
    handed(zhamal, three)
    people = [one.person for one in three]
    with django_assert_num_queries(3):
        handouts(actor=zhamal, people=people[:1])
    with django_assert_num_queries(3):
        backwards = handouts(actor=zhamal, people=people[::-1])
    assert [one.full_name for one in backwards] == [person.full_name for person in people[::-1]]


def row(place: int, **more: str) -> Handout:
    facts = {
        "full_name": f"Өмүрбек уулу Үсөн Ңаркан {place}",
        "phone": "+996\xa0555\xa0204\xa0118",
        "number": "4827\xa01936",
        "first_password": "4827 1936 05",
        "address": "http://localhost:8000/sign-in/#48271936.ABCDEFGHIJKLMNOPQRSTUV",
        "state": "",
    }
    return Handout(**{**facts, **more})


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_a_slip_says_who_where_and_with_what():
    (text,) = pages(slips_pdf([row(1)], prepare="Приготовьте: паспорт"))
    assert words(text) == (
        "Вход в личный кабинет Өмүрбек уулу Үсөн Ңаркан 1 Телефон +996 555 204 118 "
        "Первый пароль 4827 1936 05 Номер абитуриента: 4827 1936 "
        "Адрес: localhost:8000/sign-in/ Наведите камеру "
        "Пароль знаете только вы. При первом входе придумайте свой. Приготовьте: паспорт"
    )


def test_a_slip_without_a_phone_names_the_number_as_login():
    (text,) = pages(slips_pdf([row(1, phone="")], prepare=""))
    assert words(text).split(" Адрес")[0] == (
        "Вход в личный кабинет Өмүрбек уулу Үсөн Ңаркан 1 Номер 4827 1936 Первый пароль 4827 1936 05"
    )


def test_slips_stand_eight_to_a_page_and_skip_who_needs_none():
    rows = [row(place) for place in range(17)] + [row(99, first_password="", address="")]
    found = pages(slips_pdf(rows))
    assert [page.count("Вход в личный кабинет") for page in found] == [8, 8, 1]
    assert "Ңаркан 99" not in "".join(found)


def test_slips_speak_the_language_of_who_prints():
    with translation.override("ky"):
        pdf = slips_pdf([row(1)])
    assert "Биринчи сырсөз" in words(*pages(pdf))
    assert PdfReader(io.BytesIO(pdf)).metadata.title == "Жеке кабинетке кирүү"


def test_slips_of_nobody_are_named():
    with pytest.raises(NoSlips):
        slips_pdf([row(1, first_password="", address="", state="истёк")])


def test_slips_of_more_than_a_batch_are_refused():
    with pytest.raises(ValueError, match="500"):
        slips_pdf([row(1)] * (MOST + 1))


def test_a_long_name_stays_on_its_slip():
    name = "Константинопольский-Абдырахманов Мухаммедмуса Абдурахмангазиевич"
    rows = [row(place, full_name=name) for place in range(8)]
    assert len(pages(slips_pdf(rows))) == 1


def test_the_code_of_the_slip_opens_the_door(zhamal, three, client):
    address = handed(zhamal, three)[0].address
    door, _, fragment = address.partition("#")
    number, _, token = fragment.partition(".")
    assert door == "http://localhost:8000/sign-in/"
    response = client.post("/sign-in/", {"login": number, "token": token})
    assert response["Location"] == "/password/"
