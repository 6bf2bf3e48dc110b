"""A real Chromium, at the two sizes people have, against the real site.

Without Chromium on the PATH these tests skip aloud; `.ci/run` installs it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.chromium import CHROMIUM, SIZES
from tests.journeys.served import Served

AXE = Axe()
PATIENCE = 20_000  # milliseconds: for what is pressed and where a page leads


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no chromium on the PATH"))


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


Opener = Callable[..., Page]


@contextmanager
def opener(browser: Browser, address: str, size: str) -> Iterator[Opener]:
    """``fresh(javascript=True, theme="light")`` gives a fresh page of its own person.

    At the end nothing may have been refused by the content security policy or thrown in a script.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def fresh(*, javascript: bool = True, theme: str = "light", **options: Any) -> Page:
        context = browser.new_context(
            **{"base_url": address, **options},
            viewport=SIZES[size],
            java_script_enabled=javascript,
            color_scheme=theme,
            locale="ru-RU",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text)
                if "Content Security Policy" in message.text
                else None
            ),
        )
        return page

    yield fresh
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def open_browser(
    browser: Browser, live_server: Any, size: str, transactional_db: None
) -> Iterator[Opener]:
    with opener(browser, live_server.url, size) as fresh:
        yield fresh


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A Kabinet with processes of its own, for journeys in which a worker takes part."""
    house = Served(tmp_path_factory.mktemp("served"))
    yield house
    house.close()


@pytest.fixture
def open_served(browser: Browser, served: Served, size: str) -> Iterator[Opener]:
    """Like ``open_browser``, at the Kabinet of ``served``."""
    with opener(browser, served.url, size) as fresh:
        yield fresh


def check_page(page: Page) -> None:
    """axe finds nothing in light and dark; nothing stands outside the window.

    The caller has seen something of the page it means: axe must not run on a page that is being left.
    """
    page.wait_for_load_state()
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        found = AXE.run(page, options={"resultTypes": ["violations"]}).response["violations"]
        told = [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]
        assert told == [], f"{page.url} in {theme}: {told}"
    page.emulate_media(color_scheme="light")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
