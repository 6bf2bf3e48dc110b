"""Made-up names: common surnames and given names of the country, combined by a seeded draw."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

SURNAMES = (
    "Абдыраев Асанов Бакиров Байтемиров Болотов Жээнбеков Жумабаев Исаков Касымов Кадыров Койчуманов "
    "Мамытов Маматов Нурланов Орозбеков Осмонов Сыдыков Садыров Токтосунов Турдубаев Үсөнов Шаршенов "
    "Эсенов Эркинов Ыбыраев Өмүров Ибраимов Алиев Молдобаев Чолпонов"
).split()
GIRLS = (
    "Айпери Айгерим Аяна Бегимай Гүлзада Жанара Жылдыз Каныкей Мээрим Назгүл Нургүл Сезим Элнура "
    "Айдана Бермет Чолпон Үмүт Ширин"
).split()
BOYS = (
    "Азамат Айбек Бекзат Бакыт Данияр Эрлан Нурбек Өмүрбек Талант Тилек Улан Үсөн Чынгыз Эмир "
    "Адилет Баатыр Кубанычбек Мирлан"
).split()
FATHERS = "Азамат Марат Нурлан Эркин Токтосун Асан Бакыт Талант Султан Жолдош Канат Улан".split()


@dataclass(frozen=True)
class MadeUp:
    surname: str
    given_name: str
    patronymic: str
    female: bool


def people(draw: random.Random) -> Iterator[MadeUp]:
    """Endless made-up people; some have no patronymic, some «уулу» or «кызы»."""
    while True:
        female = draw.random() < 0.5
        surname, father = draw.choice(SURNAMES), draw.choice(FATHERS)
        given = draw.choice(GIRLS if female else BOYS)
        kind = draw.random()
        if kind < 0.12:
            child_of = f"{draw.choice(FATHERS)} {'кызы' if female else 'уулу'}"
            yield MadeUp(child_of, given, "", female)
            continue
        patronymic = "" if kind < 0.3 else father + ("овна" if female else "ович")
        yield MadeUp(surname + ("а" if female else ""), given, patronymic, female)
