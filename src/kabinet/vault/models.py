"""Documents at rest: encrypted blobs in a storage, their keys in a table of their own.

Deleting the key destroys the document wherever copies of the blob may lie (trust.md (c)).
"""

import uuid
from collections.abc import Iterator

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kabinet.vault.fields import SealedTextField

FULL, THUMB = "full", "thumb"


class Document(models.Model):
    """One accepted file, already made safe: an upright JPEG, or a cleaned PDF with page pictures.

    Its blobs lie in ``folder`` (a random name), one per rendition: ``full``, ``thumb``, and
    ``page-1`` to ``page-<previews>``, pictures of middle size (a photo has one). What the document
    was stored for and the rendition are bound into the encryption. ``fingerprint`` is equal for equal pictures of this
    installation and says nothing to a stranger; ``facts`` are what the file told of itself.
    """

    class Kind(models.TextChoices):
        PHOTO = "photo", _("Фото")
        PDF = "pdf", "PDF"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    folder = models.CharField(max_length=40, unique=True)
    name = SealedTextField(context="vault.document_name", blank=True, default="")
    size = models.PositiveIntegerField()
    received_size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=1)
    previews = models.PositiveSmallIntegerField(default=0)
    facts = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64, db_index=True)
    sealed_sha256 = models.CharField(max_length=64)
    stored_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("документ")
        verbose_name_plural = _("документы")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.stored_at:%Y-%m-%d %H:%M}"

    @property
    def is_pdf(self) -> bool:
        return self.kind == self.Kind.PDF

    @property
    def preview_numbers(self) -> range:
        """Of the pages that have a picture."""
        return range(1, self.previews + 1)

    def renditions(self) -> Iterator[str]:
        yield from (FULL, THUMB, *map(page, self.preview_numbers))


def page(number: int) -> str:
    """The rendition that shows one page of a PDF; the first one is 1."""
    return f"page-{number}"


class DocumentKey(models.Model):
    """The document's own key, sealed under a key of the installation."""

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True, related_name="key")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.document_id}"

    @property
    def context(self) -> bytes:
        """What binds the sealed key to its document."""
        return f"vault.document_key\0{self.document_id}".encode()
