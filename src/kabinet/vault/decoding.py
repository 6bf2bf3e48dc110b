"""Turning hostile bytes into a safe picture or PDF, in a child process per file.

The parent looks at the header (`sniff`), starts a child (`decoder`, `decoder_pdf`) with
an empty environment in a session of its own, and believes nothing that comes back: the
answer is bounded in bytes and time, parsed strictly, and the whole session is killed in
the end. Every bad end of a child is one of the refusals; only a host on which no decoder
starts at all raises DecoderUnavailable.

Keys of the sentences, with their blanks:

    upload.empty
    upload.too_big           size_mb, limit_mb
    upload.wrong_type        found
    upload.unknown_type
    upload.too_many_pixels   megapixels, limit
    upload.too_small         width, height, limit
    upload.damaged
    upload.animated
    upload.too_many_scans    limit
    upload.took_too_long
    upload.encrypted
    upload.too_many_pages    pages, limit
    upload.busy
"""

import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from kabinet.vault import frames
from kabinet.vault.refusals import FAMILY, MEGABYTE, Busy, Damaged, TookTooLong
from kabinet.vault.sniff import PHOTO, Header, Limits, examine

__all__ = ["PHOTO", "Decoded", "DecoderUnavailable", "Limits", "child_command", "decode"]


class DecoderUnavailable(RuntimeError):
    """No decode child starts on this host: a library is missing or broken."""


@dataclass(frozen=True)
class Decoded:
    """A safe picture or PDF. Sizes are pixels, upright; all pictures are sRGB JPEG without
    metadata.

    `jpeg` is the picture (long side ≤ 2400 px) or the first page of the PDF; `thumbnail` a
    JPEG of ≤ 6 KB. `captured_at` and `software` are what EXIF said before it was dropped,
    on the camera's own clock. Two uploads of the same pixels have equal `sha256_of_pixels`,
    whatever their metadata. `pdf` (rewritten) is empty for photos. `previews` are pictures to
    show on a page: of the first pages of a PDF (≤ 10), or one of the photo (long side ≤ 1000 px).
    """

    kind: Literal["photo", "pdf"]
    jpeg: bytes = field(repr=False)
    thumbnail: bytes = field(repr=False)
    width: int
    height: int
    original_width: int
    original_height: int
    original_format: str
    captured_at: datetime | None
    software: str | None
    grey: bool
    sha256_of_pixels: str
    pages: int = 1
    pdf: bytes = field(default=b"", repr=False)
    previews: tuple[bytes, ...] = field(default=(), repr=False)


def decode(data: bytes, *, allow_pdf: bool = False, limits: Limits = PHOTO) -> Decoded:
    """A safe form of an uploaded file; raises one of the UploadRefused family.

    Waits for one of the host process's two seats for children, at most
    `limits.wait_seconds`, then `limits.wall_seconds` for the child.
    """
    header = examine(data, allow_pdf=allow_pdf, limits=limits)
    if not _SEATS.acquire(timeout=limits.wait_seconds):
        raise Busy
    try:
        answer = converse(
            child_command(_MODULES.get(header.kind, "kabinet.vault.decoder")),
            frames.pack({"kind": header.kind, "limits": asdict(limits)}) + frames.pack({}, [data]),
            wall_seconds=limits.wall_seconds,
        )
    finally:
        _SEATS.release()
    return _decoded(header, answer)


# Two, because each may take 1 GB, and more would not be faster on small hosts.
_SEATS = threading.BoundedSemaphore(2)
_ANSWER_BYTES = 64 * MEGABYTE
_PIECE = 1 << 18


_MODULES = {"PDF": "kabinet.vault.decoder_pdf"}


def child_command(module: str) -> list[str]:
    """``main`` of a module, in a Python without environment and site, told where our packages lie.

    The folder above the package comes first, so that a checkout without installation works.
    The child may store the byte code of its libraries, unless its parent may not either:
    without it every start takes twice as long.
    """
    quiet = ["-B"] if sys.dont_write_bytecode else []
    start = f"import sys; sys.path[:] = sys.argv[1:]; from {module} import main; main()"
    folders = [
        str(Path(__file__).resolve().parents[2]),
        *map(os.path.abspath, filter(None, sys.path)),
    ]
    return [sys.executable, "-I", "-S", *quiet, "-c", start, *folders]


def converse(command: list[str], request: bytes, *, wall_seconds: float) -> bytes:
    """The body of a child's answer to a request; the child is dead afterwards, whatever happened.

    Raises TookTooLong, Damaged, or DecoderUnavailable when the child ends by itself before
    it was ready to look at the file.
    """
    deadline = time.monotonic() + wall_seconds
    child = subprocess.Popen(  # noqa: S603  # our own interpreter, no shell
        command,
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    )
    try:
        answer = _exchange(child, request, deadline)
    finally:
        code = _end(child)
    if len(answer) < 1 + frames.LENGTH or len(answer) < _whole(answer):
        raise _bad_end(code, ready=answer.startswith(frames.READY))
    return bytes(answer[1 + frames.LENGTH :])


def _exchange(child: subprocess.Popen[bytes], request: bytes, deadline: float) -> bytearray:
    """Write and read at once, until the answer is whole, the child ends, or time is up."""
    assert child.stdin is not None  # noqa: S101  # it was opened with pipes
    assert child.stdout is not None  # noqa: S101
    todo, answer = memoryview(request), bytearray()
    os.set_blocking(child.stdin.fileno(), False)
    with selectors.DefaultSelector() as ready:
        ready.register(child.stdin, selectors.EVENT_WRITE)
        ready.register(child.stdout, selectors.EVENT_READ)
        while len(answer) < 1 + frames.LENGTH or len(answer) < _whole(answer):
            events = ready.select(deadline - time.monotonic())
            if time.monotonic() >= deadline:
                raise TookTooLong
            for key, _ in events:
                if key.fileobj is child.stdout:
                    piece = os.read(key.fd, _PIECE)
                    if not piece:
                        return answer
                    answer += piece
                else:
                    todo = _written(key.fd, todo)
                    if not todo:
                        ready.unregister(child.stdin)
    return answer


def _written(pipe: int, todo: memoryview) -> memoryview:
    """What is left to write; nothing, if nobody reads any more."""
    try:
        return todo[os.write(pipe, todo[:_PIECE]) :]
    except BlockingIOError:
        return todo
    except BrokenPipeError:
        return todo[:0]


def _whole(answer: bytearray) -> int:
    """How many bytes a started answer will have; refuses more than any honest one has."""
    length = frames.body_length(answer[1 : 1 + frames.LENGTH])
    if answer[:1] != frames.READY or length > _ANSWER_BYTES:
        raise Damaged
    return 1 + frames.LENGTH + length


def _end(child: subprocess.Popen[bytes]) -> int:
    """Kill the child and all it started, in that order, and return how the child ended.

    An ended child keeps its number until `wait`, so the signal cannot reach a stranger; and
    the signal does not change the code of a child that ended by itself.
    """
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    for pipe in (child.stdin, child.stdout):
        if pipe:
            pipe.close()
    return child.wait()


def _bad_end(code: int, *, ready: bool) -> Exception:
    if code == -signal.SIGXCPU:
        return TookTooLong()
    if code > 0 and not ready:
        return DecoderUnavailable("the decode child does not start; run `kabinet doctor`")
    return Damaged()


def _decoded(header: Header, answer: bytes) -> Decoded:
    """The answer as a value; a child that was taken over by its file may have written anything."""
    try:
        facts, blobs = frames.unpack(answer)
        if "refused" in facts:
            raise FAMILY[facts["refused"]](**_plain(facts["params"]))
        jpeg, thumbnail, *others = _pictures(blobs, header.kind)
        pdf = others.pop(0) if header.kind == "PDF" else b""
        return Decoded(
            kind="pdf" if pdf else "photo",
            jpeg=jpeg,
            thumbnail=thumbnail,
            **{name: _count(facts[name]) for name in _NUMBERS},
            original_format=header.kind,
            captured_at=_moment(facts["captured_at"]),
            software=_line(facts["software"]),
            grey=bool(facts["grey"]),
            sha256_of_pixels=bytes.fromhex(facts["sha256_of_pixels"])[:32].hex(),
            pages=_count(facts.get("pages", 1)),
            pdf=pdf,
            previews=tuple(others),
        )
    except (frames.BrokenFrame, AttributeError, KeyError, TypeError, ValueError) as crooked:
        raise Damaged from crooked


_NUMBERS = ("width", "height", "original_width", "original_height")


def _pictures(blobs: list[bytes], kind: str) -> list[bytes]:
    """The blobs, if they are as many as the kind has and of the formats they should have."""
    is_pdf = kind == "PDF"
    jpegs = blobs[:2] + blobs[3:] if is_pdf else blobs
    right = len(blobs) > 3 and blobs[2].startswith(b"%PDF-") if is_pdf else len(blobs) == 3
    if not right or not all(jpeg.startswith(b"\xff\xd8\xff") for jpeg in jpegs):
        raise Damaged
    return blobs


def _count(value: object) -> int:
    """A number of pixels or pages, small enough for any column."""
    if type(value) is not int or not 0 < value < 1_000_000:
        raise ValueError
    return value


def _line(text: str | None) -> str | None:
    return "".join(filter(str.isprintable, text))[:100].strip() or None if text else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=None) if text else None


def _plain(params: dict[str, Any]) -> dict[str, Any]:
    """Blanks of a sentence: numbers, or a short word."""
    for value in params.values():
        if type(value) is not int and not (type(value) is str and len(value) < 20):
            raise TypeError
    return params
