"""Processor time to read a document, over all 26 kinds of pictures that the tests draw."""

import statistics

from tests.core.passport.degrade import make_samples

from bench.rows import Row
from kabinet.core.passport import read_document
from kabinet.core.passport.eyes import why_blind

EACH = 3
MEDIAN_GOAL, SLOW_GOAL = 0.4, 1.5


def measure() -> list[Row]:
    if why_blind():
        print(f"read_passport: not measured, {why_blind()}")
        return []
    samples = list(make_samples(EACH, seed=77))
    # The first picture of a process loads the engines; a worker does that once in its life.
    read_document(samples[0].data)
    times = [read_document(sample.data).seconds for sample in samples]
    median, slow = statistics.median(times), statistics.quantiles(times, n=10)[-1]
    return [
        Row("document: CPU, median", median, "s", f"<= {MEDIAN_GOAL}", median <= MEDIAN_GOAL),
        Row("document: CPU, 90th percentile", slow, "s", f"<= {SLOW_GOAL}", slow <= SLOW_GOAL),
        Row("document: CPU, slowest", max(times), "s"),
        Row("documents per core and hour", 3600 / statistics.fmean(times), "documents"),
    ]
