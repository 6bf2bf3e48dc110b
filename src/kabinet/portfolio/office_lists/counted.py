"""How many use a line, in words; empty where nobody does."""

from collections.abc import Sequence

from django.utils.translation import ngettext


def told(*parts: str) -> Sequence[str]:
    return [part for part in parts if part]


def students(number: int) -> str:
    words = ngettext("%(n)s аспирант", "%(n)s аспирантов", number) % {"n": number}
    return words if number else ""


def supervisors(number: int) -> str:
    words = ngettext("%(n)s руководитель", "%(n)s руководителей", number) % {"n": number}
    return words if number else ""


def documents(number: int) -> str:
    words = ngettext("%(n)s документ", "%(n)s документов", number) % {"n": number}
    return words if number else ""
