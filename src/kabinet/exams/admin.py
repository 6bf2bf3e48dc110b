"""The campaign as data: an authority changes here what it wants different, and is told what is amiss."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kabinet.audit import journal
from kabinet.core.documents import tidy_number
from kabinet.exams.models import (
    Benefit,
    Campaign,
    DocumentKind,
    Milestone,
    Subject,
    Territory,
    TestLanguage,
)
from kabinet.people.admin import RecordedAdmin

DEAREST = 10_000_00  # tyiyn; a price above it is a slip of the hand


class CampaignForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("opens_at") and told.get("closes_at") and told["closes_at"] <= told["opens_at"]:
            self.add_error("closes_at", _("Регистрация кончается раньше, чем начинается"))
        least, most = told.get("min_subjects"), told.get("max_subjects")
        if least is not None and most is not None and most < least:
            self.add_error("max_subjects", _("Наибольшее число меньше наименьшего"))
        return told


class PublishedFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """What people may only be let into when it is there."""

    missing = _("Чтобы открыть кампанию людям, добавьте хотя бы одну строку")

    def kept(self) -> list[dict[str, Any]]:
        """Rows that will be there after saving."""
        forms_ = [form for form in self.forms if form not in self.deleted_forms]
        return [
            form.cleaned_data
            for form in forms_
            if getattr(form, "cleaned_data", None) and form.cleaned_data.get("code")
        ]

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        if self.instance.published and not self.is_enough(self.kept()):
            raise ValidationError(self.missing)

    def is_enough(self, rows: list[dict[str, Any]]) -> bool:
        return bool(rows)


class SubjectFormSet(PublishedFormSet):
    missing = _("Чтобы открыть кампанию людям, отметьте предмет, который сдают все")

    def is_enough(self, rows: list[dict[str, Any]]) -> bool:
        return any(row["compulsory"] for row in rows)


class SubjectForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean_price(self) -> int:
        price: int = self.cleaned_data["price"]
        if price > DEAREST:
            raise ValidationError(
                _("Цена в тыйынах: 470 сом — это 47000. Больше 10 000 сом не бывает")
            )
        return price


class DocumentKindForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        pattern, example = told.get("number_pattern", ""), told.get("number_example", "")
        try:
            compiled = re.compile(pattern)
        except re.error:
            self.add_error("number_pattern", _("Это не регулярное выражение"))
            return told
        if pattern and example and not compiled.fullmatch(tidy_number(example)):
            self.add_error("number_example", _("Пример не подходит под образец"))
        return told


class ChoosableInline(admin.StackedInline):  # type: ignore[type-arg]
    extra = 0
    formset = PublishedFormSet


class LanguageInline(ChoosableInline):
    model = TestLanguage


class SubjectInline(ChoosableInline):
    model = Subject
    form = SubjectForm
    formset = SubjectFormSet

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Only the languages of this campaign; none while the campaign is new."""
        if db_field.name == "languages":
            kwargs["queryset"] = TestLanguage.objects.filter(campaign=_campaign_of(request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class DocumentKindInline(ChoosableInline):
    model = DocumentKind
    form = DocumentKindForm


class BenefitInline(admin.StackedInline):  # type: ignore[type-arg]
    model = Benefit
    extra = 0


class MilestoneInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Milestone
    extra = 0


@admin.register(Campaign)
class CampaignAdmin(RecordedAdmin):
    form = CampaignForm
    inlines = (MilestoneInline, LanguageInline, SubjectInline, DocumentKindInline, BenefitInline)
    list_display = ("name_ru", "opens_at", "closes_at", "published")
    prepopulated_fields = {"slug": ("name_en",)}
    fieldsets = (
        (None, {"fields": ("name_ru", "name_ky", "name_en", "slug", "centre", "published")}),
        (
            _("Сроки"),
            {
                "fields": (
                    "opens_at",
                    "closes_at",
                    "grace_minutes",
                    "correction_days",
                    "access_until",
                )
            },
        ),
        (
            _("Бланк"),
            {
                "fields": (
                    "min_subjects",
                    "max_subjects",
                    "ask_pin",
                    "ask_second_phone",
                    "min_age",
                    "max_age",
                )
            },
        ),
        (
            _("Тексты"),
            {
                "fields": (
                    "helpline",
                    "pay_where_ru",
                    "pay_where_ky",
                    "pay_where_en",
                    "statement_ru",
                    "statement_ky",
                    "statement_en",
                )
            },
        ),
    )

    def journal_of(self, obj: Campaign) -> object:
        return obj.centre_id


@admin.register(Territory)
class TerritoryAdmin(RecordedAdmin):
    list_display = ("name_ru", "name_ky", "name_en", "parent", "position")
    list_filter = ("parent",)
    search_fields = ("name_ru", "name_ky", "name_en", "code")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def journal_of(self, obj: Territory) -> str:
        return journal.HOUSE


def _campaign_of(request: Any) -> int | None:
    """The key of the campaign whose page this is."""
    key = request.resolver_match.kwargs.get("object_id")
    return int(key) if key else None
