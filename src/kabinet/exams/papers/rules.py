"""What the photo of the face has to be like (S13), in words, and which measures stand for each rule.

Who breaks these rules is not admitted to the test, so they stand beside the photo before it is
taken. A program says at once what it sees; a person of the centre judges each of them.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Rule:
    """``measures``: names of ``core.photo.report.RULES``; each of those belongs to one rule here."""

    title: Promise
    how: Promise | str
    measures: tuple[str, ...]


FACE = (  # in the order in which they are worth mending: without light and a face nothing else helps
    Rule(
        _("Лицо одно, по центру, смотрит прямо в камеру"),
        _("Телефон держит другой человек, на уровне глаз"),
        ("file", "one_face", "framing", "head_straight", "gaze"),
    ),
    Rule(_("Лицо крупное, резкое, хорошо освещено"), "", ("size", "exposure", "sharpness")),
    Rule(
        _("Фон белый или почти белый, без предметов и теней"),
        _("Встаньте на шаг от стены, лицом к окну. Вспышку выключите"),
        ("background_even", "background_colour"),
    ),
    Rule(
        _("Оба глаза открыты, лицо спокойное, без улыбки"),
        "",
        ("eyes_open", "red_eye", "expression", "mouth_closed"),
    ),
    Rule(_("Цветное фото, как в паспорте"), "", ("colour",)),
    Rule(_("Без очков и маски"), "", ("glasses", "mask")),
    Rule(
        _("Без головного убора, шарфа и высокой причёски"),
        _("На снимке нет других людей, животных и вещей"),
        ("head_covering",),
    ),
    Rule(
        _("Снято не раньше 6 месяцев назад и не обработано"),
        "",
        ("retouching", "rephotographed", "age"),
    ),
)
