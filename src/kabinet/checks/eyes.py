"""The parent's side of the model child: one long-lived child per worker process.

It is started when the worker starts, killed when it takes too long or talks nonsense, and started
again for the next picture. Each question and each answer is one frame (``vault.frames``).
"""

import os
import selectors
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from typing import Any

from kabinet.vault import frames
from kabinet.vault.decoding import child_command

LOOK_SECONDS = 10.0
START_SECONDS = 30.0
_ANSWER_BYTES = 1 << 20
_PIECE = 1 << 18

# One thread per library: the worker processes are the parallelism.
_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}


class Lost(Exception):
    """The child died, took too long or could not answer; there is no answer."""


def _model_child() -> Sequence[str]:
    return child_command("kabinet.checks.child")


class Eyes:
    """One model child, started when it is needed. Threads of one process take turns."""

    def __init__(self, command: Callable[[], Sequence[str]] = _model_child) -> None:
        self._command = command
        self._child: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()

    @property
    def pid(self) -> int | None:
        """Of the child, while there is one."""
        return self._child.pid if self._child else None

    def open(self) -> dict[str, Any]:
        """Start the child and wait until its models are loaded; what it says of itself. Raises Lost."""
        with self._turn:
            self._close()
            return self._start()

    def look(self, kind: str, picture: bytes) -> dict[str, Any]:
        """The child's answer about a safe picture: plain data, not yet to be believed. Raises Lost."""
        with self._turn:
            if self._child is None or self._child.poll() is not None:
                self._close()
                self._start()
            return self._asked(frames.pack({"kind": kind}, [picture]), LOOK_SECONDS)

    def close(self) -> None:
        with self._turn:
            self._close()

    def _start(self) -> dict[str, Any]:
        self._child = subprocess.Popen(  # noqa: S603  # our own interpreter, no shell
            self._command(),
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )
        assert self._child.stdin is not None  # noqa: S101  # it was opened with pipes
        os.set_blocking(self._child.stdin.fileno(), False)
        return self._asked(b"", START_SECONDS)

    def _asked(self, question: bytes, seconds: float) -> dict[str, Any]:
        """One frame there, one frame back; without an answer the child is dead afterwards."""
        try:
            answer, blobs = frames.unpack(self._exchange(question, time.monotonic() + seconds))
            if blobs or "lost" in answer:
                raise Lost(str(answer.get("lost"))[:200])
        except (frames.BrokenFrame, OSError, Lost) as error:
            self._close()
            raise Lost(str(error)) from error
        return answer

    def _exchange(self, question: bytes, deadline: float) -> bytes:
        """The body of the answer. Raises Lost when the child ends, babbles or is late."""
        child = self._child
        assert child is not None  # noqa: S101  # it was started with pipes
        assert child.stdin is not None  # noqa: S101
        assert child.stdout is not None  # noqa: S101
        todo, answer = memoryview(question), bytearray()
        with selectors.DefaultSelector() as ready:
            ready.register(child.stdout, selectors.EVENT_READ)
            if todo:
                ready.register(child.stdin, selectors.EVENT_WRITE)
            while len(answer) < frames.LENGTH or len(answer) < _whole(answer):
                events = ready.select(max(0.0, deadline - time.monotonic()))
                if not events:
                    raise Lost("late")
                for key, _ in events:
                    if key.fileobj is child.stdout:
                        piece = os.read(key.fd, _PIECE)
                        if not piece:
                            raise Lost("ended")
                        answer += piece
                    else:
                        todo = todo[os.write(key.fd, todo[:_PIECE]) :]
                        if not todo:
                            ready.unregister(child.stdin)
        return bytes(answer[frames.LENGTH :])

    def _close(self) -> None:
        """Kill the child and all it started."""
        child, self._child = self._child, None
        if child is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        for pipe in (child.stdin, child.stdout):
            if pipe:
                pipe.close()
        child.wait()


def _whole(answer: bytearray) -> int:
    length = frames.LENGTH + frames.body_length(answer)
    if length > _ANSWER_BYTES:
        raise Lost("too long")
    return length


@cache
def eyes() -> Eyes:
    """The eyes of this process."""
    return Eyes()
