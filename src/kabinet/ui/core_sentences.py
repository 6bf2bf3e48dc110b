"""What the rules of ``core`` say to people: a sentence for each of their message keys.

A sentence says what to do; figures agree with their nouns in each language.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kabinet.core import money
from kabinet.ui.sentences import Sentence, register


def _digits_missing(missing: int) -> str:
    return ngettext(
        "В номере не хватает %(n)s цифры", "В номере не хватает %(n)s цифр", missing
    ) % {"n": _counted(missing)}


def _digits_extra(extra: int) -> str:
    return ngettext(
        "В номере %(n)s лишняя цифра. Проверьте его",
        "В номере %(n)s лишних цифр. Проверьте его",
        extra,
    ) % {"n": extra}


def _counted(number: int) -> str:
    """«не хватает одной цифры»: small numbers in words, in the case the sentence needs."""
    words = {1: _("одной"), 2: _("двух"), 3: _("трёх")}
    return words.get(number, str(number))


SENTENCES: dict[str, Sentence] = {
    "phone.wrong": lambda: _("Проверьте номер телефона"),
    "phone.empty": lambda: _("Напишите номер телефона"),
    "phone.not_a_number": lambda: _("Напишите номер телефона цифрами, например 555 123 456"),
    "phone.too_short": _digits_missing,
    "phone.too_long": _digits_extra,
    "phone.unknown_prefix": lambda: _("Проверьте первые цифры номера: такого кода нет"),
    "money.wrong": lambda: _("Проверьте сумму"),
    "money.not_a_number": lambda: _("Напишите сумму цифрами, например 1 000"),
    "money.negative": lambda: _("Напишите сумму без минуса"),
    "money.too_precise": lambda: _("После запятой может быть не больше двух цифр"),
    "money.too_large": lambda most: (
        _("Сумма может быть не больше %(most)s")
        % {"most": money.show_som(most * 100, unit=_("сом"))}
    ),
    "receipt.wrong": lambda: _("Проверьте номер квитанции"),
    "receipt.empty": lambda: _("Напишите номер квитанции"),
    "receipt.too_short": lambda least: (
        _("Перепишите номер квитанции целиком: в нём не меньше %(n)s знаков") % {"n": least}
    ),
    "receipt.too_long": lambda most: (
        _("Напишите только номер квитанции: в нём не больше %(n)s знаков") % {"n": most}
    ),
    "receipt.no_digits": lambda: _("Напишите номер квитанции, в нём есть цифры"),
    "name.not_letters": lambda: _("Напишите имя буквами, как в паспорте"),
    "pin.not_14_digits": lambda: _("В ПИН должно быть 14 цифр. Сверьте его с паспортом"),
    "pin.first_digit": lambda: _("ПИН начинается с 1 или 2. Сверьте его с паспортом"),
    "pin.sex_differs": lambda: _("Первая цифра ПИН не подходит к полу. Сверьте оба поля"),
    "pin.no_such_date": lambda: _("В ПИН нет такой даты рождения. Сверьте его с паспортом"),
    "pin.birth_differs": lambda: _("Дата в ПИН не совпадает с датой рождения. Сверьте оба поля"),
    "signature.wrong": lambda: _("Этот документ выдан не здесь или изменён"),
    "signature.not_a_document": lambda: _("Выберите файл квитанции о подаче: PDF или JSON"),
    "signature.unknown_key": lambda key_id: (
        _("Подписано незнакомым ключом %(key)s") % {"key": key_id}
    ),
    "signature.changed": lambda: _(
        "Документ изменён после подписи. Скачайте его заново в кабинете"
    ),
    "date.no_day": lambda: _("Напишите день цифрами"),
    "date.no_month": lambda: _("Напишите месяц цифрами, от 1 до 12"),
    "date.no_year": lambda: _("Напишите год"),
    "date.short_year": lambda: _("Напишите год четырьмя цифрами"),
    "date.no_such_day": lambda: _("Такого дня нет в этом месяце. Проверьте дату"),
    "date.too_early": lambda year: (
        _("Проверьте год: он не может быть раньше %(year)s") % {"year": year}
    ),
    "date.future": lambda: _("Проверьте дату: этот день ещё не наступил"),
}


def register_all() -> None:
    register(SENTENCES)
