"""Where Tesseract's language file for zones lies once `models_setup` has put it there."""

from __future__ import annotations

from pathlib import Path
from typing import Final

MODELS: Final = Path(__file__).parent / "models"
TRAINEDDATA: Final = MODELS / "mrz.traineddata"
