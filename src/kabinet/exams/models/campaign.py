"""One registration campaign: everything an authority may want different next year is a row here.

Structure of the form is code (``pages``), choices are data (ruling 12).
"""

import uuid
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kabinet.ui.texts import Named, in_language


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def current(self) -> "Campaign | None":
        """The campaign people work in now: the newest that has been opened to them."""
        return self.filter(published=True).order_by("-opens_at").first()


class Campaign(Named):
    slug = models.SlugField(_("код"), unique=True)
    centre = models.ForeignKey(
        "people.Organisation", models.PROTECT, related_name="campaigns", verbose_name=_("центр")
    )
    published = models.BooleanField(_("открыта людям"), default=False)
    opens_at = models.DateTimeField(_("регистрация с"))
    closes_at = models.DateTimeField(_("регистрация до"))
    grace_minutes = models.PositiveSmallIntegerField(
        _("минут на завершение начатого"), default=15, validators=[MaxValueValidator(180)]
    )
    correction_days = models.PositiveSmallIntegerField(_("дней на исправление"), default=5)
    access_until = models.DateField(_("доступы действуют до (конец зачисления)"))
    min_subjects = models.PositiveSmallIntegerField(_("предметов по выбору не меньше"), default=0)
    max_subjects = models.PositiveSmallIntegerField(_("предметов по выбору не больше"), default=7)
    ask_pin = models.BooleanField(_("спрашивать ПИН"), default=True)
    ask_second_phone = models.BooleanField(_("спрашивать второй телефон"), default=True)
    min_age = models.PositiveSmallIntegerField(_("предупреждать, если младше, лет"), default=14)
    max_age = models.PositiveSmallIntegerField(_("предупреждать, если старше, лет"), default=80)
    helpline = models.CharField(_("горячая линия"), max_length=60, blank=True)
    pay_where_ru = models.TextField(_("где платить, по-русски"), blank=True)
    pay_where_ky = models.TextField(_("где платить, по-кыргызски"), blank=True)
    pay_where_en = models.TextField(_("где платить, по-английски"), blank=True)
    edition = models.UUIDField(
        default=uuid.uuid4, editable=False, help_text="changes with everything the campaign offers"
    )
    statement_ru = models.TextField(_("заявление перед завершением, по-русски"), blank=True)
    statement_ky = models.TextField(_("заявление, по-кыргызски"), blank=True)
    statement_en = models.TextField(_("заявление, по-английски"), blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("кампания")
        verbose_name_plural = _("кампании")
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="campaign_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(max_subjects__gte=F("min_subjects")), name="campaign_subject_bounds"
            ),
        ]

    def clean(self) -> None:
        if (
            self.closes_at
            and self.access_until
            and timezone.localdate(self.closes_at) > self.access_until
        ):
            raise ValidationError({"access_until": _("Доступы кончаются раньше регистрации")})

    @property
    def pay_where(self) -> str:
        return in_language(self, "pay_where")

    @property
    def statement(self) -> str:
        return in_language(self, "statement")

    def is_open(self, at: datetime | None = None) -> bool:
        return self.published and self.opens_at <= (at or timezone.now()) < self.closes_at

    def is_over(self) -> bool:
        return self.closes_at <= timezone.now()

    @property
    def grace_ends_at(self) -> datetime:
        return self.closes_at + timedelta(minutes=self.grace_minutes)

    @property
    def access_ends_at(self) -> datetime:
        """The first moment after the last day on which first passwords work."""
        midnight = datetime.combine(self.access_until + timedelta(days=1), datetime.min.time())
        return timezone.make_aware(midnight)


class Milestone(Named):
    """A date people should know: shown on the sign-in page and the form."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="milestones")
    day = models.DateField(_("день"))

    class Meta:
        verbose_name = _("дата")
        verbose_name_plural = _("даты")
        ordering = ["day"]


class Choosable(Named):
    """One of several things a campaign offers, in its order."""

    code = models.SlugField(_("код"), max_length=30)
    position = models.PositiveSmallIntegerField(_("порядок"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "id"]


class TestLanguage(Choosable):
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="languages")

    class Meta(Choosable.Meta):
        verbose_name = _("язык тестирования")
        verbose_name_plural = _("языки тестирования")
        constraints = [
            models.UniqueConstraint("campaign", "code", name="language_once_per_campaign")
        ]


class Subject(Choosable):
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="subjects")
    price = models.PositiveIntegerField(_("цена, тыйын"))
    compulsory = models.BooleanField(_("сдают все"), default=False)
    starts_at = models.DateTimeField(_("начало теста"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("длится, минут"), default=90)
    languages = models.ManyToManyField(
        TestLanguage,
        blank=True,
        related_name="subjects",
        verbose_name=_("на каких языках (пусто: на всех)"),
    )
    hint_ru = models.CharField(_("подсказка, по-русски"), max_length=200, blank=True)
    hint_ky = models.CharField(_("подсказка, по-кыргызски"), max_length=200, blank=True)
    hint_en = models.CharField(_("подсказка, по-английски"), max_length=200, blank=True)

    class Meta(Choosable.Meta):
        verbose_name = _("предмет")
        verbose_name_plural = _("предметы")
        constraints = [
            models.UniqueConstraint("campaign", "code", name="subject_once_per_campaign")
        ]

    @property
    def hint(self) -> str:
        return in_language(self, "hint")

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at and self.starts_at + timedelta(minutes=self.minutes)

    def clashes_with(self, other: "Subject") -> bool:
        if not (self.starts_at and other.starts_at and self.ends_at and other.ends_at):
            return False
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


class DocumentKind(Choosable):
    """A kind of identity document: how its number looks, which photos it needs, what can be read.

    ``zone`` is the size of its machine readable zone (ICAO Doc 9303), by which a photo of it is
    read; a kind that also has a ``state`` is recognised by the program, not only by a person.
    """

    class Zone(models.TextChoices):
        TD1 = "TD1", _("карта, три строки «<<<»")
        TD2 = "TD2", _("карта побольше, две строки «<<<»")
        TD3 = "TD3", _("паспорт, две строки «<<<»")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="document_kinds")
    number_pattern = models.CharField(
        _("образец номера (регулярное выражение)"), max_length=120, blank=True
    )
    number_example = models.CharField(_("пример номера"), max_length=40, blank=True)
    two_sides = models.BooleanField(_("нужны обе стороны"), default=True)
    has_pin = models.BooleanField(_("на нём есть ПИН"), default=True)
    zone = models.CharField(
        _("строки для машины (пусто: их нет)"), max_length=3, choices=Zone.choices, blank=True
    )
    state = models.CharField(
        _("кто его выдаёт, код из трёх букв (пусто: разные государства)"), max_length=3, blank=True
    )

    class Meta(Choosable.Meta):
        verbose_name = _("вид документа")
        verbose_name_plural = _("виды документов")
        constraints = [
            models.UniqueConstraint("campaign", "code", name="document_once_per_campaign")
        ]

    @property
    def sides(self) -> tuple[str, ...]:
        return ("front", "back") if self.two_sides else ("front",)


class Benefit(Choosable):
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="benefits")
    who_ru = models.TextField(_("кто имеет право, по-русски"))
    who_ky = models.TextField(_("кто имеет право, по-кыргызски"), blank=True)
    who_en = models.TextField(_("кто имеет право, по-английски"), blank=True)
    evidence_ru = models.CharField(_("какой документ нужен, по-русски"), max_length=250)
    evidence_ky = models.CharField(
        _("какой документ нужен, по-кыргызски"), max_length=250, blank=True
    )
    evidence_en = models.CharField(
        _("какой документ нужен, по-английски"), max_length=250, blank=True
    )

    class Meta(Choosable.Meta):
        verbose_name = _("льгота")
        verbose_name_plural = _("льготы")
        constraints = [
            models.UniqueConstraint("campaign", "code", name="benefit_once_per_campaign")
        ]

    @property
    def who(self) -> str:
        return in_language(self, "who")

    @property
    def evidence(self) -> str:
        return in_language(self, "evidence")


class Territory(Named):
    """Where people live: regions and the districts or cities in them."""

    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    code = models.SlugField(_("код"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(_("порядок"), default=0)

    class Meta:
        verbose_name = _("территория")
        verbose_name_plural = _("территории")
        ordering = ["position", "name_ru"]

    def clean(self) -> None:
        if self.parent and self.parent.parent_id:
            raise ValidationError({"parent": _("Район лежит в области, глубже уровней нет")})
