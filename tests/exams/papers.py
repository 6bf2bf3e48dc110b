"""What the tests of papers have in common: adding one by the product's own action."""

from django.test import Client
from django.urls import reverse

from kabinet.audit.models import Event
from kabinet.exams.access import application_for
from kabinet.exams.models import Application, Benefit, Paper
from kabinet.exams.papers import actions
from kabinet.exams.papers.places import Place
from kabinet.people.models import Person
from tests.vault.pictures import jpeg

FRONT, BACK, FACE = Place("front"), Place("back"), Place("face")


def proof_of(benefit: Benefit) -> Place:
    return Place("benefit", benefit)


def add(
    actor: Person,
    application: Application,
    place: Place = FRONT,
    *,
    seed: int = 1,
    data: bytes = b"",
    token: str = "",
) -> Paper:
    upload = actions.Upload(data or jpeg(seed), f"снимок {seed}.jpg", token)
    form = application_for(actor, application.pk)
    return actions.add_paper(actor=actor, application=form, place=place, upload=upload)


def present(application: Application) -> list[str]:
    """Slots of the papers that are there."""
    return sorted(
        Paper.objects.present().filter(application=application).values_list("slot", flat=True)
    )


def events(verb: str) -> list[Event]:
    return list(Event.objects.filter(verb=verb).select_related("details").order_by("seq"))


def tile_url(application: Application, key: str) -> str:
    return reverse("exams:tile", args=[application.pk, key])


def paper_url(paper: Paper, rendition: str, application: Application | None = None) -> str:
    form = application.pk if application else paper.application_id
    return reverse("exams:paper", args=[form, paper.pk, rendition])


def by_script(client: Client) -> Client:
    """The client as ``upload.js``, which gets the tile back."""
    client.defaults["HTTP_X_REQUESTED_WITH"] = "upload"
    return client
