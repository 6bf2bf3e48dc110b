"""What a verdict says to the person: a title, and what to do and why, in three languages.

Plain data without a translation machine, so that the command line and the web speak alike. Titles
of problems fit both `fails` and `human`; placeholders are the `params` of the result.
"""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from kabinet.core.photo.report import Params

Language = Literal["ru", "ky", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("ru", "ky", "en")


class Text(NamedTuple):
    """`title` is a few words; `advice` may be empty."""

    title: str
    advice: str = ""


def message(key: str, params: Params, language: Language = "ru") -> Text:
    """The text of a message key with its parameters filled in."""
    text = MESSAGES[key][language]
    return Text(text.title.format(**params), text.advice.format(**params))


def _texts(ru: tuple[str, str], ky: tuple[str, str], en: tuple[str, str]) -> dict[Language, Text]:
    return {"ru": Text(*ru), "ky": Text(*ky), "en": Text(*en)}


def _titles(ru: str, ky: str, en: str) -> dict[Language, Text]:
    return {"ru": Text(ru), "ky": Text(ky), "en": Text(en)}


_FILE: Mapping[str, Mapping[Language, Text]] = {
    "file.ok": _titles("Файл читается", "Файл окулат", "The file can be read"),
    "file.unopened": _texts(
        ("Файл не открывается", "Проверьте имя и права: такого файла нет или его нельзя читать."),
        ("Файл ачылбайт", "Атын, укуктарын текшериңиз: андай файл жок же окууга болбойт."),
        ("The file cannot be opened", "Check its name and rights: it is absent or not readable."),
    ),
    "file.too_big": _texts(
        ("Файл {size_mb} МБ, можно до {limit_mb} МБ", "Снимите фото ещё раз камерой телефона."),
        (
            "Файл {size_mb} МБ, {limit_mb} МБга чейин болот",
            "Телефондун камерасы менен кайра тартыңыз.",
        ),
        (
            "The file is {size_mb} MB, the limit is {limit_mb} MB",
            "Take it again with your phone camera.",
        ),
    ),
    "file.too_many_pixels": _texts(
        (
            "Снимок слишком велик",
            "Уменьшите его или снимите камерой телефона: столько точек не нужно.",
        ),
        (
            "Сүрөт өтө чоң",
            "Кичирейтиңиз же телефондун камерасы менен тартыңыз: мынча чекит кереги жок.",
        ),
        (
            "The picture is too large",
            "Shrink it or use a phone camera: so many pixels are not needed.",
        ),
    ),
    "file.wrong_type": _texts(
        (
            "Нужен файл JPG, PNG, WebP или HEIC",
            "Выберите фото из галереи телефона: этот файл не снимок.",
        ),
        (
            "JPG, PNG, WebP же HEIC файл керек",
            "Телефондун галереясынан тандаңыз: бул файл сүрөт эмес.",
        ),
        (
            "Use a JPG, PNG, WebP or HEIC file",
            "Choose a photo from the gallery: this file is not one.",
        ),
    ),
    "file.damaged": _texts(
        (
            "Файл открывается не целиком",
            "Загрузите его ещё раз или снимите заново: часть файла потеряна.",
        ),
        ("Файл толук ачылбайт", "Кайра жүктөңүз же жаңыдан тартыңыз: файлдын бир бөлүгү жоголгон."),
        ("The file opens only in part", "Upload it again or take a new photo: part of it is lost."),
    ),
    "file.animated": _texts(
        ("Это анимация", "Загрузите обычное фото: в бланк идёт один кадр."),
        ("Бул анимация", "Жөнөкөй сүрөт жүктөңүз: бланкка бир кадр коюлат."),
        ("This is an animation", "Upload a plain photo: the form takes one picture."),
    ),
    "file.tiny": _texts(
        (
            "Снимок {width} × {height} точек",
            "Загрузите само фото, не значок: лица на нём не видно.",
        ),
        ("Сүрөт {width} × {height} чекит", "Белгисин эмес, сүрөттүн өзүн жүктөңүз: жүз көрүнбөйт."),
        ("The picture is {width} × {height} pixels", "Upload the photo itself, not an icon."),
    ),
    "unmeasured.no_models": _texts(
        ("Проверит сотрудник", "Программа проверки здесь не установлена."),
        ("Кызматкер текшерет", "Текшерүү программасы бул жерде орнотулган эмес."),
        ("A person will check", "The checking program is not installed here."),
    ),
    "unmeasured.no_face": _texts(
        ("Проверим, когда увидим лицо", "Сначала снимите фото, на котором видно лицо."),
        ("Жүз көрүнгөндө текшеребиз", "Адегенде жүз көрүнгөн сүрөт тартыңыз."),
        ("Checked once a face is seen", "First take a photo that shows the face."),
    ),
    "unmeasured.hidden": _texts(
        ("Проверит сотрудник", "Это место на снимке не видно."),
        ("Кызматкер текшерет", "Бул жер сүрөттө көрүнбөйт."),
        ("A person will check", "This place cannot be seen on the photo."),
    ),
}

_FACE: Mapping[str, Mapping[Language, Text]] = {
    "one_face.ok": _titles("На фото одно лицо", "Сүрөттө бир жүз", "One face"),
    "one_face.none": _texts(
        ("Лица не видно", "Снимите лицо прямо, без маски и тёмных очков: программа его не нашла."),
        ("Жүз көрүнбөйт", "Маскасыз, кара көз айнексиз түз тартыңыз: программа жүздү тапкан жок."),
        ("No face is seen", "Face the camera without mask or dark glasses: no face was found."),
    ),
    "one_face.uncertain": _texts(
        (
            "Лицо видно плохо",
            "Подойдите ближе и повернитесь к окну: лицо должно быть хорошо видно.",
        ),
        ("Жүз начар көрүнөт", "Жакындап, терезеге карап туруңуз: жүз жакшы көрүнүшү керек."),
        ("The face is hard to see", "Come closer and face a window: the face must be clear."),
    ),
    "one_face.second": _texts(
        ("На фото ещё одно лицо", "Снимитесь одни: на фото должен быть только выпускник."),
        ("Сүрөттө дагы бир жүз бар", "Жалгыз тартылыңыз: сүрөттө бүтүрүүчү гана болушу керек."),
        ("There is another face", "Be alone on the photo: it shows the graduate only."),
    ),
    "size.ok": _titles("Лицо достаточно крупное", "Жүз жетишерлик чоң", "The face is large enough"),
    "size.eye_distance": _texts(
        (
            "Лицо мелкое: {pixels} точек между глазами",
            "Подойдите ближе или снимите с лучшим качеством: нужно {need}.",
        ),
        (
            "Жүз майда: көздөрдүн арасы {pixels} чекит",
            "Жакындаңыз же сапатын жогорулатыңыз: {need} керек.",
        ),
        (
            "The face is small: {pixels} pixels between the eyes",
            "Come closer or use a better quality: {need} are needed.",
        ),
    ),
    "size.short_side": _texts(
        (
            "Снимок {width} × {height} точек",
            "Снимите с лучшим качеством: хватит ли точек, проверит сотрудник.",
        ),
        (
            "Сүрөт {width} × {height} чекит",
            "Сапатын жогорулатып тартыңыз: жетеби, кызматкер текшерет.",
        ),
        (
            "The picture is {width} × {height} pixels",
            "Use a better quality; a person checks whether it will do.",
        ),
    ),
    "framing.ok": _titles(
        "Лицо по центру, целиком", "Жүз ортодо, толук", "The face is centred and whole"
    ),
    "framing.head_small": _texts(
        ("Голова занимает мало места", "Подойдите ближе: голова должна занять половину высоты."),
        ("Баш аз орун ээлейт", "Жакындаңыз: баш бийиктиктин жарымын ээлеши керек."),
        ("The head is small in the picture", "Come closer: the head should fill half the height."),
    ),
    "framing.head_large": _texts(
        ("Голова слишком близко", "Отойдите на шаг: вокруг головы нужно немного фона."),
        ("Баш өтө жакын", "Бир кадам артка барыңыз: баштын айланасында фон көрүнсүн."),
        ("The head is too close", "Step back: leave some background around the head."),
    ),
    "framing.cut": _texts(
        ("Лицо обрезано краем", "Поместите лицо в кадр целиком."),
        ("Жүз четинен кесилген", "Жүздү кадрга толук батырыңыз."),
        ("The face is cut by the edge", "Fit the whole face into the picture."),
    ),
    "framing.crown": _texts(
        ("Макушка у самого края", "Опустите лицо в кадре: над головой нужно немного фона."),
        ("Төбө четине тийип турат", "Жүздү ылдыйраак алыңыз: баштын үстүндө фон көрүнсүн."),
        ("The top of the head touches the edge", "Lower the face in the frame: leave room above."),
    ),
    "framing.off_centre": _texts(
        ("Лицо сбоку", "Встаньте посередине кадра."),
        ("Жүз четте", "Кадрдын ортосуна туруңуз."),
        ("The face is off to the side", "Stand in the middle of the picture."),
    ),
    "framing.eyes_low": _texts(
        ("Лицо внизу кадра", "Поднимите лицо в кадре: глаза должны быть выше середины."),
        ("Жүз кадрдын ылдый жагында", "Жүздү жогорураак алыңыз: көз ортодон өйдө болсун."),
        ("The face is low in the picture", "Raise it: the eyes belong above the middle."),
    ),
    "framing.wide": _texts(
        ("Снимок лежит на боку", "Снимите вертикально, 3 : 4."),
        ("Сүрөт туурасынан", "Тигинен тартыңыз, 3 : 4."),
        ("The picture is wide", "Take it upright, 3 : 4."),
    ),
    "framing.narrow": _texts(
        ("Снимок слишком узкий", "Снимите в обычном формате, 3 : 4."),
        ("Сүрөт өтө ичке", "Кадимки форматта тартыңыз, 3 : 4."),
        ("The picture is too narrow", "Take it in the usual format, 3 : 4."),
    ),
    "framing.bars": _texts(
        ("По краю полоса", "Загрузите само фото, не снимок экрана."),
        ("Четинде тилке бар", "Экрандын сүрөтүн эмес, өзүн жүктөңүз."),
        ("There is a bar at the edge", "Upload the photo itself, not a screenshot."),
    ),
    "head_straight.ok": _titles("Голова прямо", "Баш түз", "The head is straight"),
    "head_straight.yaw": _texts(
        ("Голова повёрнута", "Поверните лицо прямо к камере: должны быть видны оба уха или виска."),
        ("Баш бурулган", "Камерага түз караңыз: эки чыкый тең көрүнсүн."),
        ("The head is turned", "Turn the face to the camera: both temples should show."),
    ),
    "head_straight.roll": _texts(
        ("Голова наклонена к плечу", "Держите голову ровно: глаза на одной высоте."),
        ("Баш ийинге кыйшайган", "Башыңызды түз кармаңыз: көздөр бир бийиктикте болсун."),
        ("The head is tilted", "Hold it upright: both eyes at one height."),
    ),
    "head_straight.pitch": _texts(
        ("Подбородок поднят или опущен", "Держите камеру на высоте глаз."),
        ("Ээк өйдө же ылдый", "Камераны көздүн бийиктигинде кармаңыз."),
        ("The chin is up or down", "Hold the camera at eye level."),
    ),
    "gaze.ok": _titles("Взгляд в камеру", "Көз камерада", "Looking at the camera"),
    "gaze.offset": _texts(
        ("Взгляд в сторону", "Смотрите в объектив, не на экран."),
        ("Көз четке карайт", "Экранды эмес, объективди караңыз."),
        ("Looking aside", "Look into the lens, not at the screen."),
    ),
    "eyes_open.ok": _titles("Глаза открыты", "Көз ачык", "The eyes are open"),
    "eyes_open.both": _texts(
        (
            "Глаза закрыты или прищурены",
            "Снимите ещё раз с открытыми глазами. Если они такие всегда, оставьте.",
        ),
        ("Көз жумук же кысык", "Көз ачык кезде кайра тартыңыз. Дайыма ушундай болсо, калтырыңыз."),
        (
            "The eyes are shut or narrowed",
            "Take it again with open eyes. If they are always so, keep it.",
        ),
    ),
    "eyes_open.one": _texts(
        (
            "Один глаз прикрыт",
            "Снимите ещё раз с открытыми глазами. Если он такой всегда, оставьте.",
        ),
        ("Бир көз жумук", "Көз ачык кезде кайра тартыңыз. Дайыма ушундай болсо, калтырыңыз."),
        ("One eye is half shut", "Take it again with open eyes. If it is always so, keep it."),
    ),
    "expression.ok": _titles("Спокойное лицо", "Жүз тынч", "Neutral expression"),
    "expression.teeth": _texts(
        ("Улыбка", "Снимитесь со спокойным лицом, губы сомкнуты: так сравнивают на входе."),
        ("Жылмаюу", "Эрдиңизди жумуп, тынч тартылыңыз: кире бериште ушундай салыштырышат."),
        ("A smile", "Keep a calm face with closed lips: it is compared at the entrance."),
    ),
    "expression.slight": _texts(
        ("Похоже на улыбку", "Снимитесь со спокойным лицом. Если вы не улыбаетесь, оставьте."),
        ("Жылмаюуга окшош", "Тынч тартылыңыз. Жылмайбасаңыз, калтырыңыз."),
        ("It looks like a smile", "Keep a calm face. If you are not smiling, keep the photo."),
    ),
    "mouth_closed.ok": _titles("Рот закрыт", "Ооз жабык", "The mouth is closed"),
    "mouth_closed.gap": _texts(
        ("Рот приоткрыт", "Сомкните губы: лицо должно быть спокойным."),
        ("Ооз ачык", "Эрдиңизди жумуңуз: жүз тынч болушу керек."),
        ("The mouth is open", "Close the lips: the face must be calm."),
    ),
    "red_eye.ok": _titles("Без красных глаз", "Кызыл көз жок", "No red eyes"),
    "red_eye.share": _texts(
        ("Красные зрачки", "Выключите вспышку, встаньте лицом к окну."),
        ("Карек кызыл", "Жаркты өчүрүп, терезеге карап туруңуз."),
        ("Red pupils", "Switch the flash off and face a window."),
    ),
    "glasses.ok": _titles("Без очков", "Көз айнексиз", "No glasses"),
    "glasses.bridge": _texts(
        ("Похоже на очки", "Снимите очки: глаза должны быть открыты. Если очков нет, оставьте."),
        (
            "Көз айнекке окшош",
            "Көз айнекти чечиңиз: көз ачык болсун. Көз айнек жок болсо, калтырыңыз.",
        ),
        (
            "It looks like glasses",
            "Take glasses off: eyes must be free. If there are none, keep it.",
        ),
    ),
    "glasses.rim": _texts(
        ("Похоже на тонкую оправу", "Снимите очки. Если очков нет, оставьте."),
        ("Жука алкакка окшош", "Көз айнекти чечиңиз. Көз айнек жок болсо, калтырыңыз."),
        ("It looks like a thin frame", "Take glasses off. If there are none, keep it."),
    ),
    "glasses.dark": _texts(
        ("Глаза закрыты тёмным", "Снимите тёмные очки: глаза должны быть видны."),
        ("Көз карартылган", "Кара көз айнекти чечиңиз: көз көрүнсүн."),
        ("The eyes are behind something dark", "Take dark glasses off: the eyes must show."),
    ),
    "mask.ok": _titles("Лицо открыто", "Жүз ачык", "The face is uncovered"),
    "mask.covered": _texts(
        ("Нижняя часть лица закрыта", "Снимите маску или шарф: лицо должно быть видно целиком."),
        ("Жүздүн ылдый жагы жабык", "Масканы же шарфты чечиңиз: жүз толук көрүнсүн."),
        ("The lower face is covered", "Take the mask or scarf off: the whole face must show."),
    ),
    "mask.mouth": _texts(
        ("Не видно рта", "Уберите маску, шарф или руку: рот должен быть открыт взгляду."),
        ("Ооз көрүнбөйт", "Масканы, шарфты же колду алыңыз: ооз көрүнсүн."),
        ("The mouth is not seen", "Move mask, scarf or hand away: the mouth must show."),
    ),
    "mask.doubt": _texts(
        ("Лицо видно не целиком", "Уберите всё, что закрывает лицо: маску, руку, волосы."),
        ("Жүз толук көрүнбөйт", "Жүздү жапкандын баарын алыңыз: маска, кол, чач."),
        ("The face is not seen whole", "Move away what covers it: mask, hand, hair."),
    ),
}

_PICTURE: Mapping[str, Mapping[Language, Text]] = {
    "background_colour.ok": _titles("Фон белый", "Фон ак", "White background"),
    "background_colour.lightness": _texts(
        ("Фон тёмный", "Встаньте у белой стены, лицом к окну: фон должен быть белым."),
        ("Фон караңгы", "Ак дубалдын жанына, терезеге карап туруңуз: фон ак болушу керек."),
        ("The background is dark", "Stand by a white wall facing a window: it must be white."),
    ),
    "background_colour.chroma": _texts(
        ("Фон цветной", "Встаньте у белой стены или повесьте белую простыню."),
        ("Фон түстүү", "Ак дубалдын жанына туруңуз же ак шейшеп илиңиз."),
        ("The background is coloured", "Stand by a white wall or hang up a white sheet."),
    ),
    "background_colour.near_white": _texts(
        ("Фон белый не весь", "Встаньте так, чтобы сзади была только белая стена."),
        ("Фондун баары ак эмес", "Артыңызда ак дубал гана болгудай туруңуз."),
        ("Not all of the background is white", "Have nothing but a white wall behind you."),
    ),
    "background_colour.share": _texts(
        ("Фона почти не видно", "Отойдите на шаг: вокруг головы нужен белый фон."),
        ("Фон дээрлик көрүнбөйт", "Бир кадам артка барыңыз: айланада ак фон керек."),
        ("Hardly any background", "Step back: leave some white around the head."),
    ),
    "background_even.ok": _titles(
        "Фон без теней и предметов", "Фондо көлөкө, буюм жок", "No shadow or objects behind"
    ),
    "background_even.spread": _texts(
        ("На фоне тень", "Встаньте на шаг от стены, лицом к окну. Вспышку выключите."),
        (
            "Артыңызда көлөкө бар",
            "Дубалдан бир кадам алыстап, терезеге карап туруңуз. Жаркты өчүрүңүз.",
        ),
        ("There is a shadow", "Stand one step from the wall, facing a window. Flash off."),
    ),
    "background_even.odd": _texts(
        ("На фоне что-то есть", "Уберите предметы за спиной или встаньте у пустой стены."),
        ("Фондо бир нерсе бар", "Артыңыздагы буюмдарды алыңыз же бош дубалга туруңуз."),
        ("There is something behind", "Clear what is behind you or stand by a bare wall."),
    ),
    "background_even.thing": _texts(
        (
            "На стене что-то маленькое",
            "Встаньте у пустой стены: без розетки, выключателя, провода.",
        ),
        (
            "Дубалда кичинекей бир нерсе бар",
            "Бош дубалга туруңуз: розеткасы, өчүргүчү, зымы жок болсун.",
        ),
        (
            "Something small on the wall",
            "Stand by a bare wall: no socket, switch or cable.",
        ),
    ),
    "colour.ok": _titles("Фото цветное", "Сүрөт түстүү", "In colour"),
    "colour.chroma": _texts(
        ("Фото чёрно-белое", "Снимите в цвете: чёрно-белое не примут."),
        ("Сүрөт ак-кара", "Түстүү тартыңыз: ак-кара сүрөт алынбайт."),
        ("The photo is black and white", "Take it in colour: black and white is not accepted."),
    ),
    "colour.own": _texts(
        (
            "Похоже на тонированное фото",
            "Снимите в цвете и без фильтров: цвет лица должен быть настоящим.",
        ),
        ("Боёлгон сүрөткө окшош", "Чыпкасыз, түстүү тартыңыз: жүздүн түсү чыныгы болсун."),
        ("It looks tinted", "Take it in colour without filters: the colour must be real."),
    ),
    "colour.plain": _texts(
        ("Цвет проверит сотрудник", "Если фото чёрно-белое, снимите его в цвете."),
        ("Түсүн кызматкер текшерет", "Сүрөт ак-кара болсо, түстүү тартыңыз."),
        ("A person will check the colour", "If the photo is black and white, take it in colour."),
    ),
    "sharpness.ok": _titles("Снимок резкий", "Сүрөт даана", "The picture is sharp"),
    "sharpness.blur": _texts(
        ("Снимок нерезкий", "Протрите объектив, держите телефон неподвижно, встаньте к свету."),
        ("Сүрөт бүдөмүк", "Объективди аарчып, телефонду кыймылдатпай, жарыкка туруңуз."),
        ("The picture is blurred", "Wipe the lens, hold the phone still, face the light."),
    ),
    "exposure.ok": _titles("Света достаточно", "Жарык жетиштүү", "Enough light"),
    "exposure.white": _texts(
        ("Темно", "Встаньте лицом к окну: лицо должно быть хорошо освещено."),
        ("Караңгы", "Терезеге карап туруңуз: жүз жакшы жарык болсун."),
        ("Too dark", "Face a window: the face needs light."),
    ),
    "exposure.face": _texts(
        ("Лицо в темноте", "Повернитесь к окну: свет должен падать на лицо, а не сзади."),
        ("Жүз караңгыда", "Терезеге бурулуңуз: жарык артынан эмес, жүзгө түшсүн."),
        ("The face is in the dark", "Turn to a window: the light should fall on the face."),
    ),
    "exposure.burnt": _texts(
        ("Лицо засвечено", "Выключите вспышку, отойдите от прямого солнца."),
        ("Жүз өтө жарык", "Жаркты өчүрүп, күндүн түз нурунан алыстаңыз."),
        ("The face is too bright", "Switch the flash off and leave direct sun."),
    ),
    "exposure.clipped": _texts(
        ("Лицо слишком светлое", "Отойдите от лампы или солнца: черты должны быть видны."),
        ("Жүз өтө ачык", "Чырактан же күндөн алыстаңыз: жүздүн сызыктары көрүнсүн."),
        ("The face is very light", "Move away from the lamp or sun: the features must show."),
    ),
    "exposure.side": _texts(
        ("Половина лица в тени", "Встаньте лицом к окну, чтобы свет падал ровно."),
        ("Жүздүн жарымы көлөкөдө", "Жарык тегиз түшкүдөй терезеге карап туруңуз."),
        ("Half of the face is in shadow", "Face a window so that the light is even."),
    ),
}

_DECLARED: Mapping[str, Mapping[Language, Text]] = {
    "head_covering.declared": _texts(
        (
            "Головной убор и причёску проверит сотрудник",
            "Снимите шапку и платок. Программа их не распознаёт.",
        ),
        ("Баш кийимди, чачты кызматкер текшерет", "Баш кийимди чечиңиз. Программа аны тааныбайт."),
        (
            "A person will check head covering and hair",
            "Take hats off. The program cannot recognise them.",
        ),
    ),
    "retouching.declared": _texts(
        ("Обработку проверит сотрудник", "Снимайте без фильтров и ретуши: это запрещено."),
        ("Иштетилгенин кызматкер текшерет", "Чыпкасыз, ретушсуз тартыңыз: тыюу салынган."),
        ("A person will check for retouching", "Use no filters or retouching: it is forbidden."),
    ),
    "retouching.software": _texts(
        ("Фото прошло через {software}", "Загрузите снимок прямо с камеры: ретушь запрещена."),
        ("Сүрөт {software} аркылуу өткөн", "Камерадан түз жүктөңүз: ретушка тыюу салынган."),
        ("The photo went through {software}", "Upload it straight from the camera: no retouching."),
    ),
    "rephotographed.declared": _texts(
        ("Снимок с бумаги или экрана проверит сотрудник", "Снимайте человека, а не его фото."),
        (
            "Кагаздан же экрандан тартылганын кызматкер текшерет",
            "Сүрөтүн эмес, кишинин өзүн тартыңыз.",
        ),
        ("A person will check for a photo of a photo", "Take the person, not a picture of them."),
    ),
    "age.declared": _texts(
        ("Дату снимка проверит сотрудник", "Фото должно быть не старше 6 месяцев."),
        ("Тартылган күнүн кызматкер текшерет", "Сүрөт 6 айдан эски болбошу керек."),
        ("A person will check the date", "The photo must not be older than 6 months."),
    ),
    "age.taken": _texts(
        ("Снято {taken}", "Фото должно быть не старше 6 месяцев; дату проверит сотрудник."),
        ("Тартылган: {taken}", "Сүрөт 6 айдан эски болбошу керек; кызматкер текшерет."),
        ("Taken {taken}", "It must not be older than 6 months; a person will check."),
    ),
}

MESSAGES: Final[Mapping[str, Mapping[Language, Text]]] = {**_FILE, **_FACE, **_PICTURE, **_DECLARED}

RULE_NAMES: Final[Mapping[str, Mapping[Language, str]]] = {
    "file": {"ru": "Файл", "ky": "Файл", "en": "File"},
    "one_face": {"ru": "Одно лицо", "ky": "Бир жүз", "en": "One face"},
    "size": {"ru": "Размер лица", "ky": "Жүздүн өлчөмү", "en": "Face size"},
    "framing": {"ru": "Кадр", "ky": "Кадр", "en": "Framing"},
    "head_straight": {"ru": "Голова прямо", "ky": "Баш түз", "en": "Head straight"},
    "gaze": {"ru": "Взгляд", "ky": "Көз караш", "en": "Gaze"},
    "eyes_open": {"ru": "Глаза открыты", "ky": "Көз ачык", "en": "Eyes open"},
    "expression": {"ru": "Выражение лица", "ky": "Жүздүн көрүнүшү", "en": "Expression"},
    "mouth_closed": {"ru": "Рот закрыт", "ky": "Ооз жабык", "en": "Mouth closed"},
    "background_colour": {"ru": "Цвет фона", "ky": "Фондун түсү", "en": "Background colour"},
    "background_even": {"ru": "Ровный фон", "ky": "Тегиз фон", "en": "Even background"},
    "colour": {"ru": "Цветное фото", "ky": "Түстүү сүрөт", "en": "Colour"},
    "sharpness": {"ru": "Резкость", "ky": "Дааналык", "en": "Sharpness"},
    "exposure": {"ru": "Свет", "ky": "Жарык", "en": "Light"},
    "red_eye": {"ru": "Красные глаза", "ky": "Кызыл көз", "en": "Red eyes"},
    "glasses": {"ru": "Очки", "ky": "Көз айнек", "en": "Glasses"},
    "mask": {"ru": "Маска", "ky": "Маска", "en": "Mask"},
    "head_covering": {"ru": "Головной убор", "ky": "Баш кийим", "en": "Head covering"},
    "retouching": {"ru": "Ретушь", "ky": "Ретушь", "en": "Retouching"},
    "rephotographed": {"ru": "Снимок со снимка", "ky": "Сүрөттүн сүрөтү", "en": "Photo of a photo"},
    "age": {"ru": "Дата съёмки", "ky": "Тартылган күнү", "en": "Date taken"},
}
