"""What one worker does: its model child, asked as the worker asks it, about safe pictures of the vault.

The pictures are decoded by the vault first and that is not counted. One worker is compared with one
worker per core, all at work at once; the processor time is that of the children alone.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from time import perf_counter

from PIL import Image
from tests.core.passport.degrade import make_samples
from tests.core.photo.variants import conforming, cut_out, encoded, load_portraits

from bench.rows import Row
from kabinet.checks.eyes import Eyes
from kabinet.core.photo import models_ready
from kabinet.vault.decoding import decode

SIZE = (1800, 2400)
EACH, ROUNDS = 8, 2
TICKS = os.sysconf("SC_CLK_TCK")
CORES = len(os.sched_getaffinity(0))


def measure() -> list[Row]:
    samples = list(make_samples(1, seed=77))[: 3 * EACH : 3]
    faces, documents = _faces(), [decode(sample.data).jpeg for sample in samples]
    begun = perf_counter()
    workers = [Eyes() for _ in range(CORES)]
    workers[0].open()
    start, processor = perf_counter() - begun, _processor_seconds(workers[0])
    for worker in workers[1:]:
        worker.open()
    try:
        rows = _rates("face", "face photos", faces, workers)
        rows += _rates("identity", "documents", documents, workers)
        memory = max(_memory(worker) for worker in workers)
    finally:
        for worker in workers:
            worker.close()
    return [
        *rows,
        Row("child: from its start until it may be asked", start, "s"),
        Row("child: processor time of that", processor, "s"),
        Row("child: memory at most, after all of these", memory, "MB", "≤ 2500", memory <= 2500),
    ]


def _rates(kind: str, name: str, pictures: Sequence[bytes], workers: Sequence[Eyes]) -> list[Row]:
    """Pictures per second: of one worker, of its core, and of all workers at once."""
    one = workers[0]
    work = partial(_look_at_all, kind, pictures)
    work(one)  # the first round warms the caches up
    processor, begun = _processor_seconds(one), perf_counter()
    for _ in range(ROUNDS):
        work(one)
    alone = ROUNDS * len(pictures) / (perf_counter() - begun)
    core = ROUNDS * len(pictures) / (_processor_seconds(one) - processor)
    begun = perf_counter()
    with ThreadPoolExecutor(len(workers)) as threads:
        for _ in range(ROUNDS):
            list(threads.map(work, workers))
    together = ROUNDS * len(pictures) * len(workers) / (perf_counter() - begun)
    return [
        Row(f"{name} per second, one worker", alone, "1/s"),
        Row(f"{name} per second of a core", core, "1/s"),
        Row(f"{name} per second, {len(workers)} workers", together, "1/s"),
        Row(f"{name}: {len(workers)} workers over one", together / alone, "times"),
    ]


def _look_at_all(kind: str, pictures: Sequence[bytes], eyes: Eyes) -> None:
    for picture in pictures:
        eyes.look(kind, picture)


def _faces() -> list[bytes]:
    """Portraits on white where there are any; else pictures without a face, which are quicker."""
    folder = os.environ.get("KABINET_FACES")
    if folder and models_ready():
        shown = [conforming(cut_out(each)) for each in load_portraits(Path(folder))[:EACH]]
    else:
        print(
            "model_child: no faces (KABINET_FACES) or no models, the rules of faces are not reached"
        )
        shown = [Image.radial_gradient("L").convert("RGB")] * EACH
    large = [picture.resize(SIZE, Image.Resampling.BICUBIC) for picture in shown]
    return [decode(encoded(picture)).jpeg for picture in large]


def _processor_seconds(eyes: Eyes) -> float:
    told = _told(eyes, "stat").rsplit(")", 1)[1].split()
    return (int(told[11]) + int(told[12])) / TICKS


def _memory(eyes: Eyes) -> float:
    (line,) = (line for line in _told(eyes, "status").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _told(eyes: Eyes, name: str) -> str:
    assert eyes.pid is not None
    return Path(f"/proc/{eyes.pid}/{name}").read_text()
