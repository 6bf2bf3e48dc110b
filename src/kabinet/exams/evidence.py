"""Which photos and scans a form needs, and which of them are there.

A benefit without its document never counts: the switch «Я льготник» then has to go off, and may go
on again until the campaign ends (S27).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from kabinet.checks.queries import face_report
from kabinet.exams.models import Application, DocumentKind, Paper
from kabinet.exams.offer import offer_of
from kabinet.exams.papers.checklist import checklist_of
from kabinet.ui.templatetags.kabinet import daymonth

Slot = Paper.Slot
BOTH_SIDES = (Slot.FRONT, Slot.BACK)
_MISSING = {
    Slot.FRONT: gettext_lazy("Добавьте фото лицевой стороны документа"),
    Slot.BACK: gettext_lazy("Добавьте фото оборотной стороны документа"),
}


def papers_of(application: Application) -> list[Paper]:
    """The papers that are there, with their documents, what was seen in these, and benefits.

    Asked once per object.
    """
    known: list[Paper] | None = getattr(application, "_papers_present", None)
    if known is None:
        rows = Paper.objects.present().filter(application=application)
        known = list(rows.select_related("document__checked", "claim__benefit", "added_by"))
        application._papers_present = known  # type: ignore[attr-defined]
    return known


def kind_of(application: Application) -> DocumentKind | None:
    """The kind of document chosen on the first page."""
    personal = getattr(application, "personal", None)
    return offer_of(application.campaign).kind(personal.document_kind_id) if personal else None


def needed_sides(application: Application) -> tuple[str, ...]:
    """The sides of the chosen kind of document; both, while none is chosen."""
    kind = kind_of(application)
    return kind.sides if kind else BOTH_SIDES


def missing_documents(application: Application) -> list[tuple[str, str]]:
    there = {paper.slot for paper in papers_of(application)}
    sides = [
        (side, str(_MISSING[Slot(side)])) for side in needed_sides(application) if side not in there
    ]
    return sides + _missing_benefit(application)


@dataclass(frozen=True)
class Line:
    """One line of the summary: what it is, in words, the papers themselves, and what to look at again."""

    label: str | Promise
    values: tuple[str, ...]
    papers: tuple[Paper, ...] = ()
    warnings: tuple[str, ...] = ()


def document_lines(application: Application) -> list[Line]:
    proofs = _in_slot(application, Slot.BENEFIT) if _has_benefit(application) else ()
    return [
        *(_photo_line(application, side) for side in needed_sides(application)),
        Line(_("Льготы"), _benefit_names(application), proofs),
    ]


def document_answers(application: Application) -> dict[str, Any]:
    papers = papers_of(application)
    benefits = sorted(_proved_benefits(papers)) if _has_benefit(application) else []
    return {
        "photos": _hashes(papers, needed_sides(application)),
        "benefits": [{"code": code, "proofs": _proofs(papers, code)} for code in benefits],
    }


def missing_face(application: Application) -> list[tuple[str, str]]:
    missing = []
    if not any(paper.slot == Slot.FACE for paper in papers_of(application)):
        missing.append(("face", _("Добавьте фото лица")))
    if not _is_declared(application):
        missing.append(
            ("declared", _("Подтвердите, что фото не старше шести месяцев и не изменено"))
        )
    return missing


def face_lines(application: Application) -> list[Line]:
    declared = (_("да"),) if _is_declared(application) else ()
    photo = replace(_photo_line(application, Slot.FACE), warnings=_face_remarks(application))
    return [
        photo,
        Line(_("Не старше шести месяцев, не изменено"), declared),
    ]


def face_answers(application: Application) -> dict[str, Any]:
    return {
        "photos": _hashes(papers_of(application), (Slot.FACE,)),
        "declared": _is_declared(application),
    }


def _face_remarks(application: Application) -> tuple[str, ...]:
    """What the program found on the photo after its page was left, until somebody keeps it so."""
    for paper in _in_slot(application, Slot.FACE):
        report = face_report(paper.document)
        if report.failed and not report.is_kept and not application.is_completed:
            found = checklist_of(report).lines[0].title
            told = _("Замечание к фото: «%(found)s». Его можно переснять или оставить так")
            return (told % {"found": found},)
    return ()


def _missing_benefit(application: Application) -> list[tuple[str, str]]:
    if not _has_benefit(application) or _proved_benefits(papers_of(application)):
        return []
    until = daymonth(application.campaign.closes_at)
    sentence = _(
        "Добавьте документ о льготе или выключите «Я льготник». Вернуться можно до %(day)s"
    )
    return [("has_benefit", sentence % {"day": until})]


def _benefit_names(application: Application) -> tuple[str, ...]:
    if not _has_benefit(application):
        return (pgettext("benefits", "нет"),)
    names = {
        paper.claim.benefit.pk: paper.claim.benefit.name
        for paper in papers_of(application)
        if paper.claim
    }
    return tuple(names.values())


def _photo_line(application: Application, slot: str) -> Line:
    papers = _in_slot(application, slot)
    return Line(Slot(slot).label, tuple(_added(paper) for paper in papers), papers)


def _in_slot(application: Application, slot: str) -> tuple[Paper, ...]:
    return tuple(paper for paper in papers_of(application) if paper.slot == slot)


def _has_benefit(application: Application) -> bool:
    page = getattr(application, "documents", None)
    return bool(page and page.has_benefit)


def _is_declared(application: Application) -> bool:
    page = getattr(application, "face", None)
    return bool(page and page.declared)


def _proved_benefits(papers: Iterable[Paper]) -> set[str]:
    return {paper.claim.benefit.code for paper in papers if paper.claim}


def _proofs(papers: Iterable[Paper], code: str) -> list[str]:
    return sorted(
        paper.document.sealed_sha256
        for paper in papers
        if paper.claim and paper.claim.benefit.code == code
    )


def _hashes(papers: Iterable[Paper], slots: Iterable[str]) -> dict[str, str]:
    wanted = set(slots)
    return {
        str(paper.slot): paper.document.sealed_sha256 for paper in papers if paper.slot in wanted
    }


def _added(paper: Paper) -> str:
    return _("добавлено %(day)s") % {"day": daymonth(paper.added_at)}
