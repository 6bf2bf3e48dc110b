"""Template tags: icons, statuses, progress, fields, and how figures and days are written."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.forms import BaseForm, BoundField
from django.forms.widgets import CheckboxInput, FileInput
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext
from phonenumbers import NumberParseException

from kabinet.core import money, phones
from kabinet.ui import icons, statuses

register = template.Library()
FONT_PARTS = ("latin", "cyrillic", "cyrillic-ext")
_NBSP = "\N{NO-BREAK SPACE}"


@register.simple_tag
def icon(name: str) -> SafeString:
    return icons.draw(name)


@register.simple_tag
def status(code: str, text: str = "") -> SafeString:
    """A tag of look.md §6: shape, word, colour; ``text`` overrides the word."""
    known = statuses.STATUSES[code]
    return format_html(
        '<span class="st {}">{}{}</span>', known.look, icons.draw(known.icon), text or known.word
    )


@register.simple_tag
def steps(done: int, total: int, returned: int = 0) -> SafeString:
    """Dashes, one a page of the form; the last ``returned`` of the done ones are red."""
    looks = ["d"] * (done - returned) + ["r"] * returned + [""] * (total - done)
    dashes = format_html_join("", '<i class="{}"></i>', ((look,) for look in looks))
    return format_html('<span class="steps" aria-hidden="true">{}</span>', dashes)


def _counted(counts: Mapping[str, int]) -> list[tuple[str, int, str]]:
    """Look, number and words of every status that occurs, in the order of the bar."""
    found = [(statuses.STATUSES[code], counts.get(code, 0)) for code in statuses.BAR_ORDER]
    return [
        (known.look, number, str(known.counted % {"number": number}))
        for known, number in found
        if number
    ]


@register.simple_tag
def bar(counts: Mapping[str, int], look: str = "") -> SafeString:
    """A stacked bar; ``counts`` is status → number. What has not begun stays the empty ground."""
    whole = sum(counts.values()) or 1
    told = [f"{number} {words}" for _, number, words in _counted(counts)]
    said = ", ".join(told) or gettext("пока никого")
    parts, left = [], 0.0
    for colour, number, _words in _counted(counts):
        width = 100 * number / whole
        if colour not in {"todo", "lock"}:
            parts.append((f"{left:.2f}", f"{width:.2f}", colour))
        left += width
    rects = format_html_join(
        "", '<rect x="{}%" width="{}%" y="-2" height="20" class="k-{}"/>', parts
    )
    return format_html('<svg class="bar {}" role="img" aria-label="{}">{}</svg>', look, said, rects)


@register.simple_tag
def legend(counts: Mapping[str, int]) -> SafeString:
    rows = format_html_join("", '<span><i class="k-{}"></i><b>{}</b> {}</span>', _counted(counts))
    return format_html('<div class="legend">{}</div>', rows)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """Label, hint, error, input: in this order (look.md §5)."""
    return SafeString(bound.as_field_group())


@register.simple_tag
def field_input(bound: BoundField) -> SafeString:
    """The input of a field, with our look also when the widget is Django's own."""
    widget = bound.field.widget
    if isinstance(widget, (CheckboxInput, FileInput)) or getattr(widget, "own_look", False):
        return SafeString(bound.as_widget())
    attrs: dict[str, str | bool] = {"class": f"{widget.attrs.get('class', '')} in".strip()}
    return SafeString(bound.as_widget(attrs=attrs))


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString | str:
    """«Проверьте N полей» with links to the fields; nothing where nothing is wrong."""
    if not form.is_bound or not form.errors:
        return ""
    return render_to_string("ui/error_summary.html", {"form": form, "problems": _problems(form)})


def _problems(form: BaseForm) -> list[tuple[str, str]]:
    """Anchor and first sentence of every field that is wrong, in the order of the page."""
    whole_form = [("", str(sentence)) for sentence in form.non_field_errors()]
    fields = [(first_input(bound), str(bound.errors[0])) for bound in form if bound.errors]
    return whole_form + fields


def first_input(bound: BoundField) -> str:
    """The id of the input that a link to the field should focus."""
    return bound.id_for_label or f"{bound.auto_id}_0"


@register.filter
def is_tick(bound: BoundField) -> bool:
    """A single box to tick: its label stands behind it."""
    return isinstance(bound.field.widget, CheckboxInput)


@register.filter
def invalid(attrs: Mapping[str, Any]) -> bool:
    return attrs.get("aria-invalid") == "true"


@register.simple_tag
def saved(at: datetime | None, problems: int = 0) -> SafeString:
    """«Сохранено в 14:35, два поля нужно исправить»; the place autosave writes into."""
    return format_html(
        '<p class="saved{}" role="status" data-saved>{}<span>{}</span></p>',
        " warn" if problems else "",
        icons.draw("check") if at else icons.draw_hidden("check"),
        saved_words(at, problems) if at else "",
    )


def saved_words(at: datetime, problems: int = 0) -> str:
    """The sentence alone, for the answer of an autosave."""
    local = timezone.localtime(at)
    clock = f"{local:%H:%M}"
    if local.date() == timezone.localdate():
        when = gettext("Сохранено в %(time)s") % {"time": clock}
    else:
        when = gettext("Сохранено %(day)s в %(time)s") % {"day": daymonth(local), "time": clock}
    if not problems:
        return when
    wrong = ngettext(
        "%(count)s поле нужно исправить", "%(count)s поля нужно исправить", problems
    ) % {"count": number_word(problems)}
    return f"{when}, {wrong}"


def number_word(number: int) -> str:
    """Small numbers of fields in words, as one speaks; from four on in digits."""
    words = {1: gettext("одно"), 2: gettext("два"), 3: gettext("три")}
    return words.get(number, str(number))


@register.filter
def phone(e164: str | None) -> str:
    """``+996 555 204 118``; what is no number of any plan stays as it is."""
    try:
        return phones.show(e164) if e164 else ""
    except NumberParseException:
        return str(e164)


@register.filter
def som(tyiyn: int | None) -> str:
    """Tyiyn → «1 000 сом»."""
    return "" if tyiyn is None else money.show_som(tyiyn, unit=gettext("сом"))


@register.filter
def nbsp(text: Any) -> str:
    return str(text).replace(" ", _NBSP)


def daymonth(day: date | datetime | None) -> str:
    """«9 марта», «9-март», "9 March"."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    month = _months()[day.month - 1]
    return f"{day.day}-{month}" if _language() == "ky" else f"{day.day}{_NBSP}{month}"


def daymonthyear(day: date | datetime | None) -> str:
    """«9 марта 2027», «2027-ж. 9-март», "9 March 2027"."""
    if day is None:
        return ""
    if _language() == "ky":
        return f"{day.year}-ж.{_NBSP}{daymonth(day)}"
    return f"{daymonth(day)}{_NBSP}{day.year}"


@register.filter("daymonth")
def unbroken_daymonth(day: date | datetime | None) -> str:
    """For a page: no line ends within «9-март»."""
    return _unbroken(daymonth(day))


@register.filter("daymonthyear")
def unbroken_daymonthyear(day: date | datetime | None) -> str:
    return _unbroken(daymonthyear(day))


def _unbroken(day: str) -> str:
    return day.replace("-", "-\N{WORD JOINER}")


def _language() -> str:
    return (get_language() or "ru")[:2]


_MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ky": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "en": "January February March April May June July August September October November December",
}


def _months() -> list[str]:
    return _MONTHS.get(_language(), _MONTHS["ru"]).split()


@register.filter
def days_left(end: datetime | None) -> str:
    """«осталось 12 дней», «последний день»; empty once it is over."""
    if end is None or end <= timezone.now():
        return ""
    days = (timezone.localdate(end) - timezone.localdate()).days
    if days == 0:
        return gettext("последний день")
    return ngettext("остался %(days)s день", "осталось %(days)s дней", days) % {"days": f"{days}"}


@register.filter
def milestone_look(day: date) -> str:
    """Past days are filled, the next one to come is lit (look.md, sign-in)."""
    return "dn" if day < timezone.localdate() else ""


@register.simple_tag
def next_of(milestones: Iterable[Any]) -> date | None:
    """The nearest day that is not over."""
    today = timezone.localdate()
    return min((stone.day for stone in milestones if stone.day >= today), default=None)


@register.simple_tag
def countdown(end: datetime) -> SafeString:
    """Days that are left; on the last day the script counts the seconds, by the server's clock."""
    return format_html(
        '<time data-countdown datetime="{}" data-now="{}">{}</time>',
        end.isoformat(),
        timezone.now().isoformat(),
        days_left(end),
    )


@register.inclusion_tag("ui/languages.html", takes_context=True)
def languages(context: Context, form: str = "language") -> dict[str, Any]:
    """The switch КЫР РУС ENG; ``form`` is the id of the page's main form."""
    request = context.get("request")
    return {
        "form": form,
        "current": _language(),
        "languages": [
            ("ky", "КЫР", "Кыргызча"),
            ("ru", "РУС", "Русский"),
            ("en", "ENG", "English"),
        ],
        "back": request.get_full_path() if request else "/",
        "csrf_token": context.get("csrf_token"),
    }


_MODULES = (
    "autosave",
    "calendar",
    "confirm",
    "countdown",
    "idle",
    "keep",
    "keys",
    "page",
    "password",
    "share",
    "upload",
)


@register.simple_tag
def start_script() -> SafeString:
    """The one script every page loads; it fetches the others only where a page needs them."""
    addresses = format_html_join(
        "", ' data-at-{}="{}"', ((name, static(f"ui/{name}.js")) for name in _MODULES)
    )
    return format_html(
        '<script type="module" id="start" src="{}"{}></script>', static("ui/start.js"), addresses
    )


@lru_cache
def _has_own_font() -> bool:
    return finders.find("ui/vendor/onest.css") is not None


@register.simple_tag
def own_font() -> list[str]:
    """Addresses of the typeface's files, where ``make assets`` has laid them; else the system's serves.

    All are asked for at once: with ``font-display: optional`` a part that comes late is not used, and a
    page of two typefaces would look broken.
    """
    return (
        [static(f"ui/vendor/onest-{part}.woff2") for part in FONT_PARTS] if _has_own_font() else []
    )
