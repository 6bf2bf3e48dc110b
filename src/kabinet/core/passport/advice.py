"""What to tell people about a picture or a difference: keys here, sentences in three languages.

Each sentence says what to do and then why. The keys are what the library returns; command line
and pages look the sentences up here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from kabinet.core.passport.document import Reading
from kabinet.core.passport.fingerprints import same_picture

Slot = Literal["front", "back", "page"]

SENTENCES: Final[Mapping[str, Mapping[str, str]]] = {
    "document-not-a-picture": {
        "ru": "Выберите снимок в формате JPEG, PNG, WebP или HEIC: этот файл открыть нельзя.",
        "ky": "JPEG, PNG, WebP же HEIC форматындагы сүрөттү тандаңыз: бул файл ачылбайт.",
        "en": "Choose a picture in JPEG, PNG, WebP or HEIC: this file cannot be opened.",
    },
    "document-too-small": {
        "ru": "Подойдите ближе, чтобы документ занял весь кадр: сейчас буквы слишком мелкие.",
        "ky": "Документ кадрды толук ээлегендей жакыныраак барыңыз: азыр тамгалар өтө майда.",
        "en": "Move closer until the document fills the frame: its letters are too small now.",
    },
    "document-dark": {
        "ru": "Снимите у окна или включите свет: снимок слишком тёмный.",
        "ky": "Терезенин жанында тартыңыз же жарыкты күйгүзүңүз: сүрөт өтө караңгы.",
        "en": "Take it by a window or switch on the light: the picture is too dark.",
    },
    "document-blur": {
        "ru": "Держите телефон неподвижно и коснитесь документа на экране: снимок нерезкий.",
        "ky": "Телефонду кыймылдатпай кармап, экрандагы документке тийиңиз: сүрөт даана эмес.",
        "en": "Hold the phone still and tap the document on the screen: the picture is blurred.",
    },
    "document-glare": {
        "ru": "Наклоните документ или выключите вспышку: блик закрывает часть текста.",
        "ky": "Документти эңкейтиңиз же вспышканы өчүрүңүз: жаркыроо тексттин бир бөлүгүн жаап турат.",
        "en": "Tilt the document or switch off the flash: a gleam covers a part of the text.",
    },
    "document-cropped": {
        "ru": "Снимите документ целиком, со всеми четырьмя краями: часть его осталась за кадром.",
        "ky": "Документти төрт чети менен толук тартыңыз: анын бир бөлүгү кадрга батпай калды.",
        "en": "Photograph the whole document with all four edges: a part of it is outside the frame.",
    },
    "document-greyscale": {
        "ru": "Снимите сам документ, а не его копию: снимок похож на чёрно-белую копию.",
        "ky": "Көчүрмөнү эмес, документтин өзүн тартыңыз: сүрөт ак-кара көчүрмөгө окшош.",
        "en": "Photograph the document itself, not a copy: this looks like a black-and-white copy.",
    },
    "document-wrong-side-front": {
        "ru": "Переверните документ и снимите лицевую сторону, с фотографией: здесь оборотная.",
        "ky": "Документти которуп, сүрөтү бар бет жагын тартыңыз: бул арткы жагы.",
        "en": "Turn the document over and photograph the front, with the portrait: this is the back.",
    },
    "document-wrong-side-back": {
        "ru": "Снимите целиком сторону со строками «<<<»: на этом снимке их нет.",
        "ky": "«<<<» саптары бар жагын толук тартыңыз: бул сүрөттө алар жок.",
        "en": "Photograph the whole side with the lines of “<<<”: they are not in this picture.",
    },
    "document-same-side-twice": {
        "ru": "Замените один из снимков: на обоих одна и та же сторона документа.",
        "ky": "Сүрөттөрдүн бирин алмаштырыңыз: экөөндө тең документтин бир эле жагы.",
        "en": "Replace one of the pictures: both show the same side of the document.",
    },
    "document-unread": {
        "ru": "Проверьте, что строки «<<<» видны целиком и резко: прочитать их не удалось.",
        "ky": "«<<<» саптары толук жана даана көрүнөрүн текшериңиз: аларды окуу мүмкүн болбоду.",
        "en": "Check that the lines of “<<<” are whole and sharp: they could not be read.",
    },
    "document-doubtful": {
        "ru": "Сверьте прочитанное с документом: не в каждом знаке есть уверенность.",
        "ky": "Окулганды документ менен салыштырыңыз: ар бир белгиге ишеним жок.",
        "en": "Compare what was read with the document: not every character is certain.",
    },
    "compare-match": {
        "ru": "Совпадает с документом.",
        "ky": "Документке дал келет.",
        "en": "The same as in the document.",
    },
    "compare-unknown": {
        "ru": "Сверьте с документом сами: на снимке это не прочитано или поле пустое.",
        "ky": "Документ менен өзүңүз салыштырыңыз: сүрөттөн окулган жок же талаа бош.",
        "en": "Compare with the document yourself: it was not read, or the field is empty.",
    },
    "compare-surname-near": {
        "ru": "Проверьте фамилию: в документе она написана немного иначе.",
        "ky": "Фамилияны текшериңиз: документте ал бир аз башкача жазылган.",
        "en": "Check the surname: the document spells it a little differently.",
    },
    "compare-surname-differs": {
        "ru": "Проверьте фамилию: в документе другая.",
        "ky": "Фамилияны текшериңиз: документте башка.",
        "en": "Check the surname: the document has another one.",
    },
    "compare-given-near": {
        "ru": "Проверьте имя: в документе оно написано немного иначе.",
        "ky": "Атын текшериңиз: документте ал бир аз башкача жазылган.",
        "en": "Check the given name: the document spells it a little differently.",
    },
    "compare-given-differs": {
        "ru": "Проверьте имя: в документе другое.",
        "ky": "Атын текшериңиз: документте башка.",
        "en": "Check the given name: the document has another one.",
    },
    "compare-sex-differs": {
        "ru": "Проверьте пол: в документе указан другой.",
        "ky": "Жынысын текшериңиз: документте башка көрсөтүлгөн.",
        "en": "Check the sex: the document states another.",
    },
    "compare-birth-near": {
        "ru": "Проверьте дату рождения: от документа она отличается одной цифрой или порядком.",
        "ky": "Туулган күнүн текшериңиз: документтен бир цифра же ирети менен айырмаланат.",
        "en": "Check the date of birth: it differs from the document by one digit or by its order.",
    },
    "compare-birth-differs": {
        "ru": "Проверьте дату рождения: в документе другая.",
        "ky": "Туулган күнүн текшериңиз: документте башка.",
        "en": "Check the date of birth: the document has another one.",
    },
    "compare-number-near": {
        "ru": "Проверьте номер документа: один знак не совпадает, похоже на опечатку.",
        "ky": "Документтин номерин текшериңиз: бир белги дал келбейт, ката окшойт.",
        "en": "Check the document number: one character differs, it looks like a slip.",
    },
    "compare-number-differs": {
        "ru": "Проверьте номер документа: в документе другой.",
        "ky": "Документтин номерин текшериңиз: документте башка.",
        "en": "Check the document number: the document has another one.",
    },
    "compare-pin-near": {
        "ru": "Проверьте ПИН: один знак не совпадает, похоже на опечатку.",
        "ky": "ПИНди текшериңиз: бир белги дал келбейт, ката окшойт.",
        "en": "Check the PIN: one character differs, it looks like a slip.",
    },
    "compare-pin-differs": {
        "ru": "Проверьте ПИН: в документе другой.",
        "ky": "ПИНди текшериңиз: документте башка.",
        "en": "Check the PIN: the document has another one.",
    },
}


def advise(reading: Reading, *, slot: Slot | None = None) -> tuple[str, ...]:
    """Keys of what to mend in one picture, the most important first; empty when all is well.

    `slot` is where the picture was put: the side of a card, or a booklet's page; None if unknown.
    """
    if not reading.decoded:
        return ("document-not-a-picture",)
    flaws = [f"document-{name}" for name in _FLAWS if getattr(reading.quality, name)]
    keys = [key.replace("_", "-") for key in flaws] + _side_advice(reading, slot)
    return tuple(keys + _reading_advice(reading, slot, mended=bool(keys)))


def advise_pair(front: Reading, back: Reading) -> tuple[str, ...]:
    """Keys about two pictures together: the same side taken twice."""
    same = same_picture(front.digests, back.digests)
    zones = front.quality.side == back.quality.side == "mrz" and front.format == "TD1"
    return ("document-same-side-twice",) if same or zones else ()


_FLAWS: Final = ("too_small", "dark", "cropped", "glare", "blur", "greyscale")


def _side_advice(reading: Reading, slot: Slot | None) -> list[str]:
    side = reading.quality.side
    if slot == "front" and side == "mrz" and reading.format == "TD1":
        return ["document-wrong-side-front"]
    if slot in ("back", "page") and side == "front":
        return ["document-wrong-side-back"]
    return []


def _reading_advice(reading: Reading, slot: Slot | None, *, mended: bool) -> list[str]:
    """Only asked of a side that should have a zone, and only while nothing better can be said."""
    if not reading.engine or slot == "front" or reading.status == "verified":
        return []
    if reading.status == "none":
        return [] if mended else ["document-unread"]
    return ["document-doubtful"]
