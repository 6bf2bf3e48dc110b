"""The page «Код из письма», the same for registration, a forgotten password and a new address."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from math import ceil

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kabinet.people import codes, emails, pending
from kabinet.people.forms import CodeForm
from kabinet.people.models import EmailCode
from kabinet.people.pending import Pending
from kabinet.ui.language import switched, without_errors
from kabinet.ui.templatetags.kabinet import daymonth

ASKED, TRIED = "code_asked", "code_tried"
RESEND = timedelta(seconds=60)  # between two letters that one browser asks for
Sending = Callable[[HttpRequest, Pending], EmailCode]


def ask(request: HttpRequest, waiting: Pending, send: Sending, *, code_page: str) -> HttpResponse:
    """Sends what is to be sent and leads to the page of the code; the same for every address.

    Where this browser has just asked, no letter goes again and its code stays good.
    """
    if not consume(request, action=ASKED):
        return _too_many(request)
    before = pending.of(request, waiting.purpose)
    if before and before.email == waiting.email:
        waiting = replace(waiting, code_id=before.code_id)
    pending.keep(request, waiting)
    with suppress(codes.TooSoon):  # the page says when the next letter may be asked for
        _send(request, waiting, send)
    return redirect(code_page)


def answer(
    request: HttpRequest, *, purpose: str, send: Sending, start: str, after: str
) -> HttpResponse:
    """Takes the code, or sends another letter. ``start``, ``after``: routes before and behind it."""
    waiting = pending.of(request, purpose)
    if waiting is None:
        return redirect(start)
    if "resend" in request.POST and not switched(request):
        return _resent(request, waiting, send)
    form = CodeForm(request.POST or None)
    if switched(request):
        form = without_errors(form)
    elif request.method == "POST" and form.is_valid():
        if not consume(request, action=TRIED):
            return _too_many(request)
        if _is_right(form, waiting):
            pending.prove(request, waiting)
            return redirect(after)
    return _page(request, waiting, form, start)


def _is_right(form: CodeForm, waiting: Pending) -> bool:
    try:
        codes.check(code_id=waiting.code_id, code=form.cleaned_data["code"])
    except codes.CodeRefused as refused:
        form.add_error("code", str(refused.sentence))
        return False
    return True


def _resent(request: HttpRequest, waiting: Pending, send: Sending) -> HttpResponse:
    if not consume(request, action=ASKED):
        return _too_many(request)
    try:
        _send(request, waiting, send)
        messages.success(request, _("Отправили новое письмо. Прежний код больше не действует"))
    except codes.TooSoon as too_soon:
        messages.warning(request, _later(too_soon.seconds))
    return redirect(request.path)


def _send(request: HttpRequest, waiting: Pending, send: Sending) -> None:
    """From now on this browser awaits the code of the new letter. Raises codes.TooSoon."""
    if seconds := _pause(codes.of(waiting.code_id)):
        raise codes.TooSoon(seconds)
    pending.keep(request, replace(waiting, code_id=str(send(request, waiting).pk)))


def _page(request: HttpRequest, waiting: Pending, form: CodeForm, start: str) -> HttpResponse:
    letter = codes.of(waiting.code_id)
    asker = emails.asker_of(request, waiting.email)
    wait = codes.seconds_to_wait(email=waiting.email, purpose=waiting.purpose, asker=asker)
    context = {
        "form": form,
        "email": waiting.email,
        "letter": letter,
        "later": _later(max(wait, _pause(letter))),
        "start": start,
    }
    return render(request, "people/code.html", context, status=422 if form.errors else 200)


def _pause(letter: EmailCode | None) -> int:
    """Seconds until the browser that asked for this letter may ask for another one."""
    if letter is None:
        return 0
    return max(0, ceil((letter.issued_at + RESEND - timezone.now()).total_seconds()))


def _later(seconds: int) -> str:
    """When another letter may go; empty when it may now."""
    if not seconds:
        return ""
    if seconds <= 90:
        sentence = ngettext(
            "Новое письмо можно отправить через %(seconds)d секунду",
            "Новое письмо можно отправить через %(seconds)d секунд",
            seconds,
        )
        return sentence % {"seconds": seconds}
    ready = timezone.localtime(timezone.now() + timedelta(seconds=seconds))
    sentence = _("Новое письмо можно отправить %(day)s после %(time)s")
    return sentence % {"day": daymonth(ready), "time": f"{ready:%H:%M}"}


def _too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "people/too_many_codes.html", status=429)
