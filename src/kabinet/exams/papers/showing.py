"""Giving a document out: never kept by the browser, never run by it, and never unseen."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kabinet.audit.journal import SYSTEM, record
from kabinet.exams.models import Paper
from kabinet.exams.papers.access import paper_for
from kabinet.exams.papers.queries import VIEWED
from kabinet.people.access import acting_posts_of
from kabinet.people.models import Person
from kabinet.vault import actions as vault
from kabinet.vault.headers import HEADERS
from kabinet.vault.models import FULL, Document


@login_required
@require_GET
def paper(request: HttpRequest, form_id: UUID, paper_id: UUID, rendition: str) -> HttpResponse:
    """``full``, ``thumb`` or ``page-N`` of a paper. A PDF is only ever a download, its pages are pictures.

    A look at the whole document, and any look by another person than its owner, is an event.
    """
    user: Person = request.user  # type: ignore[assignment]
    found = paper_for(user, form_id, paper_id)
    try:
        data = vault.read(found.document, rendition, owner=str(form_id))
    except vault.NoSuchRendition as error:
        raise Http404 from error
    except vault.Unreadable:
        _record_unreadable(found, rendition)
        text = _("Файл в хранилище повреждён, показать его нельзя. Загрузите его ещё раз")
        return HttpResponse(text, status=410, content_type="text/plain; charset=utf-8")
    if rendition == FULL or user.pk != found.application.applicant_id:
        _record_view(user, found, rendition)
    return _answer(found, rendition, data)


def _answer(found: Paper, rendition: str, data: bytes) -> HttpResponse:
    """The name of the download says the place only; nothing a person typed goes into a header."""
    if rendition == FULL and found.document.kind == Document.Kind.PDF:
        kind, disposition = "application/pdf", f'attachment; filename="{found.slot}.pdf"'
    else:
        kind, disposition = "image/jpeg", f'inline; filename="{found.slot}.jpg"'
    headers = {**HEADERS, "Content-Disposition": disposition}
    return HttpResponse(data, content_type=kind, headers=headers)


def _record_view(user: Person, found: Paper, rendition: str) -> None:
    is_owner = user.pk == found.application.applicant_id
    post = next((post for post in acting_posts_of(user)), None) if not is_owner else None
    details = {"rendition": rendition}
    if post:
        details |= {"role": post.role, "place": str(post.organisation)}
    record(
        VIEWED,
        actor=user,
        subject=found,
        chain=found.application.school_id,
        person=found.application.applicant,
        details=details,
    )


def _record_unreadable(found: Paper, rendition: str) -> None:
    """An alarm that the owner and the auditors can see; the log has it from the vault."""
    record(
        "paper.found_broken",
        actor=SYSTEM,
        subject=found,
        chain=found.application.school_id,
        person=found.application.applicant,
        details={"rendition": rendition},
    )
