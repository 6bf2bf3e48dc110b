"""Letters about an access: they say that it is there and how to get in, and never hold a password."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kabinet.notifications.actions import notify, send_letter
from kabinet.notifications.kinds import Kind
from kabinet.people.models import Post

KINDS = {
    "access.opened": Kind(
        subject=_("Вам открыли личный кабинет: %(place)s"),
        text=_(
            "Здравствуйте.\n\nВам открыли личный кабинет: %(place)s.\n\n"
            "Откройте %(link)s и укажите этот адрес эл. почты. Мы пришлём код, "
            "после него придумайте свой пароль. Входить вы будете по этому адресу.\n\n"
            "Если вам дали памятку с первым паролем, войдите по ней."
        ),
    ),
    "access.added": Kind(
        subject=_("Вам открыли ещё один доступ: %(place)s"),
        text=_("Войдите в кабинет как обычно: %(place)s появится на главной странице."),
    ),
}


def tell_opened(post: Post) -> None:
    """To an address where there is one; who has an own password already is told in the cabinet."""
    person, ref = post.person, f"post:{post.pk}"
    params = {"place": str(post.organisation)}
    if person.has_own_password:
        notify(to=person, kind="access.added", ref=ref, params=params, link=reverse("home"))
    elif person.email:
        send_letter(
            to=person.email,
            kind="access.opened",
            ref=f"{ref}:{person.pk}",
            params={**params, "link": f"{settings.ADDRESS}{reverse('forgotten')}"},
            language=person.language,
        )
