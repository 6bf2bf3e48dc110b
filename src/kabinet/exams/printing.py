"""The completed form as a PDF, with the signed receipt printed as a QR and attached as a file."""

import io
import json
from importlib.resources import files
from typing import Any

import segno
import typst
from django.contrib.staticfiles import finders
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kabinet.core import phones
from kabinet.core.canonical import canonical_json
from kabinet.core.credentials import show_applicant_number
from kabinet.core.money import show_som
from kabinet.exams import pages, queries
from kabinet.exams.models import Application, Submission
from kabinet.exams.receipts import FILE_NAME
from kabinet.ui.templatetags.kabinet import daymonthyear

_TEMPLATE = "form.typ"


def form_pdf(application: Application) -> bytes:
    """The newest version; the form must be completed."""
    submission = application.submissions.order_by("-version")[0]
    receipt = canonical_json(submission.receipt)
    source = files(__package__).joinpath(_TEMPLATE).read_bytes()
    # The stubs do not know yet that several files may be handed over by name.
    made: bytes = typst.compile(  # type: ignore[call-overload]
        {
            "main.typ": source,
            "data.json": json.dumps(_content(application, submission)).encode(),
            "qr.svg": _qr(receipt.decode()),
            FILE_NAME: receipt,
        },
        font_paths=_font_folders(),
        ignore_system_fonts=True,
    )
    return made


def _content(application: Application, submission: Submission) -> dict[str, Any]:
    return {
        "language": (get_language() or "ru")[:2],
        "title": _("Бланк регистрации на ОРТ"),
        "campaign": application.campaign.name,
        "number": show_applicant_number(application.applicant.number),
        "facts": _facts(application, submission),
        "sections": [_section(application, page) for page in pages.PAGES],
        "price": _price(application),
        "statement": application.campaign.statement,
        "texts": {
            "number": _("Номер абитуриента"),
            "scan": _("Подписанная расписка: её можно проверить без интернета"),
            "nothing": _("не указано"),
            "sum": _("К оплате"),
        },
    }


def _facts(application: Application, submission: Submission) -> list[list[str]]:
    applicant = application.applicant
    completed = localtime(submission.issued_at)
    phone = applicant.phone or applicant.contact_phone
    return [
        [_("Фамилия, имя, отчество"), applicant.full_name],
        [_("Телефон"), phones.show(phone) if phone else ""],
        [_("Школа"), str(application.school)],
        [_("Завершён"), f"{daymonthyear(completed)}, {completed:%H:%M}"],
        [_("Версия"), localize(submission.version)],
    ]


def _section(application: Application, page: pages.Page) -> dict[str, Any]:
    rows = [[str(row.label), ", ".join(row.values)] for row in page.rows(application)]
    return {"title": str(page.title), "rows": rows}


def _price(application: Application) -> dict[str, Any]:
    charge = queries.charge_of(application)
    lines = charge.lines if charge else queries.price_lines(application)
    language = (get_language() or "ru")[:2]
    return {
        "lines": [
            [line["name"].get(language) or line["name"]["ru"], _som(line["tyiyn"])]
            for line in lines
        ],
        "sum": _som(sum(line["tyiyn"] for line in lines)),
    }


def _som(tyiyn: int) -> str:
    return show_som(tyiyn, unit=_("сом"))


def _qr(text: str) -> bytes:
    drawing = io.BytesIO()
    segno.make(text, error="l", micro=False).save(drawing, kind="svg", border=0)
    return drawing.getvalue()


def _font_folders() -> list[str]:
    """Where ``make assets`` laid Onest; without it typst's own fonts serve."""
    return [folder] if (folder := finders.find("ui/vendor")) else []
