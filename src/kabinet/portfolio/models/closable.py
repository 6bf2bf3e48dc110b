"""What is never deleted, because things point to it, but may be closed for everything new."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClosableQuerySet(models.QuerySet[Any]):
    def open(self) -> "ClosableQuerySet":
        return self.filter(closed_at__isnull=True)


class Closable(models.Model):
    """A line of the office's lists. Closed, it is offered for nothing new; what uses it stays."""

    closed_at = models.DateTimeField(_("закрыто"), null=True, blank=True, editable=False)

    objects = ClosableQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None
