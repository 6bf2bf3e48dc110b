"""Pages of the gallery in Chromium."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.chromium import SIZES


@pytest.fixture
def open_page(
    browser: Browser, live_server: Any, transactional_db: None
) -> Iterator[Callable[..., Page]]:
    """``open_page("/ui/", phone=True, dark=True)``; at the end the console must have been silent."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(
        path: str, *, phone: bool = False, dark: bool = False, clock: bool = False, **options: Any
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport=SIZES["phone" if phone else "desk"],
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="ru-RU",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: _policy(complaints, said.text))
        if clock:
            page.clock.install()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _policy(complaints: list[str], said: str) -> None:
    if "Content Security Policy" in said:
        complaints.append(said)
