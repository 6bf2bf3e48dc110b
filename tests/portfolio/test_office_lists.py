"""The office's lists: added, changed, closed and opened again, with whatever uses them untouched."""

from datetime import date

import pytest
from django.urls import reverse

from kabinet.audit.models import Event
from kabinet.people.access import Refused
from kabinet.people.models import Organisation
from kabinet.portfolio import actions as reports
from kabinet.portfolio.actions import Place, Upload
from kabinet.portfolio.forms import OrderForm
from kabinet.portfolio.models import AcademicYear, DocumentType, Requirement, Speciality, StudyForm
from kabinet.portfolio.office_lists import actions
from kabinet.portfolio.office_lists.kinds import LISTS
from kabinet.portfolio.roster.judging import judge
from kabinet.portfolio.roster.reading import Row
from kabinet.portfolio.slots import plan_of, requirements_in
from kabinet.portfolio.standing import with_facts
from tests.portfolio.conftest import required
from tests.portfolio.files import pdf
from tests.portfolio.test_registration import listed


@pytest.fixture
def client(client_of, office):
    return client_of(office)


def page(slug: str, line=None) -> str:
    if line is None:
        return reverse("portfolio:office_line_add", args=[slug])
    return reverse("portfolio:office_line", args=[slug, line.pk])


def day(name: str, of: date) -> dict[str, int]:
    return {f"{name}_day": of.day, f"{name}_month": of.month, f"{name}_year": of.year}


def verbs() -> list[str]:
    found = Event.objects.filter(verb__startswith="list.").order_by("seq")
    return [event.verb for event in found]


ADDED = {
    "departments": {"name": "  Химия   и экология "},
    "specialities": {"code": "1.4. 2", "name_ru": "Аналитическая химия"},
    "forms": {"name_ru": "Вечерняя", "years": "4"},
    "years": {**day("starts", date(2027, 9, 1)), **day("ends", date(2028, 8, 31))},
    "types": {"name_ru": "Научный семинар", "words": "семинар"},
}


@pytest.mark.parametrize("slug", ADDED)
def test_a_line_is_added_closed_and_opened_again(client, university, department, slug):
    kept = LISTS[slug]
    before = set(kept.lines(university).values_list("pk", flat=True))
    assert client.post(page(slug), ADDED[slug]).status_code == 302
    line = kept.lines(university).exclude(pk__in=before).get()
    assert kept.university_of(line) == university
    there = reverse("portfolio:office_list", args=[slug])
    assert (
        client.post(page(slug, line), {"act": "close"})["Location"] == f"{there}?closed={line.pk}"
    )
    line.refresh_from_db()
    assert line.is_closed
    undo = client.get(f"{there}?closed={line.pk}").content.decode()
    assert ("Закрыто: " in undo, 'value="reopen"' in undo) == (True, True)
    client.post(page(slug, line), {"act": "reopen"})
    line.refresh_from_db()
    assert not line.is_closed
    assert verbs() == ["list.added", "list.closed", "list.reopened"]


def test_every_page_of_every_list_opens_with_every_line(client, university, department, study):
    assert client.get(reverse("portfolio:office_lists")).status_code == 200
    for slug, kept in LISTS.items():
        assert client.get(reverse("portfolio:office_list", args=[slug])).status_code == 200
        assert client.get(page(slug)).status_code == 200
        for line in kept.lines(university)[:3]:
            assert client.get(page(slug, line)).status_code == 200


def test_a_name_changes_everywhere_and_twice_the_same_is_one_event(client, department, study):
    for _again in range(2):
        client.post(page("departments", department), {"name": "Кафедра систем"})
    study.refresh_from_db()
    assert study.department.name == "Кафедра систем"
    assert verbs() == ["list.changed"]


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    client, department, university
):
    actions.close(actor=_office_of(client), kept=LISTS["departments"], line=department)
    cases = (
        ("departments", {"name": department.name.upper()}, "name", "среди закрытых"),
        ("departments", {"name": ""}, "name", "Заполните"),
        ("specialities", {"code": "", "name_ru": "Химия"}, "code", "Заполните"),
        ("forms", {"name_ru": "очная", "years": "3"}, "name_ru", "уже есть в списке"),
        ("forms", {"name_ru": "Вечерняя", "years": "девять"}, "years", "от 1 до 8"),
        (
            "years",
            {**day("starts", date(2027, 8, 1)), **day("ends", date(2028, 7, 1))},
            "starts",
            "уже в году 2026/27",
        ),
        (
            "years",
            {**day("starts", date(2028, 9, 1)), **day("ends", date(2030, 9, 1))},
            "ends",
            "до 13 месяцев",
        ),
    )
    for slug, typed, field, sentence in cases:
        answer = client.post(page(slug), typed)
        form = answer.context["form"]
        assert (answer.status_code, sentence in form.errors[field][0]) == (422, True), typed
        assert {name: form.data[name] for name in typed} == {k: str(v) for k, v in typed.items()}
    assert verbs() == ["list.closed"]


def _office_of(client):
    return client.get(reverse("portfolio:office")).context["user"]


def test_a_switched_language_keeps_what_was_typed(client, university):
    answer = client.post(page("departments"), {"name": "Химия", "_language": "en"})
    assert (answer.status_code, answer.context["form"].data["name"]) == (200, "Химия")
    assert not Organisation.objects.filter(name="Химия").exists()


# What closing means.


def test_a_closed_department_is_for_no_new_order_and_no_new_line_of_the_roster(
    office, university, department, study
):
    entry = listed(university, department)
    actions.close(actor=office, kept=LISTS["departments"], line=department)
    places = OrderForm(university=university).fields["department"].queryset
    assert (department in places, study.department) == (False, department)
    cells = {
        "surname": entry.surname,
        "given_name": entry.given_name,
        "email": entry.email,
        "department": department.name,
        "speciality": "2.3.1",
        "study_form": "Очная",
        "year_of_study": "1",
        "order_number": "41-к",
        "since": "01.09.2026",
    }
    known = judge([Row(2, cells)], university)
    new = judge([Row(2, {**cells, "email": "new@example.org"})], university)
    assert ([each.column for each in known.problems], len(new.problems)) == ([], 1)
    assert "закрыто в списках отдела" in new.problems[0].sentence


def test_a_type_that_is_required_is_not_closed(client, university):
    kind = DocumentType.objects.get(university=university, code="practice")
    answer = client.post(page("types", kind), {"act": "close"})
    told = answer.context["error"]
    assert (answer.status_code, "Очная, 2-й курс" in told) == (422, True)
    kind.refresh_from_db()
    assert not kind.is_closed


def test_a_closed_type_is_not_offered_for_a_draft(office, study, ilya, client_of):
    kind = DocumentType.objects.create(university=study.university, code="x", name_ru="Семинар")
    reports.hand_in(actor=ilya, enrolment=study, place=Place(), upload=Upload(pdf(), "x.pdf"))
    plan = reverse("portfolio:plan", args=[study.pk])
    assert kind in client_of(ilya).get(plan).context["types"]
    actions.close(actor=office, kept=LISTS["types"], line=kind)
    assert kind not in client_of(ilya).get(plan).context["types"]


def test_a_closed_year_takes_no_new_documents_and_mends_the_old_ones(
    office, orlova, study, ilya, year, client_of
):
    place = Place(year, requirement=required(study, "practice"))
    report = reports.hand_in(
        actor=ilya, enrolment=study, place=place, upload=Upload(pdf("1"), "1.pdf")
    )
    reports.return_(actor=orlova, report=report, remark="Подпишите")
    actions.close(actor=office, kept=LISTS["years"], line=year)
    year.refresh_from_db()
    other = Place(year, requirement=required(study, "plan"))
    with pytest.raises(Refused):
        reports.hand_in(actor=ilya, enrolment=study, place=other, upload=Upload(pdf(), "2.pdf"))
    mended = reports.replace_file(actor=ilya, report=report, upload=Upload(pdf("2"), "3.pdf"))
    assert mended.state == "with_supervisor"
    shown = client_of(ilya).get(reverse("portfolio:plan", args=[study.pk])).content.decode()
    assert ("Приём закрыт" in shown, f"drop-slot-{year.pk}-" in shown) == (True, False)


def test_a_draft_cannot_be_described_into_a_closed_year(office, study, ilya, year):
    draft = reports.hand_in(
        actor=ilya, enrolment=study, place=Place(), upload=Upload(pdf(), "x.pdf")
    )
    actions.close(actor=office, kept=LISTS["years"], line=year)
    year.refresh_from_db()
    place = Place(year, requirement=required(study, "plan"))
    with pytest.raises(Refused):
        reports.describe(actor=ilya, report=draft, place=place)


def test_a_closed_requirement_leaves_past_years_as_they_were(office, study, year, last_year):
    plan = required(study, "plan", course=2)
    first = required(study, "plan", course=1)
    for line in (plan, first):
        actions.close(actor=office, kept=LISTS["requirements"], line=line)
    known = with_facts(type(study).objects.all()).get()
    assert first in requirements_in(known, last_year)
    assert plan not in requirements_in(known, year)
    actions.reopen(actor=office, kept=LISTS["requirements"], line=plan)
    assert plan in requirements_in(known, year)


def test_what_was_handed_in_stays_when_it_is_required_no_more(office, study, ilya, year):
    wanted = required(study, "practice")
    place = Place(year, requirement=wanted)
    report = reports.hand_in(
        actor=ilya, enrolment=study, place=place, upload=Upload(pdf(), "1.pdf")
    )
    actions.close(actor=office, kept=LISTS["requirements"], line=wanted)
    known = with_facts(type(study).objects.all()).get()
    [now] = [each for each in plan_of(known, [report]) if each.academic == year]
    assert (now.others, wanted in [slot.requirement for slot in now.slots]) == ([report], False)


def test_a_document_is_required_from_its_year_on(client, study, year, last_year, university):
    typed = {
        "study_form": StudyForm.objects.get(university=university, code="full").pk,
        "year_of_study": "2",
        "document_type": DocumentType.objects.get(university=university, code="publications").pk,
        "since_year": year.pk,
        "due_day": "20",
        "due_month": "4",
    }
    assert client.post(page("requirements"), typed).status_code == 302
    made = Requirement.objects.get(
        document_type__code="publications", year_of_study=2, study_form__code="full"
    )
    assert (made.applies_in(last_year), made.applies_in(year)) == (False, True)
    assert made.due(year) == date(2027, 4, 20)
    assert client.post(page("requirements"), typed).status_code == 422
    wrong = client.post(page("requirements"), {**typed, "year_of_study": "7", "due_day": "31"})
    assert set(wrong.context["form"].errors) == {"year_of_study", "due_day"}
    changed = client.post(page("requirements", made), {"due_day": "1", "due_month": "5"})
    made.refresh_from_db()
    assert (changed.status_code, made.due_day, made.due_month) == (302, 1, 5)


# A deadline in one academic year.


def test_a_day_is_moved_for_one_year_and_back_again(
    client, study, ilya, year, last_year, client_of
):
    wanted = required(study, "plan", course=2)
    address = reverse("portfolio:office_deadline", args=[year.pk, wanted.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, day("day", date(2026, 12, 7))).status_code == 302
    shown = client.get(page("years", year)).content.decode().replace("\xa0", " ")
    assert ("7 декабря 2026" in shown, shown.count("перенесён")) == (True, 1)
    year = AcademicYear.objects.get(pk=year.pk)
    assert (wanted.due(year), wanted.due(last_year)) == (date(2026, 12, 7), date(2025, 10, 15))
    plan = client_of(ilya).get(reverse("portfolio:plan", args=[study.pk])).content.decode()
    assert "До 7 декабря" in plan.replace("\xa0", " ")
    wrong = client.post(address, day("day", date(2027, 12, 7)))
    assert (wrong.status_code, "day" in wrong.context["form"].errors) == (422, True)
    for _again in range(2):
        client.post(address, {"usual": "1"})
    assert wanted.due(AcademicYear.objects.get(pk=year.pk)) == date(2026, 10, 15)
    assert Event.objects.filter(verb="deadline.moved").count() == 2


def test_deadlines_of_another_university_are_not_moved(client, study, year, other_university):
    theirs = AcademicYear.objects.filter(university=other_university).first()
    required_there = Requirement.objects.filter(university=other_university).first()
    for pair in ((theirs.pk, required(study, "plan").pk), (year.pk, required_there.pk)):
        address = reverse("portfolio:office_deadline", args=pair)
        assert client.post(address, day("day", date(2026, 12, 7))).status_code == 404


def test_of_two_universities_each_office_has_its_own_lists(
    client, other_university, other_department
):
    lines = (
        ("departments", other_department),
        ("types", DocumentType.objects.filter(university=other_university).first()),
        ("years", AcademicYear.objects.filter(university=other_university).first()),
    )
    for slug, line in lines:
        assert client.get(page(slug, line)).status_code == 404
        assert client.post(page(slug, line), {"act": "close"}).status_code == 404
    assert client.get(reverse("portfolio:office_list", args=["secrets"])).status_code == 404
    assert Speciality.objects.filter(closed_at__isnull=False).count() == 0


@pytest.mark.parametrize("who", ["ilya", "orlova", "zhamal", "aida"])
def test_lists_are_the_offices_alone(who, request, client_of, department, study):
    client = client_of(request.getfixturevalue(who))
    for address in (
        reverse("portfolio:office_lists"),
        reverse("portfolio:office_list", args=["departments"]),
        page("departments"),
        page("departments", department),
    ):
        assert (client.get(address).status_code, client.post(address).status_code) in (
            (404, 404),
            (404, 405),
        )


def test_a_list_costs_the_same_for_any_number_of_lines(
    client, university, django_assert_max_num_queries
):
    for slug in LISTS:
        with django_assert_max_num_queries(14):
            client.get(reverse("portfolio:office_list", args=[slug]))
