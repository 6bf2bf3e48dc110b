"""``kabinet rotate-keys``: seal anew what older keys have sealed."""

from typing import Any

from django.core.management.base import BaseCommand

from kabinet.vault import rotation


class Command(BaseCommand):
    help = "Seal anew, under the first of KABINET_SEAL_KEYS, what older keys have sealed."

    def handle(self, *args: Any, **options: Any) -> None:
        for column, rows in rotation.rotate():
            self.stdout.write(f"{column}: {rows}")
        self.stdout.write("Nothing is sealed under an older key any more.")
