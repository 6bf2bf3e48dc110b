"""Taking the list in. The same list again changes nothing."""

from collections.abc import Sequence

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kabinet.audit.journal import record
from kabinet.core.sheets import Column, write_sheet
from kabinet.people.models import Organisation, Person
from kabinet.portfolio.enrolling import match_waiting
from kabinet.portfolio.models import RosterEntry
from kabinet.portfolio.roster.columns import COLUMNS
from kabinet.portfolio.roster.judging import Good, Verdict, judge
from kabinet.portfolio.roster.reading import Row

_SALT = "kabinet.portfolio.roster"
_HOUR = 3600
_EXAMPLE = {
    "surname": "Петров",
    "given_name": "Илья",
    "patronymic": "Сергеевич",
    "email": "ilya@example.org",
    "department": "Автоматизированные системы",
    "speciality": "2.3.1",
    "study_form": "Очная",
    "year_of_study": "1",
    "topic": "Модели и методы учёта рисков",
    "supervisor_name": "Орлова Наталья Викторовна",
    "supervisor_email": "orlova@example.org",
    "order_number": "41-к",
    "order_date": "25.08.2026",
    "since": "01.09.2026",
}


@transaction.atomic
def take(
    *, actor: Person, university: Organisation, rows: Sequence[Row], only_good: bool
) -> Verdict:
    """Writes new and changed lines if none is wrong, or the right ones with ``only_good``.

    The rows are judged again here, for lists of the office may have changed meanwhile. Lines whose
    people are enrolled already stay: an order changes those. Nothing is ever removed.
    """
    Organisation.objects.select_for_update().get(pk=university.pk)
    verdict = judge(rows, university)
    if verdict.problems and not only_good:
        return verdict
    new, changed = verdict.of("new"), verdict.of("changed")
    for good in (*new, *changed):
        _write(good, actor, university)
    matched = match_waiting(university.pk)
    record(
        "roster.imported",
        actor=actor,
        subject=university,
        chain=university,
        details={"new": len(new), "changed": len(changed), "matched": matched},
    )
    return verdict


def sealed(rows: Sequence[Row], actor: Person) -> str:
    """The rows on their way through the page, so that what was shown is what is taken in."""
    plain = [[row.number, row.cells] for row in rows]
    return signing.dumps(plain, salt=f"{_SALT}.{actor.pk}", compress=True)


def unsealed(text: str, actor: Person) -> list[Row]:
    """Raises ``signing.BadSignature`` for rows of another person, changed ones, or of over an hour ago."""
    plain = signing.loads(text, salt=f"{_SALT}.{actor.pk}", max_age=_HOUR)
    return [Row(number, cells) for number, cells in plain]


def example() -> bytes:
    """The sheet to fill in, with one made-up line."""
    columns = [Column(str(column.title), column.width) for column in COLUMNS]
    line = [_EXAMPLE[column.key] for column in COLUMNS]
    return write_sheet(columns, [line], title=_("Список зачисленных"))


def _write(good: Good, actor: Person, university: Organisation) -> None:
    entry = good.entry or RosterEntry(university=university)
    for name, value in good.facts.items():
        setattr(entry, name, value)
    entry.imported_by, entry.imported_at = actor, timezone.now()
    entry.save()
