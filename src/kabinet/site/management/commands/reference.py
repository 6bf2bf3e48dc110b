"""``kabinet reference``: write the generated pages of docs/reference; the tests compare them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from kabinet.site import reference


class Command(BaseCommand):
    help = "Write the generated pages of docs/reference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", default=Path("docs/reference"))

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        for name, page in reference.PAGES.items():
            (folder / name).write_text(page())
