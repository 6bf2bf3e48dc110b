"""Persons, the tree of organisations, and the posts that join them from one day to another.

A graduate is a person with the post ``graduate`` at a school; the responsible teacher has the
post ``responsible`` there; a district officer has one at the district. Rights follow the tree
downwards: who holds a post at an organisation acts for what lies below it (see ``access``).
"""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kabinet.core import credentials, names, phones
from kabinet.people.passwords import normal

KEY_LENGTH = 700  # three times what a long name needs; letters of rare scripts take more


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def departments_of(self, university: "Organisation") -> "OrganisationQuerySet":
        return self.filter(path__startswith=university.path, kind=Organisation.Kind.DEPARTMENT)

    def open(self) -> "OrganisationQuerySet":
        """Without those that are closed: they stay, but nothing new is put there."""
        return self.filter(closed_at__isnull=True)


class Organisation(models.Model):
    """A node of a tree: centre → district → school, or university → department.

    ``path`` is the chain of codes from the root, each closed by a dot (``1.12.345.``), so that
    "below" is one prefix comparison on both databases.
    """

    class Kind(models.TextChoices):
        CENTRE = "centre", _("Центр")
        DISTRICT = "district", _("Районный центр образования")
        SCHOOL = "school", _("Школа")
        UNIVERSITY = "university", _("Университет")
        DEPARTMENT = "department", _("Кафедра")

    PARENTS: ClassVar[dict[str, str]] = {
        Kind.DISTRICT: Kind.CENTRE,
        Kind.SCHOOL: Kind.DISTRICT,
        Kind.DEPARTMENT: Kind.UNIVERSITY,
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("вид"), max_length=12, choices=Kind.choices)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("над ней"),
    )
    code = models.SlugField(_("код"), max_length=16, db_index=False)
    path = models.CharField(max_length=200, unique=True, editable=False)
    name = models.CharField(_("название"), max_length=200)
    town = models.CharField(_("город или село"), max_length=120, blank=True)
    phone = models.CharField(_("телефон"), max_length=40, blank=True)
    expected = models.PositiveIntegerField(_("ожидается выпускников"), null=True, blank=True)
    closed_at = models.DateTimeField(_("закрыта"), null=True, blank=True, editable=False)
    sort_key = models.CharField(max_length=KEY_LENGTH, editable=False, db_index=True)
    search_key = models.CharField(max_length=KEY_LENGTH, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("организация")
        verbose_name_plural = _("организации")
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint("parent", "code", name="organisation_code_once_per_parent"),
            models.CheckConstraint(
                condition=Q(kind__in=["centre", "university"]) | Q(parent__isnull=False),
                name="organisation_only_roots_without_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.town}" if self.town else self.name

    def save(self, *args: object, **kwargs: object) -> None:
        before = self.path
        self.path = self._path()
        self.sort_key = names.sort_key(self.name, self.town)[:KEY_LENGTH]
        self.search_key = names.search_key(self.name, self.town, self.code)[:KEY_LENGTH]
        with transaction.atomic():
            super().save(*args, **kwargs)  # type: ignore[arg-type]
            if before and before != self.path:
                self._take_along(before)

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    def _path(self) -> str:
        return f"{self.parent.path if self.parent else ''}{self.code}."

    def clean(self) -> None:
        if Organisation.objects.filter(path=self._path()).exclude(pk=self.pk).exists():
            raise ValidationError({"code": _("Этот код здесь уже занят. Напишите другой")})
        if self.parent and self.parent.kind != self.PARENTS.get(self.kind):
            raise ValidationError(
                {
                    "parent": _(
                        "Школа стоит под районом, район под центром, кафедра под университетом"
                    )
                }
            )
        if self.pk and self.parent and self.parent.path.startswith(self.path or "?"):
            raise ValidationError({"parent": _("Организация не может стоять под собой")})

    def _take_along(self, before: str) -> None:
        """What lies below moves with its organisation; otherwise rights would point to the old place."""
        below = Organisation.objects.filter(path__startswith=before).exclude(pk=self.pk)
        below.update(path=Concat(Value(self.path), Substr("path", len(before) + 1)))


class PersonManager(BaseUserManager["Person"]):
    def create_person(self, *, surname: str, given_name: str, **facts: Any) -> "Person":
        """A person with a number of their own and no password yet."""
        person = Person(surname=surname, given_name=given_name, **facts)
        person.number = Person.new_number()
        person.set_unusable_password()
        person.save(force_insert=True)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(number=username)


class Person(AbstractBaseUser, PermissionsMixin):
    """Someone the authority knows. Up to three logins: phone, e-mail, and always the number.

    The own password lies in ``password`` (Argon2id); until there is one, a sealed
    :class:`FirstPassword` may open the door (see ``passwords``).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("номер"), max_length=8, unique=True, editable=False)
    phone = models.CharField(_("телефон"), max_length=16, unique=True, null=True, blank=True)
    email = models.EmailField(_("эл. почта"), unique=True, null=True, blank=True)
    surname = models.CharField(_("фамилия"), max_length=80)
    given_name = models.CharField(_("имя"), max_length=80)
    patronymic = models.CharField(_("отчество"), max_length=80, blank=True)
    language = models.CharField(_("язык"), max_length=2, blank=True)
    contact_phone = models.CharField(_("телефон для связи"), max_length=16, blank=True)
    sort_key = models.CharField(max_length=KEY_LENGTH, editable=False)
    search_key = models.CharField(max_length=KEY_LENGTH, editable=False)
    is_active = models.BooleanField(_("может входить"), default=True)
    is_staff = models.BooleanField(_("видит администрирование"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "number"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["surname", "given_name"]

    objects = PersonManager()

    class Meta:
        verbose_name = _("человек")
        verbose_name_plural = _("люди")
        constraints = [
            models.CheckConstraint(condition=~Q(phone=""), name="person_phone_absent_not_empty"),
            models.CheckConstraint(condition=~Q(email=""), name="person_email_absent_not_empty"),
        ]
        indexes = [models.Index(fields=["sort_key", "id"], name="person_by_name")]

    def __str__(self) -> str:
        return self.full_name

    @staticmethod
    def new_number() -> str:
        """The next applicant number; never given twice, also when a person is erased."""
        return credentials.applicant_number(NumberGiven.objects.create().pk)

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, (self.surname, self.given_name, self.patronymic)))

    def get_short_name(self) -> str:
        """How the administration greets."""
        return self.short_name

    @property
    def short_name(self) -> str:
        return names.initials(self.surname, self.given_name, self.patronymic)

    @property
    def monogram(self) -> str:
        return f"{self.surname[:1]}{self.given_name[:1]}".upper()

    @property
    def has_own_password(self) -> bool:
        return self.has_usable_password()

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password and normal(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the own password; one hash is computed also where there is none."""
        return super().check_password(normal(raw_password or ""))

    def fill_keys(self) -> None:
        """The keys for finding and ordering; ``save`` does it, a bulk insert has to."""
        name = (self.surname, self.given_name, self.patronymic)
        self.sort_key = names.sort_key(*name)[:KEY_LENGTH]
        name_key = names.search_key(*name)[: KEY_LENGTH - 50]
        self.search_key = " ".join([name_key, *_digits_of(self.phone), self.number])

    def save(self, *args: object, **kwargs: object) -> None:
        self.email = self.email.lower() if self.email else None
        self.fill_keys()
        super().save(*args, **kwargs)  # type: ignore[arg-type]


def _digits_of(phone: str | None) -> list[str]:
    """The number with and without its country code, as people search for it."""
    if not phone:
        return []
    return [phone.lstrip("+"), phones.national_part(phone).replace(" ", "")]


class NumberGiven(models.Model):
    """Counts applicant numbers: its key is the serial behind the next number."""

    def __str__(self) -> str:
        return f"{self.pk}"


class FirstPassword(models.Model):
    """The sealed ten digits an issuer hands over; gone as soon as the owner has an own password.

    ``sealed`` is opened only to compare it at sign-in and to print it for its issuer; the row's
    ``id`` and the person are bound into the seal, so it opens nowhere else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, models.CASCADE, related_name="first_password")
    sealed = models.BinaryField()
    issued_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    issued_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person} {self.issued_at:%Y-%m-%d}"


class PostQuerySet(models.QuerySet["Post"]):
    def current(self, on: date | None = None) -> "PostQuerySet":
        day = on or timezone.localdate()
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class Post(models.Model):
    """Who is what, where, from–to (both days included)."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Администратор центра")
        DISTRICT_OFFICER = "district_officer", _("Сотрудник районного центра образования")
        RESPONSIBLE = "responsible", _("Ответственный по ОРТ")
        GRADUATE = "graduate", _("Выпускник")
        PHD_STUDENT = "phd_student", _("Аспирант")
        SUPERVISOR = "supervisor", _("Научный руководитель")
        PHD_OFFICE = "phd_office", _("Отдел аспирантуры")

    # Whoever holds one of these acts for no others by the tree: graduates and students only for
    # themselves, supervisors for the students named by an order (see portfolio.access).
    NOT_ACTING: ClassVar[frozenset[str]] = frozenset(
        {Role.GRADUATE, Role.PHD_STUDENT, Role.SUPERVISOR}
    )
    # Opened for people the university knows by name and e-mail or phone, from one day to another.
    OF_UNIVERSITY: ClassVar[frozenset[str]] = frozenset({Role.SUPERVISOR, Role.PHD_OFFICE})
    PLACES: ClassVar[dict[str, str]] = {
        Role.ADMINISTRATOR: Organisation.Kind.CENTRE,
        Role.DISTRICT_OFFICER: Organisation.Kind.DISTRICT,
        Role.RESPONSIBLE: Organisation.Kind.SCHOOL,
        Role.GRADUATE: Organisation.Kind.SCHOOL,
        Role.PHD_STUDENT: Organisation.Kind.DEPARTMENT,
        Role.SUPERVISOR: Organisation.Kind.DEPARTMENT,
        Role.PHD_OFFICE: Organisation.Kind.UNIVERSITY,
    }

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="posts", verbose_name=_("человек")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="posts", verbose_name=_("организация")
    )
    role = models.CharField(_("кто"), max_length=20, choices=Role.choices)
    since = models.DateField(_("с"), default=timezone.localdate)
    until = models.DateField(_("по"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("должность")
        verbose_name_plural = _("должности")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="post_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                "person",
                "organisation",
                "role",
                condition=Q(until__isnull=True),
                name="post_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "role", "person"], name="post_at_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}, {self.organisation}"

    def clean(self) -> None:
        place = self.PLACES.get(self.role)
        if place and self.organisation_id and self.organisation.kind != place:
            kind = Organisation.Kind(place).label
            raise ValidationError({"organisation": _("Место этой роли: %s") % kind})
        if self.until and self.since and self.until < self.since:
            raise ValidationError({"until": _("Должность кончается раньше, чем начинается")})


class EmailCode(models.Model):
    """A letter with a code that one browser asked for; ``digest`` is empty where it held no code.

    An address that gets no code has rows all the same, so that it answers like any other.
    ``number`` counts the letters to the address: of two at the same moment one is stored.
    """

    class Purpose(models.TextChoices):
        REGISTER = "register"
        RESET = "reset"
        CHANGE_EMAIL = "change_email"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    number = models.PositiveIntegerField()
    asker = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, blank=True)
    issued_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint("email", "purpose", "number", name="email_code_numbered")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.issued_at:%Y-%m-%d}"
