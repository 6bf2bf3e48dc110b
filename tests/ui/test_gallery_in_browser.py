"""The gallery in a real browser: readable for everybody, in both themes, on a phone and on a desk."""

import itertools
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from kabinet.ui import gallery

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def violations(page: Any) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


@pytest.mark.parametrize(
    ("name", "phone", "dark"), list(itertools.product(gallery.PAGES, (True, False), (True, False)))
)
def test_gallery_page_breaks_no_rule_of_axe(
    open_page: Any, name: str, phone: bool, dark: bool
) -> None:
    page = open_page(f"/ui/{name}/", phone=phone, dark=dark)

    assert violations(page) == []


@pytest.mark.parametrize("name", gallery.PAGES)
def test_gallery_page_needs_no_sideways_scrolling_at_320(open_page: Any, name: str) -> None:
    page = open_page(f"/ui/{name}/")
    page.set_viewport_size({"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_tab_where_one_is_can_be_seen_on_a_phone(open_page: Any) -> None:
    page = open_page("/ui/message/", phone=True)

    expect(page.locator(".tabnav [aria-current]")).to_be_in_viewport(ratio=1)
