"""Why a DOCX is not taken as a template, and what to do."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from kabinet.portfolio.prefilled.inspecting import BYTES, MEGABYTE, TemplateRefused

_SENTENCES: Mapping[str, Callable[[str], str]] = {
    "empty": lambda _name: _("Файл пустой. Выберите его ещё раз"),
    "too_big": lambda _name: (
        _("Шаблон больше %(limit)s МБ. Уберите из него большие картинки")
        % {"limit": BYTES // MEGABYTE}
    ),
    "not_docx": lambda _name: _("Это не документ Word. Сохраните шаблон как DOCX"),
    "bomb": lambda _name: _("Файл устроен опасно и не принят. Сохраните шаблон в Word заново"),
    "macros": lambda _name: _("В шаблоне есть макросы. Сохраните его как DOCX без макросов"),
    "outside": lambda _name: _(
        "Шаблон берёт части из других файлов. Вставьте картинки в сам документ и отвяжите его"
    ),
    "unknown": lambda name: (
        _("Поля «%(name)s» кабинет не знает. Возьмите имя из списка рядом") % {"name": name}
    ),
    "not_placeholder": lambda _name: _(
        "В фигурных скобках стоит не поле, или скобка не закрыта. Оставьте только поля вида {{ topic }}"
    ),
}


def of(refused: TemplateRefused) -> str:
    return _SENTENCES[refused.key](refused.name)
