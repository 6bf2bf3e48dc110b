"""Taking a hostile file in, giving the safe document out, and making it unreadable for good.

Two steps take a file in, so that nobody waits for a decoder while holding the database:
``accept`` decodes, encrypts and writes the blobs; ``keep`` writes the rows, inside the
transaction of the caller. Only after that commit a document counts. Blobs that no row points
to (a process killed in between, a transaction rolled back) are swept a day later.
"""

import hashlib
import logging
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.utils import timezone

from kabinet.core import cipher
from kabinet.vault import names
from kabinet.vault.decoding import Decoded, decode
from kabinet.vault.keys import index_key, ring
from kabinet.vault.models import FULL, THUMB, Document, DocumentKey, page

STRAY_AFTER = timedelta(hours=24)

alarm = logging.getLogger("kabinet.vault.alarm")


class VaultError(Exception):
    """A document cannot be given out."""


class Unreadable(VaultError):
    """The blob was changed, cut, exchanged or lost, or its key does not open. An alarm was raised."""


class NoSuchRendition(VaultError):
    """The document has no such picture or page."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that was found good and whose encrypted blobs are written; no row knows it yet."""

    document: Document
    key: DocumentKey


def accept(data: bytes, *, name: str, allow_pdf: bool = False, owner: str = "") -> Accepted:
    """Decode, encrypt under a key of its own, write the blobs. Call it outside a transaction.

    ``owner`` names what the document is stored for; ``read`` must be given the same. Raises
    one of the ``refusals.UploadRefused`` family, or OSError when the storage does not take it.
    """
    decoded = decode(data, allow_pdf=allow_pdf)
    document = Document(
        id=uuid4(),
        kind=decoded.kind,
        folder=_new_folder(),
        name=names.shown(name),
        received_size=len(data),
        width=decoded.width,
        height=decoded.height,
        pages=decoded.pages,
        previews=len(decoded.previews),
        facts=_facts(decoded),
        fingerprint=_fingerprint(decoded, data),
    )
    renditions = _renditions(decoded)
    document.size = len(renditions[FULL])
    key = cipher.new_key()
    try:
        document.sealed_sha256 = _write(document, renditions, key, owner)
    except OSError:
        _remove_blobs(document)
        raise
    row = DocumentKey(document=document)
    row.sealed = cipher.seal(ring(), key, context=row.context)
    return Accepted(document, row)


def keep(accepted: Accepted) -> Document:
    """Write the rows of an accepted file; the document counts when the caller's transaction commits."""
    document = accepted.document
    document.stored_at = timezone.now()
    document.save(force_insert=True)
    accepted.key.save(force_insert=True)
    return document


def discard(accepted: Accepted) -> None:
    """An accepted file is not wanted after all: take its blobs away at once."""
    _remove_blobs(accepted.document)


def store(data: bytes, *, name: str, allow_pdf: bool = False, owner: str = "") -> Document:
    """``accept`` and ``keep`` in one, for callers that hold no transaction meanwhile."""
    accepted = accept(data, name=name, allow_pdf=allow_pdf, owner=owner)
    with transaction.atomic():
        return keep(accepted)


def read(document: Document, rendition: str, *, owner: str = "") -> bytes:
    """The bytes of ``full`` (JPEG, or PDF of a PDF), ``thumb`` or ``page-N`` (JPEG).

    Raises NoSuchRendition, or Unreadable when anything about the blob is not as it was written.
    """
    if rendition not in document.renditions():
        raise NoSuchRendition(rendition)
    try:
        key = cipher.derive(_open_key(document), rendition)
        with storages["vault"].open(_blob(document, rendition)) as file:
            encrypted = file.read()
        return cipher.decrypt_file(encrypted, key, context=_context(document, rendition, owner))
    except (cipher.CipherError, DocumentKey.DoesNotExist, OSError) as error:
        alarm.error("document %s, %s: %s", document.pk, rendition, type(error).__name__)
        raise Unreadable(f"{document.pk} {rendition}") from error


def destroy(document: Document) -> None:
    """Delete the key and the row, and the blobs once that is committed; nothing brings it back."""
    with transaction.atomic():
        DocumentKey.objects.filter(document=document).delete()
        Document.objects.filter(pk=document.pk).delete()
        transaction.on_commit(lambda: _remove_blobs(document))


def sweep(*, older_than: timedelta = STRAY_AFTER) -> int:
    """Remove blobs that no document points to and that are older than this; how many there were."""
    storage, before = storages["vault"], timezone.now() - older_than
    swept = 0
    for folder, blobs in _folders(storage):
        old = all(storage.get_modified_time(blob) <= before for blob in blobs)
        if blobs and old and not Document.objects.filter(folder=folder).exists():
            _delete(*blobs, folder)
            swept += len(blobs)
    return swept


def _renditions(decoded: Decoded) -> Mapping[str, bytes]:
    previews = {page(number): jpeg for number, jpeg in enumerate(decoded.previews, start=1)}
    return {FULL: decoded.pdf or decoded.jpeg, THUMB: decoded.thumbnail, **previews}


def _facts(decoded: Decoded) -> dict[str, Any]:
    """What the file said of itself, for those who judge it later (rulings 25)."""
    return {
        "format": decoded.original_format,
        "width": decoded.original_width,
        "height": decoded.original_height,
        "captured_at": decoded.captured_at and decoded.captured_at.isoformat(),
        "software": decoded.software,
        "grey": decoded.grey,
    }


def _fingerprint(decoded: Decoded, data: bytes) -> str:
    """Of the pixels, whatever their metadata; of a PDF all its bytes, since many share a first page."""
    content = hashlib.sha256(data).hexdigest() if decoded.pdf else decoded.sha256_of_pixels
    return cipher.blind_index(index_key(), "vault.fingerprint", decoded.kind, content)


def _write(document: Document, renditions: Mapping[str, bytes], key: bytes, owner: str) -> str:
    """Each rendition under a key of its own; the SHA-256 of the encrypted full one."""
    digest = ""
    for rendition, plain in renditions.items():
        context = _context(document, rendition, owner)
        encrypted = cipher.encrypt_file(plain, cipher.derive(key, rendition), context=context)
        storages["vault"].save(_blob(document, rendition), ContentFile(encrypted))
        digest = digest or hashlib.sha256(encrypted).hexdigest()
    return digest


def _open_key(document: Document) -> bytes:
    key = DocumentKey.objects.get(document=document)
    return cipher.open_sealed(ring(), bytes(key.sealed), context=key.context)


def _context(document: Document, rendition: str, owner: str) -> bytes:
    return "\0".join(("vault.document", str(document.pk), rendition, owner)).encode()


def _new_folder() -> str:
    """Two letters spread the folders, 128 random bits name one."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}"


def _blob(document: Document, rendition: str) -> str:
    return f"{document.folder}/{rendition}"


def _remove_blobs(document: Document) -> None:
    _delete(*(_blob(document, rendition) for rendition in document.renditions()), document.folder)


def _delete(*paths: str) -> None:
    """Blobs first, then their folder. What cannot be deleted now is unreadable and swept later."""
    try:
        for path in paths:
            storages["vault"].delete(path)
    except OSError as error:
        alarm.warning("blobs of a destroyed document are still there: %s", error.strerror)


def _folders(storage: Storage) -> Iterator[tuple[str, list[str]]]:
    """Every folder of the storage with its blobs."""
    for shelf in _listed(storage, "")[0]:
        for name in _listed(storage, shelf)[0]:
            folder = f"{shelf}/{name}"
            yield folder, [f"{folder}/{blob}" for blob in _listed(storage, folder)[1]]


def _listed(storage: Storage, folder: str) -> tuple[list[str], list[str]]:
    try:
        return storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever stored, or somebody else swept just now
        return [], []
