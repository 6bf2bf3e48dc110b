"""Answers of the model child as values, believed only as far as they are well formed.

A child that was taken over by a picture may say anything; what it says is stored and later shown.
So it is taken apart strictly, down to every word, and put together anew.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass, replace
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from kabinet.core.passport.document import Reading
from kabinet.core.photo.decode import CaptureFacts
from kabinet.core.photo.judging import declared
from kabinet.core.photo.messages import message
from kabinet.core.photo.report import RULES, Report

LONGEST_TEXT = 200
MOST_ITEMS = 100


class Crooked(ValueError):
    """The answer is not of the form that an honest child gives."""


def plain(answer: Report | Reading) -> dict[str, Any]:
    """As data that JSON can carry; dates in ISO form."""
    data: dict[str, Any] = json.loads(json.dumps(asdict(answer), default=date.isoformat))
    return data


def face_report_from(data: Any) -> Report:
    """The report of a face photo out of plain data; raises Crooked."""
    report: Report = _made(Report, data)
    try:
        for rule in report.rules:
            RULES.index(rule.rule)
            message(rule.message_key, rule.params)
    except (LookupError, ValueError) as error:
        raise Crooked(str(error)) from error
    return report


def reading_from(data: Any) -> Reading:
    """The reading of an identity document out of plain data; raises Crooked."""
    reading: Reading = _made(Reading, data)
    return reading


def with_facts(report: Report, facts: Mapping[str, Any]) -> Report:
    """The report, told what the file had said of itself before it was made safe (ruling 25)."""
    taken = facts.get("captured_at")
    shown = datetime.fromisoformat(taken).strftime("%d.%m.%Y %H:%M") if taken else ""
    told = {
        rule.rule: rule
        for rule in declared(CaptureFacts(taken=shown, software=facts.get("software") or ""))
    }
    return replace(report, rules=tuple(told.get(rule.rule, rule) for rule in report.rules))


def _made(kind: Any, data: Any) -> Any:
    """A value of that type out of plain data, or Crooked."""
    origin, inner = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return _made_dataclass(kind, data)
    if origin is Literal:
        return _checked(data, isinstance(data, str) and data in inner)
    if origin in (Union, UnionType):
        return _made_union(inner, data)
    if origin is tuple:
        return _made_tuple(inner, data)
    if origin is dict:
        _checked(data, isinstance(data, dict) and len(data) <= MOST_ITEMS)
        return {_made(str, name): _made(inner[1], value) for name, value in data.items()}
    return _made_plain(kind, data)


def _made_dataclass(kind: Any, data: Any) -> Any:
    hints = get_type_hints(kind)
    names = {field.name for field in fields(kind)}
    _checked(data, isinstance(data, dict) and data.keys() == names)
    return kind(**{name: _made(hints[name], data[name]) for name in names})


def _made_union(kinds: tuple[Any, ...], data: Any) -> Any:
    if data is None:
        return _checked(data, NoneType in kinds)
    for kind in kinds:
        try:
            return _made(kind, data)
        except Crooked:
            continue
    raise Crooked(repr(data)[:LONGEST_TEXT])


def _made_tuple(kinds: tuple[Any, ...], data: Any) -> Any:
    _checked(data, isinstance(data, list) and len(data) <= MOST_ITEMS)
    if kinds[-1] is Ellipsis:
        return tuple(_made(kinds[0], item) for item in data)
    _checked(data, len(data) == len(kinds))
    return tuple(map(_made, kinds, data))


def _made_plain(kind: Any, data: Any) -> Any:
    if kind is str:
        return _checked(data, type(data) is str and len(data) <= LONGEST_TEXT)
    if kind is float:
        return _checked(data, type(data) in (int, float) and math.isfinite(data))
    if kind is date:
        try:
            return date.fromisoformat(data)
        except (TypeError, ValueError) as error:
            raise Crooked(repr(data)[:LONGEST_TEXT]) from error
    return _checked(data, type(data) is kind)


def _checked(data: Any, is_right: bool) -> Any:
    if not is_right:
        raise Crooked(repr(data)[:LONGEST_TEXT])
    return data
