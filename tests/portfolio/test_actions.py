"""Handing in, replacing, judging, removing: what lies where afterwards, and who is told."""

import pytest
from django.utils import timezone

from kabinet.audit.models import Event
from kabinet.notifications.models import Letter, Message
from kabinet.people.access import Refused
from kabinet.portfolio import actions
from kabinet.portfolio import bin as the_bin
from kabinet.portfolio.actions import Place, Upload
from kabinet.portfolio.models import DocumentType, Report, Version
from kabinet.vault.models import Document
from tests.portfolio.conftest import fact, required
from tests.portfolio.files import pdf

State = Report.State


def handed_in(study, place, words="первый", name="скан.pdf", token=""):
    return actions.hand_in(
        actor=study.person,
        enrolment=study,
        place=place,
        upload=Upload(pdf(words), name, token),
    )


@pytest.fixture
def place(study, year):
    return Place(year, requirement=required(study, "practice"))


@pytest.fixture
def report(study, place):
    return handed_in(study, place)


def verbs():
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


def test_a_slot_upload_goes_to_the_supervisor_with_one_event_and_one_notice(report, orlova, ilya):
    assert (report.state, verbs()[-1]) == (State.WITH_SUPERVISOR, "report.submitted")
    assert verbs().count("report.submitted") == 1
    message = Message.objects.get()
    assert (message.person, message.link) == (orlova, f"/reports/{report.pk}/")
    assert Letter.objects.get().address == orlova.email


def test_a_type_not_for_the_supervisor_goes_to_the_office(study, year):
    exam = Place(year, requirement=required(study, "exam"))
    assert handed_in(study, exam).state == State.WITH_OFFICE


def test_without_a_supervisor_the_office_gets_it(study, place):
    study.facts.filter(kind="supervisor").delete()
    assert handed_in(study, place).state == State.WITH_OFFICE


def test_the_same_upload_twice_is_one_version(study, place):
    first = handed_in(study, place, token="t1")
    second = handed_in(study, place, token="t1")
    assert (first, Version.objects.count(), Document.objects.count()) == (second, 1, 1)


def test_the_same_place_again_is_a_new_version_and_the_old_one_stays(study, place, report):
    again = handed_in(study, place, "второй")
    assert again == report
    assert [v.number for v in again.versions.all()] == [2, 1]
    assert verbs()[-1] == "report.replaced"


def test_the_same_file_again_is_no_new_version(study, place, report):
    handed_in(study, place)
    assert (Version.objects.count(), Document.objects.count()) == (1, 1)


def test_a_returned_report_does_not_take_the_same_file(study, place, report, orlova):
    actions.return_(actor=orlova, report=report, remark="подпись")
    with pytest.raises(Refused):
        handed_in(study, place)
    assert Document.objects.count() == 1


def test_supervisor_then_office_accept(report, orlova, office, ilya):
    assert actions.accept(actor=orlova, report=report).state == State.WITH_OFFICE
    done = actions.accept(actor=office, report=report)
    assert (done.state, done.decided_by) == (State.ACCEPTED, office)
    kinds = set(Message.objects.filter(person=ilya).values_list("kind", flat=True))
    assert kinds == {"report.approved", "report.accepted"}


def test_the_supervisor_cannot_decide_what_is_with_the_office(report, orlova):
    actions.accept(actor=orlova, report=report)
    with pytest.raises(Refused):
        actions.accept(actor=orlova, report=report)


def test_a_letter_names_the_document_in_its_readers_language(report, orlova, ilya):
    ilya.language = "ky"
    ilya.save()
    report.refresh_from_db()
    actions.return_(actor=orlova, report=report, remark="подпись")
    subject, text = Letter.objects.get(address=ilya.email).rendered
    assert subject == "Оңдоңуз: Практика жөнүндө отчёт"
    assert "«Практика жөнүндө отчёт»" in text


def test_a_return_needs_a_remark_and_tells_the_student(report, orlova, ilya):
    with pytest.raises(Refused):
        actions.return_(actor=orlova, report=report, remark="  ")
    actions.return_(actor=orlova, report=report, remark="Нет подписи на стр. 4.")
    report.refresh_from_db()
    assert report.state == State.RETURNED
    message = Message.objects.get(person=ilya)
    assert message.text.replace("\N{NO-BREAK SPACE}", " ") == (
        "Орлова Н. В.: Нет подписи на стр. 4. "
        "Замените файл документа «Отчёт о практике» за 2026/27."
    )


def test_a_replaced_report_is_judged_anew(report, orlova, ilya):
    actions.return_(actor=orlova, report=report, remark="подпись")
    upload = Upload(pdf("второй"), "б.pdf")
    again = actions.replace_file(actor=ilya, report=report, upload=upload)
    assert (again.state, again.decided_by) == (State.WITH_SUPERVISOR, None)
    assert Message.objects.filter(person=orlova, kind="report.submitted").count() == 2


def test_after_acceptance_only_withdrawal(study, place, report, office, ilya, orlova):
    actions.accept(actor=office, report=report)
    with pytest.raises(Refused):
        actions.remove(actor=ilya, report=report)
    with pytest.raises(Refused):
        handed_in(study, place, "второй")
    assert actions.withdraw(actor=ilya, report=report).state == State.WITHDRAWN
    assert Message.objects.filter(person=orlova, kind="report.withdrawn").count() == 1
    assert handed_in(study, place, "второй").state == State.WITH_SUPERVISOR


def test_a_report_not_accepted_cannot_be_withdrawn(report, ilya):
    with pytest.raises(Refused):
        actions.withdraw(actor=ilya, report=report)


def test_a_file_without_type_or_year_is_a_draft_nobody_is_told_of(study, year):
    for place in (Place(), Place(year)):
        assert handed_in(study, place, f"{place}").state == State.DRAFT
    assert Message.objects.count() == 0


def described(report, place):
    return actions.describe(actor=report.enrolment.person, report=report, place=place)


def kind(study, code):
    return DocumentType.objects.get(university=study.university, code=code)


def test_type_and_year_send_a_draft_to_the_only_place_they_mean(study, year):
    draft = handed_in(study, Place())
    done = described(draft, Place(year, kind(study, "practice")))
    assert (done.requirement, done.state) == (
        required(study, "practice"),
        State.WITH_SUPERVISOR,
    )


def test_a_draft_for_a_place_that_is_taken_becomes_its_new_version(study, year, report):
    draft = handed_in(study, Place(), "второй")
    done = described(draft, Place(year, kind(study, "practice")))
    assert (done, Report.objects.count()) == (report, 1)
    assert [v.number for v in Version.objects.filter(report=report)] == [2, 1]


def test_of_two_places_nobody_guesses_one(study, year):
    draft = handed_in(study, Place())
    research = kind(study, "research")
    assert described(draft, Place(year, research)).state == State.DRAFT
    spring = required(study, "research", "весна")
    assert described(draft, Place(year, requirement=spring)).requirement == spring


def test_the_only_empty_place_of_two_is_meant(study, year):
    autumn = required(study, "research", "осень")
    handed_in(study, Place(year, requirement=autumn))
    done = handed_in(study, Place(year, kind(study, "research")), "второй")
    assert done.requirement == required(study, "research", "весна")


def test_a_type_nobody_asked_for_is_handed_in_without_a_place(study, year):
    done = handed_in(study, Place(year, kind(study, "publications")))
    assert (done.requirement, done.state) == (None, State.WITH_OFFICE)
    again = handed_in(study, Place(year, kind(study, "publications")), "второй")
    assert (again, again.versions.count()) == (done, 2)


def test_a_file_for_an_accepted_document_stays_a_draft(study, year, report, office):
    actions.accept(actor=office, report=report)
    draft = handed_in(study, Place(year, kind(study, "practice")), "второй")
    assert (draft.state, Report.objects.count()) == (State.DRAFT, 2)
    with pytest.raises(Refused):
        described(draft, Place(year, kind(study, "practice")))


def test_removed_is_gone_for_others_and_can_be_restored(report, ilya):
    actions.remove(actor=ilya, report=report)
    actions.remove(actor=ilya, report=report)
    assert list(Report.objects.handed_in()) == []
    back = actions.restore(actor=ilya, report=report)
    assert (back.removed_at, back.state) == (None, State.WITH_SUPERVISOR)
    assert verbs()[-2:] == ["report.removed", "report.restored"]


def test_restored_where_another_lies_it_is_a_draft(study, place, report, ilya):
    actions.remove(actor=ilya, report=report)
    handed_in(study, place, "второй")
    assert actions.restore(actor=ilya, report=report).state == State.DRAFT


def test_the_bin_keeps_thirty_days_and_then_destroys(report, ilya, today):
    actions.remove(actor=ilya, report=report)
    today.shift(29 * 24 * 3600)
    assert the_bin.purge() == 0
    today.shift(2 * 24 * 3600)
    assert (the_bin.purge(), Report.objects.count(), Document.objects.count()) == (1, 0, 0)
    assert verbs()[-1] == "report.destroyed"


def test_nobody_hands_in_or_removes_for_a_student(study, report, office, orlova):
    for actor in (office, orlova):
        with pytest.raises(Refused):
            actions.remove(actor=actor, report=report)
        with pytest.raises(Refused):
            actions.hand_in(
                actor=actor, enrolment=study, place=Place(), upload=Upload(pdf(), "а.pdf")
            )


def test_a_new_supervisor_is_asked_about_the_next_version(study, place, report, saidov):
    fact(study, "supervisor", timezone.localdate(), supervisor=saidov)
    handed_in(study, place, "второй")
    assert Message.objects.filter(person=saidov).count() == 1
