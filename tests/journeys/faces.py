"""Photos of faces for journeys: made from the labelled portraits, as files and as a camera.

The portraits are no part of the project: `KABINET_FACES` names their folder.
"""

import io
import os
from pathlib import Path

from PIL import Image

from kabinet.core.photo import models_ready

NEUTRAL = "portrait_06.jpg"
FRAMES = 30
CAMERA = (1280, 960)


def why_none() -> str:
    """Why there are no photos here; empty where there are."""
    if not models_ready():
        return "the photo models are not set up: run `make models`"
    folder = os.environ.get("KABINET_FACES", "")
    if not folder or not (Path(folder) / NEUTRAL).exists():
        return "no labelled portraits: set KABINET_FACES to a folder with labels.csv"
    return ""


def make_photos(folder: Path) -> dict[str, Path]:
    """``good``, and photos with one thing to mend each: ``shadow``, ``dark``."""
    from tests.core.photo import variants  # noqa: PLC0415 (needs the models)

    portraits = variants.load_portraits(Path(os.environ["KABINET_FACES"]))
    person = next(portrait for portrait in portraits if portrait.name == NEUTRAL)
    cutting = variants.cut_out(person, size=(900, 1200), head=0.5, at=(0.5, 0.4))
    pictures = {
        "good": variants.conforming(cutting),
        "shadow": variants.hard_shadow(cutting),
        "dark": variants.too_dark(cutting),
    }
    for name, picture in pictures.items():
        (folder / f"{name}.jpg").write_bytes(variants.encoded(picture))
    return {name: folder / f"{name}.jpg" for name in pictures}


def as_camera(photo: Path) -> Path:
    """What a webcam sees when this person stands before it: a film (MJPEG) for a fake camera."""
    picture = Image.open(photo)
    width = round(picture.width * CAMERA[1] / picture.height)
    wall = Image.new("RGB", CAMERA, picture.getpixel((2, 2)))
    wall.paste(picture.resize((width, CAMERA[1])), ((CAMERA[0] - width) // 2, 0))
    frame = io.BytesIO()
    wall.save(frame, "JPEG", quality=92)
    film = photo.with_suffix(".mjpeg")
    film.write_bytes(frame.getvalue() * FRAMES)
    return film
