"""Messages are only ever one's own."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from kabinet.notifications.models import Message


def messages_of(person: Any) -> QuerySet[Message]:
    return Message.objects.filter(person=person)


def message_for(person: Any, message_id: UUID) -> Message:
    try:
        return messages_of(person).get(pk=message_id)
    except Message.DoesNotExist as error:
        raise Http404 from error
