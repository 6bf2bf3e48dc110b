"""The graduates of one school with everything their line of the list shows, in one statement."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kabinet.cabinets.queries.named import IdText, last_event_about
from kabinet.cabinets.searching import matching
from kabinet.core import names
from kabinet.exams.models import Application, Campaign, Reopening
from kabinet.exams.states import STATUSES, status_case
from kabinet.payments.models import Charge, Receipt
from kabinet.people.access_rows import AccessRow
from kabinet.people.models import Organisation, Person, Post

QUIET = timedelta(days=7)
"""An unfinished form about whose graduate nothing happened for so long wants a look."""


@dataclass(frozen=True)
class Tab:
    """``rows``: which lines it shows, over the annotations of :func:`listed`."""

    code: str
    title: str | Promise
    rows: Q


def tabs(now: datetime | None = None) -> list[Tab]:
    quiet = Q(last_event__lt=(now or timezone.now()) - QUIET)
    unfinished = ~Q(state=Application.State.COMPLETED)
    return [
        Tab("all", _("Все"), Q()),
        Tab("help", _("Нужна помощь"), Q(status="returned") | (unfinished & quiet)),
        Tab("not_started", _("Не начали"), Q(status="not_started")),
        Tab("draft", _("Заполняют"), Q(status="draft")),
        Tab("awaiting_payment", _("Ждут оплату"), Q(status="awaiting_payment")),
        Tab("in_review", _("На проверке"), Q(status="in_review")),
        Tab("done", _("Готово"), Q(status="done")),
    ]


SORTS = {
    "name": ("applicant__sort_key", "pk"),
    "-name": ("-applicant__sort_key", "-pk"),
    "status": ("status_place", "applicant__sort_key", "pk"),
    "-status": ("-status_place", "applicant__sort_key", "pk"),
}


def listed(school: Organisation, campaign: Campaign) -> QuerySet[Application]:
    """The forms of a school's graduates, each with its public ``status`` and ``last_event``."""
    return Application.objects.filter(school=school, campaign=campaign).annotate(
        status=status_case(),
        last_event=Coalesce(last_event_about("applicant_id"), "opened_at"),
    )


def counted(rows: QuerySet[Application], now: datetime | None = None) -> dict[str, int]:
    """How many lines each tab would show, and each public status, in one statement."""
    wanted = {f"tab_{tab.code}": Count("pk", filter=tab.rows) for tab in tabs(now)[1:]}
    wanted |= {f"status_{code}": Count("pk", filter=Q(status=code)) for code in STATUSES}
    return dict(rows.aggregate(tab_all=Count("pk"), **wanted))


def detailed(rows: QuerySet[Application]) -> QuerySet[Application]:
    """With the person, the first password, the charge and its newest receipt."""
    charge = Charge.objects.filter(
        subject_label=Application._meta.label_lower, subject_id=IdText(OuterRef("pk"))
    )
    receipt = (
        Receipt.objects.filter(
            charge__subject_label=Application._meta.label_lower,
            charge__subject_id=IdText(OuterRef("pk")),
        )
        .exclude(state=Receipt.State.CANCELLED)
        .order_by("-added_at")
    )
    reopened = Reopening.objects.filter(application=OuterRef("pk"), closed_at__isnull=True)
    places: list[Any] = [When(status=code, then=place) for place, code in enumerate(STATUSES)]
    return rows.select_related("applicant", "applicant__first_password").annotate(
        charge_id=Subquery(charge.values("pk")[:1]),
        charge_amount=Subquery(charge.values("amount")[:1]),
        receipt_added_at=Subquery(receipt.values("added_at")[:1]),
        receipt_decided_at=Subquery(receipt.values("decided_at")[:1]),
        receipt_reason=Subquery(receipt.values("reason")[:1]),
        reopened_page=Subquery(reopened.values("page")[:1]),
        status_place=Case(*places, default=Value(0), output_field=IntegerField()),
    )


def found(rows: QuerySet[Application], *, tab: str, typed: str, sort: str) -> QuerySet[Application]:
    """The lines of a tab that match the search box, in the asked order."""
    chosen = next((one for one in tabs() if one.code == tab), tabs()[0])
    order = SORTS.get(sort, SORTS["name"])
    return rows.filter(chosen.rows, matching(typed, "applicant__search_key")).order_by(*order)


def people_of(school: Organisation, campaign: Campaign) -> list[Person]:
    """All graduates of the list by name: for the sheet and the slips."""
    forms = Application.objects.filter(school=school, campaign=campaign)
    return list(
        Person.objects.filter(applications__in=forms)
        .select_related("first_password")
        .order_by("sort_key", "id")
    )


def namesakes(school: Organisation, entered: AccessRow) -> list[Person]:
    """Graduates of the school who look like the one being entered but are somebody else's access.

    ``entered`` holds its phones in E.164. A patronymic counts only where both have one.
    """
    key = names.search_key(entered.surname, entered.given_name)
    posts = Post.objects.current().filter(organisation=school, role=Post.Role.GRADUATE)
    known = Person.objects.filter(posts__in=posts, search_key__startswith=f"{key} ")
    return [one for one in known.order_by("sort_key", "id") if _is_alike(one, entered, key)]


def _is_alike(person: Person, entered: AccessRow, key: str) -> bool:
    if names.search_key(person.surname, person.given_name) != key:
        return False
    own, theirs = names.search_key(entered.patronymic), names.search_key(person.patronymic)
    phones = (person.phone, person.contact_phone if person.phone is None else "")
    is_same_access = phones == (entered.phone, entered.contact_phone) and own == theirs
    return not is_same_access and (not own or not theirs or own == theirs)
