"""Whose form it is, and what may be done with it now.

The graduate reaches the own form; who holds a post at the school or above it reaches the forms of
the school's graduates. What may be seen but not done now is refused with a sentence, which also
explains the button that is missing.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kabinet.exams.models import Application, Campaign
from kabinet.people.access import Refused, one_or_404, within
from kabinet.people.models import Person, Post
from kabinet.ui.templatetags.kabinet import daymonth

RELATIONS = ("personal", "address", "choice", "documents", "face")


def application_for(user: Person, application_id: object, *pages: str) -> Application:
    """The form with its campaign, school, applicant and the named pages, in one statement; else 404.

    ``pages`` are names of relations; all of them, when none is given.
    """
    found: Application = one_or_404(_joined(reachable(user), pages), application_id)
    return found


def locked_application(user: Person, application_id: uuid.UUID, *pages: str) -> Application:
    """The same, held until the end of the transaction: everything that writes a form begins here."""
    rows = _joined(reachable(user), pages).select_for_update(of=("self",))
    found: Application = one_or_404(rows, application_id)
    return found


def applications_of_schools(user: Person) -> QuerySet[Application]:
    """The forms of all schools in the user's reach, for lists."""
    return Application.objects.filter(within(user, "school"))


def reachable(user: Person) -> QuerySet[Application]:
    """Own forms, and forms of schools at or below an organisation where the user holds a post today.

    The posts are asked within the statement, so that one statement answers "is it there, and mine?".
    """
    above = (
        Post.objects.current()
        .filter(person=user)
        .exclude(role=Post.Role.GRADUATE)
        .annotate(school_path=ExpressionWrapper(OuterRef("school__path"), CharField()))
        .filter(school_path__startswith=F("organisation__path"))
    )
    return Application.objects.filter(Q(applicant=user) | Exists(above))


def acts_for_another(user: Person, application: Application) -> bool:
    return bool(application.applicant_id != user.pk)


def check_can_edit(application: Application, slug: str, *, now: datetime | None = None) -> None:
    """Until completion every page, while the campaign is open; afterwards only a reopened one."""
    check_campaign_open(application.campaign, now=now)
    if application.is_completed and slug not in reopened_pages(application):
        raise Refused(
            _("Бланк завершён. Чтобы исправить эту страницу, нажмите «Изменить» и напишите причину")
        )


def may_edit(application: Application, slug: str) -> bool:
    """The same as a question, for what a page offers."""
    try:
        check_can_edit(application, slug)
    except Refused:
        return False
    return True


def check_can_change_benefits(application: Application, *, now: datetime | None = None) -> None:
    """Benefits may be added or replaced until the campaign ends, also after completion (ruling 18)."""
    check_campaign_open(application.campaign, now=now)


def check_can_reopen(application: Application, *, now: datetime | None = None) -> None:
    check_campaign_open(application.campaign, now=now)
    if not application.is_completed:
        raise Refused(_("Бланк ещё не завершён: страницу можно править без причины"))


def check_can_finish(
    application: Application, *, opened_at: datetime | None, now: datetime | None = None
) -> None:
    """Before the deadline; or within the grace, if the complete check page was shown before it.

    ``opened_at`` is the server's own time of showing that page (ruling 17).
    """
    moment = now or timezone.now()
    campaign = application.campaign
    begun = opened_at is not None and opened_at < campaign.closes_at
    if begun and campaign.closes_at <= moment < campaign.grace_ends_at:
        return
    check_campaign_open(campaign, now=moment)


def check_campaign_open(campaign: Campaign, *, now: datetime | None = None) -> None:
    moment = now or timezone.now()
    if not campaign.is_open(moment):
        raise Refused(closed_sentence(campaign, moment))


def is_closed(campaign: Campaign, *, now: datetime | None = None) -> bool:
    return not campaign.is_open(now or timezone.now())


def closed_sentence(campaign: Campaign, moment: datetime) -> str:
    if not campaign.published or moment < campaign.opens_at:
        return _("Регистрация начнётся %(day)s. Пока бланк можно только смотреть") % {
            "day": _day(campaign.opens_at)
        }
    closed = _("Регистрация закрылась %(moment)s.") % {"moment": _day(campaign.closes_at)}
    if not campaign.helpline:
        return f"{closed} {_('Если нужно исправить бланк, обратитесь в свою школу')}"
    call = _("Если нужно исправить бланк, позвоните %(phone)s") % {"phone": campaign.helpline}
    return f"{closed} {call}"


def reopened_pages(application: Application) -> frozenset[str]:
    """Slugs of the pages of a completed form that are open for correction; asked once per object."""
    known: frozenset[str] | None = getattr(application, "_reopened_pages", None)
    if known is None:
        rows = application.reopenings.filter(closed_at__isnull=True)
        known = (
            frozenset(rows.values_list("page", flat=True))
            if application.is_completed
            else frozenset()
        )
        application._reopened_pages = known  # type: ignore[attr-defined]
    return known


def _joined(rows: QuerySet[Application], pages: Sequence[str]) -> QuerySet[Application]:
    return rows.select_related("campaign", "school", "applicant", *(pages or RELATIONS))


def _day(moment: datetime) -> str:
    """«20 марта в 18:00», in the zone of the campaign."""
    local = timezone.localtime(moment)
    return _("%(day)s в %(time)s") % {
        "day": daymonth(local),
        "time": f"{local:%H:%M}",
    }
