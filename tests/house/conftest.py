"""Aiperi's belongings, as the addresses of the house name them."""

import random
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from kabinet.exams.actions import finish, save_page
from kabinet.exams.models import Application, Paper
from kabinet.exams.papers.actions import Upload, add_paper, declare_face
from kabinet.exams.papers.places import FACE, Place
from kabinet.notifications import kinds
from kabinet.notifications.actions import notify
from kabinet.notifications.kinds import Kind
from kabinet.notifications.models import Message
from kabinet.payments.actions import add_receipt
from kabinet.payments.models import Charge
from kabinet.people.models import Organisation
from kabinet.portfolio.actions import Place as PlanPlace
from kabinet.portfolio.actions import Upload as PlanUpload
from kabinet.portfolio.actions import hand_in
from kabinet.portfolio.models import AcademicYear, DocumentTemplate, Publication, Registration
from kabinet.portfolio.presets import catalogue
from kabinet.portfolio.scans import actions as scans
from kabinet.site.demo import drawings
from tests.conftest import at
from tests.portfolio.conftest import enrolled, required
from tests.portfolio.conftest import someone as student
from tests.portfolio.files import pdf, photo


def fill(form: Application, slug: str, **typed: dict[str, list[str]]) -> None:
    save_page(actor=form.applicant, application=form.pk, slug=slug, typed=typed, seen={})


def put(form: Application, place: Place, picture: bytes) -> Paper:
    form = Application.objects.get(pk=form.pk)
    upload = Upload(data=picture, name=f"{place.key}.jpg")
    return add_paper(actor=form.applicant, application=form, place=place, upload=upload)


@pytest.fixture
def completed(application: Application) -> Application:
    """Aiperi's form, filled with drawn documents and finished."""
    fill(
        application,
        "personal",
        sex={"sex": ["F"]},
        birth_date={
            "birth_date_day": ["1"],
            "birth_date_month": ["3"],
            "birth_date_year": ["2009"],
        },
        document_kind={"document_kind": ["id-card"]},
        document_number={"document_number": ["ID1234567"]},
    )
    fill(
        application,
        "address",
        region={"region": ["issyk-kul"]},
        district={"district": ["jeti-oguz"]},
        town={"town": ["Кызыл-Суу"]},
        street={"street": ["ул. Манаса, 12"]},
    )
    fill(application, "subjects", subjects={"subjects": ["history"]}, language={"language": ["ky"]})
    draw = random.Random(1)
    for slot in (Paper.Slot.FRONT, Paper.Slot.BACK):
        card = drawings.identity_card(
            draw,
            names=("Абдыраева", "Айпери"),
            number="ID1234567",
            pin="10103200912345",
            born=date(2009, 3, 1),
            back=slot == Paper.Slot.BACK,
        )
        put(application, Place(slot), card)
    declare_face(actor=application.applicant, application=application, declared=True)
    put(application, FACE, drawings.portrait(draw, female=True))
    return finish(actor=application.applicant, application=application).application


@pytest.fixture
def ilyas(db: None) -> dict[str, Any]:
    """Of a PhD student in another tree: a report, photos of pages, a template. Nobody here is near."""
    university = Organisation.objects.create(kind="university", code="u1", name="Университет")
    department = Organisation.objects.create(
        kind="department", code="as", name="Кафедра", parent=university
    )
    catalogue.install(university=university, years_from=2025, years=1)
    ilya = at(student("Петров", "Илья"), department, "phd_student")
    study = enrolled(ilya, department, None)
    year = AcademicYear.objects.get()
    wanted = required(study, "practice", course=2)
    report = hand_in(
        actor=ilya,
        enrolment=study,
        place=PlanPlace(year, document_type=wanted.document_type),
        upload=PlanUpload(pdf(), "скан.pdf"),
    )
    asking = student("Садыкова", "Динара")
    secretary = at(student("Кузнецова", "Мария"), university, "phd_office")
    scan = scans.start(actor=ilya, enrolment=study, place=PlanPlace())
    shot = scans.add_photo(actor=ilya, scan=scan, upload=PlanUpload(photo("1"), "1.jpg"))
    return {
        "enrolment_id": study.pk,
        "year_id": year.pk,
        "requirement_id": wanted.pk,
        "template_id": DocumentTemplate.objects.first().pk,
        "report_id": report.pk,
        "version_id": report.versions.get().pk,
        "scan_id": scan.pk,
        "photo_id": shot.pk,
        "story_id": Publication.objects.create(enrolment=study, title="Статья").pk,
        "registration_id": Registration.objects.create(person=asking, university=university).pk,
        "line_id": department.pk,
        "kind": "pdf",
        "office_post": secretary.posts.get().pk,
    }


@pytest.fixture
def belongings(aiperi, zhamal, daniyar, school, district, completed, ilyas) -> dict[str, Any]:
    """Arguments of addresses, each leading to what is Aiperi's or above her; by route where the
    same argument means another thing."""
    charge = Charge.objects.get(payer=aiperi)
    receipt = add_receipt(
        actor=aiperi,
        charge=charge,
        receipt_id=uuid4(),
        channel="bank",
        amount=charge.amount,
        number="4410-228",
    )
    kinds.register({"test.told": Kind("Сказано", "Сказано")})
    notify(to=aiperi, kind="test.told", ref="1", params={})
    officer, story = {"person_id": daniyar.pk}, {"key": "publications"}
    of_office, departments = {"post_id": ilyas["office_post"]}, {"slug": "departments"}
    return {
        **ilyas,
        "form_id": completed.pk,
        "slug": "address",
        "key": "front",
        "paper_id": completed.papers.get(slot="face").pk,
        "rendition": "full",
        "charge_id": charge.pk,
        "receipt_id": receipt.pk,
        "message_id": Message.objects.get().pk,
        "school_id": school.pk,
        "district_id": district.pk,
        "person_id": aiperi.pk,
        "post_id": zhamal.posts.get().pk,
        "page": "components",
        "routes": {
            "cabinets:district_password": officer,
            "cabinets:district_slip": officer,
            "cabinets:post_password": of_office,
            "cabinets:post_slip": of_office,
            "portfolio:office_list": departments,
            "portfolio:office_line_add": departments,
            "portfolio:office_line": departments,
            "portfolio:story_add": story,
            "portfolio:story": story,
            "portfolio:story_file": story,
        },
    }
