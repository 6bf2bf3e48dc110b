"""Orders about a student: leave, transfer, expulsion, another supervisor or topic, each from a day on.

An order is added, never edited. What it says holds from its day, also for who may read.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kabinet.audit.journal import record
from kabinet.people.access import Refused, one_or_404
from kabinet.people.models import Organisation, Person
from kabinet.portfolio.access import enrolments_of_office
from kabinet.portfolio.enrolling import settle
from kabinet.portfolio.models import Enrolment, EnrolmentFact, StudyForm

Kind = EnrolmentFact.Kind
GIVEN = (
    Kind.LEAVE,
    Kind.RETURNED,
    Kind.TRANSFER,
    Kind.SUPERVISOR,
    Kind.TOPIC,
    Kind.EXPELLED,
    Kind.GRADUATED,
)
"""The orders a student may get after enrolment."""

NEEDED = {
    Kind.SUPERVISOR: gettext_lazy("Выберите руководителя или напишите имя"),
    Kind.TOPIC: gettext_lazy("Напишите тему"),
    Kind.TRANSFER: gettext_lazy("Выберите кафедру, форму обучения или курс"),
}


@dataclass(frozen=True)
class Order:
    """``value``: the topic, or the reason in words."""

    kind: str
    since: date
    order_number: str
    order_date: date | None = None
    until: date | None = None
    value: str = ""
    supervisor: Person | None = None
    supervisor_name: str = ""
    department: Organisation | None = None
    study_form: StudyForm | None = None
    year_of_study: int | None = None

    @property
    def says_something(self) -> bool:
        """Whether it names what an order of its kind has to name."""
        named = {
            Kind.SUPERVISOR: self.supervisor or self.supervisor_name,
            Kind.TOPIC: self.value,
            Kind.TRANSFER: self.department or self.study_form or self.year_of_study,
        }
        return bool(named.get(Kind(self.kind), True))


@transaction.atomic
def give(*, actor: Person, enrolment: Enrolment, order: Order) -> EnrolmentFact:
    """Takes effect at once if its day has come, else in the night of that day.

    Raises Http404 for studies of another office, Refused for an order that cannot be.
    """
    held: Enrolment = one_or_404(
        enrolments_of_office(actor).select_for_update(of=("self",)).select_related("university"),
        enrolment.pk,
    )
    _check(held, order)
    fact = EnrolmentFact.objects.create(enrolment=held, recorded_by=actor, **_columns(order))
    settle(held.pk)
    record(
        "enrolment.changed",
        actor=actor,
        subject=held,
        chain=held.university_id,
        person=held.person,
        details={"kind": order.kind, "order": order.order_number, "since": str(order.since)},
    )
    return fact


def _check(enrolment: Enrolment, order: Order) -> None:
    if order.kind not in GIVEN:
        raise Refused(_("Такой приказ здесь не вносят"))
    if order.since < enrolment.since:
        raise Refused(_("Приказ не может действовать раньше зачисления"))
    if order.until and order.until < order.since:
        raise Refused(_("Последний день раньше первого. Проверьте даты"))
    if not order.says_something:
        raise Refused(str(NEEDED[Kind(order.kind)]))
    if order.department and not order.department.path.startswith(enrolment.university.path):
        raise Refused(_("Эта кафедра другого университета"))


def _columns(order: Order) -> dict[str, object]:
    """Only what an order of its kind says; the rest of a form counts for nothing."""
    common = {
        "kind": order.kind,
        "since": order.since,
        "order_number": order.order_number,
        "order_date": order.order_date,
        "value": order.value,
    }
    if order.kind == Kind.SUPERVISOR:
        named = order.supervisor.full_name if order.supervisor else order.supervisor_name
        return {**common, "supervisor": order.supervisor, "supervisor_name": named}
    if order.kind == Kind.TRANSFER:
        return {
            **common,
            "department": order.department,
            "study_form": order.study_form,
            "year_of_study": order.year_of_study,
        }
    if order.kind == Kind.LEAVE:
        return {**common, "until": order.until}
    return common
