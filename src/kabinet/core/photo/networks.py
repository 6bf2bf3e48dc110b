"""The networks, loaded once per process, one thread each."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from kabinet.core.photo.catalogue import MODELS, MODELS_FOLDER, missing_models
from kabinet.core.photo.raster import Array


class Network:
    """One network. An interpreter is not re-entrant: calls queue at the lock."""

    def __init__(self, path: Path) -> None:
        self._interpreter = Interpreter(str(path), num_threads=1)
        self._interpreter.allocate_tensors()
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._outputs = [d["index"] for d in self._interpreter.get_output_details()]
        self._lock = Lock()

    def run(self, picture: Array) -> list[Array]:
        """The outputs for one picture (height x width x channels), flat, in the model's order."""
        with self._lock:
            self._interpreter.set_tensor(self._input, picture[None].astype(np.float32))
            self._interpreter.invoke()
            return [self._interpreter.get_tensor(index).reshape(-1) for index in self._outputs]


@lru_cache(maxsize=2)
def load_networks(folder: Path = MODELS_FOLDER) -> dict[str, Network]:
    """Every network by name; empty when a file is missing or is not the pinned one."""
    if missing_models(folder):
        return {}
    with _quietly():
        return {model.name: Network(folder / model.filename) for model in MODELS}


@contextmanager
def _quietly() -> Iterator[None]:
    """The runtime tells on the error stream which kernels it chose, and has no switch for that."""
    stderr, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(stderr, 2)
        os.close(stderr)
        os.close(nowhere)
