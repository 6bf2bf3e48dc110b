"""What each made-up PhD student, the supervisor and the office have done, as one story each."""

from datetime import date

from kabinet.portfolio import actions
from kabinet.portfolio.actions import Upload
from kabinet.portfolio.models import EnrolmentFact
from kabinet.site.demo import drawings
from kabinet.site.demo.students import Student

Kind = EnrolmentFact.Kind


def nothing(student: Student) -> None:
    """Has only registered."""


def everything(student: Student) -> None:
    """A year behind, a report returned, another being read, and a portfolio."""
    student.finishes_year(1)
    student.accepted(student.hands_in("plan"))
    report = student.hands_in("research", "осень")
    student.returned(report, "Добавьте список публикаций и подпись на последней странице")
    student.hands_in("teaching")
    day = student.desk.years[0].starts
    student.tells(
        "publications",
        title="Оценка рисков по неполным данным наблюдений",
        authors="Петров И. С., Орлова Н. В.",
        published_in="Вестник технических наук, № 2, с. 41–48",
        indexed_in="РИНЦ",
        happened_on=date(day.year, 5, 1),
    )
    student.tells(
        "publications",
        title="Модель учёта рисков в распределённых системах",
        authors="Петров И. С.",
        published_in="Сборник конференции молодых учёных, с. 12–15",
        happened_on=date(day.year - 1, 12, 1),
    )
    student.tells(
        "conferences",
        title="Конференция молодых учёных",
        place="г. Каракол",
        talk="Учёт рисков при неполных данных",
        happened_on=date(day.year, 4, 18),
    )
    proof = drawings.proof(
        student.desk.draw, title="Лучший доклад секции", names=("Петров", "Илья", "Сергеевич")
    )
    student.tells(
        "achievements",
        Upload(proof, "Грамота.jpg"),
        title="Диплом за лучший доклад секции",
        about="Секция «Системный анализ», 24 участника",
        happened_on=date(day.year, 4, 19),
    )


def drafts(student: Student) -> None:
    """Files without type or year, photos that are not a PDF yet, and one file in the bin."""
    student.sends("plan", "Индивидуальный план на год", "План черновик.pdf")
    student.sends("research", "Заметки к отчёту", "Скан_0007.pdf")
    wrong = student.sends("practice", "Отчёт о практике", "Не тот файл.pdf")
    actions.remove(actor=student.person, report=wrong)
    student.photographs(2)


def handed_in(student: Student) -> None:
    student.hands_in("plan")


def with_office(student: Student) -> None:
    student.approved(student.hands_in("plan"))


def returned(student: Student) -> None:
    report = student.hands_in("plan")
    student.returned(report, "Напишите сроки к каждому пункту и подпишите план")


def replaced(student: Student) -> None:
    """Mended after a remark; the supervisor reads it again."""
    report = student.hands_in("plan")
    report = student.returned(report, "Нет плана публикаций. Добавьте хотя бы одну статью")
    student.mends(report, "Добавлена статья в сборник, срок: май")


def accepted(student: Student) -> None:
    """All of the year before and the plan of this one; another supervisor by order."""
    student.finishes_year(1)
    new = next(each for each in student.desk.supervisors if each != student.supervisor)
    student.gets(Kind.SUPERVISOR, student.desk.years[0].starts, "52-а", supervisor=new)
    student.accepted(student.hands_in("plan"))


def withdrawn(student: Student) -> None:
    report = student.accepted(student.hands_in("plan"))
    actions.withdraw(actor=student.person, report=report)


def on_leave(student: Student) -> None:
    year = student.desk.years[0]
    student.gets(Kind.LEAVE, year.starts, "48-а", until=year.ends, value="По уходу за ребёнком")


def left(student: Student) -> None:
    student.accepted(student.hands_in("plan", years_ago=1))
    student.gets(Kind.EXPELLED, student.desk.years[1].ends, "44-а", value="По собственному желанию")
