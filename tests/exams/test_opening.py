"""A school opens accesses; each graduate gets an empty form of the campaign with it."""

from datetime import timedelta

import pytest
import time_machine
from django.http import Http404

from kabinet.exams import actions
from kabinet.exams.access import application_for, applications_of_schools
from kabinet.exams.models import Application
from kabinet.people.access import Refused
from kabinet.people.access_rows import AccessRow, BadRows
from kabinet.people.models import Person

ROWS = [
    AccessRow("0555204120", "Асанов", "Бекзат"),
    AccessRow(None, "Осмонова", "Айгуль", contact_phone="0555204121"),
]


def test_everybody_opened_has_an_empty_form_of_the_school(zhamal, school, campaign):
    opened = actions.open_forms(actor=zhamal, campaign=campaign, school=school, rows=ROWS)
    assert [each.created for each in opened] == [True, True]
    forms = Application.objects.filter(campaign=campaign, school=school)
    assert {form.applicant_id for form in forms} == {each.person.pk for each in opened}
    assert {form.state for form in forms} == {"not_started"}


def test_opening_the_same_list_again_keeps_the_forms(zhamal, school, campaign):
    actions.open_forms(actor=zhamal, campaign=campaign, school=school, rows=ROWS)
    again = actions.open_forms(actor=zhamal, campaign=campaign, school=school, rows=ROWS)
    assert [each.created for each in again] == [False, False]
    assert Application.objects.count() == 2


def test_one_bad_row_and_nothing_is_written(zhamal, school, campaign):
    rows = [*ROWS, AccessRow("12", "Петров", "Пётр")]
    people = Person.objects.count()
    with pytest.raises(BadRows) as bad:
        actions.open_forms(actor=zhamal, campaign=campaign, school=school, rows=rows)
    assert list(bad.value.errors) == [2]
    assert (Person.objects.count(), Application.objects.count()) == (people, 0)


def test_a_closed_campaign_opens_no_forms(zhamal, school, campaign):
    with (
        time_machine.travel(campaign.closes_at + timedelta(seconds=1)),
        pytest.raises(Refused, match="Регистрация закрылась"),
    ):
        actions.open_forms(actor=zhamal, campaign=campaign, school=school, rows=ROWS)


def test_the_reach_of_each_role_over_a_form(application, aiperi, zhamal, daniyar, aida, bakyt):
    for who in (aiperi, zhamal, daniyar, aida):
        assert application_for(who, application.pk) == application
    with pytest.raises(Http404):
        application_for(bakyt, application.pk)
    with pytest.raises(Http404):
        application_for(aiperi, "not-a-key")
    assert list(applications_of_schools(zhamal)) == [application]
    assert list(applications_of_schools(bakyt)) == []
    assert list(applications_of_schools(aiperi)) == []
