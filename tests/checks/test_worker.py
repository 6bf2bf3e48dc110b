"""Real processes: ``kabinet worker`` and its model child, killed where it hurts; nothing is forgotten."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.checks.children import is_alive
from tests.vault.pictures import jpeg

pytestmark = pytest.mark.slow

STEP = """
import json, sys, time
import django
django.setup()
from datetime import timedelta
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from kabinet.checks import tasks
from kabinet.checks.actions import ask
from kabinet.checks.models import Check
from kabinet.people.models import Person
from kabinet.vault import actions as vault

def wait_until(condition):
    until = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < until, Check.objects.values()
        time.sleep(0.1)

match sys.argv[1]:
    case "migrate":
        call_command("migrate", verbosity=0)
    case "ask":
        name = {"surname": "Асанова", "given_name": "Асель", "patronymic": ""}
        somebody = Person.objects.first() or Person.objects.create_person(**name, phone=None)
        owner = str(Check.objects.count())
        document = vault.store(bytes.fromhex(sys.argv[2]), name="x.jpg", owner=owner)
        with transaction.atomic():
            ask(document, kind="face", owner=owner, person=somebody)
    case "claimed":
        wait_until(Check.objects.filter(lease_until__gt=timezone.now()).exists)
    case "the lease is over":
        gone = timezone.now() - timedelta(seconds=1)
        Check.objects.filter(lease_until__isnull=False).update(lease_until=gone)
        tasks.sweep.call_local()
    case "done":
        wait_until(lambda: not Check.objects.filter(done_at__isnull=True).exists())
rows = Check.objects.order_by("asked_at").values_list("verdict", "attempts", "model_version")
print(json.dumps(list(rows)) if sys.argv[1] != "migrate" else "")
"""


class Installation:
    """A database of its own, and a worker that the test may kill."""

    def __init__(self, var: Path) -> None:
        self.environment = {**os.environ, "KABINET_VAR": str(var), "DATABASE_URL": ""}
        self.environment |= {"REDIS_URL": "", "DJANGO_SETTINGS_MODULE": "kabinet.site.settings"}
        self.worker: subprocess.Popen[bytes] | None = None
        self.step("migrate")

    def step(self, name: str, data: bytes = b"") -> str:
        command = [sys.executable, "-c", STEP, name, data.hex()]
        return subprocess.run(
            command, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    def checks(self, name: str = "done", data: bytes = b"") -> list[tuple[str, int, str]]:
        """Verdict, attempts and models of each check after a step, the first asked first."""
        return [tuple(row) for row in json.loads(self.step(name, data))]

    def start(self) -> None:
        command = [sys.executable, "-m", "kabinet.site", "worker"]
        self.worker = subprocess.Popen(command, env=self.environment, start_new_session=True)

    def kill(self) -> None:
        """As a power cut does it: the consumer and all its workers at once, without a word."""
        assert self.worker is not None
        os.killpg(self.worker.pid, signal.SIGKILL)
        self.worker.wait()

    def model_child(self) -> int:
        """The child of the worker process, which is a child of the consumer."""
        assert self.worker is not None
        for worker in children_of(self.worker.pid):
            for child in children_of(worker):
                return child
        raise LookupError("no model child")


def children_of(pid: int) -> list[int]:
    with suppress(FileNotFoundError):
        return [int(told) for told in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    installation = Installation(tmp_path)
    yield installation
    if installation.worker and installation.worker.poll() is None:
        installation.kill()


def test_nothing_is_forgotten_whoever_dies(installation: Installation) -> None:
    # The worker is away: the promise stands, and is kept when one comes.
    assert installation.checks("ask", jpeg(1)) == [("", 0, "")]
    installation.start()
    ((verdict, attempts, models),) = installation.checks("done")
    assert (verdict in ("fails", "human"), attempts) == (True, 1)

    # The model child is killed in the middle of a look: the same worker takes a new one.
    child = installation.model_child()
    os.kill(child, signal.SIGSTOP)
    installation.checks("ask", jpeg(2))
    installation.checks("claimed")
    os.kill(child, signal.SIGKILL)
    assert installation.checks("done")[1:] == [(verdict, 2, models)]
    assert installation.model_child() != child

    # The worker is killed in the middle of a look: the next one finds it when the lease is over.
    child = installation.model_child()
    os.kill(child, signal.SIGSTOP)
    installation.checks("ask", jpeg(3))
    assert installation.checks("claimed")[2] == ("", 1, "")
    installation.kill()
    os.kill(child, signal.SIGCONT)
    installation.start()
    installation.step("the lease is over")
    assert installation.checks("done")[2:] == [(verdict, 2, models)]
    assert not is_alive(child)
