"""Serving: what the web processes take along when they are forked, and who goes on when one is killed."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections

from kabinet.people.models import Person
from kabinet.site.management.commands import serve
from tests.journeys.served import NOT_OURS, free_port

needs_proc = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="processes are found in /proc"
)


@pytest.mark.django_db(transaction=True)
def test_web_processes_inherit_no_connection_to_the_database(monkeypatch: Any) -> None:
    """On PostgreSQL they would all read from one socket, and nobody would be there to open others."""
    taken_along: list[bool] = []

    class Server:
        def __init__(self, *args: Any, **options: Any) -> None:
            pass

        def on_startup(self, hook: Callable[[], None]) -> None:
            pass

        def serve(self, **options: Any) -> None:
            pools = getattr(connection, "_connection_pools", {})
            open_ones = [one.connection for one in connections.all() if one.connection]
            taken_along.append(bool(pools or open_ones))

    monkeypatch.setattr(serve, "Granian", Server)
    monkeypatch.setattr(serve.static_files, "collect", lambda: None)
    assert Person.objects.count() == 0
    call_command("serve", no_worker=True)
    assert taken_along == [False]
    assert Person.objects.count() == 0


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[int]:
    """``kabinet serve`` in a folder of its own: the id of its process and of the group of all of them."""
    outside = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "kabinet.site", "serve", "--port", str(port)],
        env={**outside, "KABINET_VAR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until(lambda: answers(f"http://127.0.0.1:{port}/healthz"))
        until(lambda: workers_of(tmp_path))
        yield process.pid
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()
    except OSError:
        return False
    return True


def workers_of(folder: Path) -> set[int]:
    """The processes that work in the folder."""
    return {
        int(process.name)
        for process in Path("/proc").glob("[0-9]*")
        if read(process / "cmdline").endswith(b"kabinet.site\0worker\0")
        and f"KABINET_VAR={folder}\0".encode() in read(process / "environ")
    }


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it ended meanwhile
        return b""


def until(holds: Callable[[], object]) -> None:
    for _ in range(1200):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it never came to hold")


@pytest.mark.slow
@needs_proc
def test_a_killed_worker_is_followed_by_another_and_none_outlives_its_server(
    serving: int, tmp_path: Path
) -> None:
    first = workers_of(tmp_path)
    os.kill(min(first), signal.SIGKILL)  # the others are its children and end with it
    until(lambda: workers_of(tmp_path) - first)
    os.kill(serving, signal.SIGKILL)
    until(lambda: not workers_of(tmp_path))


@pytest.mark.slow
@needs_proc
@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_what_is_told_to_end_ends(serving: int, tmp_path: Path, told: signal.Signals) -> None:
    """Ctrl-C in a terminal tells every process, a service manager the first one."""
    if told is signal.SIGINT:
        os.killpg(serving, told)
    else:
        os.kill(serving, told)
    until(lambda: os.waitpid(serving, os.WNOHANG)[0])
    assert workers_of(tmp_path) == set()
