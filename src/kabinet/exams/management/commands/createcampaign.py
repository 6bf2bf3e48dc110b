"""``kabinet createcampaign``: a ready campaign, to be looked through in the administration."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from kabinet.audit import journal
from kabinet.exams.models import Campaign
from kabinet.exams.presets import create_campaign
from kabinet.people.models import Organisation


class Command(BaseCommand):
    help = "Create a campaign with the subjects, documents and benefits of Kyrgyzstan, unopened."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int, help="of the test, for example 2027")
        moment, day = "for example 2027-04-02T20:00", "for example 2027-05-18"
        parser.add_argument("--opens", type=_moment, required=True, help=moment)
        parser.add_argument("--closes", type=_moment, required=True, help=moment)
        parser.add_argument("--first-test", type=date.fromisoformat, required=True, help=day)
        parser.add_argument(
            "--access-until",
            type=date.fromisoformat,
            required=True,
            help=f"end of admission to universities, {day}",
        )
        parser.add_argument("--helpline", default="", help="phone shown to people")

    @transaction.atomic
    def handle(self, *args: Any, year: int, **given: Any) -> None:
        slug = f"ort-{year}"
        if Campaign.objects.filter(slug=slug).exists():
            raise CommandError(
                f"Campaign {slug} is there already: change it in the administration."
            )
        if given["closes"] <= given["opens"]:
            raise CommandError("--closes must come after --opens.")
        if given["access_until"] < timezone.localdate(given["closes"]):
            raise CommandError("--access-until must not come before --closes.")
        centre = Organisation.objects.filter(kind=Organisation.Kind.CENTRE).first()
        if centre is None:
            raise CommandError("There is no centre yet: run `kabinet createadmin` first.")
        campaign = create_campaign(
            centre,
            slug=slug,
            year=year,
            opens_at=given["opens"],
            closes_at=given["closes"],
            first_test_day=given["first_test"],
            access_until=given["access_until"],
            helpline=given["helpline"],
            published=False,
        )
        journal.record("campaign.added", actor=journal.SYSTEM, subject=campaign, chain=centre)
        self.stdout.write(
            f"{campaign}: look it through in the administration, then tick «Открыта людям»."
        )


def _moment(text: str) -> datetime:
    """In the zone of the installation."""
    try:
        return timezone.make_aware(datetime.fromisoformat(text))
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is no time of a day") from error
