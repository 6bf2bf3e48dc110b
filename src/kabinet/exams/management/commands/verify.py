"""``kabinet verify FILE``: is this receipt ours and unchanged?"""

import base64
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kabinet.core.sign import NotAuthentic
from kabinet.exams.receipts import signer, verify_file


class Command(BaseCommand):
    help = "Check the signature of a submission receipt: its JSON, or the PDF of the form."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="receipt as JSON, or the form as PDF")
        parser.add_argument(
            "--key",
            action="append",
            default=[],
            help="public key in base64, instead of this installation's; may be given twice",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            keys = [base64.b64decode(key, validate=True) for key in options["key"]]
        except ValueError as error:
            raise CommandError(f"a key is not base64: {error}") from error
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"cannot read {options['file']}: {error.strerror}") from error
        try:
            found = verify_file(data, keys or [signer().public_key])
        except NotAuthentic as refusal:
            raise CommandError(f"NOT authentic: {refusal.message_key}") from refusal
        self.stdout.write(f"authentic, signed under {found.key_id}")
        if data.startswith(b"%PDF"):
            self.stdout.write("  this is the receipt inside: the pages around it are not signed")
        for name, value in found.payload.items():
            self.stdout.write(f"  {name}: {value}")
