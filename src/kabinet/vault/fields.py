"""Columns whose content is sealed (AES-256-GCM) under the installation's keys.

``context`` (the column) and the primary key (the row) are bound into the seal: a value copied
into another column or another person's row does not open. Such a column cannot be searched;
keep a blind index beside it (``core.cipher.blind_index``).

Since the row is part of the seal, a sealed column is written by ``save()`` (or ``bulk_create``)
of a row that knows its key, never by ``QuerySet.update()``. It is opened at first use, so a
list that does not show it does not pay for it.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute

from kabinet.core import cipher
from kabinet.vault.keys import ring


class SealedWithoutRow(TypeError):
    """A sealed column was to be written by something that does not know the row's key."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What lies in the column: bytes that open only in their own row."""

    data: bytes = field(repr=False)


class SealedAttribute(DeferredAttribute):
    """The value of a sealed column, opened when somebody first asks for it."""

    field: "SealedTextField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Sealed):
            value = instance.__dict__[self.field.attname] = self.field.opened(value, instance)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.Field):  # type: ignore[type-arg]
    """Text, sealed at rest. Empty text is stored empty."""

    descriptor_class = SealedAttribute

    def __init__(self, *args: Any, context: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.context = context

    def get_internal_type(self) -> str:
        return "BinaryField"

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "context": self.context}

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed:
        text = self.written(getattr(model_instance, self.attname))
        if not text:
            return Sealed(b"")
        return Sealed(cipher.seal(ring(), text.encode(), context=self._bound_to(model_instance)))

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise SealedWithoutRow(f"{self.context}: save the row instead of updating the column")
        return connection.Database.Binary(value.data)  # type: ignore[attr-defined]

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        return Sealed(bytes(value)) if value else self.read("")

    def value_to_string(self, obj: models.Model) -> str:
        return self.written(self.value_from_object(obj))

    def opened(self, value: Sealed, instance: models.Model) -> Any:
        """The value; SealBroken or UnknownKey when it is not this row's, or was changed."""
        sealed, bound = value.data, self._bound_to(instance)
        return self.read(cipher.open_sealed(ring(), sealed, context=bound).decode())

    def written(self, value: Any) -> str:
        return str(value or "")

    def read(self, text: str) -> Any:
        return text

    def _bound_to(self, instance: models.Model) -> bytes:
        if instance.pk is None:
            raise SealedWithoutRow(f"{self.context}: the row has no key yet")
        return f"{self.context}\0{instance.pk}".encode()


class SealedJSONField(SealedTextField):
    """JSON, sealed at rest. Nothing is the empty object."""

    def written(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else ""

    def read(self, text: str) -> Any:
        return json.loads(text) if text else {}
