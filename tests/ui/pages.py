"""Small pages that follow docs/reference/ui.md, for the scripts to talk to.

``server`` is what the pages behind the addresses do next, and what they were told.
"""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template import engines
from django.template.loader import render_to_string
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from kabinet.ui import autosave, fields, language, widgets

server = SimpleNamespace(mode="ok", told=[], version=1, received=[])

PAGE = """{% extends "ui/form.html" %}{% load kabinet %}
{% block heading %}Страница{% endblock %}
{% block form_attributes %}data-autosave="/try/save/" data-keep{% endblock %}
{% block hidden %}<input type="hidden" name="version" value="1"><input type="hidden" name="seen" value="{}">{% endblock %}
{% block notes %}{% saved None %}{% endblock %}"""
PLAIN = PAGE.replace('data-autosave="/try/save/" ', "")
TILES = (
    """{% extends "ui/page.html" %}{% block content %}{% include "ui/tile.html" %}{% endblock %}"""
)


class TryForm(forms.Form):
    town = fields.TextField(label=_("Город или село"))
    street = fields.TextField(label=_("Улица, дом, квартира"), required=False)
    birth = fields.DateBoxesField(label=_("Дата рождения"), required=False)
    subjects = fields.MultipleChoiceField(
        label=_("Предметы по выбору"),
        choices=[("chemistry", _("Химия")), ("biology", _("Биология"))],
        required=False,
    )
    password = fields.TextField(label=_("Пароль"), widget=widgets.PasswordInput, required=False)


def begin(mode: str = "ok") -> SimpleNamespace:
    server.mode, server.told, server.version, server.received = mode, [], 1, []
    return server


def _drawn(request: HttpRequest, source: str, **facts: Any) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(source).render(facts, request))


def form(request: HttpRequest, source: str = PAGE) -> HttpResponse:
    if request.method == "GET":
        return _drawn(request, source, form=TryForm())
    bound = TryForm(request.POST)
    if language.switched(request):
        return _drawn(request, source, form=language.without_errors(bound))
    if bound.is_valid():
        server.told.append(dict(request.POST.lists()))
        return redirect("/try/done/")
    return _drawn(request, source, form=bound)


def plain(request: HttpRequest) -> HttpResponse:
    return form(request, PLAIN)


def save(request: HttpRequest) -> HttpResponse:
    server.told.append(dict(request.POST.lists()))
    if server.mode == "down":
        return HttpResponse(status=502)
    if server.mode == "signed_out":
        return redirect("/sign-in/")
    if server.mode == "closed":
        return autosave.answer("Регистрация закрылась", code=403)
    server.version += 1
    if server.mode == "conflict":
        note = {"text": "Сыдыкова Ж. А. в 14:31: Каракол", "value": "Каракол"}
        return autosave.answer(
            "Сохранено в 14:35", version=server.version, notes={"town": note}, code=409
        )
    return autosave.answer("Сохранено в 14:35", version=server.version)


def done(request: HttpRequest) -> HttpResponse:
    return _drawn(request, '{% extends "ui/plain.html" %}{% block heading %}Готово{% endblock %}')


def _tile(**facts: Any) -> dict[str, Any]:
    rules = {
        "id": "front",
        "title": "Лицевая сторона",
        "action": "/try/upload/",
        "limit": 3_000_000,
    }
    return rules | {"rules": "до 3 МБ", "accept": "image/*", "button": "Загрузить фото"} | facts


def tiles(request: HttpRequest) -> HttpResponse:
    return _drawn(request, TILES, **_tile(csrf_token=get_token(request)))


def upload(request: HttpRequest) -> HttpResponse:
    if server.mode == "down":
        return HttpResponse(status=502)
    if server.mode == "signed_out":
        return redirect("/sign-in/")
    if server.mode == "closed":
        return JsonResponse({"status": "Регистрация закрылась"}, status=403)
    file = request.FILES["file"]
    server.received.append((file.name, file.read(), request.POST.get("original_size")))
    facts = {"error": "Нужен файл JPG"} if server.mode == "wrong" else {"state": "done"}
    tile = render_to_string("ui/tile.html", _tile(**facts), request)
    return HttpResponse(tile, status=422 if server.mode == "wrong" else 200)


urlpatterns = [
    path("try/form/", form),
    path("try/plain/", plain),
    path("try/save/", save),
    path("try/done/", done),
    path("try/tiles/", tiles),
    path("try/upload/", upload),
    path("", include("kabinet.site.urls")),
]
