"""Whose studies are whose to see."""

from datetime import date, timedelta

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from kabinet.portfolio import actions
from kabinet.portfolio.access import enrolment_for, report_for, version_for
from kabinet.portfolio.actions import Place, Upload
from tests.portfolio.conftest import fact, required
from tests.portfolio.files import pdf


@pytest.fixture
def report(study, year, ilya):
    place = Place(year, requirement=required(study, "practice"))
    return actions.hand_in(
        actor=ilya, enrolment=study, place=place, upload=Upload(pdf(), "скан.pdf")
    )


def sees(who, study) -> bool:
    try:
        return enrolment_for(who, study.pk) == study
    except Http404:
        return False


def test_student_supervisor_and_office_see_the_studies(study, ilya, orlova, office):
    assert [sees(who, study) for who in (ilya, orlova, office)] == [True] * 3


def test_all_others_do_not(study, dina, saidov, other_office, zhamal, aida, aiperi):
    strangers = (dina, saidov, other_office, zhamal, aida, aiperi)
    assert [sees(who, study) for who in strangers] == [False] * 6


def test_the_former_supervisor_loses_access_on_the_day_of_the_order(study, orlova, saidov, today):
    fact(study, "supervisor", timezone.localdate() + timedelta(days=1), supervisor=saidov)
    assert (sees(orlova, study), sees(saidov, study)) == (True, False)
    today.shift(24 * 3600)
    assert (sees(orlova, study), sees(saidov, study)) == (False, True)


def test_who_no_longer_works_here_sees_nothing(study, orlova):
    orlova.posts.update(since=date(2025, 9, 1), until=date(2026, 10, 1))
    assert not sees(orlova, study)


def test_drafts_and_the_bin_are_the_students_alone(study, report, ilya, orlova, office):
    draft = actions.hand_in(
        actor=ilya, enrolment=study, place=Place(), upload=Upload(pdf("черновик"), "ч.pdf")
    )
    actions.remove(actor=ilya, report=report)
    for hidden in (draft, report):
        assert report_for(ilya, hidden.pk) == hidden
        for who in (orlova, office):
            with pytest.raises(Http404):
                report_for(who, hidden.pk)


def test_a_file_follows_its_report(report, orlova, saidov):
    version = report.versions.get()
    assert version_for(orlova, version.pk) == version
    with pytest.raises(Http404):
        version_for(saidov, version.pk)


def test_every_address_answers_strangers_with_404(
    study, report, year, dina, saidov, other_office, zhamal, client_of
):
    version = report.versions.get()
    wanted = required(study, "exam")
    template = study.university.pk and 1
    addresses = [
        ("get", reverse("portfolio:plan", args=[study.pk])),
        ("get", reverse("portfolio:bin", args=[study.pk])),
        ("post", reverse("portfolio:files", args=[study.pk])),
        ("post", reverse("portfolio:slot", args=[study.pk, year.pk, wanted.pk])),
        ("get", reverse("portfolio:filled_template", args=[study.pk, template])),
        ("get", reverse("portfolio:report", args=[report.pk])),
        ("post", reverse("portfolio:report", args=[report.pk])),
        ("get", reverse("portfolio:file", args=[version.pk, "full"])),
    ]
    for who in (dina, saidov, other_office, zhamal):
        client = client_of(who)
        answers = [getattr(client, method)(address).status_code for method, address in addresses]
        assert answers == [404] * len(addresses)


def test_the_bin_is_not_for_the_supervisor(study, orlova, client_of):
    address = reverse("portfolio:bin", args=[study.pk])
    assert client_of(orlova).get(address).status_code == 404
