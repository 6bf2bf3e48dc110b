"""What the document says beside what was typed: every difference pointed out, none decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kabinet.core.passport import Finding, Reading, compare
from kabinet.core.passport.compare import Severity, Verdict, is_protected
from kabinet.core.passport.document import Status
from kabinet.exams import pages
from kabinet.exams.forms import PageForm, Raw
from kabinet.exams.identity.values import FIELDS, KIND, Value, typed_in, values_of
from kabinet.exams.identity.words import say
from kabinet.exams.merging import mark
from kabinet.exams.models import Application

_NAMES = {"surname": gettext_lazy("Фамилия"), "given": gettext_lazy("Имя")}
_FILLS = ("verified", "probable")


@dataclass(frozen=True)
class Line:
    """One field, compared.

    ``field`` is a field of the page «Личные данные», or ``surname``, ``given``. ``read`` and
    ``typed`` are the two values as a person reads them. ``sentence`` says what to do where they
    disagree. ``raw`` is what «Взять из документа» would type, None where nothing can be taken over.
    ``unsure``: a character was put right or a check failed, so a person should look at it.
    """

    field: str
    label: str | Promise
    read: str
    typed: str
    verdict: Verdict
    severity: Severity
    sentence: str = ""
    raw: Raw | None = None
    unsure: bool = False

    @property
    def is_name(self) -> bool:
        return self.field in _NAMES

    @property
    def inline(self) -> str:
        return inline(self.label)


@dataclass(frozen=True)
class Beside:
    """All lines that have something read in them; none while no document was read."""

    status: Status = "none"
    lines: tuple[Line, ...] = ()

    @property
    def differing(self) -> list[Line]:
        return [line for line in self.lines if line.verdict in ("near", "differs")]

    @property
    def matching(self) -> list[Line]:
        return [line for line in self.lines if line.verdict == "match"]

    @property
    def fillable(self) -> list[Line]:
        """Left empty by the person, and told by the document."""
        return [line for line in self.lines if line.verdict == "unknown" and line.raw]

    @property
    def doubts_name(self) -> bool:
        return any(line.is_name for line in self.differing)

    @property
    def mark(self) -> str:
        """A digest of what is offered, by which a press is known to mean what was shown."""
        offered = [(line.field, line.raw) for line in self.lines if line.raw]
        return mark({f"{field}.{name}": raw[name] for field, raw in offered for name in raw})


def beside(
    readings: Sequence[Reading], application: Application, form: PageForm | None = None
) -> Beside:
    """The best reading of a document beside its form.

    ``form``: the page «Личные данные» with what is typed on it now; without it, what is stored.
    """
    best = best_of(readings)
    if best is None:
        return Beside()
    form = form or pages.PERSONAL.form(application)
    findings = compare(best, typed_in(form, application))
    values = values_of(best, application)
    lines = [_line(best, finding, values, form) for finding in findings]
    told = [line for line in [*lines, _kind_line(best, values, form)] if line]
    order = [*_NAMES, *(item.name for item in pages.PERSONAL.fields_of(application.campaign))]
    return Beside(best.status, tuple(sorted(told, key=lambda line: order.index(line.field))))


def inline(label: object) -> str:
    """A label within a sentence: «пол», but «ПИН»."""
    word = str(label)
    return word if word.isupper() else word[:1].lower() + word[1:]


def best_of(readings: Sequence[Reading]) -> Reading | None:
    """The one whose zone was read best; of equals the last, which is the back of a card."""
    ranks = ("partial", "probable", "verified")
    read = [reading for reading in readings if reading.status in ranks]
    return max(reversed(read), key=lambda reading: ranks.index(reading.status), default=None)


def _line(
    reading: Reading, finding: Finding, values: dict[str, Value], form: PageForm
) -> Line | None:
    """None where nothing was read, or what was read is not asked."""
    if finding.field in _NAMES:
        return _name_line(finding) if finding.read else None
    name = FIELDS[finding.field]
    value = values.get(name)
    if value is None:
        return None
    typed = form.shown(name)
    sure = is_protected(reading, finding.field) and _was_sure(reading)
    # An impossible date is no empty box: it disagrees with the document.
    if finding.verdict == "unknown" and typed:
        verdict, severity, key = _wrongly_typed(finding.field, sure=sure)
    else:
        verdict, severity, key = finding.verdict, finding.severity, finding.message
    return Line(
        field=name,
        label=form.fields[name].label or "",
        read=value.text,
        typed=typed,
        verdict=verdict,
        severity=severity,
        sentence=say(key) if verdict in ("near", "differs") else "",
        raw=value.raw if reading.status in _FILLS else None,
        unsure=not sure,
    )


def _was_sure(reading: Reading) -> bool:
    """Whether the engines were sure of every character of the lines that have check digits."""
    return reading.checks.get("sure", False)


def _wrongly_typed(field: str, *, sure: bool) -> tuple[Verdict, Severity, str]:
    return "differs", "high" if sure else "low", f"compare-{field}-differs"


def _name_line(finding: Finding) -> Line:
    return Line(
        field=finding.field,
        label=_NAMES[finding.field],
        read=finding.read,
        typed=finding.typed,
        verdict=finding.verdict,
        severity=finding.severity,
        sentence=say(finding.message) if finding.verdict in ("near", "differs") else "",
    )


def _kind_line(reading: Reading, values: dict[str, Value], form: PageForm) -> Line | None:
    value = values.get(KIND)
    if value is None:
        return None
    typed = form.shown(KIND)
    verdict: Verdict = "match" if typed == value.text else "differs" if typed else "unknown"
    differs = verdict == "differs"
    return Line(
        field=KIND,
        label=_("Вид документа"),
        read=value.text,
        typed=typed,
        verdict=verdict,
        severity="low" if differs else "none",
        sentence=_("Проверьте, какой документ вы выбрали: на фото другой.") if differs else "",
        raw=value.raw if reading.status in _FILLS else None,
        unsure=reading.repaired > 0 or not _was_sure(reading),
    )
