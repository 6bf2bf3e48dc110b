"""What a student hands in: a report, its versions, the remarks on it, and photos not yet made a PDF."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kabinet.portfolio.models.enrolment import Enrolment
from kabinet.portfolio.models.office import AcademicYear, DocumentType, Requirement


class ReportQuerySet(models.QuerySet["Report"]):
    def present(self) -> "ReportQuerySet":
        return self.filter(removed_at__isnull=True)

    def drafts(self) -> "ReportQuerySet":
        return self.present().filter(state=Report.State.DRAFT)

    def handed_in(self) -> "ReportQuerySet":
        """What supervisor and office may see: everything but drafts and the bin."""
        return self.present().exclude(state=Report.State.DRAFT)


class Report(models.Model):
    """One document of one academic year, whatever number of versions it has.

    A draft is a file of which type, year, or place among several is not yet known. A removed
    report keeps its state, so that it can be brought back.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Черновик")
        WITH_SUPERVISOR = "with_supervisor", _("У руководителя")
        WITH_OFFICE = "with_office", _("В отделе аспирантуры")
        RETURNED = "returned", pgettext_lazy("status", "Исправить")
        ACCEPTED = "accepted", _("Принят")
        WITHDRAWN = "withdrawn", _("Отозван")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="reports")
    document_type = models.ForeignKey(
        DocumentType,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("тип отчета"),
    )
    academic_year = models.ForeignKey(
        AcademicYear,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("учебный год"),
    )
    requirement = models.ForeignKey(
        Requirement, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    state = models.CharField(max_length=16, choices=State.choices, default=State.DRAFT)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("отчет")
        verbose_name_plural = _("отчеты")
        ordering = ["created_at"]
        indexes = [
            models.Index(fields=["enrolment", "state"], name="report_of_enrolment"),
            models.Index(fields=["removed_at"], name="report_removed"),
        ]
        constraints = [
            models.UniqueConstraint(
                "enrolment",
                "academic_year",
                "requirement",
                condition=Q(removed_at__isnull=True, requirement__isnull=False) & ~Q(state="draft"),
                name="report_once_per_slot",
            ),
            models.UniqueConstraint(
                "enrolment",
                "academic_year",
                "document_type",
                condition=Q(removed_at__isnull=True, requirement__isnull=True) & ~Q(state="draft"),
                name="report_once_without_slot",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(document_type__isnull=False, academic_year__isnull=False),
                name="report_complete_unless_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.academic_year or '–'}"

    @property
    def title(self) -> str:
        if self.requirement:
            return self.requirement.title
        return self.document_type.name if self.document_type else str(_("Без типа"))


class Version(models.Model):
    """A file of a report; the highest number is the one that counts. ``token``: known when sent again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    document = models.OneToOneField("vault.Document", models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    token = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint("report", "number", name="version_number_once"),
            models.UniqueConstraint(
                "added_by", "token", condition=~Q(token=""), name="version_once_per_token"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, № {self.number}"


class Remark(models.Model):
    """Why a report was returned, about the version that was read."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="remarks")
    version = models.ForeignKey(Version, models.CASCADE, related_name="remarks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.CharField(_("замечание"), max_length=2000)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.text[:80]


class Scan(models.Model):
    """Photos of pages on their way to one PDF; where it shall lie, as far as that is known.

    ``token``: known when the photos that began it are sent again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="scans")
    academic_year = models.ForeignKey(
        AcademicYear, models.CASCADE, null=True, blank=True, related_name="+"
    )
    requirement = models.ForeignKey(
        Requirement, models.CASCADE, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    token = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                "enrolment", "token", condition=~Q(token=""), name="scan_once_per_token"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.created_at:%Y-%m-%d}"


class ScanPhoto(models.Model):
    """One photographed page; ``position`` orders them, gaps do not matter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scan = models.ForeignKey(Scan, models.CASCADE, related_name="photos")
    document = models.OneToOneField("vault.Document", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    token = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                "scan", "token", condition=~Q(token=""), name="scan_photo_once_per_token"
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}"
