"""Building the demo country: 3 districts, 12 schools, some 200 graduates in every state reached so
far, and a university with its PhD students.

Everything goes through the product's own actions, so the journal of the demo is a real one.
"""

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from kabinet.core import credentials, phones
from kabinet.exams import presets
from kabinet.exams.actions import finish, open_forms, save_page
from kabinet.exams.models import Application, Campaign, Paper, Territory
from kabinet.exams.papers.actions import Upload, add_paper, declare_face, switch_benefit
from kabinet.exams.papers.places import FACE, Place
from kabinet.payments.actions import add_receipt, cancel_receipt
from kabinet.payments.models import Charge, Receipt
from kabinet.people import logins
from kabinet.people.access_rows import AccessRow
from kabinet.people.actions import (
    first_passwords,
    open_accesses,
    open_responsible,
    set_language,
    set_own_password,
)
from kabinet.people.models import Organisation, Person, Post
from kabinet.site.demo import drawings, university
from kabinet.site.demo.cast import MadeUp, people
from kabinet.site.demo.sign_ins import PASSWORD, SignIn

SEED = 2027
SLUG = "demo"
SHOWN = "5"

DISTRICTS = {
    ("12", "Джети-Огузский район", "jeti-oguz"): [
        ("5", "Школа № 5", "с. Кызыл-Суу", 46),
        ("1", "Школа № 1 им. Токтогула", "с. Кызыл-Суу", 15),
        ("7", "Школа № 7", "с. Светлая Поляна", 12),
        ("9", "Школа № 9 им. Манаса", "с. Барскоон", 14),
    ],
    ("21", "Кара-Сууйский район", "kara-suu"): [
        ("3", "Школа № 3", "г. Кара-Суу", 16),
        ("11", "Школа № 11", "с. Нариман", 14),
        ("18", "Школа № 18 им. Курманжан Датки", "с. Мады", 13),
        ("24", "Школа № 24", "с. Кашгар-Кыштак", 12),
    ],
    ("31", "Первомайский район города Бишкек", "bishkek-birinchi-may"): [
        ("6", "Школа-гимназия № 6", "г. Бишкек", 22),
        ("13", "Школа-гимназия № 13", "г. Бишкек", 18),
        ("29", "Школа № 29", "г. Бишкек", 14),
        ("70", "Школа-лицей № 70", "г. Бишкек", 0),
    ],
}
"""(code, name, code of the territory) → (code, name, town, graduates with an access)."""


STATES = (
    "доступ выдан, ещё не входил",
    "вошёл, бланк пуст",
    "заполнил личные данные",
    "заполнил адрес",
    "выбрал предметы",
    "добавил фото документа",
    "бланк заполнен, не завершён",
    "завершил, ждёт оплату",
    "оплата в рассмотрении",
)
SUBJECTS = ("mathematics", "physics", "chemistry", "biology", "history", "english")
STREETS = ("Манаса", "Токтогула", "Ленина", "Чүй", "Советская", "Жибек Жолу", "Садовая")


class Journey:
    """How far a made-up graduate has come; each is one step longer than the one before."""

    ACCESS, SIGNED_IN, PERSONAL, ADDRESS, SUBJECTS, DOCUMENTS, FACE, FINISHED, PAID = range(9)


def far(draw: random.Random, school: Organisation, place: int) -> int:
    """The first graduates of school № 5 show every state, all others are drawn."""
    if school.code == SHOWN and place <= Journey.PAID:
        return place
    weights = (33, 11, 15, 13, 13, 2, 2, 5, 6)
    return draw.choices(range(Journey.PAID + 1), weights)[0]


@transaction.atomic
def build(say: Callable[[str], None]) -> list[SignIn]:
    """Everything or nothing. ``say`` hears how far it is."""
    draw = random.Random(SEED)  # noqa: S311 made-up people need no secrecy
    builder = Builder(draw, say)
    sign_ins = builder.country() + university.build(say, draw, builder.administrator)
    for row in sign_ins:
        if found := logins.find(logins.canonical(row.login)):
            set_language(person=found, language=row.language)
    return sign_ins


def freshen(campaign: Campaign) -> None:
    """A demo built some weeks ago is open again today."""
    university.freshen()
    if campaign.is_open():
        return
    opens, closes = window()
    campaign.opens_at, campaign.closes_at = opens, closes
    campaign.access_until = access_until(closes)
    campaign.save()


def window() -> tuple[datetime, datetime]:
    """Opened twelve days ago, closes in twelve, at eight in the evening."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=12), today + timedelta(days=12, hours=20)


def access_until(closes: datetime) -> date:
    """The end of university admission, some five months later."""
    return timezone.localdate(closes) + timedelta(days=160)


class Builder:
    def __init__(self, draw: random.Random, say: Callable[[str], None]) -> None:
        self.draw = draw
        self.say = say
        self.faces = people(draw)
        self.numbers = self._phones()
        self.sign_ins: list[SignIn] = []

    def country(self) -> list[SignIn]:
        centre = Organisation.objects.create(
            kind="centre", code="1", name="Центр оценивания и тестирования", town="г. Бишкек"
        )
        self.administrator = self._administrator(centre)
        opens, closes = window()
        self.campaign = presets.create_campaign(
            centre,
            slug=SLUG,
            year=closes.year + 1,
            opens_at=opens,
            closes_at=closes,
            first_test_day=timezone.localdate(closes) + timedelta(days=57),
            access_until=access_until(closes),
            helpline="0 312 00-00-00",
        )
        for (code, name, territory), schools in DISTRICTS.items():
            district = Organisation.objects.create(
                kind="district", code=code, name=name, parent=centre
            )
            self._district(district, Territory.objects.get(code=territory), schools)
        return self.sign_ins

    def _administrator(self, centre: Organisation) -> Person:
        person = Person.objects.create_person(
            surname="Асанова", given_name="Аида", patronymic="Маратовна", phone="+996555000001"
        )
        person.is_staff = person.is_superuser = True
        person.save()
        Post.objects.create(person=person, organisation=centre, role=Post.Role.ADMINISTRATOR)
        self._signs_in(person, "администратор центра")
        return person

    def _district(
        self, district: Organisation, home: Territory, schools: list[tuple[str, str, str, int]]
    ) -> None:
        officer = self._officer(district)
        for code, name, town, graduates in schools:
            school = Organisation.objects.create(
                kind="school",
                code=code,
                name=name,
                town=town,
                parent=district,
                expected=graduates + self.draw.randint(0, 6),
            )
            self.say(f"{school}: {graduates}")
            if graduates:
                self._school(school, home, officer, graduates)

    def _officer(self, district: Organisation) -> Person:
        (opened,) = open_accesses(
            actor=self.administrator,
            organisation=district,
            role=Post.Role.DISTRICT_OFFICER,
            rows=[self._row(next(self.faces))],
            expires_at=self.campaign.access_ends_at,
        )
        self._signs_in(opened.person, f"районный центр, {district.name}")
        return opened.person

    def _school(
        self, school: Organisation, home: Territory, officer: Person, graduates: int
    ) -> None:
        teacher = open_responsible(
            actor=officer,
            school=school,
            row=self._row(next(self.faces)),
            expires_at=self.campaign.access_ends_at,
        ).person
        self._signs_in(teacher, f"ответственный, {school}")
        made_up = list(islice(self.faces, graduates))
        opened = open_forms(
            actor=teacher,
            campaign=self.campaign,
            school=school,
            rows=[self._row(face) for face in made_up],
        )
        for place, (face, access) in enumerate(zip(made_up, opened, strict=True)):
            form = Application.objects.get(campaign=self.campaign, applicant=access.person)
            Graduate(self, form, face, home, teacher).walk(
                far(self.draw, school, place), school, place
            )

    def _row(self, face: MadeUp) -> AccessRow:
        return AccessRow(
            phone=next(self.numbers),
            surname=face.surname,
            given_name=face.given_name,
            patronymic=face.patronymic,
        )

    def _signs_in(self, person: Person, role: str) -> None:
        set_own_password(person=person, raw=PASSWORD)
        self.sign_ins.append(SignIn(role, phones.show(person.phone or "")))

    def _phones(self) -> Iterator[str]:
        for number in range(100, 1000):
            yield f"+99655520{number:03}{self.draw.randint(0, 9)}"


class Graduate:
    """One made-up graduate walking through the form; every other one is filled by the school."""

    def __init__(
        self, builder: Builder, form: Application, face: MadeUp, home: Territory, teacher: Person
    ) -> None:
        self.builder, self.form, self.face, self.home = builder, form, face, home
        self.draw = builder.draw
        self.by_school = self.draw.random() < 0.5
        self.actor = teacher if self.by_school else form.applicant

    def walk(self, far: int, school: Organisation, place: int) -> None:
        steps = (
            self.sign_in,
            self.personal,
            self.address,
            self.subjects,
            self.documents,
            self.photo,
            self.complete,
            self.pay,
        )
        for step in steps[:far]:
            step()
        if school.code == SHOWN and place <= Journey.PAID:
            self._tell(far)

    def _tell(self, far: int) -> None:
        """One graduate in every state stands in the table of sign-ins."""
        who = self.form.applicant
        waiting = first_passwords(actor=self.builder.administrator, people=[who])
        password = credentials.show_first_password(waiting[who.pk]) if waiting else PASSWORD
        role = f"выпускник: {STATES[far]}"
        self.builder.sign_ins.append(SignIn(role, phones.show(who.phone or ""), password))

    def sign_in(self) -> None:
        set_own_password(person=self.form.applicant, raw=PASSWORD)

    def personal(self) -> None:
        self.born = date(self.builder.campaign.opens_at.year - 17, 1, 1) + timedelta(
            days=self.draw.randint(0, 364)
        )
        sex = "F" if self.face.female else "M"
        self.document = f"ID{self.draw.randint(1_000_000, 9_999_999)}"
        serial = self.draw.randint(10_000, 99_999)
        self.pin = f"{1 if self.face.female else 2}{self.born:%d%m%Y}{serial}"
        self._save(
            "personal",
            sex={"sex": sex},
            birth_date=_boxes(self.born),
            document_kind={"document_kind": "id-card"},
            document_number={"document_number": self.document},
            pin={"pin": self.pin},
        )

    def address(self) -> None:
        region = self.home.parent
        self._save(
            "address",
            region={"region": region.code if region else ""},
            district={"district": self.home.code},
            town={"town": self.form.school.town.split(". ")[-1]},
            street={"street": f"ул. {self.draw.choice(STREETS)}, {self.draw.randint(1, 120)}"},
        )

    def subjects(self) -> None:
        chosen = self.draw.sample(SUBJECTS, self.draw.randint(1, 2))
        language = self.draw.choice(("ky", "ky", "ru"))
        self._save("subjects", subjects={"subjects": chosen}, language={"language": language})

    def documents(self) -> None:
        names = (self.face.surname, self.face.given_name, self.face.patronymic)
        for slot, back in ((Paper.Slot.FRONT, False), (Paper.Slot.BACK, True)):
            picture = drawings.identity_card(
                self.draw,
                names=names,
                number=self.document,
                pin=self.pin,
                born=self.born,
                back=back,
            )
            self._add(Place(slot), picture)
        if self.draw.random() < 0.1:
            self._benefit(names)

    def _benefit(self, names: tuple[str, ...]) -> None:
        benefit = self.draw.choice(list(self.builder.campaign.benefits.all()))
        switch_benefit(actor=self.actor, application=self.form, on=True)
        picture = drawings.proof(self.draw, title=benefit.name_ru, names=names)
        self._add(Place(Paper.Slot.BENEFIT, benefit), picture)

    def photo(self) -> None:
        declare_face(actor=self.actor, application=self.form, declared=True)
        self._add(FACE, drawings.portrait(self.draw, female=self.face.female))

    def complete(self) -> None:
        self.form.refresh_from_db()
        finish(actor=self.actor, application=self.form)

    def pay(self) -> None:
        charge = Charge.objects.get(subject_id=str(self.form.pk))
        if self.draw.random() < 0.15:
            wrong = self._claim(charge)
            cancel_receipt(actor=self.actor, charge=charge, receipt=wrong)
        self._claim(charge)

    def _claim(self, charge: Charge) -> Receipt:
        number = f"{self.draw.randint(4000, 4999)}-{self.draw.randint(100, 999)}"
        return add_receipt(
            actor=self.actor,
            charge=charge,
            receipt_id=uuid4(),
            channel=Receipt.Channel.BANK,
            amount=charge.amount,
            number=number,
        )

    def _save(self, slug: str, **typed: dict[str, str | list[str]]) -> None:
        as_sent = {
            field: {
                name: [value] if isinstance(value, str) else value for name, value in raw.items()
            }
            for field, raw in typed.items()
        }
        save_page(actor=self.actor, application=self.form.pk, slug=slug, typed=as_sent, seen={})

    def _add(self, place: Place, picture: bytes) -> None:
        form = Application.objects.get(pk=self.form.pk)
        upload = Upload(data=picture, name=f"{place.key}.jpg")
        add_paper(actor=self.actor, application=form, place=place, upload=upload)


def _boxes(day: date) -> dict[str, str | list[str]]:
    return {
        "birth_date_day": str(day.day),
        "birth_date_month": str(day.month),
        "birth_date_year": str(day.year),
    }
