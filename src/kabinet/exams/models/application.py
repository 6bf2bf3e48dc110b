"""The application form «Бланк регистрации»: one row per graduate and campaign, one row per page.

A page keeps typed columns, and beside them the raw draft of what was typed (ruling 13), and for
every field who saved it last and at which version of the page (rulings 15 and "acting for").
"""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kabinet.core import cipher
from kabinet.exams.models.campaign import Campaign, DocumentKind, Territory, TestLanguage
from kabinet.vault.fields import SealedJSONField, SealedTextField
from kabinet.vault.keys import index_key

PAGE_VERSION = (
    1  # of the structure declared in pages.py; an application keeps the one it began with
)


class Application(models.Model):
    class State(models.TextChoices):
        NOT_STARTED = "not_started", _("Не начал")
        DRAFT = "draft", _("Заполняет")
        COMPLETED = "completed", _("Завершён")

    class Payment(models.TextChoices):
        """What payments last said about the charge of this form."""

        NONE = "none", _("Нет квитанции")
        IN_REVIEW = "in_review", _("В рассмотрении")
        REJECTED = "rejected", _("Отклонена")
        SETTLED = "settled", _("Оплачено")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="applications",
        verbose_name=_("выпускник"),
    )
    school = models.ForeignKey(
        "people.Organisation", models.PROTECT, related_name="applications", verbose_name=_("школа")
    )
    state = models.CharField(
        _("статус"), max_length=12, choices=State.choices, default=State.NOT_STARTED
    )
    payment = models.CharField(
        _("оплата"), max_length=12, choices=Payment.choices, default=Payment.NONE
    )
    page_version = models.PositiveSmallIntegerField(default=PAGE_VERSION)
    pages_right = models.JSONField(default=list, help_text="slugs of the pages that are complete")
    opened_at = models.DateTimeField(_("доступ создан"), default=timezone.now)
    check_opened_at = models.DateTimeField(
        null=True, blank=True, help_text="when the server showed the complete check page"
    )
    completed_at = models.DateTimeField(_("завершён"), null=True, blank=True)

    class Meta:
        verbose_name = _("бланк регистрации")
        verbose_name_plural = _("бланки регистрации")
        constraints = [
            models.UniqueConstraint("campaign", "applicant", name="application_once_per_campaign"),
            models.CheckConstraint(
                condition=Q(state="completed", completed_at__isnull=False)
                | (~Q(state="completed") & Q(completed_at__isnull=True)),
                name="application_completed_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "campaign", "state"], name="application_of_school")
        ]

    def __str__(self) -> str:
        return f"{self.applicant}"

    @property
    def is_completed(self) -> bool:
        return self.state == self.State.COMPLETED


class FormPage(models.Model):
    """What all pages have. ``authors``: field → ``[person id, short name, ISO time, version]``."""

    application = models.OneToOneField(Application, models.CASCADE, primary_key=True)
    draft = SealedJSONField(context="exams.draft", default=dict)
    authors = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.application_id} v{self.version}"

    def index(self) -> None:
        """Bring the columns up to date that only serve to find a row; called before each save."""

    def numbers(self) -> dict[str, str]:
        """What identifies the person on paper, by ``checks.models.Trace.What``."""
        return {}


class Personal(FormPage):
    class Sex(models.TextChoices):
        FEMALE = "F", _("Женский")
        MALE = "M", _("Мужской")

    sex = models.CharField(_("пол"), max_length=1, choices=Sex.choices, blank=True)
    birth_date = models.DateField(_("дата рождения"), null=True, blank=True)
    document_kind = models.ForeignKey(DocumentKind, models.PROTECT, null=True, blank=True)
    document_number = SealedTextField(context="exams.document_number", blank=True, default="")
    document_index = models.CharField(max_length=64, blank=True, db_index=True)
    pin = SealedTextField(context="exams.pin", blank=True, default="")
    pin_index = models.CharField(max_length=64, blank=True, db_index=True)

    def index(self) -> None:
        kind = self.document_kind.code if self.document_kind else ""
        self.document_index = _blind("exams.document", kind, self.document_number)
        self.pin_index = _blind("exams.pin", self.pin)

    def numbers(self) -> dict[str, str]:
        return {"number": self.document_number, "pin": self.pin}


class Address(FormPage):
    region = models.ForeignKey(Territory, models.PROTECT, null=True, blank=True, related_name="+")
    district = models.ForeignKey(Territory, models.PROTECT, null=True, blank=True, related_name="+")
    town = models.CharField(_("город или село"), max_length=120, blank=True)
    street = models.CharField(_("улица, дом, квартира"), max_length=200, blank=True)
    second_phone = models.CharField(_("дополнительный телефон"), max_length=16, blank=True)


class Choice(FormPage):
    """Subjects by choice (codes; the compulsory ones are understood) and the language of the test."""

    language = models.ForeignKey(TestLanguage, models.PROTECT, null=True, blank=True)
    subjects = models.JSONField(default=list)


class Documents(FormPage):
    """The switch «Я льготник»; the photos themselves are rows of ``Paper``."""

    has_benefit = models.BooleanField(default=False)


class Face(FormPage):
    """The declaration beside the face photo: not older than six months, not retouched (ruling 25)."""

    declared = models.BooleanField(default=False)


def _blind(*parts: str) -> str:
    """Equal for equal numbers, and nothing else is learnt from it; empty for an empty number."""
    return cipher.blind_index(index_key(), *parts) if parts[-1] else ""


class Reopening(models.Model):
    """After completion only one page is opened again, with a reason, until it is right (ruling 18)."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="reopenings")
    page = models.CharField(max_length=20)
    reason = models.CharField(_("причина"), max_length=300)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "application",
                "page",
                condition=Q(closed_at__isnull=True),
                name="reopening_once_per_page",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.page}"


class Submission(models.Model):
    """A signed receipt that the form was handed in (ruling 27); a new version per accepted change."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="submissions")
    version = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField()
    receipt = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint("application", "version", name="submission_version_once")
        ]
        ordering = ["version"]

    def __str__(self) -> str:
        return f"{self.application_id} v{self.version}"

    @property
    def payload(self) -> dict[str, Any]:
        return dict(self.receipt["payload"])
