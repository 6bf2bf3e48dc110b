"""What a person is told when a file is not taken: what is the matter, then what to do."""

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kabinet.ui.sentences import Sentence


def too_big(*, size_mb: float, limit_mb: int) -> str:
    size = number_format(size_mb, decimal_pos=0 if float(size_mb).is_integer() else 1)
    return _("Файл %(size)s МБ, можно до %(limit)s МБ. Снимите фото ещё раз камерой телефона") % {
        "size": size,
        "limit": limit_mb,
    }


def wrong_type(*, found: str) -> str:
    return _("Файл %(found)s не подойдёт. Выберите фото JPG, PNG, WebP или HEIC") % {"found": found}


def too_many_pixels(*, megapixels: int, limit: int) -> str:
    return _(
        "В снимке %(megapixels)s Мп, можно до %(limit)s Мп. Снимите ещё раз с обычным качеством"
    ) % {"megapixels": megapixels, "limit": limit}


def too_small(*, width: int, height: int, limit: int) -> str:
    return _(
        "Снимок мелкий: %(width)s × %(height)s точек, нужно хотя бы %(limit)s по короткой стороне. "
        "Снимите ещё раз и выберите сам снимок, не копию из переписки"
    ) % {"width": width, "height": height, "limit": limit}


def too_many_pages(*, pages: int, limit: int) -> str:
    return ngettext(
        "В PDF %(pages)s страница, можно до %(limit)s. Оставьте только нужные страницы",
        "В PDF %(pages)s страниц, можно до %(limit)s. Оставьте только нужные страницы",
        pages,
    ) % {"pages": pages, "limit": limit}


SENTENCES: Mapping[str, Sentence] = {
    "upload.empty": lambda: _("Файл пустой. Выберите его ещё раз или снимите новое фото"),
    "upload.too_big": too_big,
    "upload.wrong_type": wrong_type,
    "upload.unknown_type": lambda: _(
        "Этот файл не похож на фото. Выберите фото JPG, PNG, WebP или HEIC"
    ),
    "upload.too_many_pixels": too_many_pixels,
    "upload.too_small": too_small,
    "upload.damaged": lambda: _(
        "Файл не открывается: он повреждён или передан не целиком. "
        "Выберите его ещё раз или снимите новое фото"
    ),
    "upload.animated": lambda: _("Это движущаяся картинка. Выберите обычное фото"),
    "upload.too_many_scans": lambda **_blanks: _(
        "Файл сохранён так, что его не открыть быстро. Снимите фото ещё раз камерой телефона"
    ),
    "upload.took_too_long": lambda: _(
        "Файл открывается слишком долго. Снимите фото ещё раз камерой телефона"
    ),
    "upload.encrypted": lambda: _(
        "PDF закрыт паролем. Сохраните его без пароля или сфотографируйте документ"
    ),
    "upload.too_many_pages": too_many_pages,
    "upload.busy": lambda: _(
        "Сейчас загружают много файлов. Подождите минуту и нажмите «Повторить»"
    ),
}
