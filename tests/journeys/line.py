"""A line between a browser and the server that breaks when a test says so: real sockets on both ends."""

import socket
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import cast
from urllib.parse import urlsplit


class Line(socketserver.ThreadingTCPServer):
    """While ``breaks_after`` is a number, each post is cut after so many bytes; while
    ``loses_answers``, a post arrives whole and its answer does not."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, far: str) -> None:
        super().__init__(("127.0.0.1", 0), _Call)
        parts = urlsplit(far)
        self.far = (parts.hostname or "", parts.port or 80)
        self.url = f"http://localhost:{self.server_address[1]}"
        self.mend()

    def mend(self) -> None:
        self.breaks_after: int | None = None
        self.loses_answers = False


class _Call(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        line = cast(Line, self.server)
        self.posted: int | None = None  # bytes of the post on its way, if it is one
        with socket.create_connection(line.far) as far, suppress(OSError):
            back = Thread(target=self._bring_back, args=(line, far), daemon=True)
            back.start()
            while data := self.request.recv(16_384):
                if data.startswith(b"POST "):
                    self.posted = 0
                elif data.startswith(b"GET "):
                    self.posted = None
                if self._breaks(line, len(data)):
                    break
                far.sendall(data)
            _hang_up(far)
            _hang_up(self.request)
            back.join()

    def _breaks(self, line: Line, more: int) -> bool:
        if self.posted is None:
            return False
        self.posted += more
        return line.breaks_after is not None and self.posted > line.breaks_after

    def _bring_back(self, line: Line, far: socket.socket) -> None:
        with suppress(OSError):
            while data := far.recv(16_384):
                if line.loses_answers and self.posted is not None:
                    break
                self.request.sendall(data)
        _hang_up(self.request)


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


@contextmanager
def to(far: str) -> Iterator[Line]:
    """A line to the server at this address; the browser talks to ``line.url``."""
    with Line(far) as line:
        Thread(target=line.serve_forever, daemon=True).start()
        try:
            yield line
        finally:
            line.shutdown()
