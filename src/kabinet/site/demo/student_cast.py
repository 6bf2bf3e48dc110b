"""The made-up PhD students: one in every state."""

from collections.abc import Callable
from dataclasses import dataclass

from kabinet.site.demo import student_stories as stories
from kabinet.site.demo.students import Student

FULL, PART = "Очная", "Заочная"


@dataclass(frozen=True)
class Cast:
    """``course`` today, ``years_here`` counts this one; ``listed_as``: the roster's other address."""

    told: str
    surname: str
    given_name: str
    patronymic: str
    email: str
    topic: str = ""
    supervisor: str = "orlova"
    course: int = 1
    years_here: int = 1
    study_form: str = FULL
    story: Callable[[Student], None] = stories.nothing
    language: str = "ru"
    listed_as: str = ""


CAST = (
    Cast(
        "2-й курс, отчёт вернули, портфолио заполнено",
        "Петров",
        "Илья",
        "Сергеевич",
        "petrov@example.org",
        "Модели и методы учёта рисков при неполных данных",
        course=2,
        years_here=2,
        story=stories.everything,
    ),
    Cast(
        "1-й курс, ещё ничего не загружено",
        "Алиева",
        "Дина",
        "Маратовна",
        "alieva@example.org",
        "Распознавание дефектов дорожного покрытия по снимкам",
    ),
    Cast(
        "1-й курс заочно, файлы без типа, фото страниц, корзина",
        "Токтосунов",
        "Азамат",
        "Бакытович",
        "toktosunov@example.org",
        "Прогноз схода селей по данным метеостанций",
        "saidov",
        study_form=PART,
        story=stories.drafts,
    ),
    Cast(
        "1-й курс, план у руководителя",
        "Садыкова",
        "Динара",
        "Эмилевна",
        "sadykova@example.org",
        "Устойчивость склонов вдоль горных дорог",
        "saidov",
        story=stories.handed_in,
    ),
    Cast(
        "2-й курс заочно, план в отделе, регистрацию принял отдел",
        "Осмонов",
        "Талант",
        "Жолдошович",
        "osmonov.talant@example.org",
        "Планирование грузовых перевозок в горной местности",
        course=2,
        study_form=PART,
        story=stories.with_office,
        listed_as="osmonov@example.org",
    ),
    Cast(
        "1-й курс, план вернули с замечанием",
        "Ким",
        "Вера",
        "",
        "kim@example.org",
        "Проверка достоверности показаний датчиков",
        story=stories.returned,
    ),
    Cast(
        "1-й курс, план заменён после замечания",
        "Жумабаева",
        "Нургүл",
        "Асановна",
        "jumabaeva@example.org",
        "Жер астындагы суулардын деңгээлин божомолдоо",
        "saidov",
        story=stories.replaced,
        language="ky",
    ),
    Cast(
        "3-й курс, всё принято, другой руководитель",
        "Ибраимов",
        "Чынгыз",
        "Нурланович",
        "ibraimov@example.org",
        "Наблюдение за ледниками по спутниковым снимкам",
        course=3,
        years_here=2,
        story=stories.accepted,
    ),
    Cast(
        "3-й курс заочно, принятый план отозван",
        "Молдобаев",
        "Улан",
        "Канатович",
        "moldobaev@example.org",
        "Расчёт надёжности сетей связи",
        "turdubaev",
        course=3,
        study_form=PART,
        story=stories.withdrawn,
    ),
    Cast(
        "1-й курс, в отпуске",
        "Асанова",
        "Мээрим",
        "Султановна",
        "asanova@example.org",
        "Сейсмическая опасность Прииссыккулья",
        "saidov",
        story=stories.on_leave,
    ),
    Cast(
        "отчислен по приказу",
        "Эркинов",
        "Баатыр",
        "Улан уулу",
        "erkinov@example.org",
        "Карта оползневой опасности района",
        "saidov",
        course=2,
        years_here=2,
        story=stories.left,
    ),
)
WAITING = Cast(
    "регистрация ждёт отдела: в списке другой адрес",
    "Болотова",
    "Айжан",
    "Эркиновна",
    "bolotova@example.org",
    "Обработка сигналов в условиях помех",
    listed_as="bolotva@example.org",
)
STRANGER = Cast("регистрация отклонена", "Шаршенов", "Данияр", "", "sharshenov@example.org")
UNREGISTERED = Cast(
    "",
    "Мамытов",
    "Эрмек",
    "Таалайбекович",
    "mamytov@example.org",
    "Управление уличным освещением",
    study_form=PART,
)
