"""The engines: line images to text, and whole pictures to boxes of text.

Tesseract with the language file for machine readable zones reads lines; the PP-OCR models that the
rapidocr wheel ships find text and give a second, independent reading. They are run directly on
onnxruntime: rapidocr's own code may fetch models from the network, ours never does. Each engine
takes one thread and is loaded once per process.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Protocol

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

# Read once when the OpenMP library is loaded, hence before the import that loads it.
os.environ["OMP_THREAD_LIMIT"] = "1"
import tesserocr

from kabinet.core.passport.language_file import MODELS, TRAINEDDATA
from kabinet.core.passport.mrz import ALPHABET
from kabinet.core.passport.recognised import Recognised
from kabinet.core.passport.strips import Grey, Strip, strip_around

_DETECTOR: Final = "PP-OCRv6_det_small.onnx"
_RECOGNISER: Final = "PP-OCRv6_rec_small.onnx"
_RECOGNISER_HEIGHT: Final = 48
# Long lines collapse in the recogniser, so they are read in two halves that overlap.
_OVERLAP: Final = 0.12
# A document has some dozens of texts; a picture made of specks must not cost minutes.
_MOST_TEXTS: Final = 200

cv2.setNumThreads(1)


class LineEngine(Protocol):
    """Anything that reads one line of a zone."""

    def recognise(self, line: Grey) -> Recognised: ...


class Tesseract:
    """libtesseract with the zone's own language file."""

    def __init__(self, folder: Path) -> None:
        self._api = tesserocr.PyTessBaseAPI(
            path=str(folder),
            lang=TRAINEDDATA.stem,
            psm=tesserocr.PSM.RAW_LINE,
            oem=tesserocr.OEM.LSTM_ONLY,
        )
        # Remarks about single lines are nothing for the log of a worker.
        self._api.SetVariable("debug_file", os.devnull)

    def recognise(self, line: Grey) -> Recognised:
        height, width = line.shape
        self._api.SetImageBytes(np.ascontiguousarray(line).tobytes(), width, height, 1, width)
        self._api.Recognize()
        return _recognised(self._signs())

    def _signs(self) -> list[tuple[str, float]]:
        level = tesserocr.RIL.SYMBOL
        iterator = self._api.GetIterator()
        if iterator is None or iterator.Empty(level):
            return []
        walk = tesserocr.iterate_level(iterator, level)
        return [(item.GetUTF8Text(level).strip(), item.Confidence(level) / 100) for item in walk]


class PaddleLines:
    """The PP-OCR recogniser, its many thousand letters narrowed to those of a zone."""

    def __init__(self, model: Path) -> None:
        self._session = _session(model)
        letters = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        places = {letter: place + 1 for place, letter in enumerate(letters)}
        self._columns = np.array([0] + [places[sign] for sign in ALPHABET])

    def recognise(self, line: Grey) -> Recognised:
        left, right = self.halves(line)
        return Recognised(
            joined(left.text, right.text),
            (left.confidence + right.confidence) / 2,
            min(left.weakest, right.weakest),
        )

    def halves(self, line: Grey) -> tuple[Recognised, Recognised]:
        """The two overlapping halves of a line, each by itself."""
        middle, lap = line.shape[1] // 2, round(line.shape[1] * _OVERLAP)
        return self._half(line[:, : middle + lap]), self._half(line[:, middle - lap :])

    def _half(self, line: Grey) -> Recognised:
        width = max(16, round(line.shape[1] * _RECOGNISER_HEIGHT / line.shape[0]))
        scaled = cv2.resize(line, (width, _RECOGNISER_HEIGHT))
        scores = self._session.run(None, {"x": _tensor(scaled)})[0][0][:, self._columns]
        best = scores.argmax(axis=1)
        # Connectionist decoding: a letter counts where it begins; 0 is "no letter".
        fresh = np.flatnonzero((best != 0) & np.diff(best, prepend=0).astype(bool))
        return _recognised(
            [(ALPHABET[best[place] - 1], float(scores[place].max())) for place in fresh]
        )


class TextFinder:
    """The PP-OCR detector: where in a picture text is, at any angle."""

    def __init__(self, model: Path) -> None:
        self._session = _session(model)

    def find(self, grey: Grey, *, side: int = 960) -> list[Strip]:
        """Strips of text, in the picture's own pixels; looked for at `side` pixels at most."""
        factor = min(1.0, side / max(grey.shape))
        height, width = (max(32, round(size * factor / 32) * 32) for size in grey.shape)
        scaled = cv2.resize(grey, (width, height), None, 0, 0, cv2.INTER_AREA)
        heat = self._session.run(None, {"x": _tensor(scaled)})[0][0, 0]
        stretch = np.array([grey.shape[1] / width, grey.shape[0] / height], np.float32)
        return [
            _unclipped(strip_around(contour.reshape(-1, 2).astype(np.float32) * stretch))
            for contour in _hot_regions(heat)
        ]


def _recognised(signs: list[tuple[str, float]]) -> Recognised:
    weights = [confidence for _, confidence in signs] or [0.0]
    text = "".join(sign for sign, _ in signs)
    return Recognised(text, sum(weights) / len(weights), min(weights))


def _hot_regions(heat: NDArray[np.float32]) -> list[NDArray[Any]]:
    mask = (heat > 0.3).astype(np.uint8)
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    largest = sorted(map(np.asarray, contours), key=cv2.contourArea, reverse=True)[:_MOST_TEXTS]
    return [contour for contour in largest if cv2.contourArea(contour) >= 12]


def _unclipped(strip: Strip) -> Strip:
    """The detector marks the core of a line; its letters reach further on every side."""
    grown = strip.thickness * strip.length * 1.6 / (2 * (strip.thickness + strip.length))
    factor = (strip.length + 2 * grown) / strip.length
    thickness = strip.thickness + 1.3 * grown
    return Strip(strip.x, strip.y, strip.run_x * factor, strip.run_y * factor, thickness)


def joined(left: str, right: str) -> str:
    """Two readings of overlapping halves as one text; "" when they have nothing in common."""
    for length in range(min(len(left), len(right)), 1, -1):
        if left[-length:] == right[:length]:
            return left + right[length:]
    # The outermost letters of a half are cut ones: try again without them.
    for length in range(min(len(left), len(right)) - 1, 1, -1):
        if left[-length - 1 : -1] == right[1 : length + 1]:
            return left[:-1] + right[length + 1 :]
    return ""


def _tensor(grey: NDArray[Any]) -> NDArray[np.float32]:
    plane = grey.astype(np.float32) / 127.5 - 1
    return np.broadcast_to(plane, (1, 3, *plane.shape)).copy()


def _session(model: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # The largest picture's memory is given back: a worker keeps its process for days.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _shipped(name: str) -> Path:
    """A model inside the rapidocr wheel, found without importing the package."""
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise FileNotFoundError(name)
    return Path(spec.origin).parent / "models" / name


@cache
def line_engine() -> Tesseract:
    """The first reader. Raises RuntimeError or OSError when the language file is not there."""
    if not TRAINEDDATA.exists():
        raise FileNotFoundError(TRAINEDDATA.name)
    return Tesseract(MODELS)


@cache
def second_engine() -> PaddleLines:
    """The independent second reader."""
    return PaddleLines(_shipped(_RECOGNISER))


@cache
def text_finder() -> TextFinder:
    """The finder of text that sees zones where morphology does not."""
    return TextFinder(_shipped(_DETECTOR))


@cache
def engine_name() -> str:
    """Names and versions, kept with a reading so that it can be judged later."""
    tesseract = tesserocr.tesseract_version().split()[1]
    return f"tesseract {tesseract} mrz; rapidocr {version('rapidocr')}"
