"""«Забыли пароль?» and «Сменить адрес эл. почты»: both by a code sent to the address."""

from typing import cast

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from kabinet.people import actions, code_pages, codes, emails, pending
from kabinet.people.forms import EmailForm, OwnPasswordForm
from kabinet.people.models import EmailCode, Person
from kabinet.people.pending import Pending
from kabinet.people.sudo import sudo
from kabinet.ui.language import switched, without_errors

RESET, CHANGE = codes.Purpose.RESET, codes.Purpose.CHANGE_EMAIL
page = require_http_methods(["GET", "HEAD", "POST"])


@page
def forgotten(request: HttpRequest) -> HttpResponse:
    """The address; the answer is the same whether anybody signs in by it."""
    form = EmailForm(request.POST or None)
    if switched(request):
        form = without_errors(form)
    elif form.is_valid():
        waiting = Pending(form.cleaned_data["email"], RESET)
        return code_pages.ask(request, waiting, _send_reset, code_page="forgotten_code")
    return render(request, "people/forgotten.html", {"form": form})


@page
def forgotten_code(request: HttpRequest) -> HttpResponse:
    return code_pages.answer(
        request, purpose=RESET, send=_send_reset, start="forgotten", after="forgotten_password"
    )


@sensitive_post_parameters("password")
@page
def forgotten_password(request: HttpRequest) -> HttpResponse:
    """A new own password for who proved the address; then in, by the usual stages."""
    proven = pending.proven(request, RESET)
    person = emails.holder_of(proven.email) if proven else None
    if person is None:
        return redirect("forgotten")
    form = OwnPasswordForm(request.POST or None, person=person)
    if switched(request):
        form = without_errors(form)
    elif form.is_valid():
        return _reset(request, person, form.cleaned_data["password"])
    return render(request, "people/own_password.html", {"form": form, "changing": True})


@sudo
@page
def change(request: HttpRequest) -> HttpResponse:
    """A new address; the letter goes there, and nothing changes before its code comes back."""
    form = EmailForm(request.POST or None)
    if switched(request):
        form = without_errors(form)
    elif form.is_valid():
        waiting = Pending(form.cleaned_data["email"], CHANGE)
        return code_pages.ask(request, waiting, _send_change, code_page="change_email_code")
    return render(request, "people/change_email.html", {"form": form})


@sudo
@page
def change_code(request: HttpRequest) -> HttpResponse:
    answer = code_pages.answer(
        request, purpose=CHANGE, send=_send_change, start="change_email", after="home"
    )
    proven = pending.proven(request, CHANGE)
    if proven is None:
        return answer
    pending.forget(request, CHANGE)
    try:
        emails.change(person=cast(Person, request.user), email=proven.email)
    except emails.Taken:
        messages.error(request, _("Адрес не сменился. Укажите другой"))
        return redirect("change_email")
    messages.success(request, _("Теперь вы входите по адресу %(email)s") % {"email": proven.email})
    return answer


def sign_in(request: HttpRequest, person: Person) -> HttpResponse:
    """Through the usual door with its stages, as after typing the password."""
    response: HttpResponse = perform_password_login(request, {}, Login(user=person))
    return response


def _reset(request: HttpRequest, person: Person, raw: str) -> HttpResponse:
    try:
        actions.set_own_password(person=person, raw=raw)
    except actions.PasswordChanged:
        return redirect("forgotten")
    pending.forget(request, RESET)
    return sign_in(request, person)


def _send_reset(request: HttpRequest, waiting: Pending) -> EmailCode:
    return emails.send_reset(request, email=waiting.email, language=get_language() or "ru")


def _send_change(request: HttpRequest, waiting: Pending) -> EmailCode:
    return emails.send_change(request, email=waiting.email, language=get_language() or "ru")
