"""Pages of the door (sign in, own password, confirm, sign out) and of one's own history."""

from typing import Any, cast

from allauth.account import views as allauth
from allauth.account.stages import LoginStageController
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from kabinet.people import actions, history
from kabinet.people.forms import ConfirmForm, OwnPasswordForm, SignInForm
from kabinet.people.models import Person
from kabinet.people.sign_in import OwnPasswordStage
from kabinet.people.sudo import is_file, sudo
from kabinet.ui.language import switched, without_errors


class SignIn(allauth.LoginView):  # type: ignore[misc]
    """«Вход в личный кабинет»."""

    form_class = SignInForm
    template_name = "people/sign_in.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if switched(request):
            form = without_errors(self.get_form())
            return self.render_to_response(self.get_context_data(form=form))  # type: ignore[no-any-return]
        return super().post(request, *args, **kwargs)  # type: ignore[no-any-return]

    def form_valid(self, form: SignInForm) -> HttpResponse:
        return form.login_with(self.get_success_url())

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        for error in form.non_field_errors().as_data():
            if error.code == "throttled" and error.params:
                response.status_code = 429
                response.headers["Retry-After"] = str(error.params["seconds"])
        return response


class Confirm(allauth.ReauthenticateView):  # type: ignore[misc]
    """«Подтвердите пароль» before a dangerous door."""

    form_class = ConfirmForm
    template_name = "people/confirm.html"

    def get_context_data(self, **facts: Any) -> dict[str, Any]:
        told: dict[str, Any] = super().get_context_data(**facts)
        return told | {"gives_file": is_file(self.get_next_url())}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if switched(request):
            form = without_errors(self.get_form())
            return self.render_to_response(self.get_context_data(form=form))  # type: ignore[no-any-return]
        return super().post(request, *args, **kwargs)  # type: ignore[no-any-return]


class SignOut(allauth.LogoutView):  # type: ignore[misc]
    """Ends the session and empties what the browser kept (ASVS 14.3.1)."""

    template_name = "people/sign_out.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post(request, *args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def own_password(request: HttpRequest) -> HttpResponse:
    """«Придумайте пароль», between the first password and being signed in."""
    if request.user.is_authenticated:
        return redirect("change_password")
    stage = LoginStageController.enter(request, OwnPasswordStage.key)
    if not stage or not stage.is_still_open():
        return _back_to_the_door(request)
    form = OwnPasswordForm(request.POST or None, person=stage.login.user)
    if switched(request):
        form = without_errors(form)
    elif form.is_valid():
        return _settled(request, stage, form)
    return render(request, "people/own_password.html", {"form": form})


@sensitive_post_parameters("password")
@sudo
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """A new own password for who is signed in; their other sessions end."""
    person = cast(Person, request.user)
    form = OwnPasswordForm(request.POST or None, person=person)
    if switched(request):
        form = without_errors(form)
    elif form.is_valid():
        return _changed(request, person, form)
    return render(request, "people/own_password.html", {"form": form, "changing": True})


@login_required
@require_safe
def own_history(request: HttpRequest) -> HttpResponse:
    """«Кто видел и менял мои данные»."""
    page = history.page_for(cast(Person, request.user), before=request.GET.get("before", ""))
    return render(request, "people/history.html", {"page": page})


def _settled(request: HttpRequest, stage: OwnPasswordStage, form: OwnPasswordForm) -> HttpResponse:
    try:
        actions.set_own_password(person=form.person, raw=form.cleaned_data["password"])
    except actions.PasswordChanged:
        return _back_to_the_door(request)
    response: HttpResponse = stage.exit()
    return response


def _changed(request: HttpRequest, person: Person, form: OwnPasswordForm) -> HttpResponse:
    try:
        actions.set_own_password(person=person, raw=form.cleaned_data["password"])
    except actions.PasswordChanged:
        return redirect("account_login")
    update_session_auth_hash(request, person)
    messages.success(request, _("Пароль сменён. На других устройствах вы вышли"))
    return redirect(settings.LOGIN_REDIRECT_URL)


def _back_to_the_door(request: HttpRequest) -> HttpResponseRedirect:
    messages.error(request, _("Этот первый пароль уже не действует. Войдите своим паролем"))
    return redirect("account_login")
