"""A reading in the terms of the page «Личные данные»: which field it answers, how that is typed there.

The names of a reading are Latin, protected by no check digit, and belong to the access that the
school opened: they are compared, never filled.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kabinet.core.passport import Reading, Typed
from kabinet.exams import pages
from kabinet.exams.forms import PageForm, Raw
from kabinet.exams.models import Application, DocumentKind
from kabinet.exams.offer import offer_of

FIELDS: Mapping[str, str] = {
    "sex": "sex",
    "birth": "birth_date",
    "number": "document_number",
    "pin": "pin",
}
"""Field of a reading → field of the page."""

KIND = "document_kind"


@dataclass(frozen=True)
class Value:
    """``text`` as a person reads it, ``raw`` as the boxes of the page would send it."""

    text: str
    raw: Raw


def values_of(reading: Reading, application: Application) -> dict[str, Value]:
    """Field of the page → what the document says there; only what was read and is asked."""
    asked = {item.name for item in pages.PERSONAL.fields_of(application.campaign)}
    kind = kind_of(reading, application)
    fields = reading.fields
    told = {
        "sex": _sex(fields.sex) if fields.sex in ("F", "M") else None,
        "birth_date": _birth(fields.birth) if fields.birth else None,
        KIND: Value(kind.name, {KIND: [kind.code]}) if kind else None,
        "document_number": _text("document_number", fields.number),
        "pin": _text("pin", fields.pin),
    }
    return {name: value for name, value in told.items() if value and name in asked}


def kind_of(reading: Reading, application: Application) -> DocumentKind | None:
    """The campaign's kind of document that this is: by its size, its state and its number."""
    fields = reading.fields
    fitting = [
        kind
        for kind in offer_of(application.campaign).document_kinds
        if kind.zone == reading.format and kind.state == fields.country and fields.number
        if not kind.number_pattern or re.fullmatch(kind.number_pattern, fields.number)
    ]
    return fitting[0] if len(fitting) == 1 else None


def typed_in(form: PageForm, application: Application) -> Typed:
    """What stands on the page, also unsaved: numbers as typed even where they are wrong."""
    form.is_valid()
    told, person = form.cleaned_data, application.applicant
    return Typed(
        number=form.shown("document_number"),
        pin=form.shown("pin") if "pin" in form.fields else "",
        birth=told.get("birth_date"),
        sex=told.get("sex", ""),
        surname=person.surname,
        given=person.given_name,
        patronymic=person.patronymic,
    )


def _sex(code: str) -> Value:
    return Value(pages.show_sex(code)[0], {"sex": [code]})


def _birth(day: date) -> Value:
    boxes = {"day": day.day, "month": day.month, "year": day.year}
    raw = {f"birth_date_{name}": [str(number)] for name, number in boxes.items()}
    return Value(pages.show_date(day)[0], raw)


def _text(field: str, text: str) -> Value | None:
    return Value(text, {field: [text]}) if text else None
