"""A process killed at any point leaves a whole document or, after a sweep, nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.vault.pictures import jpeg

CHILD = """
import sys
import django
django.setup()
from datetime import timedelta
from django.core.management import call_command
from django.db import transaction
from kabinet.vault import actions
from kabinet.vault.models import Document, DocumentKey

def say(*words):
    print(*words, flush=True)

def wait_to_be_killed():
    say("now")
    sys.stdin.read()

def blobs():
    from django.core.files.storage import storages
    from pathlib import Path
    return sum(path.is_file() for path in Path(storages["vault"].path("")).rglob("*"))

picture = bytes.fromhex(sys.argv[2])
match sys.argv[1]:
    case "migrate":
        call_command("migrate", verbosity=0)
    case "blobs written":
        actions.accept(picture, name="x.jpg")
        wait_to_be_killed()
    case "rows not committed":
        accepted = actions.accept(picture, name="x.jpg")
        with transaction.atomic():
            actions.keep(accepted)
            wait_to_be_killed()
    case "committed":
        actions.store(picture, name="x.jpg")
        wait_to_be_killed()
    case "rows deleted":
        with transaction.atomic():
            transaction.on_commit(wait_to_be_killed)
            actions.destroy(Document.objects.get())
    case "look":
        actions.sweep(older_than=timedelta(0))
        whole = [len(actions.read(document, "full")) > 1000 for document in Document.objects.all()]
        say(whole, DocumentKey.objects.count(), blobs())
"""


class Installation:
    def __init__(self, var: Path) -> None:
        self.environment = {**os.environ, "KABINET_VAR": str(var), "DATABASE_URL": ""}
        self.environment["DJANGO_SETTINGS_MODULE"] = "kabinet.site.settings"

    def start(self, step: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", CHILD, step, jpeg().hex()],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def done(self, step: str) -> str:
        child = self.start(step)
        said, _ = child.communicate()
        assert child.returncode == 0
        return said.strip()

    def killed(self, step: str) -> None:
        child = self.start(step)
        assert child.stdout
        assert child.stdout.readline() == "now\n"
        child.kill()
        child.communicate()
        assert child.returncode == -signal.SIGKILL


@pytest.mark.slow
def test_a_killed_process_leaves_no_half_document(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    installation.done("migrate")
    installation.killed("blobs written")
    assert installation.done("look") == "[] 0 0"
    installation.killed("rows not committed")
    assert installation.done("look") == "[] 0 0"
    installation.killed("committed")
    assert installation.done("look") == "[True] 1 3"
    installation.killed("rows deleted")
    assert installation.done("look") == "[] 0 0"
