"""What a page of papers shows of the program's look at them, at load and asked for anew by a script.

The script asks once a second, with the header that does not count as use of the cabinet, until an
answer is there or ``checks`` says that nobody answers; nothing ever waits for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from kabinet.checks.queries import FaceReport, face_report
from kabinet.exams import access
from kabinet.exams.models import Application, Paper
from kabinet.exams.papers import queries
from kabinet.exams.papers.checklist import Checklist, Mark, checklist_of, space
from kabinet.exams.papers.places import FACE
from kabinet.ui.templatetags.kabinet import number_word

Phase = Literal[
    "empty", "unseen", "waiting", "away", "failed", "doubtful", "closed", "passed", "kept"
]

_HEADINGS: Final[Mapping[Phase, Promise]] = {
    "empty": _("Каким должно быть фото"),
    "unseen": _("Фото посмотрит сотрудник"),
    "waiting": _("Проверяем фото…"),
    "away": _("Проверим позже, можно идти дальше"),
    "passed": _("Фото подходит"),
    "kept": _("Фото оставлено как есть"),
    "closed": _("К фото есть замечания"),
}
_SENTENCES: Final[Mapping[Phase, Promise]] = {
    "empty": _("Фото проверит программа, потом сотрудник центра. Вы сразу увидите, что исправить."),
    "unseen": _(
        "Если правило нарушено, фото вернут с причиной. Без подходящего фото к тесту не допускают."
    ),
    "waiting": _("Обычно это две секунды. Можно не ждать и идти дальше."),
    "away": _("Фото сохранено. Результат появится на этой странице."),
    "failed": _(
        "Оставить фото с замечанием можно. Если сотрудник центра его вернёт, мы напишем вам."
    ),
    "doubtful": _("Если всё правильно, продолжайте: ответит сотрудник центра."),
    "passed": _("Последнее слово за сотрудником центра."),
    "kept": _("Его посмотрит сотрудник центра, замечания он увидит."),
    "closed": _("Его посмотрит сотрудник центра, замечания он увидит."),
}
_SLACK: Final = 0.02


@dataclass(frozen=True)
class FaceSeen:
    """The photo of the face as the program sees it; ``may_change``: it can be taken again now."""

    paper: Paper | None
    may_change: bool

    @cached_property
    def report(self) -> FaceReport:
        return face_report(self.paper.document) if self.paper else FaceReport("none")

    @cached_property
    def checklist(self) -> Checklist:
        return checklist_of(self.report)

    @cached_property
    def phase(self) -> Phase:
        if self.paper is None:
            return "empty"
        if self.report.state == "waiting" or self.report.state == "away":
            return self.report.state
        if self.checklist.failed and self.report.is_kept:
            return "kept"
        if self.checklist.failed or self.checklist.doubtful:
            return self._with_remarks
        return "passed" if self.checklist.passed else "unseen"

    @property
    def _with_remarks(self) -> Phase:
        if not self.may_change:
            return "closed"
        return "failed" if self.checklist.failed else "doubtful"

    @property
    def is_open(self) -> bool:
        """A result may still come while the page is looked at."""
        return self.phase in {"waiting", "away"}

    @property
    def is_judged(self) -> bool:
        return self.phase in {"failed", "doubtful", "closed", "passed", "kept"}

    @property
    def is_upright(self) -> bool:
        """Of the shape of the frame (3 : 4), so that the oval drawn over it says something."""
        width, height = self.space
        return abs(width / height - 3 / 4) < _SLACK

    @property
    def heading(self) -> str:
        failed, doubtful = self.checklist.failed, self.checklist.doubtful
        if self.phase == "failed":
            words = ngettext(
                "Исправьте %(count)s замечание", "Исправьте %(count)s замечания", failed
            )
            return words % {"count": number_word(failed)}
        if self.phase == "doubtful":
            return ngettext("Есть вопрос к фото", "Есть вопросы к фото", doubtful)
        return str(_HEADINGS[self.phase])

    @property
    def sentence(self) -> str:
        return str(_SENTENCES[self.phase])

    @property
    def space(self) -> tuple[int, int]:
        """Width and height of the coordinates of ``marks``."""
        return (
            space(self.paper.document.width, self.paper.document.height) if self.paper else (3, 4)
        )

    @property
    def marks(self) -> Sequence[Mark]:
        return self.checklist.marks(self.space[1])


def face_seen(application: Application) -> FaceSeen:
    papers = queries.papers_of(application)
    present = (paper for paper in papers if FACE.holds(paper) and paper.removed_at is None)
    return FaceSeen(next(present, None), access.may_edit(application, FACE.page))


@require_safe
def face(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """The piece of the page of the face that changes when the answer comes."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    application = access.application_for(request.user, form_id)
    seen = face_seen(application)
    context = {"seen": seen, "application": application}
    is_waiting = seen.phase == "waiting"
    return answer(request, "exams/papers/seen_piece.html", context, is_waiting=is_waiting)


def answer(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, is_waiting: bool
) -> HttpResponse:
    """What a script gets that asks again and again (``?waiting``): «not yet», or the piece of the page."""
    if is_waiting and "waiting" in request.GET:
        return HttpResponse(status=204)
    return render(request, template, context)
