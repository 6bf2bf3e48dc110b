"""A document comes back as it was stored, or not at all and with an alarm."""

import hashlib
import logging
import shutil
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import transaction
from PIL import Image

from kabinet.vault import actions
from kabinet.vault.models import Document, DocumentKey
from kabinet.vault.refusals import UploadRefused, WrongType
from tests.vault.pictures import jpeg, pdf

pytestmark = pytest.mark.django_db

NOW = timedelta(0)


def blobs() -> list[Path]:
    return sorted(path for path in folder().rglob("*") if path.is_file())


def folder() -> Path:
    return Path(storages["vault"].path(""))


def blob(document: Document, rendition: str) -> Path:
    return folder() / document.folder / rendition


@pytest.fixture
def document() -> Document:
    return actions.store(jpeg(), name="C:\\Фото\\паспорт.jpg", owner="Айпери")


@pytest.fixture
def alarms(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.WARNING, "kabinet.vault.alarm"):
        yield caplog


def test_a_photo_is_stored_and_read(document: Document) -> None:
    full = actions.read(document, "full", owner="Айпери")
    thumb = actions.read(document, "thumb", owner="Айпери")
    assert (document.kind, document.name, document.pages) == ("photo", "паспорт.jpg", 1)
    assert Image.open(BytesIO(full)).size == (document.width, document.height) == (600, 800)
    assert len(thumb) <= 6 * 1024
    assert list(document.renditions()) == ["full", "thumb", "page-1"]


def test_a_pdf_is_stored_with_pictures_of_its_pages() -> None:
    document = actions.store(pdf(pages=2), name="справка.pdf", allow_pdf=True)
    assert list(document.renditions()) == ["full", "thumb", "page-1", "page-2"]
    assert actions.read(document, "full")[:5] == b"%PDF-"
    assert Image.open(BytesIO(actions.read(document, "page-2"))).format == "JPEG"


def test_a_pdf_is_refused_where_a_photo_is_asked_for() -> None:
    with pytest.raises(WrongType):
        actions.store(pdf(), name="скан.pdf", allow_pdf=False)
    assert (Document.objects.count(), blobs()) == (0, [])


def test_a_rendition_that_is_not_there_is_named(document: Document) -> None:
    for rendition in ("page-2", "../full", "", "key"):
        with pytest.raises(actions.NoSuchRendition):
            actions.read(document, rendition, owner="Айпери")


def test_blobs_are_encrypted_and_nameless(document: Document) -> None:
    names = "".join(str(path.relative_to(folder())) for path in blobs())
    assert {path.name for path in blobs()} == {"full", "thumb", "page-1"}
    assert ("паспорт" in names, str(document.pk) in names) == (False, False)
    assert [path for path in blobs() if b"\xff\xd8\xff" in path.read_bytes()] == []
    assert document.sealed_sha256 == hashlib.sha256(blob(document, "full").read_bytes()).hexdigest()


def test_blobs_are_for_this_user_only(document: Document) -> None:
    modes = {oct(path.stat().st_mode & 0o777) for path in folder().rglob("*")}
    assert modes == {"0o600", "0o700"}


def test_equal_pictures_have_equal_fingerprints_and_unlike_bytes(document: Document) -> None:
    twin = actions.store(jpeg(), name="другое имя.jpg", owner="Айпери")
    other = actions.store(jpeg(seed=2), name="x.jpg", owner="Айпери")
    assert twin.fingerprint == document.fingerprint
    assert other.fingerprint != document.fingerprint
    assert blob(twin, "full").read_bytes() != blob(document, "full").read_bytes()


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def lengthen(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def put_another_rendition(path: Path) -> None:
    shutil.copy(path.with_name("thumb"), path)


def rename(path: Path) -> None:
    path.rename(path.with_name("renamed"))


@pytest.mark.parametrize("tamper", [flip, cut, lengthen, put_another_rendition, rename])
def test_a_blob_tampered_with_is_refused_with_an_alarm(
    tamper: Any, document: Document, alarms: pytest.LogCaptureFixture
) -> None:
    tamper(blob(document, "full"))
    with pytest.raises(actions.Unreadable):
        actions.read(document, "full", owner="Айпери")
    assert [str(document.pk) in text for text in alarms.messages] == [True]


def test_blobs_of_two_documents_exchanged_are_refused(
    document: Document, alarms: pytest.LogCaptureFixture
) -> None:
    other = actions.store(jpeg(seed=2), name="x.jpg", owner="Бакыт")
    shutil.copy(blob(other, "full"), blob(document, "full"))
    with pytest.raises(actions.Unreadable):
        actions.read(document, "full", owner="Айпери")
    assert len(alarms.messages) == 1


def test_a_row_that_points_to_the_folder_of_another_is_refused(document: Document) -> None:
    other = actions.store(jpeg(seed=2), name="x.jpg", owner="Айпери")
    shutil.rmtree(folder() / document.folder)
    (folder() / other.folder).rename(folder() / document.folder)
    with pytest.raises(actions.Unreadable):
        actions.read(document, "full", owner="Айпери")


def test_a_key_given_to_another_document_does_not_open(document: Document) -> None:
    other = actions.store(jpeg(seed=2), name="x.jpg", owner="Айпери")
    DocumentKey.objects.filter(document=document).update(sealed=other.key.sealed)
    with pytest.raises(actions.Unreadable):
        actions.read(document, "full", owner="Айпери")


def test_a_document_shown_as_somebody_elses_is_refused(document: Document) -> None:
    with pytest.raises(actions.Unreadable):
        actions.read(document, "full", owner="Бакыт")


@pytest.mark.django_db(transaction=True)
def test_a_destroyed_document_is_gone_for_good(document: Document) -> None:
    copies = {path.name: path.read_bytes() for path in blobs()}
    actions.destroy(document)
    assert (blobs(), Document.objects.count(), DocumentKey.objects.count()) == ([], 0, 0)
    for name, data in copies.items():  # a backup of the blobs comes back
        blob(document, name).parent.mkdir(parents=True, exist_ok=True)
        blob(document, name).write_bytes(data)
    with pytest.raises(actions.Unreadable):
        actions.read(document, "full", owner="Айпери")


def test_a_sweep_takes_only_old_strays(document: Document) -> None:
    actions.accept(jpeg(seed=2), name="никто не ждал.jpg")
    assert actions.sweep() == 0
    assert actions.sweep(older_than=NOW) == 3
    assert len(blobs()) == 3
    assert actions.read(document, "thumb", owner="Айпери")[:3] == b"\xff\xd8\xff"


def test_a_discarded_file_leaves_nothing() -> None:
    actions.discard(actions.accept(jpeg(), name="x.jpg"))
    assert blobs() == []


def test_a_transaction_rolled_back_leaves_only_strays() -> None:
    accepted = actions.accept(jpeg(), name="x.jpg")
    with transaction.atomic():
        actions.keep(accepted)
        transaction.set_rollback(True)
    assert Document.objects.count() == 0
    assert actions.sweep(older_than=NOW) == 3


def test_a_storage_that_takes_nothing_is_said_aloud(settings: Any, tmp_path: Path) -> None:
    no_folder = tmp_path / "a file"
    no_folder.write_bytes(b"")
    vault = {**settings.STORAGES["vault"], "OPTIONS": {"location": no_folder}}
    settings.STORAGES = {**settings.STORAGES, "vault": vault}
    with pytest.raises(OSError, match="File exists"):
        actions.store(jpeg(), name="x.jpg")
    assert Document.objects.count() == 0


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"GIF89a" + bytes(50), jpeg()[:300]])
def test_what_is_not_a_whole_picture_is_refused_and_leaves_nothing(data: bytes) -> None:
    with pytest.raises(UploadRefused):
        actions.store(data, name="x.jpg")
    assert (Document.objects.count(), blobs()) == (0, [])
