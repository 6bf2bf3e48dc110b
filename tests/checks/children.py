"""Children for what the real one never does by itself: hang, die, babble, want too much."""

from collections.abc import Callable, Sequence
from pathlib import Path

from kabinet.vault.decoding import child_command


def is_alive(pid: int) -> bool:
    """Neither gone nor a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


FRAME = "from kabinet.vault import frames; import os, sys, time, signal"
READY = "sys.stdout.buffer.write(frames.pack({})); sys.stdout.buffer.flush()"


def python(*lines: str) -> Callable[[], Sequence[str]]:
    """A child that runs these lines, started as the real one is."""
    start = "import sys; sys.path[:] = sys.argv[1:]"
    code = "\n".join((start, *lines))

    def command() -> Sequence[str]:
        real = child_command("kabinet.checks.child")
        place = real.index("-c")
        return [*real[: place + 1], code, *real[place + 2 :]]

    return command


HANGING = python(FRAME, READY, "time.sleep(600)")
DYING = python(FRAME, READY, "sys.stdin.buffer.read(4)", "os.kill(os.getpid(), signal.SIGSEGV)")
SILENT = python(FRAME, "time.sleep(600)")
ABSENT = python("import no_such_module")
BABBLING = python(
    FRAME, READY, "sys.stdin.buffer.read(4)", "sys.stdout.buffer.write(b'x' * (1 << 24))"
)
NONSENSE = python(
    FRAME,
    READY,
    "sys.stdin.buffer.read(4)",
    "sys.stdout.buffer.write(frames.pack({'verdict': 'ok'})); sys.stdout.buffer.flush()",
    "time.sleep(600)",
)


TAKEN_OVER = python(
    "import os, socket",
    "from kabinet.checks import child",
    "tries = [lambda: open('/etc/hostname'), socket.socket, os.pipe, lambda: bytearray(3 << 30)]",
    "def name_of_refusal(wanted):",
    "    try: wanted()",
    "    except Exception as refusal: return type(refusal).__name__",
    "def look(data):",
    "    told = ' '.join(map(str, map(name_of_refusal, tries)))",
    "    raise type(told, (Exception,), {})",
    "child._warm_up = lambda: None",
    "child._LOOKS['face'] = look",
    "child.main()",
)
"""The real child with all its locks, but a face does in it what it likes; the refusals come back."""
