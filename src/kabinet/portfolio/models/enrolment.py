"""Who studies where: the roster, registrations that wait, enrolments, and the orders that change them.

A fact is never edited: whatever holds on a day follows from the facts up to that day (``standing``).
"""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kabinet.people.models import Organisation
from kabinet.portfolio.models.office import Speciality, StudyForm


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def with_supervisor(self, on: date | None = None) -> "EnrolmentQuerySet":
        """Adds ``supervisor_today``: the person named by the last order up to the day."""
        orders = EnrolmentFact.objects.filter(
            enrolment=OuterRef("pk"),
            kind=EnrolmentFact.Kind.SUPERVISOR,
            since__lte=on or timezone.localdate(),
        ).order_by("-since", "-pk")
        return self.annotate(supervisor_today=Subquery(orders.values("supervisor")[:1]))


class Enrolment(models.Model):
    """A person's studies. Columns say what holds now; ``facts`` say since when and by which order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="enrolments",
        verbose_name=_("аспирант"),
    )
    university = models.ForeignKey(Organisation, models.PROTECT, related_name="enrolments")
    department = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("кафедра")
    )
    speciality = models.ForeignKey(Speciality, models.PROTECT, related_name="enrolments")
    study_form = models.ForeignKey(StudyForm, models.PROTECT, related_name="enrolments")
    since = models.DateField(_("зачислен с"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("зачисление")
        verbose_name_plural = _("зачисления")
        ordering = ["-since", "-created_at"]
        indexes = [models.Index(fields=["university", "department"], name="enrolment_at")]
        constraints = [
            models.UniqueConstraint("person", "university", "since", name="enrolment_once")
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.speciality}"


class EnrolmentFact(models.Model):
    """What an order says, from a day. ``value`` is the topic, or the reason in words.

    ``settled_at``: when the enrolment's columns and post followed it.
    """

    class Kind(models.TextChoices):
        ENROLLED = "enrolled", _("Зачисление")
        TRANSFER = "transfer", _("Перевод")
        LEAVE = "leave", _("Отпуск")
        RETURNED = "returned", _("Выход из отпуска")
        EXPELLED = "expelled", _("Отчисление")
        GRADUATED = "graduated", _("Окончание")
        SUPERVISOR = "supervisor", _("Научный руководитель")
        TOPIC = "topic", _("Тема")

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="facts")
    kind = models.CharField(_("что"), max_length=12, choices=Kind.choices)
    since = models.DateField(_("с"))
    until = models.DateField(_("по"), null=True, blank=True)
    order_number = models.CharField(_("приказ №"), max_length=60)
    order_date = models.DateField(_("от"), null=True, blank=True)
    value = models.CharField(_("содержание"), max_length=500, blank=True)
    year_of_study = models.PositiveSmallIntegerField(_("курс"), null=True, blank=True)
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("руководитель"),
    )
    supervisor_name = models.CharField(_("руководитель, имя"), max_length=250, blank=True)
    department = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    study_form = models.ForeignKey(
        StudyForm, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("приказ")
        verbose_name_plural = _("приказы")
        ordering = ["since", "id"]
        indexes = [
            models.Index(fields=["enrolment", "kind", "since"], name="fact_of_enrolment"),
            models.Index(fields=["supervisor", "kind"], name="fact_of_supervisor"),
            models.Index(
                fields=["since"], condition=Q(settled_at__isnull=True), name="fact_not_settled"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="fact_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(kind="enrolled") | Q(year_of_study__isnull=False),
                name="fact_enrolled_in_a_year_of_study",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, № {self.order_number}"


class RosterEntry(models.Model):
    """A line of the office's list of enrolled people; a registration is matched with it by e-mail."""

    university = models.ForeignKey(Organisation, models.PROTECT, related_name="roster")
    surname = models.CharField(_("фамилия"), max_length=80)
    given_name = models.CharField(_("имя"), max_length=80)
    patronymic = models.CharField(_("отчество"), max_length=80, blank=True)
    email = models.EmailField(_("эл. почта"))
    department = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    speciality = models.ForeignKey(Speciality, models.PROTECT, related_name="+")
    study_form = models.ForeignKey(StudyForm, models.PROTECT, related_name="+")
    year_of_study = models.PositiveSmallIntegerField(_("курс"))
    topic = models.CharField(_("тема"), max_length=500, blank=True)
    supervisor_name = models.CharField(_("руководитель"), max_length=250, blank=True)
    supervisor_email = models.EmailField(_("эл. почта руководителя"), blank=True)
    order_number = models.CharField(_("приказ №"), max_length=60)
    order_date = models.DateField(_("от"), null=True, blank=True)
    since = models.DateField(_("зачислен с"))
    enrolment = models.OneToOneField(
        Enrolment, models.SET_NULL, null=True, blank=True, related_name="roster_entry"
    )
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    imported_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("строка списка")
        verbose_name_plural = _("список зачисленных")
        ordering = ["surname", "given_name", "id"]
        constraints = [models.UniqueConstraint("university", "email", name="roster_email_once")]

    def __str__(self) -> str:
        return f"{self.surname} {self.given_name}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.email = self.email.lower()
        self.supervisor_email = self.supervisor_email.lower()
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Registration(models.Model):
    """A registered person whom the roster did not know: the office decides."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Ждёт решения")
        APPROVED = "approved", _("Принята")
        REFUSED = "refused", _("Отклонена")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="registration"
    )
    university = models.ForeignKey(Organisation, models.PROTECT, related_name="registrations")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("регистрация")
        verbose_name_plural = _("регистрации")
        ordering = ["asked_at"]
        indexes = [models.Index(fields=["university", "state"], name="registration_waiting")]

    def __str__(self) -> str:
        return f"{self.person}"


def enrolments_of(person: models.Model) -> QuerySet[Enrolment]:
    """The person's own studies, the newest first."""
    return Enrolment.objects.filter(person=person.pk)
