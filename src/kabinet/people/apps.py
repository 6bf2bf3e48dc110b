from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kabinet.audit import verbs
from kabinet.notifications import kinds
from kabinet.vault import rotation


class PeopleConfig(AppConfig):
    name = "kabinet.people"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Люди")

    def ready(self) -> None:
        # Models exist only once the apps are loaded.
        from kabinet.people.codes import KINDS  # noqa: PLC0415
        from kabinet.people.first_passwords import bound_to  # noqa: PLC0415
        from kabinet.people.letters import KINDS as LETTERS  # noqa: PLC0415

        kinds.register({**KINDS, **LETTERS})
        rotation.register("people.FirstPassword", "sealed", bound_to)
        verbs.register(
            {
                "access.opened": _("открыл(а) доступ"),
                "responsible.opened": _("открыл(а) доступ ответственному"),
                "officer.opened": _("открыл(а) доступ сотруднику района"),
                "supervisor.opened": _("открыл(а) доступ научному руководителю"),
                "office.opened": _("открыл(а) доступ сотруднику отдела аспирантуры"),
                "administrator.opened": _("открыл(а) доступ администратору"),
                "access.password_replaced": _("выдал(а) новый первый пароль"),
                "access.shown": _("посмотрел(а) первый пароль"),
                "access.expired": _("первый пароль истёк"),
                "accesses.downloaded": _("скачал(а) доступы"),
                "slips.downloaded": _("скачал(а) памятки"),
                "person.signed_in": _("вошёл (вошла) в кабинет"),
                "person.password_set": _("придумал(а) свой пароль"),
                "person.registered": _("зарегистрировался(лась)"),
                "person.email_changed": _("сменил(а) адрес эл. почты"),
                "person.added": _("добавил(а) человека"),
                "person.changed": _("изменил(а) данные человека"),
                "post.added": _("назначил(а) на должность"),
                "post.changed": _("изменил(а) должность"),
                "post.ended": _("закрыл(а) доступ"),
                "post.term_set": _("указал(а) последний день доступа"),
                "organisation.added": _("добавил(а) организацию"),
                "organisation.changed": _("изменил(а) организацию"),
            }
        )
