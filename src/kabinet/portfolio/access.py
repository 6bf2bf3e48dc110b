"""Whose studies are whose to see, and what may be done with a report now.

A student reaches the own studies; a supervisor those of the students whom the last order up to
today gives to them, so that the former supervisor loses them on the day of the change; the office
those of its university. Drafts and the bin are the student's alone.
"""

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from kabinet.people.access import NOTHING, Refused, acting_posts_of, one_or_404, posts_of, within
from kabinet.people.models import Organisation, Person, Post
from kabinet.portfolio.models import AcademicYear, Enrolment, Registration, Report, Version
from kabinet.portfolio.standing import standing_of, with_facts

State = Report.State
DECIDABLE = (State.WITH_SUPERVISOR, State.WITH_OFFICE)


def reachable(user: Person) -> QuerySet[Enrolment]:
    return Enrolment.objects.with_supervisor().filter(
        Q(person=user) | _supervised(user) | within(user, "department")
    )


def enrolment_for(user: Person, enrolment_id: object) -> Enrolment:
    """The studies with person, places and facts; else 404."""
    found: Enrolment = one_or_404(with_facts(reachable(user)), enrolment_id)
    return found


def own_enrolment(user: Person) -> Enrolment | None:
    """The newest of the person's own studies."""
    return with_facts(Enrolment.objects.filter(person=user)).first()


def supervised_by(user: Person) -> QuerySet[Enrolment]:
    """«Мои аспиранты» of today."""
    return Enrolment.objects.with_supervisor().filter(_supervised(user))


def enrolments_of_office(user: Person) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(within(user, "department"))


def report_for(user: Person, report_id: object) -> Report:
    """A report with its type, year, place and versions; else 404."""
    found: Report = one_or_404(_joined(reports_in_reach(user)), report_id)
    return found


def locked_report(user: Person, report_id: object) -> Report:
    """The same, held until the end of the transaction: everything that writes a report begins here."""
    rows = _joined(reports_in_reach(user)).select_for_update(of=("self",))
    found: Report = one_or_404(rows, report_id)
    return found


def version_for(user: Person, version_id: object) -> Version:
    rows = Version.objects.filter(report__in=reports_in_reach(user))
    joined = rows.select_related("document", "report__enrolment__person", "report__document_type")
    found: Version = one_or_404(joined, version_id)
    return found


def reports_in_reach(user: Person) -> QuerySet[Report]:
    own = Q(enrolment__person=user)
    handed_in = Q(removed_at__isnull=True) & ~Q(state=State.DRAFT)
    return Report.objects.filter(own | handed_in, enrolment__in=reachable(user).values("pk"))


def is_own(user: Person, enrolment: Enrolment) -> bool:
    return bool(enrolment.person_id == user.pk)


def is_office(user: Person, enrolment: Enrolment) -> bool:
    path = enrolment.department.path
    return any(path.startswith(post.organisation.path) for post in acting_posts_of(user))


def check_can_hand_in(user: Person, enrolment: Enrolment) -> None:
    if not is_own(user, enrolment):
        raise Refused(_("Документы загружает сам аспирант. Верните отчет с замечанием"))
    left = standing_of(enrolment).left
    if left:
        raise Refused(
            _("Учёба закончена приказом № %(number)s: документы остаются здесь и не меняются")
            % {"number": left.order_number}
        )


def check_takes_new(year: AcademicYear | None) -> None:
    """A closed year takes no new documents; those that lie there are mended as before."""
    if year and year.is_closed:
        raise Refused(
            _("Приём документов за %(year)s закрыт. Попросите отдел аспирантуры открыть этот год")
            % {"year": year}
        )


def check_can_replace(user: Person, report: Report) -> None:
    check_can_hand_in(user, report.enrolment)
    if report.state == State.ACCEPTED:
        raise Refused(_("Документ принят. Чтобы загрузить другой файл, сначала отзовите его"))


def check_can_remove(user: Person, report: Report) -> None:
    check_can_hand_in(user, report.enrolment)
    if report.state in (State.ACCEPTED, State.WITHDRAWN):
        raise Refused(_("Принятый документ не удаляют: его можно только отозвать"))


def check_can_withdraw(user: Person, report: Report) -> None:
    check_can_hand_in(user, report.enrolment)
    if report.state != State.ACCEPTED:
        raise Refused(_("Отзывают только принятый документ. Этот можно заменить или удалить"))


def check_can_decide(user: Person, report: Report) -> None:
    """The office decides what waits for it or for a supervisor; a supervisor only what waits for them."""
    if is_own(user, report.enrolment):
        raise Refused(_("Свой отчет не принимают. Решает руководитель и отдел аспирантуры"))
    if report.state not in DECIDABLE:
        raise Refused(_("Этот отчет уже рассмотрен. Откройте страницу заново"))
    if report.state == State.WITH_OFFICE and not is_office(user, report.enrolment):
        raise Refused(_("Отчет уже у отдела аспирантуры, решает он"))


def _supervised(user: Person) -> Q:
    """Asked by the post too: who works here no longer sees nothing, whatever the orders say."""
    posts = [post for post in posts_of(user) if post.role == Post.Role.SUPERVISOR]
    reach = Q()
    for post in posts:
        root = post.organisation.path.split(".", 1)[0]
        reach |= Q(university__path=f"{root}.")
    return Q(supervisor_today=user.pk) & reach if posts else NOTHING


def _joined(rows: QuerySet[Report]) -> QuerySet[Report]:
    versions = Version.objects.select_related("document")
    return rows.select_related(
        "enrolment__person",
        "enrolment__university",
        "enrolment__department",
        "enrolment__study_form",
        "document_type",
        "academic_year",
        "requirement__document_type",
    ).prefetch_related(Prefetch("versions", queryset=versions))


def check_can_decide_registration(user: Person, registration: Registration) -> None:
    """Only the office, only once; a refused person may be approved later. Raises Http404 or Refused."""
    registration_for(user, registration.pk)
    if registration.state == Registration.State.APPROVED:
        raise Refused(_("Эта регистрация уже принята. Откройте страницу заново"))


def registration_for(user: Person, registration_id: object) -> Registration:
    found: Registration = one_or_404(registrations_of_office(user), registration_id)
    return found


def registrations_of_office(user: Person) -> QuerySet[Registration]:
    return Registration.objects.filter(within(user, "university")).select_related("person")


def universities_of_office(user: Person) -> QuerySet[Organisation]:
    """The universities whose whole office work is the user's."""
    return Organisation.objects.filter(within(user), kind=Organisation.Kind.UNIVERSITY)


def university_of_office(user: Person) -> Organisation:
    """The first of them; else 404."""
    found = universities_of_office(user).first()
    if found is None:
        raise Http404
    return found
