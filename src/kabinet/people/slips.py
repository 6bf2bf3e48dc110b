"""«Памятки»: a slip of paper for each person, eight to a page of A4, with a QR that opens the door."""

import io
import json
from collections.abc import Sequence
from pathlib import Path

import segno
import typst
from django.contrib.staticfiles import finders
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kabinet.people.handouts import Handout

_TEMPLATE = Path(__file__).with_name("slips.typ")
MOST = 500  # slips in one file: 63 pages


class NoSlips(Exception):
    """Nobody on the list still needs a first password."""


def parts(total: int) -> list[tuple[int, int]]:
    """First and last place of each file that a list of so many people needs; places count from 1."""
    return [(first, min(first + MOST - 1, total)) for first in range(1, total + 1, MOST)]


def slips_pdf(rows: Sequence[Handout], *, prepare: str | None = None) -> bytes:
    """The PDF with a slip for everyone whose first password is unused; the others are left out.

    ``prepare`` is the last line, by default what a graduate needs for the form. Raises NoSlips, and ValueError for more than ``MOST`` rows.
    """
    if len(rows) > MOST:
        raise ValueError(f"at most {MOST} slips in one file")
    slips = [_slip(row) for row in rows if row.first_password]
    if not slips:
        raise NoSlips
    page = {"slips": slips, "texts": _texts(prepare), "language": (get_language() or "ru")[:2]}
    pdf: bytes = typst.compile(
        _TEMPLATE,
        font_paths=_font_folders(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(page, ensure_ascii=False)},
    )
    return pdf


def _slip(row: Handout) -> dict[str, str]:
    return {
        "name": row.full_name,
        "login": row.login,
        "login_label": _login_label(row),
        "number": row.number,
        "password": row.first_password,
        "address": row.address.partition("#")[0].partition("://")[2],
        "qr": _qr(row.address),
    }


def _login_label(row: Handout) -> str:
    if row.phone:
        return _("Телефон")
    return _("Эл. почта") if row.email else _("Номер")


def _texts(prepare: str | None) -> dict[str, str]:
    if prepare is None:
        prepare = _(
            "Приготовьте: паспорт с двух сторон, фото лица на белом фоне, документ на льготу"
        )
    return {
        "title": _("Вход в личный кабинет"),
        "password": _("Первый пароль"),
        "number": _("Номер абитуриента"),
        "address": _("Адрес"),
        "scan": _("Наведите камеру"),
        "secret": _("Пароль знаете только вы. При первом входе придумайте свой."),
        "prepare": prepare,
    }


def _qr(address: str) -> str:
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None
    )
    return drawing.getvalue().decode()


def _font_folders() -> list[Path]:
    """Where ``make assets`` laid Onest; without it typst's own fonts serve."""
    folder = finders.find("ui/vendor")
    return [Path(folder)] if folder else []
