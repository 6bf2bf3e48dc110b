"""The README's picture, taken of a demo that is served: ``make picture PORT=8000``."""

import json
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.chromium import CHROMIUM

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "images" / "school.png"
ROLE = "ответственный, Школа № 5, с. Кызыл-Суу"


def take(address: str) -> None:
    """The home of the demo's first school, as its responsible person sees it after signing in."""
    sign_ins = json.loads((ROOT / "var" / "demo.json").read_text())
    [responsible] = [row for row in sign_ins if row["role"] == ROLE]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="ru-RU")
        page.goto(address)
        page.fill("[name=login]", responsible["login"])
        page.fill("[name=password]", responsible["password"])
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/school/**")
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1])
