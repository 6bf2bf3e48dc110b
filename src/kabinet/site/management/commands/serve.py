"""``kabinet serve``: web and background worker together on one machine, until interrupted."""

import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from multiprocessing import Process
from types import FrameType
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django.utils.module_loading import import_string
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
        background = None
        if not no_worker:
            background = Process(target=keep_worker, args=(os.getpid(),))
            background.start()
        try:
            server = Granian(
                "kabinet.site.wsgi:application",
                address=host,
                port=port,
                interface=Interfaces.WSGI,
                workers=workers,
                blocking_threads=4,
                respawn_failed_workers=True,
                log_access=False,
            )
            server.on_startup(_end_while_loading)
            server.serve(target_loader=_application, wrap_loader=False)
        finally:
            if background:
                background.terminate()
                background.join()


def _let_go_of_the_database() -> None:
    """Web processes are forks of this one: a connection that they inherit would be one and the same
    for all of them, and each would read what the others asked."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()  # type: ignore[attr-defined]  # of this vendor only


def _application() -> WSGIHandler:
    """What a web process serves.

    Ctrl-C reaches every process of a terminal. A web process leaves it to its parent, which tells
    it to end: told twice at once it may never end (Granian 2).
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    return import_string("kabinet.site.wsgi.application")  # type: ignore[no-any-return]


def _end_while_loading() -> None:
    """A web process has its parent's handlers of signals until it has loaded, and they would do
    nothing there."""
    parent = os.getpid()
    of_parent: dict[int, Any] = {
        number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)
    }

    def handle(number: int, frame: FrameType | None) -> None:
        if os.getpid() != parent:
            os._exit(0)
        of_parent[number](number, frame)

    for number in of_parent:
        signal.signal(number, handle)


def keep_worker(server: int) -> None:
    """Background work goes on as long as the process ``server`` (its id), our parent, lives.

    A worker that was killed, as by a system short of memory, is followed by the next one, which
    does again what was left undone.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    signal.signal(signal.SIGINT, lambda *_: sys.exit())
    while True:
        worker = subprocess.Popen([sys.executable, "-m", "kabinet.site", "worker"])
        try:
            while worker.poll() is None:
                if os.getppid() != server:
                    return
                time.sleep(_LOOKS_EVERY)
        finally:
            _end(worker)
        sys.stderr.write(f"The worker ended ({worker.returncode}), another one begins.\n")
        time.sleep(_LOOKS_EVERY)


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.terminate()
    try:
        worker.wait(20)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


_LOOKS_EVERY = 0.5  # seconds
