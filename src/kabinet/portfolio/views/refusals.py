"""Why a file or an act was not taken, as a sentence and the status of the answer."""

import logging
from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kabinet.people.access import Refused
from kabinet.people.models import Person
from kabinet.portfolio import sentences
from kabinet.portfolio.limits import PDF_BYTES
from kabinet.vault.actions import VaultError
from kabinet.vault.decoding import DecoderUnavailable
from kabinet.vault.refusals import TooBig, UploadRefused

Thing = TypeVar("Thing")
log = logging.getLogger(__name__)

CAUGHT = (Refused, UploadRefused, OSError, DecoderUnavailable, VaultError)


def acted(
    request: HttpRequest,
    thing: Thing,
    acts: Mapping[str, Callable[[HttpRequest, Person, Thing], HttpResponse]],
    refuse: Callable[[HttpRequest, Thing, str, int], HttpResponse],
    *,
    usual: str = "",
) -> HttpResponse:
    """Does what the pressed button names (``usual`` where it names nothing), or says why not."""
    act = acts.get(request.POST.get("act", usual))
    if act is None:
        raise Http404
    try:
        return act(request, cast(Person, request.user), thing)
    except CAUGHT as refused:
        return refuse(request, thing, *told(refused))


def told(refused: BaseException) -> tuple[str, int]:
    if isinstance(refused, Refused):
        return str(refused.sentence), 403
    if isinstance(refused, UploadRefused):
        return sentences.of(refused), 413 if isinstance(refused, TooBig) else 422
    log.error("a file could not be stored or read", exc_info=refused)
    return _("Не получилось сохранить файл. Выберите его ещё раз через минуту"), 503


def too_big(size: int) -> str:
    return sentences.of(TooBig(size=size, limit=PDF_BYTES))
