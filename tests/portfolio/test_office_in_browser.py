"""The pages of registration, office and portfolio in Chromium, both sizes: nothing for axe to find."""

import os
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from kabinet.people.models import Person
from kabinet.portfolio.models import Publication, Registration, StudyForm
from kabinet.portfolio.office_lists import actions as lists
from kabinet.portfolio.office_lists.kinds import LISTS
from tests.chromium import SIZES
from tests.journeys.conftest import check_page
from tests.portfolio.conftest import enrolled, fact, required, someone

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def today() -> None:
    """The browser's clock and the server's agree here."""


@pytest.fixture(params=SIZES)
def look(request, transactional_db, live_server, browser, client_of, tmp_path):
    """Opens a page as somebody, checks it; pictures are kept where KABINET_PICTURES says."""
    contexts = []

    def at(address: str, who=None) -> None:
        context = browser.new_context(
            base_url=live_server.url, viewport=SIZES[request.param], locale="ru-RU"
        )
        contexts.append(context)
        if who:
            key = client_of(who).cookies[settings.SESSION_COOKIE_NAME].value
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}
            context.add_cookies([cookie])
        page = context.new_page()
        page.goto(address)
        check_page(page)
        name = f"{address.strip('/').split('/')[0]}-{len(contexts)}-{request.param}.png"
        page.screenshot(path=os.path.join(os.environ.get("KABINET_PICTURES", tmp_path), name))

    yield at
    for context in contexts:
        context.close()


def test_nothing_is_wrong_with_the_lists(
    look, study, orlova, saidov, office, department, university, year, aida
):
    fact(study, "supervisor", date(2025, 10, 1), supervisor_name="Саидов Т. А.")
    part_time = StudyForm.objects.get(university=university, code="part")
    lists.close(actor=office, kept=LISTS["forms"], line=part_time)
    plan = required(study, "plan")
    look(reverse("portfolio:office_lists"), office)
    for slug in ("forms", "requirements"):
        look(reverse("portfolio:office_list", args=[slug]), office)
    closed = reverse("portfolio:office_list", args=["forms"])
    look(f"{closed}?closed={part_time.pk}", office)
    look(reverse("portfolio:office_line_add", args=["requirements"]), office)
    look(reverse("portfolio:office_line", args=["departments", department.pk]), office)
    look(reverse("portfolio:office_line", args=["years", year.pk]), office)
    look(reverse("portfolio:office_deadline", args=[year.pk, plan.pk]), office)


def test_nothing_is_wrong_with_the_accesses(look, study, orlova, saidov, office, aida):
    fact(study, "supervisor", date(2025, 10, 1), supervisor_name="Саидов Т. А.")
    post = orlova.posts.get().pk
    look(reverse("cabinets:supervisors"), office)
    look(reverse("cabinets:supervisor_add"), office)
    look(reverse("portfolio:office_links"), office)
    look(reverse("cabinets:end_post", args=[post]), office)
    look(reverse("cabinets:post_password", args=[post]), office)
    look(reverse("cabinets:offices"), aida)


def test_nothing_is_wrong_with_the_pages(look, study, ilya, orlova, office, department):
    enrolled(someone("Алиева", "Дина"), department, orlova)
    asking = someone("Садыкова", "Динара")
    waiting = Registration.objects.create(person=asking, university=study.university)
    Publication.objects.create(enrolment=study, title="Оползни", published_in="Вестник")
    look(reverse("portfolio:register"))
    look(reverse("forgotten"))
    look(reverse("portfolio:office"), office)
    look(reverse("portfolio:office_registration", args=[waiting.pk]), office)
    look(reverse("portfolio:student", args=[study.pk]), office)
    look(reverse("portfolio:roster"), office)
    look(reverse("portfolio:students"), orlova)
    look(reverse("portfolio:profile"), ilya)
    look(reverse("portfolio:story_add", args=["publications"]), ilya)
    look(reverse("portfolio:registration"), asking)


@pytest.fixture(params=SIZES)
def without_scripts(request, transactional_db, live_server, browser, client_of, office):
    context = browser.new_context(
        base_url=live_server.url,
        viewport=SIZES[request.param],
        locale="ru-RU",
        java_script_enabled=False,
    )
    key = client_of(office).cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}
    context.add_cookies([cookie])
    yield context.new_page()
    context.close()


def test_lists_and_accesses_work_without_a_script(without_scripts, study, department, client_of):
    """A department is added, closed and opened again; a supervisor gets an access and the student."""
    page = without_scripts
    fact(study, "supervisor", date(2025, 10, 1), supervisor_name="Исаев К. Б.")
    page.goto(reverse("portfolio:office"))
    page.get_by_role("link", name="Списки отдела").click()
    page.get_by_role("link", name="Кафедры").click()
    page.get_by_role("link", name="Добавить кафедру").click()
    page.get_by_label("Название кафедры").fill("Прикладная химия")
    page.get_by_role("button", name="Сохранить").click()
    page.get_by_role("link", name="Прикладная химия").click()
    page.get_by_role("button", name="Закрыть").click()
    expect(page.get_by_text("Закрыто: Прикладная химия")).to_be_visible()
    page.get_by_role("button", name="Отменить").click()
    expect(page.get_by_role("link", name="Прикладная химия")).to_be_visible()
    page.get_by_role("link", name="Руководители").first.click()
    page.get_by_role("link", name="Открыть доступ руководителю").click()
    page.get_by_label("Кафедра").select_option("Прикладная химия")
    page.get_by_label("Фамилия").fill("Исаев")
    page.get_by_label("Имя", exact=True).fill("Канат")
    page.get_by_role("button", name="Открыть доступ").click()
    expect(page.get_by_text("Напишите эл. почту или телефон").first).to_be_visible()
    page.get_by_label("Эл. почта").fill("isaev@example.org")
    page.get_by_role("button", name="Открыть доступ").click()
    expect(page.get_by_text("Доступ создан:")).to_be_visible()
    page.get_by_role("link", name="Связать").click()
    page.get_by_role("button", name="Исаев Канат").click()
    expect(page.get_by_text("Все приказы связаны.")).to_be_visible()
    supervisor = Person.objects.get(email="isaev@example.org")
    plan = reverse("portfolio:plan", args=[study.pk])
    assert client_of(supervisor).get(plan).status_code == 200
