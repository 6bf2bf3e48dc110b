"""Changing the installation's key: everything sealed under an older one is sealed anew.

Put the new key first in KABINET_SEAL_KEYS, restart, run ``kabinet rotate-keys``; when it says
that nothing is left, the old key may go. Blobs are not touched: only their keys are sealed
under the installation's. May be stopped and started again at any time, also while people work.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction

from kabinet.core import cipher
from kabinet.vault.fields import Sealed, SealedTextField
from kabinet.vault.keys import ring

CHUNK = 200


@dataclass(frozen=True)
class SealedColumn:
    """A binary column whose room seals it by itself, and how it names the row in the seal."""

    label: str
    column: str
    context: Callable[[Any], bytes]


_columns: list[SealedColumn] = []


def register(label: str, column: str, context: Callable[[Any], bytes]) -> None:
    """Tell of a sealed column that is no ``SealedTextField``: ``"app.Model"``, its name, row → context."""
    _columns.append(SealedColumn(label, column, context))


def rotate() -> Iterator[tuple[str, int]]:
    """Seal anew what is sealed under an older key; yields the column's name and how many rows."""
    for model, field in _fields():
        yield f"{model._meta.label}.{field.name}", _reseal_field(model, field)
    for column in _columns:
        yield f"{column.label}.{column.column}", _reseal_column(column)


def missing_keys() -> Counter[str]:
    """Ids of the keys that seals were made under and that are not given, with how many need each."""
    fields = [(model, field.attname) for model, field in _fields()]
    others = [(apps.get_model(column.label), column.column) for column in _columns]
    seals = (seal for model, column in fields + others for seal in _seals(model, column))
    return Counter(key_id for _, key_id in seals if key_id not in ring().keys)


def _fields() -> Iterator[tuple[type[models.Model], SealedTextField]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedTextField):
                yield model, field


def _reseal_field(model: type[models.Model], field: SealedTextField) -> int:
    def reseal(row: models.Model) -> None:
        getattr(row, field.attname)  # opened under the older key
        row.save(update_fields=[field.attname])

    return _in_chunks(model, field.attname, reseal)


def _reseal_column(column: SealedColumn) -> int:
    def reseal(row: models.Model) -> None:
        bound = column.context(row)
        plain = cipher.open_sealed(ring(), bytes(getattr(row, column.column)), context=bound)
        setattr(row, column.column, cipher.seal(ring(), plain, context=bound))
        row.save(update_fields=[column.column])

    return _in_chunks(apps.get_model(column.label), column.column, reseal)


def _in_chunks(
    model: type[models.Model], column: str, reseal: Callable[[models.Model], None]
) -> int:
    """Rows are locked while they are rewritten, so that no save in between is undone."""
    stale = list(_stale(model, column))
    for start in range(0, len(stale), CHUNK):
        with transaction.atomic():
            chunk = model._base_manager.select_for_update(of=("self",)).order_by("pk")
            for row in chunk.filter(pk__in=stale[start : start + CHUNK]):
                reseal(row)
    return len(stale)


def _stale(model: type[models.Model], column: str) -> Iterator[Any]:
    return (pk for pk, key_id in _seals(model, column) if key_id != ring().current)


def _seals(model: type[models.Model], column: str) -> Iterator[tuple[Any, str]]:
    """The key of each row and the id of the key it is sealed under."""
    rows = model._base_manager.order_by("pk").values_list("pk", column)
    for pk, value in rows.iterator(chunk_size=CHUNK):
        sealed = value.data if isinstance(value, Sealed) else bytes(value or b"")
        if sealed:
            yield pk, cipher.sealed_under(sealed)
