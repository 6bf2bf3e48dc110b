"""The forms of a portfolio's lines, one per kind."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kabinet.portfolio.models.achievements import Told
from kabinet.ui.fields import DateBoxesField, TextField
from kabinet.ui.widgets import LongText


class StoryForm(forms.Form):
    title = TextField(label=_("Название"), max_length=300)
    happened_on = DateBoxesField(label=_("Когда"), required=False, future=True)


class PublicationForm(StoryForm):
    authors = TextField(label=_("Авторы"), max_length=300, required=False)
    published_in = TextField(
        label=_("Где опубликовано"),
        help_text=_("Журнал или сборник, том, страницы"),
        max_length=300,
    )
    indexed_in = TextField(
        label=_("В каких базах"),
        help_text=_("Например, РИНЦ, Scopus"),
        max_length=120,
        required=False,
    )
    address = TextField(label=_("DOI или ссылка"), max_length=200, required=False)
    field_order = ("title", "authors", "published_in", "indexed_in", "address", "happened_on")


class ConferenceForm(StoryForm):
    place = TextField(label=_("Где"), max_length=200, required=False)
    talk = TextField(label=_("Доклад"), max_length=300, required=False)
    field_order = ("title", "place", "talk", "happened_on")


class AchievementForm(StoryForm):
    about = TextField(label=_("Подробнее"), max_length=1000, required=False, widget=LongText)
    field_order = ("title", "about", "happened_on")


FORMS: dict[str, type[StoryForm]] = {
    "publications": PublicationForm,
    "conferences": ConferenceForm,
    "achievements": AchievementForm,
}


def form_of(key: str, data: Any, known: Told | None) -> StoryForm:
    """The form of a kind, filled from a known line."""
    kind = FORMS[key]
    names = kind.base_fields
    initial = {name: getattr(known, name) for name in names} if known else None
    return kind(data, initial=initial)
