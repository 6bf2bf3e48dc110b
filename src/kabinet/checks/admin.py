"""What two persons have in common, for the eyes of the centre only; nothing is changed here."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from kabinet.checks.models import Coincidence


@admin.register(Coincidence)
class CoincidenceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["what", "one", "other", "found_at"]
    list_filter = ["what"]
    list_select_related = ["one", "other"]
    fields = ["what", "one", "other", "found_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Coincidence]:
        return Coincidence.objects.standing()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
