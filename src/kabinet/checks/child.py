"""The model child: loads the models once, then answers about one safe picture after the other.

It has an empty environment, 2.5 GB of address space, and after loading no right to open a file or
a socket. A picture that takes too long ends it, also when its parent is no more.
"""

import os
import resource
import signal
import sys
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any, BinaryIO

from PIL import Image

from kabinet.checks.reports import plain
from kabinet.core.passport import Reading, read_document
from kabinet.core.passport.eyes import load, why_blind
from kabinet.core.photo import Report, check_photo, models_ready
from kabinet.vault import frames
from kabinet.vault.confining import lower

MEMORY_BYTES = 2_500_000_000
ALARM_SECONDS = 15

_LOOKS: Mapping[str, Callable[[bytes], Report | Reading]] = {
    "face": check_photo,
    "identity": read_document,
}


def main() -> None:
    """Entrance of the child. Whatever a library prints goes to the error stream, not to the parent."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    lower(resource.RLIMIT_AS, MEMORY_BYTES)
    _warm_up()
    eyesight = {"faces": models_ready(), "documents": why_blind()}
    for name in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NOFILE):
        lower(name, 0)
    _send(answers, eyesight)
    while body := _frame(sys.stdin.buffer):
        _send(answers, _answer(body))


def _answer(body: bytes) -> dict[str, Any]:
    """What is seen; ``lost`` when a library fails on the picture in a way that it should not."""
    asked, [picture] = frames.unpack(body)
    signal.alarm(ALARM_SECONDS)
    try:
        return plain(_LOOKS[asked["kind"]](picture))
    except Exception as error:  # of four libraries of networks; all mean the same to the parent
        return {"lost": type(error).__name__}
    finally:
        signal.alarm(0)


def _warm_up() -> None:
    """Everything is loaded, at last by a look at nothing: later no file can be opened."""
    load()
    file = BytesIO()
    Image.radial_gradient("L").convert("RGB").resize((640, 800)).save(file, "JPEG")
    for look in _LOOKS.values():
        look(file.getvalue())


def _frame(source: BinaryIO) -> bytes:
    """The body of the next frame; nothing when the parent has gone."""
    return source.read(frames.body_length(source.read(frames.LENGTH)))


def _send(answers: BinaryIO, head: dict[str, Any]) -> None:
    answers.write(frames.pack(head))
    answers.flush()


if __name__ == "__main__":
    main()
