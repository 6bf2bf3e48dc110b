"""Whether this installation can see: the one place where the optional extra `docread` is tried.

Without it, or without the language file, documents stay unread and everything else works.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Protocol

from PIL import Image

from kabinet.core.passport.document import Reading
from kabinet.core.passport.language_file import TRAINEDDATA
from kabinet.core.passport.limits import Limits


class See(Protocol):
    """Looks at a decoded picture."""

    def __call__(self, picture: Image.Image, *, limits: Limits) -> Reading: ...


@cache
def _tried() -> tuple[See | None, str]:
    """Tried at the first reading and not before: a web process that only compares stays small."""
    try:
        seeing = import_module("kabinet.core.passport.seeing")
    except ImportError as error:
        if (error.name or "").startswith("kabinet"):
            raise
        return None, error.name or str(error)
    return seeing.see, ""


def why_blind() -> str:
    """What must be installed before documents can be read; "" when nothing is missing."""
    see, missing = _tried()
    if see is None:
        return f"the extra docread is not installed ({missing})"
    if not TRAINEDDATA.exists():
        return "run python -m kabinet.core.passport.models_setup first"
    return ""


def load() -> None:
    """Load every engine now, for a process that may open no file later. Nothing while blind."""
    if not why_blind():
        import_module("kabinet.core.passport.seeing").load()


def eyes() -> See | None:
    """What looks at pictures, or None while something is missing."""
    return None if why_blind() else _tried()[0]
