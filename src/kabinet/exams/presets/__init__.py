"""Ready campaigns: what an authority starts from and changes in the administration.

``kyrgyzstan.json`` holds names, prices and benefits as generally known, not as decreed; whoever
opens a real campaign checks them (mission.md, 3). Running a preset twice adds nothing twice.
"""

import json
import uuid
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.utils import timezone

from kabinet.exams.models import (
    Benefit,
    Campaign,
    DocumentKind,
    Milestone,
    Subject,
    Territory,
    TestLanguage,
)
from kabinet.people.models import Organisation

LANGUAGES = ("ru", "ky", "en")


@transaction.atomic
def create_campaign(
    centre: Organisation,
    *,
    slug: str,
    year: int,
    opens_at: datetime,
    closes_at: datetime,
    first_test_day: date,
    access_until: date,
    helpline: str = "",
    published: bool = True,
    preset: str = "kyrgyzstan",
) -> Campaign:
    """A campaign with all it offers; the one with this slug, if it was created before."""
    known = Campaign.objects.filter(slug=slug).first()
    if known:
        return known
    data = _read(preset)
    campaign = Campaign.objects.create(
        slug=slug,
        centre=centre,
        published=published,
        opens_at=opens_at,
        closes_at=closes_at,
        access_until=access_until,
        helpline=helpline,
        **{f"name_{code}": f"{data['name'][code]} {year}" for code in LANGUAGES},
        **_in_languages("pay_where", data["pay_where"]),
        **_in_languages("statement", data["statement"]),
    )
    create_territories(preset)
    _create_choices(campaign, data, first_test_day)
    _create_milestones(campaign, data, closes_at, first_test_day)
    Campaign.objects.filter(pk=campaign.pk).update(edition=uuid.uuid4())
    campaign.refresh_from_db()
    return campaign


def create_territories(preset: str = "kyrgyzstan") -> None:
    for place, region in enumerate(_read(preset)["territories"]):
        parent = _territory(region, place, None)
        for part_place, part in enumerate(region["parts"]):
            _territory(part, part_place, parent)


def _territory(entry: Mapping[str, Any], position: int, parent: Territory | None) -> Territory:
    facts = {**_in_languages("name", entry["name"]), "position": position, "parent": parent}
    return Territory.objects.update_or_create(code=entry["code"], defaults=facts)[0]


def _create_choices(campaign: Campaign, data: Mapping[str, Any], first_day: date) -> None:
    languages = {
        entry["code"]: TestLanguage.objects.create(
            campaign=campaign,
            code=entry["code"],
            position=place,
            **_in_languages("name", entry["name"]),
        )
        for place, entry in enumerate(data["languages"])
    }
    for place, entry in enumerate(data["subjects"]):
        _create_subject(campaign, place, entry, first_day, languages)
    for place, entry in enumerate(data["document_kinds"]):
        DocumentKind.objects.create(
            campaign=campaign,
            code=entry["code"],
            position=place,
            number_pattern=entry["pattern"],
            number_example=entry["example"],
            two_sides=entry["two_sides"],
            has_pin=entry["has_pin"],
            zone=entry["zone"],
            state=entry["state"],
            **_in_languages("name", entry["name"]),
        )
    for place, entry in enumerate(data["benefits"]):
        Benefit.objects.create(
            campaign=campaign,
            code=entry["code"],
            position=place,
            **_in_languages("name", entry["name"]),
            **_in_languages("who", entry["who"]),
            **_in_languages("evidence", entry["evidence"]),
        )


def _create_subject(
    campaign: Campaign,
    position: int,
    entry: Mapping[str, Any],
    first_day: date,
    languages: Mapping[str, TestLanguage],
) -> None:
    day = first_day + timedelta(days=entry["day"])
    start = datetime.combine(day, time.fromisoformat(entry["hour"]))
    subject = Subject.objects.create(
        campaign=campaign,
        code=entry["code"],
        position=position,
        price=entry["price"],
        compulsory=entry["compulsory"],
        starts_at=timezone.make_aware(start),
        minutes=entry["minutes"],
        **_in_languages("name", entry["name"]),
        **_in_languages("hint", entry["hint"]),
    )
    subject.languages.set([languages[code] for code in entry["languages"]])


def _create_milestones(
    campaign: Campaign, data: Mapping[str, Any], closes_at: datetime, first_day: date
) -> None:
    days = {"registration-ends": timezone.localdate(closes_at), "test-begins": first_day}
    for entry in data["milestones"]:
        Milestone.objects.create(
            campaign=campaign, day=days[entry["code"]], **_in_languages("name", entry["name"])
        )


def _in_languages(stem: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {f"{stem}_{code}": texts[code] for code in LANGUAGES}


def _read(preset: str) -> dict[str, Any]:
    text = files(__name__).joinpath(f"{preset}.json").read_text(encoding="utf-8")
    return dict(json.loads(text))
