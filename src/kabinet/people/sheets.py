"""«Доступы выпускников»: the sheet with everybody's login, and first passwords only while unused."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from kabinet.core.sheets import Column, write_sheet
from kabinet.people.handouts import Handout


def accesses_sheet(rows: Iterable[Handout]) -> bytes:
    """XLSX; every cell is text. The link is the plain door: the QR's token stays on the slip."""
    address = f"{settings.ADDRESS}{reverse('account_login')}"
    columns = [
        Column(_("ФИО"), 34),
        Column(_("Телефон"), 18),
        Column(_("Номер абитуриента"), 20),
        Column(_("Ссылка"), 34),
        Column(_("Первый пароль"), 20),
    ]
    lines = (
        (row.full_name, row.phone, row.number, address, row.first_password or row.state)
        for row in rows
    )
    return write_sheet(columns, lines, title=_("Доступы"))
