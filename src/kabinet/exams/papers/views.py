"""The pages «Фото документа и льгота» and «Фото лица», and the tiles on them.

A tile is a form of its own: it is sent as soon as a file is chosen, or by its button where there
is no script. A script gets the tile back, drawn anew; without one the page is shown again.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kabinet.exams import access, hub_steps, pages
from kabinet.exams.evidence import kind_of
from kabinet.exams.identity import panel
from kabinet.exams.identity.queries import identity_of
from kabinet.exams.models import Application, Face, Paper
from kabinet.exams.papers import actions, limits, places, queries, seen
from kabinet.exams.papers.tiles import Tile, looks_for, tile_of
from kabinet.exams.views import corrected, explained
from kabinet.people.access import Refused
from kabinet.people.models import Person
from kabinet.ui import autosave, language, sentences
from kabinet.ui.templatetags.kabinet import saved_words
from kabinet.vault.decoding import DecoderUnavailable
from kabinet.vault.refusals import TooBig, UploadRefused

log = logging.getLogger(__name__)

TEMPLATES = {"documents": "exams/papers/documents.html", "face": "exams/papers/face.html"}


@dataclass(frozen=True)
class Outcome:
    """What became of a tile's post: ``error`` is empty where all went well."""

    status: int = 200
    error: str = ""


@login_required
@explained
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest, form_id: UUID) -> HttpResponse:
    user = cast(Person, request.user)
    application = access.application_for(user, form_id)
    if request.method == "POST" and not language.switched(request):
        if "has_benefit" in request.POST:
            on = request.POST["has_benefit"] == "on"
            actions.switch_benefit(actor=user, application=application, on=on)
            return redirect(f"{request.path}#benefits")
        return _go_on(request, pages.DOCUMENTS, form_id)
    return _page(request, pages.DOCUMENTS, application)


@login_required
@explained
@require_http_methods(["GET", "HEAD", "POST"])
def face(request: HttpRequest, form_id: UUID) -> HttpResponse:
    user = cast(Person, request.user)
    application = access.application_for(user, form_id)
    if request.method == "POST" and not language.switched(request):
        return _face_sent(request, user, application)
    return _page(request, pages.FACE, application)


def _face_sent(request: HttpRequest, user: Person, application: Application) -> HttpResponse:
    """The tick is saved whatever else was pressed."""
    declared = request.POST.get("declared") == "on"
    row = actions.declare_face(actor=user, application=application, declared=declared)
    if autosave.asked(request):
        words = saved_words(row.saved_at) if row.saved_at else ""
        return autosave.answer(words, version=row.version)
    if "keep" in request.POST:
        actions.keep_face(actor=user, application=application, paper_id=request.POST["keep"])
    elif _was_unseen(request, application):
        return _page(request, pages.FACE, access.application_for(user, application.pk))
    return _go_on(request, pages.FACE, application.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tile(request: HttpRequest, form_id: UUID, key: str) -> HttpResponse:
    """Add the file, remove or restore a paper: one post of one tile.

    A GET comes from who had to sign in again first, and from going back; it leads to the tile.
    """
    application = access.application_for(cast(Person, request.user), form_id)
    place = places.place_for(application, key)
    if request.method != "POST":
        return _to_tile(application, place)
    outcome = _outcome(request, application, place)
    if request.headers.get("X-Requested-With") == "upload":
        drawn = _tile(request, application, place, outcome)
        context = {"tile": drawn, "seen": _seen(drawn), "application": application}
        return render(request, _template(place), context, status=outcome.status)
    if outcome.error:
        page = pages.BY_SLUG[place.page]
        return _page(request, page, application, errors={key: outcome})
    return _to_tile(application, place)


def _to_tile(application: Application, place: places.Place) -> HttpResponse:
    return redirect(f"{pages.BY_SLUG[place.page].url(application)}#tile-{place.key}")


def _was_unseen(request: HttpRequest, application: Application) -> bool:
    """The page was sent while the photo was looked at, and now there is something to mend: show it once."""
    if "shown" not in request.POST or request.POST.get("act") == "leave":
        return False
    phase = seen.face_seen(application).phase
    return phase == "failed" and request.POST["shown"] != phase


def _outcome(request: HttpRequest, application: Application, place: places.Place) -> Outcome:
    try:
        _act(request, application, place)
    except Refused as refused:
        return Outcome(403, str(refused.sentence))
    except actions.NotTaken as refused:
        return Outcome(422, refused.sentence)
    except UploadRefused as refused:
        status = 413 if isinstance(refused, TooBig) else 422
        return Outcome(status, sentences.say(refused.message_key, refused.params))
    except (OSError, DecoderUnavailable):
        log.exception("a paper could not be stored")
        return Outcome(503, _("Не получилось сохранить файл. Нажмите «Повторить» через минуту"))
    return Outcome()


def _act(request: HttpRequest, application: Application, place: places.Place) -> None:
    actor = cast(Person, request.user)
    if "remove" in request.POST:
        actions.remove_paper(actor=actor, application=application, paper_id=request.POST["remove"])
    elif "restore" in request.POST:
        actions.restore_paper(
            actor=actor, application=application, paper_id=request.POST["restore"]
        )
    else:
        _check_rate(request, application)
        upload = _upload(request)
        actions.add_paper(actor=actor, application=application, place=place, upload=upload)


def _check_rate(request: HttpRequest, application: Application) -> None:
    address = get_adapter().get_client_ip(request)
    if limits.OF_ADDRESS.allows(address) and limits.OF_FORM.allows(str(application.pk)):
        return
    raise actions.NotTaken(
        _("Слишком много файлов за короткое время. Подождите 10 минут и добавьте этот ещё раз")
    )


def _upload(request: HttpRequest) -> actions.Upload:
    """The file chosen by camera or gallery: two inputs of one name, of which a browser sends the filled one."""
    chosen = request.FILES.get("file")
    if chosen is None:
        raise _nothing_came(request)
    token = request.POST.get("token", "")[:40]
    return actions.Upload(chosen.read(), chosen.name or "", token)


def _nothing_came(request: HttpRequest) -> Exception:
    """No file chosen; or one so large that the server did not even read it."""
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if size > limits.PDF_BYTES:
        return TooBig(size=size, limit=limits.PHOTO_BYTES)
    return actions.NotTaken(_("Сначала выберите файл или снимите фото"))


def _go_on(request: HttpRequest, page: pages.Page, form_id: UUID) -> HttpResponse:
    """«Следующий шаг» goes on only when the page is right (ruling 11)."""
    user = cast(Person, request.user)
    application = access.application_for(user, form_id)
    if request.POST.get("act") == "leave":
        return redirect("home")
    if page.problems(application):
        return _page(request, page, application, status=422)
    if page.slug in access.reopened_pages(application):
        return corrected(user, application, page)
    following = pages.following(page)
    if following and not application.is_completed:
        return redirect(following.url(application))
    return redirect("exams:check", application.pk)


def _tile(
    request: HttpRequest, application: Application, place: places.Place, outcome: Outcome
) -> Tile:
    papers = queries.papers_of(application)
    return tile_of(
        application,
        place,
        papers,
        looks=looks_for(cast(Person, request.user), application, papers),
        error=outcome.error,
        shrunk_from=_whole(request.POST.get("original_size", "")),
    )


def _template(place: places.Place) -> str:
    return "exams/papers/portrait.html" if place == places.FACE else "exams/papers/tile.html"


def _seen(tile: Tile) -> seen.FaceSeen:
    return seen.FaceSeen(tile.paper.paper if tile.paper else None, not tile.locked)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _page(
    request: HttpRequest,
    page: pages.Page,
    application: Application,
    *,
    errors: Mapping[str, Outcome] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page; with status 422 it lists what is missing, with ``errors`` what was not taken."""
    user = cast(Person, request.user)
    papers = queries.papers_of(application)
    looks = looks_for(user, application, papers)
    refused = errors or {}

    def draw(place: places.Place) -> Tile:
        error = refused[place.key].error if place.key in refused else ""
        return tile_of(application, place, papers, looks=looks, error=error)

    listed = _listed(page, application, refused) if status == 422 or refused else []
    context = {
        "application": application,
        "page": page,
        "page_url": page.url(application),
        "row": page.row(application),
        "campaign": application.campaign,
        "for_another": access.acts_for_another(user, application),
        "number": pages.PAGES.index(page) + 1,
        "total": len(pages.PAGES),
        "problems": listed,
        "wrong": dict(listed),
        "may_go_on": access.may_edit(application, page.slug),
        "change_url": hub_steps.change_url(application, page),
        "saved_at": _saved_at(page, application, papers),
        **_PARTS[page.slug](request, application, papers, draw),
    }
    codes = [outcome.status for outcome in refused.values()]
    code = codes[0] if codes else status
    drawn = render(request, TEMPLATES[page.slug], context, status=code)
    if page == pages.FACE:
        drawn.headers["Permissions-Policy"] = "camera=(self)"
    return drawn


def _saved_at(
    page: pages.Page, application: Application, papers: Sequence[Paper]
) -> datetime | None:
    """When a tick or a file of the page was saved last."""
    here = [paper for paper in papers if places.Place(paper.slot).page == page.slug]
    moments = [paper.added_at for paper in here if paper.removed_at is None]
    ticked = page.row(application).saved_at
    return max([*moments, ticked] if ticked else moments, default=None)


def _listed(
    page: pages.Page, application: Application, refused: Mapping[str, Outcome]
) -> list[tuple[str, str]]:
    """Anchor and sentence of everything wrong, for the summary above the page."""
    if refused:
        titles = {key: places.place_for(application, key).title for key in refused}
        return [(f"id_{key}", f"{titles[key]}. {refused[key].error}") for key in refused]
    return [(f"id_{problem.field}", problem.sentence) for problem in page.problems(application)]


Draw = Callable[[places.Place], Tile]


def _document_parts(
    request: HttpRequest, application: Application, papers: Sequence[Paper], draw: Draw
) -> dict[str, Any]:
    user, found = cast(Person, request.user), identity_of(application, papers=papers)
    benefits = [draw(place) for place in places.benefits_of(application)]
    return {
        "kind": kind_of(application),
        "personal_url": pages.PERSONAL.url(application, "document_kind"),
        "sides": [draw(place) for place in places.sides_of(application)],
        "benefits": benefits,
        "proved": sum(bool(tile.papers) for tile in benefits),
        "benefits_locked": benefits[0].locked if benefits else "",
        **panel.on_documents(user, application, found),
    }


def _face_parts(
    request: HttpRequest, application: Application, papers: Sequence[Paper], draw: Draw
) -> dict[str, Any]:
    """In another language the tick stands as it was set, though nothing was saved yet."""
    tile = draw(places.FACE)
    typed = language.switched(request) and "version" in request.POST
    stored = cast(Face, pages.FACE.row(application))
    return {
        "tile": tile,
        "seen": _seen(tile),
        "declared": request.POST.get("declared") == "on" if typed else stored.declared,
    }


_PARTS: Mapping[
    str, Callable[[HttpRequest, Application, Sequence[Paper], Draw], dict[str, Any]]
] = {
    "documents": _document_parts,
    "face": _face_parts,
}
