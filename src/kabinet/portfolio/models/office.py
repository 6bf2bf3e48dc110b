"""What a postgraduate office decides: years, forms of study, specialities, documents and sets."""

import calendar
from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kabinet.portfolio.models.closable import Closable
from kabinet.ui.texts import Named, in_language


class AcademicYear(Closable):
    """``starts`` and ``ends`` are both days of the year; its name is made of them («2026/27»)."""

    university = models.ForeignKey(
        "people.Organisation", models.PROTECT, related_name="academic_years"
    )
    starts = models.DateField(_("начинается"))
    ends = models.DateField(_("кончается"))

    class Meta:
        verbose_name = _("учебный год")
        verbose_name_plural = _("учебные годы")
        ordering = ["-starts"]
        constraints = [
            models.UniqueConstraint("university", "starts", name="academic_year_once"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="academic_year_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.starts.year}/{self.ends.year % 100:02}"

    def holds(self, day: date) -> bool:
        return self.starts <= day <= self.ends

    @cached_property
    def moved(self) -> Mapping[int, date]:
        """Days of this year that the office has moved, by requirement."""
        return {each.requirement_id: each.day for each in self.moved_days.all()}


class Listed(Named, Closable):
    """One of several things a university offers, in its order."""

    university = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    code = models.SlugField(_("код"), max_length=40)
    position = models.PositiveSmallIntegerField(_("порядок"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint("university", "code", name="%(class)s_code_once")]


class StudyForm(Listed):
    years = models.PositiveSmallIntegerField(_("лет учёбы"), default=3)

    class Meta(Listed.Meta):
        verbose_name = _("форма обучения")
        verbose_name_plural = _("формы обучения")


class Speciality(Listed):
    """``code`` is the number of the national list («2.3.1»)."""

    code = models.CharField(_("шифр"), max_length=20)

    class Meta(Listed.Meta):
        verbose_name = _("специальность")
        verbose_name_plural = _("специальности")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code}. {self.name}"


class DocumentType(Listed):
    """«Тип отчета». ``words`` (separated by commas) are how it is known in names of files."""

    words = models.CharField(_("слова в имени файла"), max_length=200, blank=True)
    by_supervisor = models.BooleanField(_("сначала видит руководитель"), default=True)

    class Meta(Listed.Meta):
        verbose_name = _("тип отчета")
        verbose_name_plural = _("типы отчетов")


class Requirement(models.Model):
    """A document that is due in a year of study; the day is the same in every academic year."""

    university = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    study_form = models.ForeignKey(
        StudyForm, models.PROTECT, related_name="requirements", verbose_name=_("форма обучения")
    )
    year_of_study = models.PositiveSmallIntegerField(
        _("курс"), validators=[MinValueValidator(1), MaxValueValidator(8)]
    )
    document_type = models.ForeignKey(
        DocumentType, models.PROTECT, related_name="requirements", verbose_name=_("тип отчета")
    )
    term_ru = models.CharField(_("какой по счёту, по-русски"), max_length=60, blank=True)
    term_ky = models.CharField(_("какой по счёту, по-кыргызски"), max_length=60, blank=True)
    term_en = models.CharField(_("какой по счёту, по-английски"), max_length=60, blank=True)
    due_month = models.PositiveSmallIntegerField(
        _("срок: месяц"), validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    due_day = models.PositiveSmallIntegerField(
        _("срок: день"), validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    since = models.DateField(_("действует с"), null=True, blank=True)
    until = models.DateField(_("действует по"), null=True, blank=True)

    class Meta:
        verbose_name = _("обязательный документ")
        verbose_name_plural = _("обязательные документы")
        ordering = ["study_form", "year_of_study", "due_month", "due_day", "id"]
        constraints = [
            models.UniqueConstraint(
                "study_form", "year_of_study", "document_type", "term_ru", name="requirement_once"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def term(self) -> str:
        return in_language(self, "term")

    @property
    def title(self) -> str:
        return ", ".join(filter(None, (self.document_type.name, self.term)))

    @property
    def is_closed(self) -> bool:
        return self.until is not None and self.until < timezone.localdate()

    def due(self, year: AcademicYear) -> date:
        """The day within the academic year, unless the office has moved it for this year.

        A 31st in a short month is its last day.
        """
        return year.moved.get(self.pk) or self.usual_due(year)

    def usual_due(self, year: AcademicYear) -> date:
        in_autumn = (self.due_month, self.due_day) >= (year.starts.month, year.starts.day)
        of = year.starts.year if in_autumn else year.starts.year + 1
        last = calendar.monthrange(of, self.due_month)[1]
        return date(of, self.due_month, min(self.due_day, last))

    def applies_in(self, year: AcademicYear) -> bool:
        begun = self.since is None or self.since <= year.ends
        return begun and (self.until is None or self.until >= year.starts)


class MovedDay(models.Model):
    """In one academic year a document is due on another day than usual."""

    academic_year = models.ForeignKey(AcademicYear, models.PROTECT, related_name="moved_days")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="moved_days")
    day = models.DateField(_("срок"))

    class Meta:
        verbose_name = _("перенесённый срок")
        verbose_name_plural = _("перенесённые сроки")
        constraints = [
            models.UniqueConstraint("academic_year", "requirement", name="moved_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.requirement}, {self.academic_year}"


class DocumentTemplate(models.Model):
    """A DOCX with placeholders; the newest version of a type is the one that is given out."""

    document_type = models.ForeignKey(DocumentType, models.PROTECT, related_name="templates")
    number = models.PositiveSmallIntegerField(_("версия"))
    name = models.CharField(_("имя файла"), max_length=120)
    content = models.BinaryField()
    placeholders = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("шаблон")
        verbose_name_plural = _("шаблоны")
        ordering = ["document_type", "-number"]
        constraints = [
            models.UniqueConstraint("document_type", "number", name="template_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_type}, № {self.number}"
