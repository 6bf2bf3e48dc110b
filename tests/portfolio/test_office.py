"""The office and the supervisor: lists that cost the same, decisions, orders, and whose they are."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pikepdf
import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kabinet.people.access import Refused
from kabinet.people.models import Organisation
from kabinet.portfolio import actions, enrolling, orders, registering
from kabinet.portfolio.actions import Place, Upload
from kabinet.portfolio.models import Enrolment, Publication, Registration
from kabinet.portfolio.orders import Order
from kabinet.portfolio.standing import standing_of
from tests.conftest import at
from tests.portfolio.conftest import enrolled, required, someone
from tests.portfolio.files import pdf
from tests.portfolio.test_registration import listed


@pytest.fixture
def waiting(university) -> Registration:
    person = someone("Садыкова", "Динара")
    return Registration.objects.create(person=person, university=university)


def handed_in(study, year, ilya):
    place = Place(year, requirement=required(study, "practice"))
    return actions.hand_in(
        actor=ilya, enrolment=study, place=place, upload=Upload(pdf(), "скан.pdf")
    )


def statements(client, address: str) -> int:
    client.get(address)  # what is asked once per process is asked before
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize(("route", "who"), [("office", "office"), ("students", "orlova")])
def test_5_and_500_students_cost_the_same_statements(
    route, who, request, study, department, orlova, year, ilya, client_of
):
    handed_in(study, year, ilya)
    client, address = client_of(request.getfixturevalue(who)), reverse(f"portfolio:{route}")
    for number in range(4):
        enrolled(someone("Пятый", f"А{number}"), department, orlova)
    at_five = statements(client, address)
    for number in range(495):
        enrolled(someone("Пятисотый", f"А{number}"), department, orlova)
    assert statements(client, address) == at_five


def test_filters_take_what_they_say(study, dina, department, office, client_of):
    orders.give(actor=office, enrolment=study, order=leave(timezone.localdate()))
    client, address = client_of(office), reverse("portfolio:office")

    def found(**query) -> list[str]:
        page = client.get(address, query).context["students"]
        return [each.enrolment.person.surname for each in page]

    assert found() == ["Алиева", "Петров"]
    assert found(state="leave") == ["Петров"]
    assert found(text="али") == ["Алиева"]
    assert found(course="2") == ["Алиева", "Петров"]
    assert found(course="1") == []
    assert found(department=str(department.pk)) == ["Алиева", "Петров"]


def test_the_office_approves_a_registration_as_a_line_of_the_list(
    waiting, university, department, office, client_of
):
    entry = listed(university, department, email="typo@example.org")
    address = reverse("portfolio:office_registration", args=[waiting.pk])
    client_of(office).post(address, {"act": "approve", "entry": entry.pk})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by) == ("approved", office)
    assert Enrolment.objects.get(person=waiting.person).department == department


def test_a_refusal_needs_a_reason_which_the_person_reads(waiting, office, client_of):
    address = reverse("portfolio:office_registration", args=[waiting.pk])
    assert client_of(office).post(address, {"act": "refuse"}).status_code == 422
    client_of(office).post(address, {"act": "refuse", "reason": "Нет приказа"})
    page = client_of(waiting.person).get(reverse("portfolio:registration"))
    assert "Нет приказа" in page.content.decode()


def test_a_line_is_given_to_one_person_only(waiting, university, department, office):
    entry = listed(university, department)
    registering.approve(actor=office, registration=waiting, entry=entry)
    entry.refresh_from_db()
    other = Registration.objects.create(person=someone("Другая", "Анна"), university=university)
    with pytest.raises(Refused):
        registering.approve(actor=office, registration=other, entry=entry)


def leave(since: date) -> Order:
    return Order("leave", since, "5-к", until=since + timedelta(days=30))


def test_another_supervisor_reads_from_the_day_of_the_order(
    study, orlova, saidov, office, client_of, today
):
    tomorrow = timezone.localdate() + timedelta(days=1)
    order = Order("supervisor", tomorrow, "7-к", supervisor=saidov)
    orders.give(actor=office, enrolment=study, order=order)
    address = reverse("portfolio:plan", args=[study.pk])

    def answers() -> list[int]:
        return [client_of(who).get(address).status_code for who in (orlova, saidov)]

    assert answers() == [200, 404]
    today.shift(24 * 3600)
    assert answers() == [404, 200]
    study = Enrolment.objects.get()
    assert [fact.kind for fact in study.facts.all()].count("supervisor") == 2


def test_expulsion_ends_the_post_on_its_day(study, ilya, office, today):
    in_two_days = timezone.localdate() + timedelta(days=2)
    orders.give(actor=office, enrolment=study, order=Order("expelled", in_two_days, "9-к"))
    assert ilya.posts.current().count() == 1
    today.shift(2 * 24 * 3600)
    assert (enrolling.settle_due(), enrolling.settle_due()) == (1, 0)
    assert ilya.posts.get().until == in_two_days
    assert standing_of(Enrolment.objects.get()).left.order_number == "9-к"


def test_who_has_left_reads_on_and_changes_nothing(study, ilya, office, year, client_of, today):
    place = Place(year, requirement=required(study, "practice"))
    tomorrow = timezone.localdate() + timedelta(days=1)
    orders.give(actor=office, enrolment=study, order=Order("expelled", tomorrow, "9-к"))
    today.shift(24 * 3600)
    gone = Enrolment.objects.get()

    page = client_of(ilya).get(reverse("portfolio:plan", args=[gone.pk])).content.decode()
    assert ("№ 9-к" in page, 'type="file"' in page) == (True, False)
    with pytest.raises(Refused, match="9-к"):
        actions.hand_in(actor=ilya, enrolment=gone, place=place, upload=Upload(pdf("x"), "x.pdf"))


def test_orders_whose_night_was_missed_take_effect_later(
    study, ilya, dina, university, department, office, today
):
    """A worker that was off for a week finds them; the post ends on the day of the order."""
    elsewhere = Organisation.objects.create(
        kind="department", code="ch", name="Химия", parent=university
    )
    moves = timezone.localdate() + timedelta(days=1)
    leaves = timezone.localdate() + timedelta(days=2)
    orders.give(
        actor=office, enrolment=study, order=Order("transfer", moves, "8-к", department=elsewhere)
    )
    expelled = dina.enrolments.get()
    orders.give(actor=office, enrolment=expelled, order=Order("expelled", leaves, "9-к"))
    today.shift(7 * 24 * 3600)
    assert (enrolling.settle_due(), enrolling.settle_due()) == (2, 0)
    study.refresh_from_db()
    assert study.department == elsewhere
    posts = {post.organisation.code: (post.since, post.until) for post in ilya.posts.all()}
    assert (posts["as"][1], posts["ch"]) == (moves, (moves, None))
    assert dina.posts.get().until == leaves


def test_what_is_settled_at_once_is_not_found_by_the_sweep(study, office):
    enrolling.settle_due()
    orders.give(actor=office, enrolment=study, order=leave(timezone.localdate()))
    assert enrolling.settle_due() == 0


def test_an_order_that_says_nothing_is_refused(study, office):
    for kind in ("supervisor", "topic", "transfer"):
        with pytest.raises(Refused):
            orders.give(
                actor=office, enrolment=study, order=Order(kind, timezone.localdate(), "1-к")
            )


def test_the_form_of_an_order_is_kept_with_history(study, office, client_of):
    address = reverse("portfolio:student", args=[study.pk])
    client = client_of(office)
    day = {"since_day": "1", "since_month": "10", "since_year": "2026"}
    answer = client.post(
        address, {"kind": "topic", "order_number": "12-к", "value": "Новая тема", **day}
    )
    assert answer.status_code == 302
    assert standing_of(Enrolment.objects.get()).topic == "Новая тема"
    page = client.get(address).content.decode()
    assert ("Новая тема" in page, "12-к" in page) == (True, True)


def test_a_supervisor_sees_what_waits_and_accepts(study, year, ilya, orlova, client_of):
    report = handed_in(study, year, ilya)
    client = client_of(orlova)
    page = client.get(reverse("portfolio:students"))
    assert [each.pk for each in page.context["reports"]] == [report.pk]
    client.post(reverse("portfolio:report", args=[report.pk]), {"act": "accept"})
    report.refresh_from_db()
    assert report.state == "with_office"
    assert client.get(reverse("portfolio:students")).context["reports"] == []


def test_strangers_get_404_everywhere(
    study, waiting, dina, saidov, orlova, ilya, other_office, zhamal, aida, client_of
):
    own = reverse("portfolio:portfolio", args=[study.pk])
    whole = reverse("portfolio:portfolio_file", args=[study.pk, "pdf"])
    orders_page = reverse("portfolio:student", args=[study.pk])
    asking = reverse("portfolio:office_registration", args=[waiting.pk])
    for who in (dina, saidov, other_office, zhamal, aida):
        client = client_of(who)
        answers = [client.get(each).status_code for each in (own, whole, orders_page, asking)]
        assert answers == [404] * 4
    for who in (orlova, ilya):
        client = client_of(who)
        assert [client.get(each).status_code for each in (orders_page, asking)] == [404] * 2
    for route in ("office", "roster", "roster_example"):
        for who in (ilya, orlova, zhamal, aida):
            assert client_of(who).get(reverse(f"portfolio:{route}")).status_code == 404
    for who in (ilya, zhamal, aida):
        assert client_of(who).get(reverse("portfolio:students")).status_code == 404


def test_a_publication_with_its_file_goes_into_page_pdf_and_xlsx(
    study, ilya, orlova, saidov, client_of
):
    client = client_of(ilya)
    address = reverse("portfolio:story_add", args=["publications"])
    file = SimpleUploadedFile("статья.pdf", pdf("статья"))
    told = {"title": "Оползни и риск", "published_in": "Вестник, № 3", "file": file}
    assert client.post(address, told).status_code == 302
    story = Publication.objects.get()
    assert "Оползни и риск" in client.get(reverse("portfolio:profile")).content.decode()
    printed = client.get(reverse("portfolio:portfolio_file", args=[study.pk, "pdf"])).content
    text = "".join(each.extract_text() for each in pypdf.PdfReader(BytesIO(printed)).pages)
    assert ("Оползни и риск" in text, "Петров Илья Сергеевич" in text) == (True, True)
    table = client.get(reverse("portfolio:portfolio_file", args=[study.pk, "xlsx"])).content
    cells = {cell.value for row in openpyxl.load_workbook(BytesIO(table)).active for cell in row}
    assert {"Оползни и риск", "Вестник, № 3", "Модели & методы <учёта> рисков"} <= cells
    kept = reverse("portfolio:story_file", args=["publications", story.pk])
    assert len(pikepdf.open(BytesIO(client_of(orlova).get(kept).content)).pages) == 1
    assert client_of(saidov).get(kept).status_code == 404


def test_only_the_student_mends_a_line(study, ilya, orlova, office, client_of):
    story = Publication.objects.create(enrolment=study, title="Статья", published_in="Журнал")
    address = reverse("portfolio:story", args=["publications", story.pk])
    for who in (orlova, office):
        assert client_of(who).post(address, {"remove": "1"}).status_code == 404
    client_of(ilya).post(address, {"title": "Другая", "published_in": "Журнал"})
    story.refresh_from_db()
    assert story.title == "Другая"
    client_of(ilya).post(address, {"remove": "1"})
    story.refresh_from_db()
    assert story.removed_at is not None
    assert client_of(ilya).get(address)["Location"] == reverse("portfolio:bin", args=[study.pk])


def test_home_of_each_is_their_own_page(study, ilya, orlova, office, client_of):
    homes = [client_of(who).get("/").get("Location") for who in (ilya, orlova, office)]
    assert homes == ["/plan/", "/students/", "/office/"]


def test_another_office_of_the_same_house_sees_only_its_own(study, other_office, client_of):
    at(someone("Чужой", "Человек"), study.university, "phd_student")
    page = client_of(other_office).get(reverse("portfolio:office"))
    assert page.context["total"] == 0
