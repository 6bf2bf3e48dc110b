import itertools

import pytest

from kabinet.exams import actions, merging, pages
from kabinet.exams.models import Documents, Face, Paper
from kabinet.vault.models import Document

GOOD = {
    "personal": {
        "sex": {"sex": ["F"]},
        "birth_date": {
            "birth_date_day": ["14"],
            "birth_date_month": ["3"],
            "birth_date_year": ["2010"],
        },
        "document_kind": {"document_kind": ["id-card"]},
        "document_number": {"document_number": ["id 1234567"]},
        "pin": {"pin": ["11403201000123"]},
    },
    "address": {
        "region": {"region": ["issyk-kul"]},
        "district": {"district": ["jeti-oguz"]},
        "town": {"town": ["с. Кызыл-Суу"]},
        "street": {"street": ["ул. Манаса, 12"]},
        "second_phone": {"second_phone": ["0555 204 119"]},
    },
    "subjects": {
        "subjects": {"subjects": ["chemistry", "biology"]},
        "language": {"language": ["ky"]},
    },
}
"""What Aiperi types, page by page, as a browser would send it."""

_numbers = itertools.count(1)


def type_in(application, actor, slug, *, seen=None, **raw):
    """Save some fields of a page; ``raw`` overrides or adds values to the good ones."""
    return actions.save_page(
        actor=actor, application=application, slug=slug, typed=raw, seen=seen or {}
    )


def seen_by(application, slug):
    """The marks that a page of the form would carry if it were opened now."""
    fresh = type(application).objects.get(pk=application.pk)
    page = pages.QUESTION_PAGES[slug]
    draft = page.row(fresh).draft
    return merging.marks(draft, [field.name for field in page.fields_of(fresh.campaign)])


def add_paper(application, actor, slot, claim=None):
    number = next(_numbers)
    document = Document.objects.create(
        kind="photo",
        folder=f"{number}",
        size=1,
        received_size=1,
        fingerprint=f"{number:064x}",
        sealed_sha256=f"{number:064x}",
    )
    return Paper.objects.create(
        application=application, slot=slot, claim=claim, document=document, added_by=actor
    )


@pytest.fixture
def filled(application, aiperi):
    """All five pages are right; nobody has pressed «Нажмите для завершения» yet."""
    for slug, typed in GOOD.items():
        type_in(application, aiperi, slug, **typed)
    for slot in ("front", "back", "face"):
        add_paper(application, aiperi, slot)
    Documents.objects.create(application=application)
    Face.objects.create(application=application, declared=True)
    application.refresh_from_db()
    actions.mark_page(application, "documents")
    actions.mark_page(application, "face")
    return type(application).objects.get(pk=application.pk)


@pytest.fixture
def completed(filled, aiperi):
    return actions.finish(actor=aiperi, application=filled).application
