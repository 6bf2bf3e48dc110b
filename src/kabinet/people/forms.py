"""The three small forms of the door: sign in, a new own password, the password once more."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ReauthenticateForm
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from kabinet.core.refusal import Refusal
from kabinet.people import codes, logins, throttle
from kabinet.people.first_passwords import Expired
from kabinet.people.models import Person
from kabinet.people.passwords import normal
from kabinet.people.sign_in import STRANGE_COMPUTER
from kabinet.people.strength import LONGEST, least_length
from kabinet.ui.fields import refused
from kabinet.ui.widgets import PasswordInput, PhoneInput, Text


class SignInForm(forms.Form):
    """Login and password, or the token that a slip's QR fills in. Every wrong pair gets one answer."""

    login = forms.CharField(
        label=_("Номер телефона"),
        max_length=254,
        help_text=_("Или номер абитуриента, или эл. почта"),
        widget=PhoneInput({"autocomplete": "username"}),
        error_messages={"required": _("Напишите номер телефона или номер абитуриента")},
    )
    password = forms.CharField(
        label=_("Пароль"),
        max_length=LONGEST,
        strip=False,
        widget=PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": _("Введите пароль")},
    )
    token = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    strange_computer = forms.BooleanField(
        label=_("Чужой компьютер: выйти, если 10 минут ничего не делать"),
        required=False,
    )

    person: Person | None = None

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["password"].required = not self.data.get("token")
        self.fields["password"].optional_mark = False  # type: ignore[attr-defined]

    def clean_login(self) -> str:
        try:
            return logins.canonical(self.cleaned_data["login"])
        except Refusal as refusal:
            raise refused(refusal) from refusal

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            self.person = self._person_let_in()
        return self.cleaned_data

    def login_with(self, redirect_url: str | None) -> HttpResponse:
        """Signs the person in, or leads to the own password first."""
        self.request.session[STRANGE_COMPUTER] = self.cleaned_data["strange_computer"]
        login = Login(user=self.person, redirect_url=redirect_url)
        response: HttpResponse = perform_password_login(self.request, {}, login)
        return response

    def _person_let_in(self) -> Person:
        login = self.cleaned_data["login"]
        credentials = {
            "login": login,
            "person": logins.find(login),
            "password": self.cleaned_data.get("password", ""),
            "token": self.cleaned_data.get("token", ""),
        }
        adapter = get_adapter()
        try:
            person: Person | None = adapter.authenticate(self.request, **credentials)
        except Expired:
            sentence = _("Первый пароль больше не действует. Попросите школу выдать новый")
            raise ValidationError(sentence, code="expired") from None
        if person is None:
            raise self._wrong(adapter.tries_left(self.request, **credentials))
        return person

    def _wrong(self, left: int) -> ValidationError:
        if self.cleaned_data.get("token"):
            return ValidationError(
                _("Эта памятка больше не действует. Войдите своим паролем или попросите новую"),
                code="wrong_token",
            )
        return ValidationError(throttle.wrong_pair(left), code="wrong_pair")


class OwnPasswordForm(forms.Form):
    """One field; whoever cannot type blindly presses «Показать»."""

    password = forms.CharField(
        label=_("Новый пароль"),
        strip=False,
        widget=PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": _("Придумайте пароль и напишите его здесь")},
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        least = _(
            "Не короче %(least)d знаков: буквы, цифры, пробелы. Не годятся имя, телефон, "
            "название школы и ряды вроде 1234567890."
        )
        self.fields["password"].help_text = least % {"least": least_length(person)}

    def clean_password(self) -> str:
        raw: str = self.cleaned_data["password"]
        validate_password(normal(raw), self.person)
        return raw


class ConfirmForm(ReauthenticateForm):  # type: ignore[misc]
    """The password of who is signed in, before something that must not be done by a passer-by."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = forms.CharField(
            label=_("Пароль"),
            max_length=LONGEST,
            strip=False,
            widget=PasswordInput({"autocomplete": "current-password"}),
            error_messages={"required": _("Введите пароль")},
        )


class EmailForm(forms.Form):
    """An address, to which a code goes."""

    email = forms.EmailField(
        label=_("Эл. почта"),
        max_length=254,
        widget=Text({"type": "email", "autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Напишите адрес эл. почты"),
            "invalid": _("Адрес пишется так: имя@example.org. Проверьте его"),
        },
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        return email


class CodeForm(forms.Form):
    """The six digits of the letter, with or without spaces."""

    code = forms.CharField(
        label=_("Код из письма"),
        max_length=20,
        help_text=_("6 цифр"),
        widget=Text({"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Введите 6 цифр из письма")},
    )

    def clean_code(self) -> str:
        digits = "".join(letter for letter in self.cleaned_data["code"] if letter.isdigit())
        if len(digits) != codes.DIGITS:
            raise ValidationError(_("В коде 6 цифр. Проверьте письмо и введите их все"))
        return digits
