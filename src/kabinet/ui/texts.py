"""Texts that are data, in three languages at once (names of subjects, benefits, campaigns)."""

from typing import Any

from django.db import models
from django.utils.translation import get_language


def in_language(thing: Any, stem: str) -> str:
    """``thing.<stem>_<language>`` in the language of the page, in Russian where it is empty."""
    language = (get_language() or "ru")[:2]
    return str(getattr(thing, f"{stem}_{language}", "") or getattr(thing, f"{stem}_ru"))


class Named(models.Model):
    """A row with a name in Russian, Kyrgyz and English."""

    name_ru = models.CharField("название по-русски", max_length=160)
    name_ky = models.CharField("аталышы кыргызча", max_length=160, blank=True)
    name_en = models.CharField("name in English", max_length=160, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self, "name")

    @property
    def names(self) -> dict[str, str]:
        """All three, for what must be kept as it was (a charge's lines, a receipt)."""
        return {
            "ru": self.name_ru,
            "ky": self.name_ky or self.name_ru,
            "en": self.name_en or self.name_ru,
        }
