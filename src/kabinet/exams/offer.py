"""What a campaign offers to choose from, kept in memory until somebody changes the campaign.

Every page of the form needs these lists, and they change a few times a year: an edition mark on
the campaign says when, so that a page costs no statement for them.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import Model

from kabinet.exams.models import (
    Benefit,
    Campaign,
    DocumentKind,
    Subject,
    Territory,
    TestLanguage,
)

_CAMPAIGNS_KEPT = 8

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Offer:
    """All choosable rows of a campaign, in their order. ``languages_of``: subject code → codes."""

    document_kinds: tuple[DocumentKind, ...]
    languages: tuple[TestLanguage, ...]
    subjects: tuple[Subject, ...]
    benefits: tuple[Benefit, ...]
    regions: tuple[Territory, ...]
    districts: tuple[Territory, ...]
    languages_of: Mapping[str, frozenset[str]]

    @property
    def compulsory(self) -> list[Subject]:
        return [subject for subject in self.subjects if subject.compulsory]

    @property
    def optional(self) -> list[Subject]:
        return [subject for subject in self.subjects if not subject.compulsory]

    def taken(self, codes: Iterable[str]) -> list[Subject]:
        """The compulsory subjects and those of ``codes``, in the campaign's order."""
        wanted = set(codes)
        return [item for item in self.subjects if item.compulsory or item.code in wanted]

    def is_offered_in(self, subject: Subject, language: str) -> bool:
        codes = self.languages_of[subject.code]
        return not codes or language in codes

    def districts_of(self, region: Territory) -> list[Territory]:
        return [part for part in self.districts if part.parent_id == region.pk]

    def kind(self, key: int | None) -> DocumentKind | None:
        return _by_key(self.document_kinds, key)

    def language(self, key: int | None) -> TestLanguage | None:
        return _by_key(self.languages, key)

    def territory(self, key: int | None) -> Territory | None:
        return _by_key(self.regions + self.districts, key)


def offer_of(campaign: Campaign) -> Offer:
    return _read(campaign.pk, campaign.edition)


def renew_edition(*, instance: Any, **_signal: Any) -> None:
    """Receiver for "something a campaign offers was saved, deleted or linked": a new edition."""
    owner = getattr(instance, "campaign_id", None)
    touched = Campaign.objects.filter(pk=owner) if owner else Campaign.objects.all()
    touched.update(edition=uuid.uuid4())


@lru_cache(maxsize=_CAMPAIGNS_KEPT)
def _read(campaign: int, edition: uuid.UUID) -> Offer:
    subjects = tuple(Subject.objects.filter(campaign=campaign).prefetch_related("languages"))
    territories = tuple(Territory.objects.all())
    return Offer(
        document_kinds=tuple(DocumentKind.objects.filter(campaign=campaign)),
        languages=tuple(TestLanguage.objects.filter(campaign=campaign)),
        subjects=subjects,
        benefits=tuple(Benefit.objects.filter(campaign=campaign)),
        regions=tuple(place for place in territories if place.parent_id is None),
        districts=tuple(place for place in territories if place.parent_id is not None),
        languages_of={
            subject.code: frozenset(language.code for language in subject.languages.all())
            for subject in subjects
        },
    )


def _by_key(rows: Iterable[Row], key: int | None) -> Row | None:
    return next((row for row in rows if row.pk == key), None)
