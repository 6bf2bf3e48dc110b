"""How the pages of the PhD cabinet write moments and sizes."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from kabinet.portfolio import portfolio_page, states
from kabinet.portfolio.models import EnrolmentFact
from kabinet.portfolio.models.achievements import Told
from kabinet.ui.templatetags.kabinet import daymonth, daymonthyear

register = template.Library()


@register.filter
def when(moment: datetime) -> str:
    """«сегодня в 14:35», «вчера», «14 января», «14 января 2025»."""
    local, today = timezone.localtime(moment), timezone.localdate()
    if local.date() == today:
        return _("сегодня в %(time)s") % {"time": f"{local:%H:%M}"}
    if local.date() == today - timedelta(days=1):
        return _("вчера")
    return daymonth(local) if local.year == today.year else daymonthyear(local.date())


@register.filter
def shown(state: str) -> str:
    """The status of look.md, 6 for the state of a report."""
    return states.SHOWN[state]


@register.simple_tag
def error_of(errors: Mapping[str, str] | None, key: object) -> str:
    """What was wrong at a place of the page: at a slot by its key, at a report by its number."""
    known = errors or {}
    return known.get(str(key), "") or known.get(f"report-{key}", "")


@register.simple_tag
def token() -> str:
    """New for each box shown, so that an upload sent twice is one upload."""
    return secrets.token_hex(16)


@register.filter
def details(story: Told) -> str:
    """What stands under the title of a portfolio's line."""
    return portfolio_page.details(story)


@register.filter
def kind_of_story(story: Told) -> str:
    """«Публикация», «Конференция» or «Достижение»."""
    name = str(story._meta.verbose_name)
    return name[:1].upper() + name[1:]


@register.filter
def contents(fact: EnrolmentFact) -> str:
    """What an order says, in one line."""
    course = fact.year_of_study
    parts = (
        fact.supervisor_name or (fact.supervisor.full_name if fact.supervisor else ""),
        fact.department.name if fact.department else "",
        str(fact.study_form or ""),
        _("%(course)s-й курс") % {"course": course} if course else "",
        fact.value,
    )
    return ", ".join(filter(None, parts))
