"""The form «Бланк регистрации на ОРТ»: its pages, filled by the graduate or by the school."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kabinet.core.credentials import show_applicant_number
from kabinet.exams import (
    access,
    actions,
    grace,
    hub_steps,
    merging,
    pages,
    queries,
    states,
)
from kabinet.exams.forms import Raw
from kabinet.exams.identity import panel
from kabinet.exams.identity.queries import differences_of
from kabinet.exams.models import Application, Campaign
from kabinet.exams.offer import offer_of
from kabinet.exams.receipts import FILE_NAME
from kabinet.exams.typed import raw_of, seen_marks, typed_fields
from kabinet.people.access import Refused
from kabinet.people.models import Person
from kabinet.ui import autosave
from kabinet.ui.language import switched, without_errors
from kabinet.ui.templatetags.kabinet import saved_words

View = Callable[..., HttpResponse]


def explained(view: View) -> View:
    """A refusal becomes a page of its own with the sentence, or the answer of an autosave."""

    @wraps(view)
    def wrapped(request: HttpRequest, form_id: UUID, **rest: Any) -> HttpResponse:
        try:
            return view(request, form_id, **rest)
        except Refused as refusal:
            if autosave.asked(request):
                return autosave.answer(str(refusal.sentence), code=403)
            application = access.application_for(_user(request), form_id)
            context = {"sentence": refusal.sentence, **_about(request, application)}
            return render(request, "exams/refused.html", context, status=403)

    return wrapped


@require_safe
def prepare(request: HttpRequest) -> HttpResponse:
    """What to have at hand; public, printable (S11–S14)."""
    campaign = Campaign.objects.current()
    offer = offer_of(campaign) if campaign else None
    return render(request, "exams/prepare.html", {"campaign": campaign, "offer": offer})


@login_required
@require_safe
def hub(request: HttpRequest, form_id: UUID) -> HttpResponse:
    application = access.application_for(_user(request), form_id)
    charge = queries.charge_of(application) if application.is_completed else None
    steps = hub_steps.steps(application, charge)
    context = {
        "steps": steps,
        "next": hub_steps.next_step(application, charge, steps),
        "closed": _closed(application),
        "saved_at": queries.saved_at(application),
        "responsible": queries.responsible_of(application),
        **_about(request, application),
    }
    return render(request, "exams/hub.html", context)


@login_required
@explained
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, form_id: UUID, slug: str) -> HttpResponse:
    found = pages.QUESTION_PAGES.get(slug)
    if found is None:
        raise Http404
    if switched(request):
        return _show_typed(request, form_id, found)
    if request.method == "POST":
        return _save(request, form_id, found)
    application = access.application_for(_user(request), form_id, found.relation)
    try:
        access.check_can_edit(application, slug)
    except Refused as refusal:
        rows = found.rows(application)
        section = {
            "page": found,
            "rows": rows,
            "author": pages.only_author(rows),
            "change": hub_steps.change_url(application, found),
        }
        context = {"sentence": refusal.sentence, "sections": [section]}
        return _render_page(request, "exams/page_closed.html", application, found, context)
    draft = found.row(application).draft
    return _show(request, application, found, draft, judged="check" in request.GET)


@login_required
@require_safe
def summary(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """«Просмотр бланка»."""
    application = access.application_for(_user(request), form_id)
    context = {
        **_sections_noted(application),
        "closed": _closed(application),
        "twin": access.acts_for_another(_user(request), application)
        and queries.has_twin(application),
        "done": len(application.pages_right),
        "public_status": states.public_status(application),
        **_about(request, application),
    }
    return render(request, "exams/summary.html", context)


@login_required
@require_safe
def check(request: HttpRequest, form_id: UUID) -> HttpResponse:
    application = access.application_for(_user(request), form_id)
    if application.is_completed:
        return redirect("exams:done", application.pk)
    return _show_check(request, application, pages.problems_of(application))


@login_required
@explained
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """«Нажмите для завершения». Who had to sign in again at that moment comes here by a GET."""
    application = access.application_for(_user(request), form_id)
    if request.method != "POST" or switched(request):
        return redirect("exams:check", application.pk)
    shown_at = grace.shown_at(application, request.POST.get("shown", ""))
    try:
        actions.finish(actor=_user(request), application=application, opened_at=shown_at)
    except actions.Incomplete as refusal:
        return _show_check(request, application, list(refusal.problems), status=422)
    return redirect("exams:done", application.pk)


@login_required
@require_safe
def done(request: HttpRequest, form_id: UUID) -> HttpResponse:
    application = access.application_for(_user(request), form_id)
    if not application.is_completed:
        return redirect("exams:form", application.pk)
    charge = queries.charge_of(application)
    context = {
        "sections": _sections(application),
        "charge": charge,
        **_price(charge.lines if charge else []),
        "shown_number": show_applicant_number(application.applicant.number),
        "submission": application.submissions.order_by("-version").first(),
        "closed": _closed(application),
        **_about(request, application),
    }
    return render(request, "exams/done.html", context)


@login_required
@require_safe
def form_pdf(request: HttpRequest, form_id: UUID) -> HttpResponse:
    application = _completed(request, form_id)
    pdf = actions.download_form(actor=_user(request), application=application)
    response = HttpResponse(pdf, content_type="application/pdf")
    return _as_file(response, f"ort-{application.applicant.number}.pdf")


@login_required
@require_safe
def receipt_json(request: HttpRequest, form_id: UUID) -> HttpResponse:
    application = _completed(request, form_id)
    submission = application.submissions.order_by("-version")[0]
    return _as_file(JsonResponse(submission.receipt), FILE_NAME)


@login_required
@explained
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, form_id: UUID, slug: str) -> HttpResponse:
    """«Изменить» after completion: one page, with a reason."""
    found = pages.BY_SLUG.get(slug)
    if found is None:
        raise Http404
    application = access.application_for(_user(request), form_id)
    access.check_can_reopen(application)
    reason, error = request.POST.get("reason", ""), ""
    if request.method == "POST" and not switched(request):
        try:
            actions.reopen_page(
                actor=_user(request), application=application, slug=slug, reason=reason
            )
            return redirect(found.url(application))
        except Refused as refusal:
            error = str(refusal.sentence)
    context = {"reason": reason, "error": error}
    status = 422 if error else 200
    return _render_page(request, "exams/reopen.html", application, found, context, status=status)


def _user(request: HttpRequest) -> Person:
    return cast(Person, request.user)


def _about(request: HttpRequest, application: Application) -> dict[str, Any]:
    """What every page of a form shows: whose it is, of which campaign, and who acts for whom."""
    return {
        "application": application,
        "campaign": application.campaign,
        "for_another": access.acts_for_another(_user(request), application),
        "total": len(pages.PAGES),
    }


def _closed(application: Application) -> str:
    """Why nothing can be changed now; empty where it can."""
    try:
        access.check_campaign_open(application.campaign)
    except Refused as refusal:
        return str(refusal.sentence)
    return ""


def _completed(request: HttpRequest, form_id: UUID) -> Application:
    application = access.application_for(_user(request), form_id)
    if not application.is_completed:
        raise Http404
    return application


def _as_file(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _sections(application: Application) -> list[dict[str, Any]]:
    """The summary: every page with its rows, and where it is changed."""
    return [
        {
            "page": found,
            "rows": (rows := found.rows(application)),
            "author": pages.only_author(rows),
            "change": hub_steps.change_url(application, found),
        }
        for found in pages.PAGES
    ]


def _sections_noted(application: Application) -> dict[str, Any]:
    """The summary, with what differs from the document noted at its answer and at the name."""
    notes = differences_of(application)
    sections = _sections(application)
    for section in sections:
        section["rows"] = [
            replace(row, warnings=(*row.warnings, *notes.pop(row.field, ())))
            for row in section["rows"]
        ]
    return {"sections": sections, "name_notes": [told for left in notes.values() for told in left]}


def _price(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """The lines of a charge in the language of the page, and their sum."""
    language = (get_language() or "ru")[:2]
    return {
        "lines": [
            (line["name"].get(language, line["name"]["ru"]), line["tyiyn"]) for line in lines
        ],
        "amount": sum(line["tyiyn"] for line in lines),
    }


def _prices(application: Application) -> dict[str, Any]:
    """What the page of subjects needs to show the sum while one ticks."""
    offer = offer_of(application.campaign)
    return {
        "compulsory": offer.compulsory,
        "base_price": sum(subject.price for subject in offer.compulsory),
        "prices": json.dumps({subject.code: subject.price for subject in offer.optional}),
        "amount": queries.amount_of(application),
    }


def _show_check(
    request: HttpRequest, application: Application, problems: list[pages.Problem], status: int = 200
) -> HttpResponse:
    context = {
        **_sections_noted(application),
        "problems": problems,
        "refused": status != 200,
        **_price(queries.price_lines(application)),
        "shown": "" if problems else grace.proof(application),
        "closed": _closed(application),
        **_about(request, application),
    }
    return render(request, "exams/check.html", context, status=status)


def _show_typed(request: HttpRequest, form_id: UUID, found: pages.QuestionPage) -> HttpResponse:
    """The page in the other language, with all that was typed and nothing saved."""
    application = access.application_for(_user(request), form_id, found.relation)
    names = [item.name for item in found.fields_of(application.campaign)]
    draft = {name: raw_of(request.POST, name) for name in names}
    return _show(request, application, found, draft, {"seen": request.POST.get("seen", "")})


def _save(request: HttpRequest, form_id: UUID, found: pages.QuestionPage) -> HttpResponse:
    names = [item.name for group in found.groups for item in group.fields]
    typed = typed_fields(request, names)
    theirs = [name for name in names if request.POST.get(f"take_{name}") == "theirs"]
    saved = actions.save_page(
        actor=_user(request),
        application=form_id,
        slug=found.slug,
        typed={name: raw for name, raw in typed.items() if name not in theirs},
        seen=seen_marks(request),
    )
    if autosave.asked(request):
        return _autosaved(request, saved, found)
    if saved.collisions:
        return show_collisions(request, saved, found)
    return _go_on(request, saved, found)


def _autosaved(
    request: HttpRequest, saved: actions.Saved, found: pages.QuestionPage
) -> HttpResponse:
    words = saved_words(saved.row.saved_at, saved.form.typed_wrong) if saved.row.saved_at else ""
    return autosave.answer(
        words,
        version=saved.row.version,
        seen=_marks(saved.application, found, saved.row.draft),
        notes={collision.field: _note(saved, collision) for collision in saved.collisions},
        code=409 if saved.collisions else 200,
    )


def _go_on(request: HttpRequest, saved: actions.Saved, found: pages.QuestionPage) -> HttpResponse:
    """«Следующий шаг» only from a right page; «Сохранить и выйти из формы» from any."""
    application = saved.application
    if request.POST.get("act") == "leave":
        return redirect("home")
    if saved.problems:
        return _show(request, application, found, saved.row.draft, judged=True, status=422)
    if application.is_completed:
        return corrected(_user(request), application, found)
    following = pages.following(found)
    return (
        redirect(following.url(application))
        if following
        else redirect("exams:check", application.pk)
    )


def corrected(user: Person, application: Application, found: pages.Page) -> HttpResponse:
    """The reopened page is right; where another one is not, the hub says which."""
    try:
        actions.close_page(actor=user, application=application, slug=found.slug)
    except actions.Incomplete:
        return redirect("exams:form", application.pk)
    return redirect("exams:done", application.pk)


def show_collisions(
    request: HttpRequest, saved: actions.Saved, found: pages.QuestionPage
) -> HttpResponse:
    """What did not collide is saved; the rest stands on the page as typed, beside the other value."""
    mine = {collision.field: collision.mine for collision in saved.collisions}
    bound = found.form(saved.application, {**saved.row.draft, **mine})
    collisions = [
        {
            "told": collision,
            "label": bound.fields[collision.field].label,
            "mine": bound.shown(collision.field),
            "theirs": saved.form.shown(collision.field),
        }
        for collision in saved.collisions
    ]
    return _show(
        request,
        saved.application,
        found,
        bound.draft,
        {"collisions": collisions, "seen": _seen(saved.application, found, saved.row.draft)},
        status=409,
    )


def _for_boxes(field: str, raw: Raw) -> str | list[str] | dict[str, str]:
    """A value as ``autosave.js`` puts it back: by part of the field, as a list of ticks, or as text."""
    if set(raw) <= {field}:
        values = raw.get(field, [])
        return values[0] if len(values) == 1 else list(values) or ""
    return {name.removeprefix(f"{field}_"): values[0] for name, values in raw.items() if values}


def _note(saved: actions.Saved, collision: actions.Collision) -> dict[str, Any]:
    """For the script: the other value in words, and as the boxes would hold it."""
    said = _("%(who)s в %(time)s: %(value)s") % {
        "who": collision.who,
        "time": f"{localtime(collision.at):%H:%M}" if collision.at else "",
        "value": saved.form.shown(collision.field),
    }
    return {"text": said, "value": _for_boxes(collision.field, collision.theirs)}


def _marks(
    application: Application, found: pages.QuestionPage, draft: Mapping[str, Raw]
) -> dict[str, str]:
    names = [item.name for item in found.fields_of(application.campaign)]
    return merging.marks(draft, names)


def _seen(application: Application, found: pages.QuestionPage, draft: Mapping[str, Raw]) -> str:
    return json.dumps(_marks(application, found, draft))


def _show(
    request: HttpRequest,
    application: Application,
    found: pages.QuestionPage,
    draft: Mapping[str, Raw],
    more: dict[str, Any] | None = None,
    *,
    judged: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page holding ``draft``; with its errors only where ``judged``."""
    form = found.form(application, draft)
    wrong = form.typed_wrong
    context = {
        "form": form if judged else without_errors(form),
        "seen": _seen(application, found, draft),
        "row": found.row(application),
        "typed_wrong": wrong,
        "warnings": [(form.fields[name].label, told) for name, told in form.warnings.items()],
        "authors": pages.authors_of(found.row(application)),
        **(_prices(application) if found is pages.SUBJECTS else {}),
        **(panel.on_personal(_user(request), application, form) if found is pages.PERSONAL else {}),
        **(more or {}),
    }
    return _render_page(request, f"exams/{found.slug}.html", application, found, context, status)


def _render_page(
    request: HttpRequest,
    template: str,
    application: Application,
    found: pages.Page,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    context = {
        "page": found,
        "page_url": found.url(application),
        "number": pages.PAGES.index(found) + 1,
        **_about(request, application),
        **context,
    }
    return render(request, template, context, status=status)
