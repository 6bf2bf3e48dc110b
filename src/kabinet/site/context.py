"""What header, sign-in page and footer know on every page; the only place where they ask upper rooms."""

from functools import partial
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest

from kabinet.exams.models import Campaign
from kabinet.people.access import posts_of
from kabinet.people.middleware import idle_seconds
from kabinet.people.models import Person, Post
from kabinet.people.sign_in import STRANGE_COMPUTER
from kabinet.portfolio import registering

TABS: dict[str, str] = {
    Post.Role.PHD_STUDENT: "portfolio/tabs.html",
    Post.Role.SUPERVISOR: "portfolio/supervisor_tabs.html",
    Post.Role.PHD_OFFICE: "portfolio/office_tabs.html",
}


def house(request: HttpRequest) -> dict[str, Any]:
    return {
        "campaign": None if _is_of_a_university(request) else Campaign.objects.current(),
        "demo": settings.DEMO,
        "may_register": registering.is_open,  # asked only by the page that shows it
        "own_tabs": partial(_own_tabs, request),  # asked only by the page of messages
        "idle_seconds": idle_seconds(request.session),
        "shared_computer": bool(request.session.get(STRANGE_COMPUTER)),
    }


def _own_tabs(request: HttpRequest) -> str:
    """The tabs of a person of one role that has some; empty for everybody else."""
    roles = {post.role for post in posts_of(cast(Person, request.user))}
    return TABS.get(roles.pop(), "") if len(roles) == 1 else ""


def _is_of_a_university(request: HttpRequest) -> bool:
    """People of postgraduate studies have nothing to do with the campaign; they sign in by e-mail.

    Whoever has a phone is not asked about: their pages cost no question more.
    """
    user = request.user
    if not isinstance(user, Person) or user.phone or not user.email:
        return False
    return all(post.role in TABS for post in posts_of(user))
