"""«Регистрация нового пользователя»: names and e-mail, the code, an own password, and then in."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from kabinet.people import code_pages, emails, pending
from kabinet.people.codes import Purpose
from kabinet.people.email_views import sign_in
from kabinet.people.forms import OwnPasswordForm
from kabinet.people.models import EmailCode, Organisation, Person
from kabinet.people.pending import Pending
from kabinet.portfolio import registering
from kabinet.portfolio.enrolling import match_waiting
from kabinet.portfolio.forms import RegisterForm
from kabinet.portfolio.models import Registration
from kabinet.ui.language import switched, without_errors

REGISTER = Purpose.REGISTER
page = require_http_methods(["GET", "HEAD", "POST"])


@page
def register(request: HttpRequest) -> HttpResponse:
    """The same page follows whatever the address is; only the letter differs."""
    universities = list(registering.universities())
    if not universities:
        raise Http404
    if request.user.is_authenticated:
        return redirect("home")
    form = RegisterForm(request.POST or None, universities=universities)
    if switched(request):
        form = without_errors(form)
    elif form.is_valid():
        email, facts = form.cleaned_data["email"], form.facts()
        waiting = Pending(email, REGISTER, facts)
        return code_pages.ask(request, waiting, _send, code_page="portfolio:register_code")
    status = 422 if form.errors else 200
    return render(request, "portfolio/register.html", {"form": form}, status=status)


@page
def code(request: HttpRequest) -> HttpResponse:
    return code_pages.answer(
        request,
        purpose=REGISTER,
        send=_send,
        start="portfolio:register",
        after="portfolio:register_password",
    )


@sensitive_post_parameters("password")
@page
def password(request: HttpRequest) -> HttpResponse:
    proven = pending.proven(request, REGISTER)
    if proven is None:
        return redirect("portfolio:register")
    form = OwnPasswordForm(request.POST or None, person=_becoming(proven))
    if switched(request):
        form = without_errors(form)
    elif form.is_valid():
        return _registered(request, proven, form.cleaned_data["password"])
    context = {"form": form, "email": proven.email}
    return render(request, "portfolio/register_password.html", context)


@login_required
@page
def own(request: HttpRequest) -> HttpResponse:
    """What became of the own registration, for who waits or was refused; a post looks in the list anew."""
    registration = Registration.objects.filter(person=cast(Person, request.user)).first()
    if registration is None:
        raise Http404
    if request.method == "POST" and not switched(request):
        if not match_waiting(registration.university_id, person=registration.person):
            messages.warning(request, _("В списке зачисленных вас пока нет"))
        return redirect("portfolio:registration")
    if registration.state == Registration.State.APPROVED:
        return redirect("portfolio:own")
    return render(request, "portfolio/registration.html", {"registration": registration})


def _becoming(proven: Pending) -> Person:
    """Not stored: the rules for passwords look at its name and address."""
    return Person(
        surname=proven.facts["surname"], given_name=proven.facts["given_name"], email=proven.email
    )


def _registered(request: HttpRequest, proven: Pending, raw: str) -> HttpResponse:
    pending.forget(request, REGISTER)
    try:
        person = registering.register(
            email=proven.email,
            surname=proven.facts["surname"],
            given_name=proven.facts["given_name"],
            university=Organisation.objects.get(pk=proven.facts["university"]),
            raw=raw,
            language=(get_language() or "ru")[:2],
        )
    except emails.Taken:
        return redirect("account_login")
    return sign_in(request, person)


def _send(request: HttpRequest, waiting: Pending) -> EmailCode:
    return emails.send_register(request, email=waiting.email, language=get_language() or "ru")
