"""What a charge is for: the room above registers how its things are titled and where they are."""

from collections.abc import Callable
from dataclasses import dataclass

from kabinet.payments.models import Charge


@dataclass(frozen=True)
class Subject:
    title: Callable[[Charge], str]
    back: Callable[[Charge], str]
    where: Callable[[Charge], str]


_subjects: dict[str, Subject] = {}


def register(
    label: str,
    *,
    title: Callable[[Charge], str],
    back: Callable[[Charge], str],
    where: Callable[[Charge], str],
) -> None:
    """``label``: the model's label; ``title`` of the thing, address ``back`` to it, ``where`` to pay."""
    _subjects[label] = Subject(title, back, where)


def subject_of(charge: Charge) -> Subject:
    return _subjects[charge.subject_label]
