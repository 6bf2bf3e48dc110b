"""The inbox of a person, and the outbox that administrators of a demo may read."""

from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractBaseUser
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kabinet.notifications import actions
from kabinet.notifications.access import message_for, messages_of
from kabinet.notifications.models import Letter

PER_PAGE = 25


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    messages = Paginator(messages_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notifications/inbox.html", {"notices": messages})


@login_required
@require_POST
def follow(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Marks a message read and goes where it leads."""
    message = message_for(request.user, message_id)
    actions.mark_read(message=message)
    return redirect(message.link or "notifications:inbox")


@login_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO or not getattr(cast(AbstractBaseUser, request.user), "is_staff", False):
        raise Http404
    letters = Paginator(Letter.objects.all(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notifications/outbox.html", {"letters": letters})
