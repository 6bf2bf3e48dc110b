"""``kabinet form_states``: the states of a form as a diagram, for docs/reference/states.md."""

from typing import Any

from django.core.management.base import BaseCommand

from kabinet.exams.states import as_markdown


class Command(BaseCommand):
    help = "Print the states of a form as Markdown (the source of docs/reference/states.md)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(as_markdown())
