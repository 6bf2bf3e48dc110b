"""Administration of the tree, of people and their posts. Passwords are nobody's to type here."""

from datetime import datetime
from typing import Any, cast

import allauth.account.admin  # noqa: F401  # registers what is taken away below
import django.contrib.auth.admin  # noqa: F401
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import models, transaction
from django.db.models import QuerySet
from django.forms import Field, ModelChoiceField, ModelForm, ModelMultipleChoiceField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kabinet.audit import journal
from kabinet.core import credentials
from kabinet.people import actions
from kabinet.people.access import Refused
from kabinet.people.models import Organisation, Person, Post
from kabinet.people.sudo import has_confirmed
from kabinet.ui.fields import PhoneField

_MOST_GIVEN = 20


def _own_password(request: HttpRequest, extra_context: Any = None) -> HttpResponseRedirect:
    return redirect("change_password")


# One door for everybody: with its limits, its journal, and the own password it insists on.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.password_change = _own_password  # type: ignore[method-assign, assignment]
admin.site.site_header = admin.site.site_title = _("Кабинет: администрирование")
admin.site.index_title = _("Данные, которые можно менять")
# Nobody's rights and no address of ours lie there: what is changed there would change nothing.
admin.site.unregister([EmailAddress, Group])


class RecordedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What is saved here stands in the journal with its old and new values, rows beside it too.

    Nothing is deleted where history points to it; what may be deleted stands in the journal as well.
    """

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @transaction.atomic
    def save_related(
        self, request: HttpRequest, form: "ModelForm[Any]", formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        details = {"changes": _changes(form, formsets)}
        self._record(request, form.instance, "changed" if change else "added", details)

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self._record(request, obj, "deleted", {})
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for obj in queryset:
            self.delete_model(request, obj)

    def _record(self, request: HttpRequest, obj: Any, what: str, details: dict[str, Any]) -> None:
        journal.record(
            f"{obj._meta.model_name}.{what}",
            actor=cast(Person, request.user),
            subject=obj,
            chain=self.journal_of(obj),
            person=self.person_of(obj),
            details=details,
        )

    def journal_of(self, obj: Any) -> object:
        return obj

    def person_of(self, obj: Any) -> models.Model | None:
        return None


def _changes(form: "ModelForm[Any]", formsets: Any) -> dict[str, list[str]]:
    """Old and new value of every field that was changed, also in the lines below the form."""
    found: dict[str, list[str]] = {}
    with override("ru"):  # whoever's language the page had
        found |= _values(form)
        for formset in formsets:
            for line in formset.deleted_forms:
                found[str(line.instance)] = [str(line.instance), ""]
            kept = [line for line in formset.forms if line not in formset.deleted_forms]
            for line in kept:
                found |= {f"{line.instance}, {name}": two for name, two in _values(line).items()}
    return found


def _values(form: "ModelForm[Any]") -> dict[str, list[str]]:
    return {
        str(field.label): [
            _told(field, form.get_initial_for_field(field, name)),
            _told(field, form.cleaned_data[name]),
        ]
        for name, field in form.fields.items()
        if name in form.changed_data
    }


def _told(field: Field, value: Any) -> str:
    if value in (None, ""):
        return ""
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(field, ModelMultipleChoiceField):
        return ", ".join(str(one) for one in value)
    if isinstance(field, ModelChoiceField):
        return str(field.to_python(value))
    return str(value)


@admin.register(Organisation)
class OrganisationAdmin(RecordedAdmin):
    list_display = ["name", "kind", "town", "parent", "code"]
    list_filter = ["kind"]
    search_fields = ["search_key"]
    autocomplete_fields = ["parent"]


class PersonForm(ModelForm):  # type: ignore[type-arg]
    phone = PhoneField(label=_("Телефон"), required=False)
    contact_phone = PhoneField(label=_("Телефон для связи"), required=False)

    def clean_phone(self) -> str | None:
        return self.cleaned_data["phone"] or None

    def clean_email(self) -> str | None:
        return (self.cleaned_data["email"] or "").lower() or None


@admin.register(Person)
class PersonAdmin(RecordedAdmin):
    form = PersonForm
    list_display = ["full_name", "number", "phone", "is_active", "is_staff"]
    search_fields = ["search_key", "email"]
    ordering = ["sort_key"]
    readonly_fields = ["number", "last_login"]
    fields = [
        "number",
        "surname",
        "given_name",
        "patronymic",
        "phone",
        "email",
        "contact_phone",
        "language",
        "is_active",
        "is_staff",
        "last_login",
    ]
    actions = ["give_first_password"]

    def save_model(
        self, request: HttpRequest, obj: Person, form: "ModelForm[Any]", change: bool
    ) -> None:
        if not change:
            obj.number = Person.new_number()
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def journal_of(self, obj: Person) -> object:
        return actions.journal_of(obj)

    def person_of(self, obj: Person) -> Person:
        return obj

    @admin.action(description=_("Выдать новый первый пароль"))
    def give_first_password(self, request: HttpRequest, queryset: QuerySet[Person]) -> HttpResponse:
        """Shown once on a page of its own, never in a message: messages lie in a cookie."""
        if not has_confirmed(request):
            raise ReauthenticationRequired
        given = [(person, *_given(request, person)) for person in queryset[:_MOST_GIVEN]]
        return render(request, "people/given.html", {"given": given})


def _given(request: HttpRequest, person: Person) -> tuple[str, str | Promise]:
    """The new first password, or the reason why there is none."""
    try:
        digits = actions.replace_password(actor=cast(Person, request.user), person=person)
    except Refused as refused:
        return "", refused.sentence
    except Http404:
        return "", _("Нет должности в вашей организации или ниже")
    return credentials.show_first_password(digits), ""


@admin.register(Post)
class PostAdmin(RecordedAdmin):
    list_display = ["person", "role", "organisation", "since", "until"]
    list_filter = ["role"]
    list_select_related = ["person", "organisation"]
    search_fields = ["person__search_key", "organisation__search_key"]
    autocomplete_fields = ["person", "organisation"]

    def journal_of(self, obj: Post) -> object:
        return obj.organisation_id

    def person_of(self, obj: Post) -> Person:
        return obj.person
