"""An upload that breaks off goes on by itself, shows how far it is, and makes one file."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from kabinet.portfolio.models import Report, Scan, ScanPhoto, Version
from tests.chromium import SIZES
from tests.portfolio.files import pdf, photo

pytestmark = pytest.mark.browser
SAVED = {"name": "скан.pdf", "mimeType": "application/pdf", "buffer": pdf("скан")}
WAIT = 30_000
BEGUN = re.compile(r"\blive\b")
"""The script has taken the form over."""


@pytest.fixture
def today() -> None:
    """The browser's clock and the server's agree here."""


@pytest.fixture
def plan(transactional_db, live_server, browser, client_of, ilya, study) -> Page:
    context = browser.new_context(base_url=live_server.url, viewport=SIZES["phone"], locale="ru-RU")
    key = client_of(ilya).cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(reverse("portfolio:plan", args=[study.pk]))
    yield page
    context.close()


def slot(page: Page):
    form = page.locator("form[id^='drop-slot-']").first
    expect(form).to_have_class(BEGUN)
    return form


def lose_the_first_answer(page: Page) -> list[int]:
    """The server takes what is sent, but the browser never hears of it. Fills with its status."""
    lost: list[int] = []

    def answer(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort("connectionreset")

    page.route("**/slots/**", answer)
    return lost


def test_without_a_network_it_waits_and_goes_on_by_itself(plan):
    """However long: the tries after 3, 6 and 12 seconds are over when the network comes back."""
    tries = []
    plan.on("requestfailed", lambda request: tries.append(request.url))
    form = slot(plan)
    plan.clock.install()
    plan.context.set_offline(True)
    form.locator("input[type=file]").set_input_files([SAVED])
    for seconds in (3, 6, 12, 3600):
        expect(form.locator("[data-upload-note]")).to_contain_text("Связь прервалась")
        plan.clock.fast_forward(seconds * 1000)
    expect(form.locator("[data-upload-note]")).to_contain_text("Связь прервалась")
    assert len(tries) == 4
    plan.context.set_offline(False)
    expect(plan.get_by_role("link", name="скан.pdf").first).to_be_visible(timeout=WAIT)
    assert (Report.objects.count(), Version.objects.count()) == (1, 1)


def test_an_answer_that_was_lost_makes_no_second_file(plan):
    lost = lose_the_first_answer(plan)
    slot(plan).locator("input[type=file]").set_input_files([SAVED])
    expect(plan.get_by_role("link", name="скан.pdf").first).to_be_visible(timeout=WAIT)
    assert lost == [200]
    assert (Report.objects.count(), Version.objects.count()) == (1, 1)


def test_several_photos_whose_answer_was_lost_begin_one_scan(plan):
    lost = lose_the_first_answer(plan)
    pages = [
        {"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": photo(f"{n}")} for n in (1, 2)
    ]
    slot(plan).locator("input[type=file]").set_input_files(pages)
    plan.wait_for_url("**/scans/**", timeout=WAIT)
    assert lost == [200]
    assert (Scan.objects.count(), ScanPhoto.objects.count()) == (1, 2)


def test_the_second_try_shows_how_far_it_is(plan):
    form = slot(plan)
    big = pdf("скан")[:-6] + b"%" + b"x" * 600_000 + pdf("скан")[-6:]
    plan.context.set_offline(True)
    file = {"name": "большой.pdf", "mimeType": "application/pdf", "buffer": big}
    form.locator("input[type=file]").set_input_files([file])
    expect(form.locator("[data-upload-note]")).to_contain_text("Связь прервалась")
    line = plan.context.new_cdp_session(plan)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": 150_000}
    line.send("Network.emulateNetworkConditions", slow)
    plan.context.set_offline(False)
    line.send("Network.emulateNetworkConditions", slow)
    expect(form.locator("progress")).to_be_visible(timeout=WAIT)
    plan.wait_for_function(
        "() => [...document.querySelectorAll('progress')].some((bar) => bar.value > 0 && bar.value < 100)",
        timeout=WAIT,
    )


def test_a_pdf_that_is_too_large_is_told_how_to_become_smaller(plan, tmp_path):
    huge = tmp_path / "скан.pdf"
    huge.write_bytes(b"%PDF-1.7\n" + b"x" * (21 * 1024 * 1024))
    slot(plan).locator("input[type=file]").set_input_files([huge])
    said = slot(plan).locator("[data-upload-note]")
    expect(said).to_contain_text("Отсканируйте с меньшим качеством")
