"""Sign-in on top of allauth: who is let in, who must first set a password, and what follows.

allauth keeps the limits, the session and the stages; only the name of the login and the first
password are ours.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.stages import LoginStage
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from kabinet.people import actions, devices, first_passwords, throttle
from kabinet.people.models import Person

STRANGE_COMPUTER = "strange_computer"  # in the session: forget soon
_YEAR = 365 * 24 * 3600


class LoginBackend(AuthenticationBackend):  # type: ignore[misc]
    """Own password, else first password. Each try costs one hash, whoever exists or not."""

    def authenticate(
        self,
        request: HttpRequest | None,
        *,
        person: Person | None = None,
        password: str = "",
        token: str = "",
        **credentials: Any,
    ) -> Person | None:
        if person is None:
            Person().set_password(password)
            return None
        own = person.check_password(password)
        opened = first_passwords.opens(person, token or password) or (own and not token)
        return person if opened and person.is_active else None


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The answers allauth asks of us."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_password": _("Пароль не подходит. Введите его ещё раз"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        """No stage of verification by e-mail: a person with only a phone would never get past it."""
        return ["kabinet.people.sign_in.OwnPasswordStage"]

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """allauth's remarks on every coming and going are not shown."""

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("account_login"))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            key = self._get_login_attempts_cache_key(request, **credentials)
            seconds = throttle.seconds_to_wait(request, key)
            raise ValidationError(
                throttle.sentence(seconds), code="throttled", params={"seconds": seconds}
            ) from None

    def tries_left(self, request: HttpRequest, **credentials: Any) -> int:
        key = self._get_login_attempts_cache_key(request, **credentials)
        return throttle.tries_left(request, key)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """One count for a person, through whichever login; counts of their own for a slip's token
        and for a device the person has signed in from, so that an attacker who burns the first
        locks out neither (ruling 3)."""
        if token := credentials.get("token"):
            return f"token:{token}"
        person = credentials.get("person")
        if person and (device := devices.known(request, person)):
            return f"device:{device}:{person.number}"
        return f"login:{person.number if person else credentials.get('login', '')}"

    def reauthenticate(self, user: Person, password: str) -> bool:
        found: Person | None = self.authenticate(self.request, person=user, password=password)
        return found == user

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        strange = bool(request.session.get(STRANGE_COMPUTER))
        actions.note_sign_in(person=user, strange_computer=strange)
        _speak_as_before(user, response)
        if strange:
            devices.forget(request, response, user)
        else:
            devices.remember(request, response, user)
        return response


class OwnPasswordStage(LoginStage):  # type: ignore[misc]
    """Between the first password and the signed-in person stands an own password."""

    key = "own_password"
    urlname = "own_password"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        person = self.login.user
        if person.has_own_password:
            return None, True
        # A new key: whoever planted this session must not set the password in it.
        self.request.session.cycle_key()
        self.state["mark"] = person.get_session_auth_hash()
        return HttpResponseRedirect(reverse(self.urlname)), True

    def is_resumable(self, request: HttpRequest) -> bool:
        """The door always shows itself: the next person at this computer may be another one."""
        return False

    def is_still_open(self) -> bool:
        """Nobody has set, replaced or taken back the password since, and the person is not blocked."""
        person = self.login.user
        return (
            person is not None
            and person.is_active
            and first_passwords.is_usable(first_passwords.of(person))
            and constant_time_compare(self.state.get("mark", ""), person.get_session_auth_hash())
        )


def _speak_as_before(person: Person, response: HttpResponse) -> None:
    """The person's language follows to this browser; a person without one takes the page's."""
    if not person.language:
        actions.set_language(person=person, language=(translation.get_language() or "ru")[:2])
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        person.language,
        max_age=_YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
