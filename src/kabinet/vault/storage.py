"""Where encrypted blobs lie: a folder that keeps what it said it has, also through a power cut."""

import os
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class DurableStorage(FileSystemStorage):
    """A file system storage that answers only when the bytes are on the disk.

    A name is written once and never again; files are readable by this program's user only.
    """

    def _save(self, name: str, content: File) -> str:  # type: ignore[type-arg]
        path = Path(self.path(name))
        _make_folder(path.parent)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content.read())
            file.flush()
            os.fsync(file.fileno())
        _sync_folder(path.parent)
        return name


def _make_folder(folder: Path) -> None:
    """Like ``mkdir -p``, each new folder for this user only and durable in the one above."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """A new name is durable only when its folder is, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
