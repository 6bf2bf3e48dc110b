"""The panel that shows document and answers side by side, on the two pages where it stands."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse

from kabinet.core.passport.language_file import TRAINEDDATA
from kabinet.exams import access, merging, pages
from kabinet.exams.forms import PageForm
from kabinet.exams.identity.queries import Identity, identity_of
from kabinet.exams.models import Application
from kabinet.people.models import Person

PERSONAL, DOCUMENTS = pages.PERSONAL.slug, pages.DOCUMENTS.slug
_FORMS = {PERSONAL: "main", DOCUMENTS: "from-document"}
"""Page → id of the form that the panel's buttons belong to."""


def panel(user: Person, application: Application, found: Identity, page: str) -> dict[str, Any]:
    """What the templates of the panel need; ``page``: PERSONAL or DOCUMENTS."""
    phase = "waiting" if found.is_waiting else "away" if found.is_away else "done"
    here = page == PERSONAL
    return {
        "application": application,
        "identity": found,
        "phase": phase,
        "state": _state(found, phase),
        "for_another": access.acts_for_another(user, application),
        "may_fill": access.may_edit(application, PERSONAL),
        "own_form": _FORMS[page],
        "personal_url": "" if here else reverse("exams:page", args=[application.pk, PERSONAL]),
    }


def _state(found: Identity, phase: str) -> str:
    """A digest of all that the panel says, by which a script knows whether there is news."""
    lines = {line.field: [line.verdict, line.read, line.typed] for line in found.beside.lines}
    return merging.mark({"phase": [phase], "both": list(found.both), **lines})


def on_personal(user: Person, application: Application, form: PageForm) -> dict[str, Any]:
    """The panel above the questions; where nothing is there to read yet, an invitation to begin so."""
    found = identity_of(application, form)
    untouched = pages.PERSONAL.row(application).version == 0
    can_read = settings.CHECKS and TRAINEDDATA.exists()
    return {
        **panel(user, application, found, PERSONAL),
        "invites": untouched and can_read and not found.sides,
    }


def on_documents(user: Person, application: Application, found: Identity) -> dict[str, Any]:
    """The panel under the photos, and the base of what its buttons change on the other page."""
    page = pages.PERSONAL
    names = [item.name for item in page.fields_of(application.campaign)]
    draft = page.row(application).draft
    return {
        **panel(user, application, found, DOCUMENTS),
        "personal_seen": json.dumps(merging.marks(draft, names)),
    }
