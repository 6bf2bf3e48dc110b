"""The language switch, and what a page of it says to a post."""

import json

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from kabinet.ui import autosave, language
from tests.ui.pages import TryForm


@pytest.mark.django_db
def test_button_sets_the_language_and_leads_back(client: Client) -> None:
    answer = client.post("/language/", {"_language": "ky", "next": "/ui/tasks/"})

    assert (answer.status_code, answer["Location"]) == (302, "/ui/tasks/")
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "ky"
    assert client.get("/ui/tasks/").context["LANGUAGE_CODE"] == "ky"


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_switch_never_leads_to_another_site(client: Client, target: str) -> None:
    answer = client.post("/language/", {"_language": "ky", "next": target})

    assert answer["Location"] == "/"


@pytest.mark.django_db
def test_unknown_language_is_not_remembered(client: Client) -> None:
    answer = client.post("/language/", {"_language": "xx", "next": "/ui/"})

    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


@pytest.mark.django_db
def test_language_is_not_switched_by_a_link(client: Client) -> None:
    answer = client.get("/ui/?_language=ky")

    assert answer.context["LANGUAGE_CODE"] == "ru"


@pytest.mark.parametrize(
    ("posted", "expected"), [({"_language": "ky"}, True), ({"_language": "xx"}, False), ({}, False)]
)
def test_switched(posted: dict[str, str], expected: bool) -> None:
    assert language.switched(RequestFactory().post("/", posted)) is expected


def test_form_without_errors_keeps_its_values() -> None:
    form = language.without_errors(TryForm({"town": "", "street": "ул. Манаса, 12"}))

    assert (form.errors, form["street"].value()) == ({}, "ул. Манаса, 12")


@pytest.mark.parametrize("page", ["components", "tasks", "step", "school", "login"])
@pytest.mark.parametrize("code", ["ky", "en"])
@pytest.mark.django_db
def test_gallery_speaks_every_language(client: Client, page: str, code: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
    answer = client.get(f"/ui/{page}/")

    assert (answer.status_code, answer.context["LANGUAGE_CODE"]) == (200, code)


@pytest.mark.django_db
def test_gallery_is_shown_in_a_demonstration_only(client: Client, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]

    assert client.get("/ui/").status_code == 404


@pytest.mark.django_db
def test_gallery_has_only_its_own_pages(client: Client) -> None:
    assert client.get("/ui/secrets/").status_code == 404


def test_autosave_answer_is_what_the_script_reads() -> None:
    answer = autosave.answer("Сохранено", version=8, seen={"town": "ab"}, code=409)

    assert (answer.status_code, json.loads(answer.content)) == (
        409,
        {"status": "Сохранено", "version": "8", "notes": {}, "seen": '{"town": "ab"}'},
    )


@pytest.mark.parametrize(
    ("sent", "read"),
    [('{"town": "ab"}', {"town": "ab"}), ("[1]", {}), ("{", {}), ("", {}), ("[" * 100_000, {})],
    ids=["a base", "a list", "broken", "nothing", "endlessly deep"],
)
def test_autosave_reads_what_the_page_was_built_on(sent: str, read: dict[str, str]) -> None:
    request = RequestFactory().post("/", {"autosave": "1", "changed": "town birth", "seen": sent})

    assert (autosave.asked(request), autosave.changed(request), autosave.seen(request)) == (
        True,
        ["town", "birth"],
        read,
    )
