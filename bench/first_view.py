"""What a first view of each page weighs, compressed as it travels: page, styles, scripts, fonts.

Goal of look.md 8: at most 60 KB without photos. Chromium opens the pages of the demo's people with
an empty cache; counted are the bytes of all bodies as they travelled, but for photos.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from bench.rows import Row

GOAL_KB = 60
PHOTOS = {"image/jpeg", "image/png", "image/webp"}
NOTE = """
Fonts are 23 KB of each page, htmx 15 KB of the homes of school, district and centre; a second page
loads neither. In the form htmx comes when a file is chosen or an answer about a photo is awaited."""
HOUSE = Path("var/bench/house")


def measure() -> list[Row]:
    port = _free_port()
    environ = {
        **os.environ,
        "KABINET_VAR": str(HOUSE),
        "KABINET_ADDRESS": f"http://127.0.0.1:{port}",
    }
    environ.pop("DATABASE_URL", None)
    environ.pop("REDIS_URL", None)
    server = subprocess.Popen(
        [sys.executable, "-m", "kabinet.site", "demo", "--port", str(port)],
        env=environ,
        stdout=subprocess.DEVNULL,
    )
    try:
        base = f"http://127.0.0.1:{port}"
        _wait_for(base)
        return list(_rows(base))
    finally:
        server.terminate()
        server.wait(30)


def _rows(base: str) -> list[Row]:
    people = json.loads((HOUSE / "demo.json").read_text())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        nobody = Visitor(browser, base)
        rows = [nobody.row("sign-in", "/sign-in/"), nobody.row("prepare", "/prepare/")]
        graduate = Visitor(browser, base, _who(people, "не завершён"))
        pages = ("", "personal/", "address/", "subjects/", "documents/", "face/", "check/")
        rows += [graduate.row(f"form {page or 'hub'}", graduate.home + page) for page in pages]
        for name, role in (
            ("school", "ответственный, Школа № 5"),
            ("district", "районный центр"),
            ("centre", "администратор"),
            ("PhD plan", "отчёт вернули"),
            ("PhD office", "отдел аспирантуры"),
        ):
            visitor = Visitor(browser, base, _who(people, role))
            rows.append(visitor.row(name, visitor.home))
        browser.close()
    return rows


class Visitor:
    """Somebody who opens each page with an empty cache, on a phone. ``home``: where signing in leads."""

    def __init__(self, browser: Browser, base: str, person: dict[str, str] | None = None) -> None:
        self._browser, self._base = browser, base
        self._known: StorageState | None = None
        self.home = "/"
        if person:
            page = self._fresh()
            page.goto("/sign-in/")
            page.fill("[name=login]", person["login"])
            page.fill("[name=password]", person["password"])
            page.press("[name=password]", "Enter")
            page.wait_for_url(lambda url: "sign-in" not in url)
            self.home = page.url.removeprefix(base)
            self._known = page.context.storage_state()
            page.context.close()

    def row(self, name: str, path: str) -> Row:
        weight = self._weigh(path) / 1024
        return Row(f"first view: {name}", weight, "KB", f"≤ {GOAL_KB} KB", weight <= GOAL_KB)

    def _weigh(self, path: str) -> int:
        """Bytes of the bodies as they travelled, photos left out."""
        page, answers, weights = self._fresh(), {}, {}
        session = page.context.new_cdp_session(page)
        session.on(
            "Network.responseReceived",
            lambda told: answers.update({told["requestId"]: told["response"]}),
        )
        session.on(
            "Network.loadingFinished",
            lambda told: weights.update({told["requestId"]: told["encodedDataLength"]}),
        )
        session.send("Network.enable")
        page.goto(path, wait_until="networkidle")
        page.context.close()
        return sum(
            weights[key] - answer["encodedDataLength"]
            for key, answer in answers.items()
            if key in weights and answer["mimeType"] not in PHOTOS
        )

    def _fresh(self) -> Page:
        context = self._browser.new_context(
            base_url=self._base,
            viewport={"width": 390, "height": 844},
            locale="ru-RU",
            storage_state=self._known,
        )
        return context.new_page()


def _who(people: list[dict[str, str]], role: str) -> dict[str, str]:
    return next(person for person in people if role in person["role"])


def _wait_for(base: str) -> None:
    """The first start builds the demo, which takes its minutes."""
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{base}/healthz").close()
        except OSError:
            time.sleep(1)
        else:
            return
    raise RuntimeError("the demo did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
