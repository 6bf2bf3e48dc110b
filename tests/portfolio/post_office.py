"""A mail server for the tests: it speaks enough SMTP to take letters, and keeps them."""

import email
import re
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from threading import Thread
from typing import Any, cast


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self._say("354 go on")
                self._take()
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            self._say("250 ok")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        letters: list[EmailMessage] = self.server.letters  # type: ignore[attr-defined]
        parsed = email.message_from_bytes(b"".join(lines), policy=default)
        letters.append(cast(EmailMessage, parsed))

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def running(settings: Any) -> Iterator[list[EmailMessage]]:
    """The letters that have come so far; Django's settings lead to this server meanwhile."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        server.daemon_threads = True
        server.letters = []  # type: ignore[attr-defined]
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.letters  # type: ignore[attr-defined]
        finally:
            server.shutdown()


def code_in(letter: EmailMessage) -> str:
    found = re.search(r"\b\d{6}\b", letter.get_content())
    assert found
    return found.group()
