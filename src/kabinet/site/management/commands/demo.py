"""``kabinet demo``: build the demo country once, print its sign-ins, serve it."""

import json
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from huey.contrib.djhuey import HUEY

from kabinet.core.passport.language_file import TRAINEDDATA
from kabinet.core.photo.catalogue import missing_models
from kabinet.exams.models import Campaign
from kabinet.site.demo import country
from kabinet.site.options import ADDRESS


class Command(BaseCommand):
    help = "Build the demo country and serve it until interrupted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="only build")

    def handle(
        self, *args: Any, host: str, port: int, no_serve: bool, verbosity: int, **options: Any
    ) -> None:
        if not settings.DEMO:
            raise CommandError(
                "KABINET_MODE is production: the demo is not for real people's data."
            )
        call_command("migrate", verbosity=0)
        self._show(self._sign_ins(), f"http://{host}:{port}/")
        if not no_serve:
            HUEY.flush()  # visitors first: what the building left in it is found again by the sweeps
            self._serve(host, port)

    def _serve(self, host: str, port: int) -> None:
        """In a fresh program: the web processes are forked, and threads of the building, such as
        those in which typst sets its pages, would be missing there: a PDF would wait for ever."""
        self.stdout.flush()
        serving = [sys.executable, "-m", "kabinet.site", "serve", "--host", host]
        os.execve(  # noqa: S606  # no shell is meant
            sys.executable,
            [*serving, "--port", str(port)],
            {ADDRESS.name: f"http://{host}:{port}", **os.environ},  # where the QR of a slip leads
        )

    def _sign_ins(self) -> list[dict[str, str]]:
        page: Path = settings.VAR / "demo.json"
        campaign = Campaign.objects.filter(slug=country.SLUG).first()
        if campaign and page.exists():
            country.freshen(campaign)
            known: list[dict[str, str]] = json.loads(page.read_text())
            return known
        if campaign:
            raise CommandError(f"{page} is lost. Remove {settings.VAR} and start again.")
        self.stdout.write("Building the demo country (once, about a minute)…")
        rows = [row.as_dict() for row in country.build(self._say)]
        page.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
        return rows

    def _say(self, what: str) -> None:
        self.stdout.write(f"  {what}")
        self.stdout.flush()

    def _show(self, rows: list[dict[str, str]], address: str) -> None:
        role, login = (max(len(row[name]) for row in rows) for name in ("role", "login"))
        for row in rows:
            line = f"  {row['role']:<{role}}  {row['login']:<{login}}  {row['password']}"
            self.stdout.write(line if row["language"] == "ru" else f"{line}  {row['language']}")
        if missing_models() or not TRAINEDDATA.exists():
            self.stdout.write(
                "\nPhotos and documents go to people unseen: `make models` gives eyes."
            )
        self.stdout.write(f"\nKabinet serves on {address}  (Ctrl-C ends)\n")
