"""When a document is due, and for whom, in the words of the pages."""

import calendar
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from kabinet.portfolio.models import AcademicYear, Requirement
from kabinet.ui.templatetags.kabinet import daymonth

LEAP_YEAR = 2024
"""A year that has all the days there are."""


def deadlines_of(
    year: AcademicYear, lines: Iterable[Requirement]
) -> list[tuple[str, list[tuple[Requirement, date]]]]:
    """What is due in the year and when, for each course of each form of study.

    ``lines`` come in the order of the list.
    """
    due = [(place_of(each), each, each.due(year)) for each in lines if each.applies_in(year)]
    return [
        (place, sorted(((r, day) for _place, r, day in group), key=lambda pair: pair[1]))
        for place, group in groupby(due, key=lambda line: line[0])
    ]


def place_of(requirement: Requirement) -> str:
    """«Очная, 2-й курс»."""
    course = _("%(course)d-й курс") % {"course": requirement.year_of_study}
    return f"{requirement.study_form}, {course}"


def due_day(requirement: Requirement) -> str:
    """«15 октября»; a 31st of a short month is its last day."""
    month = requirement.due_month
    last = calendar.monthrange(LEAP_YEAR, month)[1]
    return daymonth(date(LEAP_YEAR, month, min(requirement.due_day, last)))
