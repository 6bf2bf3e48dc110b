"""What an anonymous visitor is in the middle of: an address whose code is awaited, or was right.

It lies in the visitor's own session with the id of the code, so a code works only where it was
asked for; what is proven there is forgotten after a quarter of an hour.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from kabinet.people import codes


@dataclass(frozen=True)
class Pending:
    """``facts``: what was typed beside the address. ``code_id``: empty while no letter could be sent.

    ``proven_at``: seconds since 1970, 0 if not yet.
    """

    email: str
    purpose: str
    facts: Mapping[str, str] = field(default_factory=dict)
    code_id: str = ""
    proven_at: float = 0

    @property
    def is_proven(self) -> bool:
        return self.proven_at > timezone.now().timestamp() - codes.LIFE.total_seconds()


def keep(request: HttpRequest, pending: Pending) -> None:
    request.session[_key(pending.purpose)] = asdict(pending)


def of(request: HttpRequest, purpose: str) -> Pending | None:
    kept: dict[str, Any] | None = request.session.get(_key(purpose))
    return Pending(**kept) if kept else None


def proven(request: HttpRequest, purpose: str) -> Pending | None:
    found = of(request, purpose)
    return found if found and found.is_proven else None


def prove(request: HttpRequest, pending: Pending) -> None:
    """The right code was typed. A new session key: who planted the session must not go on in it."""
    if not request.user.is_authenticated:
        request.session.cycle_key()
    keep(request, replace(pending, proven_at=timezone.now().timestamp()))


def forget(request: HttpRequest, purpose: str) -> None:
    request.session.pop(_key(purpose), None)


def _key(purpose: str) -> str:
    return f"code.{purpose}"
