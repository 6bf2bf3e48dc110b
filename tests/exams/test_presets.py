"""The ready campaign of Kyrgyzstan."""

import re
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from kabinet.audit.models import Event
from kabinet.core.documents import tidy_number
from kabinet.exams.models import Campaign, Territory
from kabinet.exams.offer import offer_of
from kabinet.exams.presets import create_campaign


@pytest.fixture
def ready(centre):
    now = timezone.now()
    return create_campaign(
        centre,
        slug="ort-2028",
        year=2028,
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=30),
        first_test_day=date(2028, 5, 18),
        access_until=timezone.localdate() + timedelta(days=200),
    )


def test_everything_is_named_in_three_languages(ready):
    offer = offer_of(ready)
    things = [
        *offer.document_kinds,
        *offer.languages,
        *offer.subjects,
        *offer.benefits,
        *offer.regions,
        *offer.districts,
        ready,
    ]
    assert [
        thing for thing in things if not (thing.name_ru and thing.name_ky and thing.name_en)
    ] == []
    assert (len(offer.regions), len(offer.subjects), len(offer.document_kinds)) == (9, 11, 4)


def test_every_test_costs_470_som_and_two_are_taken_by_all(ready):
    offer = offer_of(ready)
    assert {subject.price for subject in offer.subjects} == {47000}
    assert [subject.code for subject in offer.compulsory] == ["main", "state-language"]


def test_examples_of_document_numbers_fit_their_patterns(ready):
    for kind in offer_of(ready).document_kinds:
        if kind.number_example:
            assert re.fullmatch(kind.number_pattern, tidy_number(kind.number_example))


def test_creating_it_again_adds_nothing(ready, centre):
    counts = (Campaign.objects.count(), Territory.objects.count())
    again = create_campaign(
        centre,
        slug=ready.slug,
        year=2028,
        opens_at=ready.opens_at,
        closes_at=ready.closes_at,
        first_test_day=date(2028, 5, 18),
        access_until=ready.access_until,
    )
    assert again == ready
    assert (Campaign.objects.count(), Territory.objects.count()) == counts


@pytest.mark.parametrize("language", ["ru", "ky", "en"])
def test_the_preparation_page_is_public_and_speaks_the_campaigns_data(ready, language):
    with translation.override(language):
        benefit = ready.benefits.get(code="orphan").who
    page = Client(headers={"accept-language": language}).get(reverse("exams:prepare"))
    assert page.status_code == 200
    assert benefit in page.content.decode()


def test_the_preparation_page_stands_without_a_campaign(db):
    assert Client().get(reverse("exams:prepare")).status_code == 200


GIVEN = (
    "--opens",
    "2028-02-19T09:00",
    "--first-test",
    "2028-05-18",
    "--access-until",
    "2028-08-31",
)


def test_an_authority_begins_with_it(centre):
    told = StringIO()
    call_command("createcampaign", "2028", *GIVEN, "--closes", "2028-04-02T20:00", stdout=told)
    campaign = Campaign.objects.get(slug="ort-2028")
    assert (campaign.published, campaign.subjects.count()) == (False, 11)
    assert f"{timezone.localtime(campaign.closes_at):%d.%m %H:%M}" == "02.04 20:00"
    assert "Открыта людям" in told.getvalue()
    assert Event.objects.get().verb == "campaign.added"


@pytest.mark.parametrize("closes", ["2028-02-01T20:00", "2028-09-02T20:00", "vorgestern"])
def test_dates_that_cannot_be_meant_begin_nothing(centre, closes):
    with pytest.raises(CommandError):
        call_command("createcampaign", "2028", *GIVEN, "--closes", closes)
    assert not Campaign.objects.exists()
