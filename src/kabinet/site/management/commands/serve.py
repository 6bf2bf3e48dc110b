"""``kabinet serve``: web and background worker together on one machine, until interrupted."""

import signal
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from granian import Granian
from granian.constants import Interfaces

from kabinet.site import static_files


class Command(BaseCommand):
    help = "Serve the site and do its background work on this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="web processes")
        parser.add_argument("--no-worker", action="store_true", help="only the web part")

    def handle(
        self, *args: Any, host: str, port: int, workers: int, no_worker: bool, **options: Any
    ) -> None:
        call_command("migrate", verbosity=0)
        static_files.collect()
        _let_go_of_the_database()
        background = None if no_worker else _start_worker()
        try:
            Granian(
                "kabinet.site.wsgi:application",
                address=host,
                port=port,
                interface=Interfaces.WSGI,
                workers=workers,
                blocking_threads=4,
                respawn_failed_workers=True,
                log_access=False,
            ).serve()
        finally:
            if background:
                background.send_signal(signal.SIGTERM)
                background.wait(20)


def _let_go_of_the_database() -> None:
    """Web processes are forks of this one: a connection that they inherit would be one and the same
    for all of them, and each would read what the others asked."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()  # type: ignore[attr-defined]  # of this vendor only


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "kabinet.site", "worker"])
