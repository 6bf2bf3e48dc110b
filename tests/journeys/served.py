"""A Kabinet of its own in a folder: a web process, and a worker that can be stopped and started.

Journeys in which background work matters need real processes and a database that both of them
reach. ``python -m tests.journeys.served`` fills it with graduates and prints their sign-ins.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import timedelta
from pathlib import Path

from tests.journeys.steps import OWN

ROOT = Path(__file__).parents[2]
GRADUATES = 40
PATIENCE = 120


class Served:
    """``take_login()`` gives the phone of a graduate nobody has used yet; the password is ``steps.OWN``."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        outside = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        self.environ = {
            **outside,
            "KABINET_VAR": str(folder),
            "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT / "src"), str(ROOT)])),
        }
        self.log = (folder / "log.txt").open("ab")
        self._run("migrate", "--verbosity", "0")
        built = subprocess.run(
            [sys.executable, "-m", "tests.journeys.served"],
            env=self.environ,
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        self._logins = iter(json.loads(built.stdout))
        self._web = self._start("serve", "--no-worker", "--workers", "1", "--port", str(self.port))
        self._worker: subprocess.Popen[bytes] | None = None
        try:
            self._wait_for_web()
        except BaseException:
            self.close()
            raise

    def take_login(self) -> str:
        return str(next(self._logins))

    def start_worker(self) -> None:
        if self._worker is None:
            self._worker = self._start("worker")

    def stop_worker(self) -> None:
        if self._worker is not None:
            _end(self._worker)
            self._worker = None

    def close(self) -> None:
        self.stop_worker()
        _end(self._web)
        self.log.close()

    def _run(self, *command: str) -> None:
        subprocess.run([*_KABINET, *command], env=self.environ, cwd=ROOT, check=True)

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*_KABINET, *command],
            env=self.environ,
            cwd=ROOT,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def _wait_for_web(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=5).close()
                return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        raise TimeoutError(f"no answer from {self.url}")


_KABINET = (sys.executable, "-m", "kabinet.site")
NOT_OURS = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "KABINET_MODE"}


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _end(process: subprocess.Popen[bytes]) -> None:
    """The process with its children; kindly first."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)


def _build() -> list[str]:
    """A school and its graduates, who have own passwords already; their phones."""
    from django.utils import timezone  # noqa: PLC0415

    from kabinet.exams import presets  # noqa: PLC0415
    from kabinet.exams.actions import open_forms  # noqa: PLC0415
    from kabinet.people.access_rows import AccessRow  # noqa: PLC0415
    from kabinet.people.actions import set_own_password  # noqa: PLC0415
    from kabinet.people.models import Organisation, Person, Post  # noqa: PLC0415

    now = timezone.now()
    centre = Organisation.objects.create(kind="centre", code="1", name="Центр тестирования")
    district = Organisation.objects.create(
        kind="district", code="12", name="Джети-Огузский район", parent=centre
    )
    school = Organisation.objects.create(
        kind="school", code="5", name="Школа № 5", town="с. Кызыл-Суу", parent=district
    )
    teacher = Person.objects.create_person(
        surname="Сыдыкова", given_name="Жамал", patronymic="", phone="+996555900100"
    )
    Post.objects.create(person=teacher, organisation=school, role=Post.Role.RESPONSIBLE)
    campaign = presets.create_campaign(
        centre,
        slug="journeys",
        year=2027,
        opens_at=now - timedelta(days=10),
        closes_at=now + timedelta(days=20),
        first_test_day=timezone.localdate() + timedelta(days=60),
        access_until=timezone.localdate() + timedelta(days=200),
    )
    rows = [
        AccessRow(
            phone=f"+9965552041{number:02}",
            surname="Абдыраева",
            given_name="Айпери",
            patronymic="Нурлановна",
        )
        for number in range(GRADUATES)
    ]
    opened = open_forms(actor=teacher, campaign=campaign, school=school, rows=rows)
    for each in opened:
        set_own_password(person=each.person, raw=OWN)
    return [each.person.phone or "" for each in opened]


def _main() -> None:
    import django  # noqa: PLC0415

    os.environ["DJANGO_SETTINGS_MODULE"] = "kabinet.site.settings"
    django.setup()
    sys.stdout.write(json.dumps(_build()))


if __name__ == "__main__":
    _main()
