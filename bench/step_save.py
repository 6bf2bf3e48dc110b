"""A step of the form against a bare view with the same SQL, on SQLite and on PostgreSQL.

Goal of speed.md: the house reaches at least 0.6 of the bare view's rate. Rounds are interleaved;
the figure is the median of the ratios of the rounds.
"""

import json
import os
import subprocess
import sys
import tempfile

import psycopg

from bench.rows import Row

GOAL = 0.6
NOTE = """
What holds it back: the step goes through all of Django (sessions, sign-in, CSRF, languages, a form
of widgets, templates, the query compiler), some 60,000 calls of Python for a post and the next
page, where the bare view only hands finished SQL to the driver. In a profile of the step, rendering
takes 30 %, saving with its journal 27 %, compiling the query that asks "is it there, and mine?"
20 %, building the form 10 %. The lean prototype of the design page left most of this out; we keep
it (ruling 29: measured, not forced)."""


def measure() -> list[Row]:
    rows = _rows("SQLite", "")
    address = os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
    try:
        psycopg.connect(address, connect_timeout=3).close()
    except psycopg.OperationalError:
        print("no PostgreSQL answers here: its half of step_save is left out")
        return rows
    return rows + _rows("PostgreSQL", address)


def _rows(name: str, address: str) -> list[Row]:
    with tempfile.TemporaryDirectory() as var:
        environ = {**os.environ, "DATABASE_URL": address, "KABINET_VAR": var}
        run = subprocess.run(
            [sys.executable, "-m", "bench.saving"],
            env=environ,
            capture_output=True,
            text=True,
            check=True,
        )
    told = json.loads(run.stdout.strip().splitlines()[-1])
    return [
        Row(
            f"{name}: rate of a step / of a bare view with its SQL",
            told["ratio"],
            "ratio",
            f"≥ {GOAL}",
            told["ratio"] >= GOAL,
        ),
        Row(f"{name}: lowest ratio of a round", told["ratio_min"], "ratio"),
        Row(f"{name}: highest ratio of a round", told["ratio_max"], "ratio"),
        Row(f"{name}: step saved and next page shown, wall", told["step_wall"], "ms"),
        Row(f"{name}: the same, processor time of the program", told["step_cpu"], "ms"),
        Row(f"{name}: bare view, wall", told["bare_wall"], "ms"),
        Row(f"{name}: bare view, processor time", told["bare_cpu"], "ms"),
        Row(f"{name}: statements of a save and a page", told["statements"], "statements"),
    ]
