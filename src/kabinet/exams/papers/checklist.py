"""What the program saw on the photo of the face, in lines: what to mend first, then the rest.

A rule whose measures are all right is one line; each measure that is not right is a line of its own
with its advice, and its place in the picture carries the same number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kabinet.checks.queries import FaceReport
from kabinet.core.photo.messages import LANGUAGES, Language, message
from kabinet.core.photo.report import DECLARED, Region, RuleResult
from kabinet.exams.papers import rules

FAILED, DOUBTFUL, PASSED, PERSON = "n", "w", "y", "p"
_ORDER: Final = (FAILED, DOUBTFUL, PASSED, PERSON)
_WIDTH: Final = 1000  # of the space the marks are drawn in; its height follows the picture
_BADGE: Final = 48  # radius of a number there

_GUESSED: Final = frozenset({"size.short_side", "colour.plain"})


@dataclass(frozen=True)
class Line:
    """``look``: one of the four above. ``number``: of its mark on the picture, 0 without one."""

    look: str
    title: str | Promise
    advice: str | Promise = ""
    region: Region | None = None
    number: int = 0


@dataclass(frozen=True)
class Mark:
    """A place in the picture, in thousandths of its width."""

    look: str
    number: int
    left: int
    top: int
    width: int
    height: int

    @property
    def badge(self) -> tuple[int, int]:
        """Where its number stands: at the upper left corner, as far as the picture has room there."""
        return max(self.left, _BADGE), max(self.top, _BADGE)


@dataclass(frozen=True)
class Checklist:
    """``lines``: failed, doubtful, passed, and what only a person judges, in this order.

    ``good``: how many of the ``total`` rules nothing speaks against.
    """

    lines: Sequence[Line]
    good: int = 0
    total: int = len(rules.FACE)

    @cached_property
    def failed(self) -> int:
        return self._count(FAILED)

    @cached_property
    def doubtful(self) -> int:
        return self._count(DOUBTFUL)

    @cached_property
    def passed(self) -> int:
        return self._count(PASSED)

    def marks(self, height: int) -> list[Mark]:
        """The numbered places; ``height`` as ``space`` gives it."""
        by_number = {line.number: line for line in reversed(self.lines) if line.region}
        return [_mark(by_number[number], height) for number in sorted(by_number)]

    def _count(self, look: str) -> int:
        return sum(line.look == look for line in self.lines)


def checklist_of(report: FaceReport) -> Checklist:
    """The lines of a report; all rules for a person where there is none (yet)."""
    if not report.rules:
        return Checklist([Line(PERSON, rule.title, rule.how) for rule in rules.FACE])
    looks = dict(_looks(report))
    by_rule = [_lines(rule, looks) for rule in rules.FACE]
    lines = sorted(chain(*by_rule), key=lambda line: _ORDER.index(line.look))
    good = sum(told[0].look in {PASSED, PERSON} for told in by_rule)
    return Checklist(_numbered(lines), good)


def _looks(report: FaceReport) -> Iterator[tuple[str, tuple[str, RuleResult]]]:
    """Each measure with how it looks; what was only guessed without the models is no doubt."""
    groups = (report.failed, report.doubtful, report.passed, report.person)
    for look, results in zip(_ORDER, groups, strict=True):
        for result in results:
            guessed = look == DOUBTFUL and result.message_key in _GUESSED
            yield result.rule, (PERSON if guessed else look, result)


def space(width: int, height: int) -> tuple[int, int]:
    """The coordinates in which marks are drawn over a picture of this size."""
    return _WIDTH, round(_WIDTH * height / max(1, width))


def _lines(rule: rules.Rule, looks: dict[str, tuple[str, RuleResult]]) -> list[Line]:
    """The worst findings of a rule, each as a line; else the rule itself."""
    found = [looks[name] for name in rule.measures if name in looks]
    worst = min((look for look, _result in found), key=_ORDER.index, default=PERSON)
    if worst in {FAILED, DOUBTFUL}:
        return [_told(look, result) for look, result in _telling(found) if look == worst]
    if worst == PASSED and all(look == PASSED for look, _result in found):
        return [Line(PASSED, rule.title)]
    unmeasured = [result for look, result in found if look == PERSON]
    told = [_told(PERSON, result) for result in unmeasured if _told_by_file(result)]
    return [Line(PERSON, rule.title, _who_judges(unmeasured)), *told]


def _telling(found: list[tuple[str, RuleResult]]) -> list[tuple[str, RuleResult]]:
    """With nobody or somebody else on the picture, how the face stands in it says nothing."""
    alone = [(look, result) for look, result in found if result.rule == "one_face"]
    return alone if alone and alone[0][0] == FAILED else found


def _told_by_file(result: RuleResult) -> bool:
    """What the file says of its date and its editor is worth a line of its own."""
    return result.rule in DECLARED and bool(result.params)


def _told(look: str, result: RuleResult) -> Line:
    text = message(result.message_key, result.params, _language())
    return Line(look, text.title, text.advice, result.region)


def _who_judges(unmeasured: Sequence[RuleResult]) -> str:
    if any(result.message_key == "unmeasured.no_face" for result in unmeasured):
        return _("Проверим, когда на фото будет видно лицо")
    return _("Посмотрит сотрудник центра")


def _numbered(lines: Sequence[Line]) -> list[Line]:
    """Lines about the same place share its number."""
    places = list(dict.fromkeys(line.region for line in lines if line.region))
    return [
        replace(line, number=places.index(line.region) + 1) if line.region else line
        for line in lines
    ]


def _mark(line: Line, tall: int) -> Mark:
    left, top, width, height = line.region or (0, 0, 0, 0)
    return Mark(
        line.look,
        line.number,
        round(left * _WIDTH),
        round(top * tall),
        round(width * _WIDTH),
        round(height * tall),
    )


def _language() -> Language:
    chosen = get_language() or ""
    return next((known for known in LANGUAGES if chosen.startswith(known)), "ru")
