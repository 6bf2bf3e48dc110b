"""What an installation lacks before real people may use it."""

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from kabinet.checks.eyes import Eyes, Lost
from kabinet.checks.models import Check
from kabinet.core.cipher import BadKey, KeyRing
from kabinet.site import options
from kabinet.vault import rotation

LONG_WAIT = timedelta(minutes=5)
ENOUGH_DISK = 10 * 1024**3  # a day of photos of a large district, see mission.md 6


@dataclass(frozen=True)
class Finding:
    what: str
    remedy: str


def examine() -> Iterator[Finding]:
    yield from missing_options(os.environ)
    yield from published_secrets(os.environ)
    yield from _mode()
    yield from _seal_keys()
    yield from _database()
    yield from _storage()
    yield from _cache()
    if settings.CHECKS:
        yield from model_child(Eyes())
        yield from forgotten_pictures()


def missing_options(environ: Mapping[str, str]) -> Iterator[Finding]:
    for option in options.lacking(environ):
        yield Finding(option.lack, option.remedy)


def published_secrets(environ: Mapping[str, str]) -> Iterator[Finding]:
    """The examples work, so somebody will copy them."""
    for option in options.OPTIONS:
        if option.kind == "secret" and option.read(environ) == option.example:
            yield Finding(
                f"{option.name} is the published example: everybody knows it.",
                "Make one of your own, for example with `openssl rand -base64 32`.",
            )


def _mode() -> Iterator[Finding]:
    if settings.DEMO:
        yield Finding(
            "KABINET_MODE is demo: keys lie in KABINET_VAR, cookies travel without TLS.",
            "Set KABINET_MODE=production once the options above are set.",
        )
    elif not settings.ADDRESS.startswith("https://"):
        yield Finding(
            f"KABINET_ADDRESS is {settings.ADDRESS}: without TLS passwords can be read on the way.",
            "Put a TLS proxy in front and set KABINET_ADDRESS=https://…",
        )


def _seal_keys() -> Iterator[Finding]:
    try:
        KeyRing.parse(settings.KEYS.seal_keys)
    except BadKey as error:
        yield Finding(
            f"KABINET_SEAL_KEYS cannot be used: {error}",
            "Write id:base64 of 32 bytes, several joined by commas, the current one first.",
        )
        return
    yield from missing_keys()


def missing_keys() -> Iterator[Finding]:
    """After a change of keys, or a database from elsewhere: whose rows are shown is a broken page."""
    try:
        missing = rotation.missing_keys()
    except DatabaseError:  # told below
        return
    for key_id, seals in missing.items():
        yield Finding(
            f"{seals} seals need the key {key_id}, which is not in KABINET_SEAL_KEYS.",
            "Add it again, behind the current one, and run `kabinet rotate-keys`.",
        )


def _database() -> Iterator[Finding]:
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        yield Finding(f"The database does not answer: {error}", "Check DATABASE_URL.")
        return
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Finding("The database is older than the program.", "Run `kabinet migrate`.")


def _storage() -> Iterator[Finding]:
    vault = storages["vault"]
    try:
        name = vault.save("doctor", ContentFile(b"probe"))
        vault.delete(name)
    except OSError as error:
        yield Finding(
            f"Documents cannot be written: {error}",
            "Give the user of Kabinet the folder KABINET_VAR.",
        )
        return
    free = shutil.disk_usage(settings.VAR).free
    if free < ENOUGH_DISK:
        yield Finding(
            f"Only {free // 1024**3} GiB are free in {settings.VAR}.", "Make room: photos need it."
        )


def _cache() -> Iterator[Finding]:
    if not settings.REDIS_URL:
        yield Finding(
            "REDIS_URL is not set: limits on wrong passwords are counted in files of this host.",
            "Set REDIS_URL as soon as more than one host serves.",
        )


def model_child(eyes: Eyes) -> Iterator[Finding]:
    """Starts one, as a worker does."""
    try:
        told = eyes.open()
    except Lost as error:
        yield Finding(
            f"The program that looks at pictures does not start ({error}): people check all alone.",
            "Run `python -m kabinet.checks.child </dev/null` and see what it misses.",
        )
        return
    finally:
        eyes.close()
    if told.get("faces") is not True:
        yield Finding(
            "Face photos are not looked at: every rule goes to a person.",
            "Install the extra `photo` and run `make models`, or set KABINET_CHECKS=no.",
        )
    if told.get("documents"):
        yield Finding(
            f"Identity documents are not read: {told['documents']}.",
            "Install the extra `docread` and run `make models`, or set KABINET_CHECKS=no.",
        )


def forgotten_pictures() -> Iterator[Finding]:
    """No worker is there, or too few of them are."""
    try:
        count = Check.objects.undone().filter(asked_at__lt=timezone.now() - LONG_WAIT).count()
    except DatabaseError:  # told above
        return
    if count:
        yield Finding(
            f"{count} pictures wait for a look for more than {LONG_WAIT.seconds // 60} minutes.",
            "Start `kabinet worker`, or one more of them.",
        )
