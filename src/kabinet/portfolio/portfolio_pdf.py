"""The portfolio as a PDF, for printing and for showing elsewhere."""

import json
from pathlib import Path

import typst
from django.contrib.staticfiles import finders
from django.utils.translation import get_language

from kabinet.portfolio.portfolio_page import Portfolio, as_data

_TEMPLATE = Path(__file__).with_name("portfolio.typ")


def pdf(portfolio: Portfolio) -> bytes:
    page = {**as_data(portfolio), "language": (get_language() or "ru")[:2]}
    made: bytes = typst.compile(
        _TEMPLATE,
        font_paths=_font_folders(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(page, ensure_ascii=False)},
    )
    return made


def _font_folders() -> list[Path]:
    """Where ``make assets`` laid the house's type; without it typst's own fonts serve."""
    folder = finders.find("ui/vendor")
    return [Path(folder)] if folder else []
