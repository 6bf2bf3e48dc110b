"""A document is given out to whom it concerns, safely, and never unseen."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from kabinet.audit import journal
from kabinet.exams.models import Application, Campaign, Paper
from kabinet.exams.papers import actions
from kabinet.people.models import Organisation, Person
from kabinet.vault.models import Document
from tests.exams.papers import BACK, add, events, paper_url, proof_of
from tests.vault.pictures import pdf
from tests.vault.test_actions import blob, flip

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Person], Client]


@pytest.fixture
def paper(aiperi: Person, application: Application) -> Paper:
    return add(aiperi, application)


@pytest.fixture
def scan(aiperi: Person, application: Application, campaign: Campaign) -> Paper:
    return add(aiperi, application, proof_of(campaign.benefits.get()), data=pdf())


def test_a_picture_is_given_out_safely(client_of: SignedIn, aiperi: Person, paper: Paper) -> None:
    answer = client_of(aiperi).get(paper_url(paper, "full"))
    told = {name: answer[name] for name in sorted(SAFE)}
    assert (answer.status_code, told) == (200, SAFE)
    assert Image.open(BytesIO(answer.content)).size == (600, 800)


SAFE = {
    "Accept-Ranges": "none",
    "Cache-Control": "no-store",
    "Content-Disposition": 'inline; filename="front.jpg"',
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Type": "image/jpeg",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def test_a_part_of_a_picture_cannot_be_asked_for(
    client_of: SignedIn, aiperi: Person, paper: Paper
) -> None:
    answer = client_of(aiperi).get(paper_url(paper, "full"), headers={"range": "bytes=0-9"})
    assert (answer.status_code, len(answer.content)) == (200, paper.document.size)


def test_a_pdf_is_a_download_and_its_pages_are_pictures(
    client_of: SignedIn, aiperi: Person, scan: Paper
) -> None:
    client = client_of(aiperi)
    whole, page = client.get(paper_url(scan, "full")), client.get(paper_url(scan, "page-2"))
    assert (whole["Content-Type"], whole["Content-Disposition"]) == (
        "application/pdf",
        'attachment; filename="benefit.pdf"',
    )
    assert (page["Content-Type"], page["Content-Disposition"]) == (
        "image/jpeg",
        'inline; filename="benefit.jpg"',
    )


@pytest.mark.parametrize("rendition", ["page-3", "page-0", "key", "fulll"])
def test_a_rendition_that_is_not_there_is_404(
    rendition: str, client_of: SignedIn, aiperi: Person, scan: Paper
) -> None:
    assert client_of(aiperi).get(paper_url(scan, rendition)).status_code == 404


def test_thumbnails_are_light_and_load_late(
    client_of: SignedIn, aiperi: Person, paper: Paper
) -> None:
    client = client_of(aiperi)
    page = client.get(reverse("exams:page", args=[paper.application_id, "documents"]))
    thumb = client.get(paper_url(paper, "thumb")).content
    image = f'<img src="{paper_url(paper, "thumb")}" width="600" height="800" loading="lazy"'
    assert (page.content.decode().count(image), len(thumb) <= 6 * 1024) == (1, True)


def test_only_whom_it_concerns_sees_it(
    client_of: SignedIn,
    paper: Paper,
    aiperi: Person,
    zhamal: Person,
    daniyar: Person,
    aida: Person,
    bakyt: Person,
) -> None:
    people = [aiperi, zhamal, daniyar, aida, bakyt]
    answers = [client_of(who).get(paper_url(paper, "thumb")).status_code for who in people]
    assert answers == [200, 200, 200, 200, 404]


def test_a_paper_is_found_only_under_its_own_form(
    client_of: SignedIn, zhamal: Person, aiperi: Person, paper: Paper, school: Organisation
) -> None:
    other = Application.objects.create(
        campaign=paper.application.campaign, applicant=zhamal, school=school
    )
    client = client_of(zhamal)
    assert client.get(paper_url(paper, "thumb", other)).status_code == 404
    assert client.get(paper_url(paper, "thumb")).status_code == 200
    assert client_of(aiperi).get(paper_url(add(zhamal, other), "full")).status_code == 404


def test_a_paper_given_the_document_of_another_person_is_refused(
    client_of: SignedIn, zhamal: Person, aiperi: Person, paper: Paper
) -> None:
    other = Application.objects.create(
        campaign=paper.application.campaign, applicant=zhamal, school=paper.application.school
    )
    foreign = add(zhamal, other, seed=2)
    stolen = foreign.document
    Paper.objects.filter(pk=foreign.pk).delete()
    Paper.objects.filter(pk=paper.pk).update(document=stolen)
    answer = client_of(aiperi).get(paper_url(paper, "full"))
    assert (answer.status_code, answer["Content-Type"]) == (410, "text/plain; charset=utf-8")
    assert len(events("paper.found_broken")) == 1


def test_a_changed_blob_is_refused_and_stands_in_the_journal(
    client_of: SignedIn, zhamal: Person, paper: Paper
) -> None:
    flip(blob(paper.document, "full"))
    answer = client_of(zhamal).get(paper_url(paper, "full"))
    (event,) = events("paper.found_broken")
    assert (answer.status_code, event.subject_id, event.person_id) == (
        410,
        str(paper.pk),
        str(paper.application.applicant_id),
    )
    assert (events("paper.viewed"), list(journal.verify())) == ([], [])


def test_every_look_is_an_event_but_the_owners_at_the_thumbnail(
    client_of: SignedIn, aiperi: Person, zhamal: Person, paper: Paper
) -> None:
    for who, rendition in [
        (aiperi, "thumb"),
        (aiperi, "page-1"),
        (aiperi, "full"),
        (zhamal, "thumb"),
        (zhamal, "full"),
    ]:
        assert client_of(who).get(paper_url(paper, rendition)).status_code == 200
    assert [(event.actor_text, event.details.values) for event in events("paper.viewed")] == [
        ("Абдыраева Айпери Нурлановна", {"rendition": "full"}),
        ("Сыдыкова Жамал Асановна", {"rendition": "thumb", **POST}),
        ("Сыдыкова Жамал Асановна", {"rendition": "full", **POST}),
    ]


POST = {"role": "responsible", "place": "Школа № 5, с. Кызыл-Суу"}


def test_the_owner_sees_who_opened_it_and_nobody_else_does(
    client_of: SignedIn, aiperi: Person, zhamal: Person, aida: Person, paper: Paper
) -> None:
    for _ in range(2):
        client_of(zhamal).get(paper_url(paper, "thumb"))
    url = reverse("exams:page", args=[paper.application_id, "documents"])
    owner, other = client_of(aiperi).get(url), client_of(aida).get(url)
    assert [answer.content.decode().count("Кто открывал") for answer in (owner, other)] == [1, 0]
    assert owner.content.decode().count("Сыдыкова Жамал Асановна<span") == 1
    assert ", 2 раза" in owner.content.decode()


def test_who_opened_it_is_told_in_the_language_of_the_owner(
    client_of: SignedIn, aiperi: Person, zhamal: Person, paper: Paper
) -> None:
    client_of(zhamal).get(paper_url(paper, "thumb"))
    url = reverse("exams:page", args=[paper.application_id, "documents"])
    shown = client_of(aiperi).get(url, headers={"Accept-Language": "ky"}).content.decode()
    assert "ЖРТ боюнча жооптуу, Школа № 5, с. Кызыл-Суу" in shown


def test_head_and_post_are_no_way_to_look_unseen(
    client_of: SignedIn, zhamal: Person, paper: Paper
) -> None:
    client = client_of(zhamal)
    url = paper_url(paper, "full")
    assert (client.head(url).status_code, client.post(url).status_code) == (405, 405)


def test_a_removed_paper_is_still_shown_while_it_can_be_brought_back(
    client_of: SignedIn, aiperi: Person, paper: Paper
) -> None:
    actions.remove_paper(actor=aiperi, application=paper.application, paper_id=paper.pk)
    assert client_of(aiperi).get(paper_url(paper, "thumb")).status_code == 200
    actions.destroy_removed(older_than=actions.timedelta(0))
    assert client_of(aiperi).get(paper_url(paper, "thumb")).status_code == 404
    assert Document.objects.count() == 0


def test_the_name_of_a_file_is_shown_clean(
    client_of: SignedIn, aiperi: Person, application: Application, campaign: Campaign
) -> None:
    place = proof_of(campaign.benefits.get())
    upload = actions.Upload(pdf(), "..\\..\\<b>справка</b>\r\n\u202e.pdf")
    actions.add_paper(actor=aiperi, application=application, place=place, upload=upload)
    actions.switch_benefit(actor=aiperi, application=application, on=True)
    url = reverse("exams:page", args=[application.pk, "documents"])
    page = client_of(aiperi).get(url).content.decode()
    assert page.count('<p class="fname b">b&gt;.pdf</p>') == 1


def test_signed_out_people_are_sent_to_sign_in(paper: Paper) -> None:
    for url in (
        paper_url(paper, "thumb"),
        reverse("exams:tile", args=[paper.application_id, "front"]),
    ):
        answer = Client().get(url)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (
            302,
            reverse("account_login"),
        )


def test_two_sides_are_two_papers(client_of: SignedIn, aiperi: Person, paper: Paper) -> None:
    back = add(aiperi, paper.application, BACK, seed=2)
    client = client_of(aiperi)
    pictures = {client.get(paper_url(each, "full")).content for each in (paper, back)}
    assert len(pictures) == 2
