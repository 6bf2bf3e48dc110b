"""``kabinet doctor``: what is missing or unsafe here, and how to mend it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kabinet.site.examination import examine


class Command(BaseCommand):
    help = "Say what is missing or unsafe for production, and how to mend it."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        findings = list(examine())
        for finding in findings:
            self.stdout.write(f"{finding.what}\n    {finding.remedy}")
        if findings:
            raise CommandError(f"{len(findings)} things to mend before production", returncode=1)
        self.stdout.write("Nothing to mend.")
