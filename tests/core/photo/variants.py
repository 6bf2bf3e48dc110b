"""Photos made from labelled portraits: conforming ones on white, and violations of every rule.

A person is cut out with the segmentation network, levelled, and laid on a plain background; each
variant then breaks one rule. Chance comes from a seed of its own.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from math import cos, sin
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from kabinet.core.photo.mesh import CHIN, Mesh
from kabinet.core.photo.networks import load_networks
from kabinet.core.photo.raster import LINEAR, Array
from kabinet.core.photo.scene import Scene, look_at
from kabinet.core.photo.segmentation import segment

SEED = 20270309
SMALLEST_EYES = 40  # pixels between the eyes of a portrait worth enlarging
WHITE = (246, 246, 246)


@dataclass(frozen=True, eq=False)
class Portrait:
    """A labelled portrait with what the networks saw on it."""

    name: str
    labels: dict[str, str]
    scene: Scene

    @property
    def mesh(self) -> Mesh:
        return self.scene.meshes[0]

    @property
    def excused(self) -> set[str]:
        """Rules that the portrait itself breaks, by its labels."""
        rules = set()
        if self.labels["glasses"] == "yes":
            rules |= {"glasses"}
        if self.labels["expression"] != "neutral":
            rules |= {"expression", "mouth_closed"}
        return rules


@dataclass(frozen=True)
class Cutting:
    """A person alone: colours, how far each pixel is the person (0..1), and the face's points."""

    rgb: Array
    alpha: Array
    points: Array
    eyes: float  # distance

    def on(self, background: Array | tuple[int, int, int]) -> Image.Image:
        under = np.broadcast_to(np.asarray(background, np.float32), self.rgb.shape)
        return _image(self.rgb * self.alpha[..., None] + under * (1 - self.alpha[..., None]))


def load_portraits(folder: Path) -> list[Portrait]:
    """The portraits of one person each that are large enough, not cut and not turned."""
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    portraits = []
    for row in rows:
        if row["faces"] != "1" or "cut" in row["note"] or "turned" in row["note"]:
            continue
        image = Image.open(folder / row["file"]).convert("RGB")
        scene = look_at(image, load_networks())
        if scene.meshes and scene.meshes[0].eye_distance >= SMALLEST_EYES:
            portraits.append(Portrait(row["file"], row, scene))
    return portraits


@lru_cache(maxsize=64)
def cut_out(
    portrait: Portrait,
    *,
    size: tuple[int, int] = (600, 800),
    head: float = 0.55,
    roll: float = 0.0,
    at: tuple[float, float] = (0.5, 0.44),
) -> Cutting:
    """The person with a head of `head` of the height, its eyes at `at`, tilted by `roll` degrees."""
    mesh, (width, height) = portrait.mesh, size
    scale = head * height / (2 * mesh.eye_to_chin)
    angle = mesh.roll - np.radians(roll)
    a, b = cos(angle) / scale, sin(angle) / scale
    ox, oy = width * at[0], height * at[1]
    x, y = float(mesh.eye_middle[0]) - a * ox + b * oy, float(mesh.eye_middle[1]) - b * ox - a * oy
    move = (size, Image.Transform.AFFINE, (a, -b, x, b, a, y), Image.Resampling.BICUBIC)
    image = portrait.scene.image
    placed = image.transform(*move)
    there = np.asarray(Image.new("L", image.size, 255).transform(*move[:3])) > 128
    person = segment(placed, load_networks()["selfie_segmentation"]).person
    alpha = np.asarray(Image.fromarray(person).resize(size, Image.Resampling.BICUBIC))
    alpha = np.clip((alpha - 0.35) / 0.4, 0, 1) * there
    back = np.linalg.inv([[a, -b], [b, a]])
    points = (mesh.points[:, :2] - [x, y]) @ back.T
    return Cutting(
        np.asarray(placed, np.float32), alpha, points.astype(np.float32), mesh.eye_distance * scale
    )


def conforming(cutting: Cutting) -> Image.Image:
    """On white with the faint noise of a camera."""
    noise = np.random.default_rng(SEED).normal(0, 1.5, cutting.rgb.shape)
    return _image(np.asarray(cutting.on(WHITE), np.float32) + noise)


def encoded(image: Image.Image, quality: int = 90) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=quality)
    return file.getvalue()


# --- variants that stay within the rules -------------------------------------------------------


def light_grey_wall(cutting: Cutting) -> Image.Image:
    return cutting.on((226, 226, 224))


def strong_compression(cutting: Cutting) -> Image.Image:
    return Image.open(BytesIO(encoded(conforming(cutting), 60))).convert("RGB")


def darker_skin(cutting: Cutting, light: float) -> Image.Image:
    """The person reflects `light` of the light; the white wall stays white."""
    darker = _encode_light(LINEAR[cutting.rgb.clip(0, 255).astype(np.uint8)] * light)
    return Cutting(darker, cutting.alpha, cutting.points, cutting.eyes).on(WHITE)


def narrow_eyes(cutting: Cutting) -> Image.Image:
    """Both eyes at 60 % of their height."""
    rgb = cutting.rgb.copy()
    for corners in ((33, 133), (263, 362)):
        rgb = _squeezed(rgb, cutting.points[list(corners)].mean(axis=0), cutting.eyes, 0.6)
    return Cutting(rgb, cutting.alpha, cutting.points, cutting.eyes).on(WHITE)


ALLOWED: dict[str, Callable[[Cutting], Image.Image]] = {
    "as it is": conforming,
    "light grey wall": light_grey_wall,
    "strong compression": strong_compression,
    "skin reflecting 60 %": lambda c: darker_skin(c, 0.6),
    "skin reflecting 35 %": lambda c: darker_skin(c, 0.35),
    "skin reflecting 20 %": lambda c: darker_skin(c, 0.2),
    "narrow eyes": narrow_eyes,
}


# --- variants that break one rule --------------------------------------------------------------


def grey(cutting: Cutting) -> Image.Image:
    return ImageOps.grayscale(conforming(cutting)).convert("RGB")


def sepia(cutting: Cutting) -> Image.Image:
    tinted = ImageOps.colorize(
        ImageOps.grayscale(conforming(cutting)), (20, 10, 0), (255, 250, 240), (150, 120, 90)
    )
    return tinted.convert("RGB")


def hard_shadow(cutting: Cutting) -> Image.Image:
    """The person's own shadow on the wall, to the side."""
    shift = int(cutting.eyes * 0.9)
    shadow = np.roll(cutting.alpha, shift, axis=1)
    shadow[:, :shift] = 0
    return cutting.on(np.array(WHITE) * (1 - 0.35 * shadow[..., None]))


def uneven_light(cutting: Cutting) -> Image.Image:
    ramp = np.linspace(1, 0.55, cutting.rgb.shape[1])[None, :, None]
    return cutting.on(np.broadcast_to(np.array(WHITE) * ramp, cutting.rgb.shape))


def thing_on_the_wall(cutting: Cutting) -> Image.Image:
    height, width = cutting.alpha.shape
    wall = Image.new("RGB", (width, height), WHITE)
    box = (int(0.72 * width), int(0.05 * height), int(0.97 * width), int(0.3 * height))
    ImageDraw.Draw(wall).rectangle(box, fill=(120, 80, 60))
    return cutting.on(np.asarray(wall, np.float32))


def socket_on_the_wall(cutting: Cutting) -> Image.Image:
    """As small as a head's twelfth and nearly as light as the wall, beside the forehead."""
    image, e = cutting.on(WHITE), cutting.eyes
    draw, (x, y) = ImageDraw.Draw(image), (0.84 * image.width, 0.16 * image.height)
    draw.rounded_rectangle(
        (x, y, x + 0.3 * e, y + 0.3 * e), 4, fill=(226, 226, 222), outline="grey"
    )
    for hole in (0.1, 0.2):
        centre = (x + hole * e, y + 0.15 * e)
        draw.circle(centre, max(2, 0.02 * e), fill=(60, 60, 60))
    return image


def blurred(cutting: Cutting) -> Image.Image:
    return conforming(cutting).filter(ImageFilter.GaussianBlur(cutting.eyes * 0.03))


def moved(cutting: Cutting) -> Image.Image:
    steps = int(cutting.eyes * 0.12)
    picture = np.asarray(conforming(cutting), np.float32)
    return _image(sum(np.roll(picture, step, axis=1) for step in range(steps)) / steps)


def enlarged(cutting: Cutting) -> Image.Image:
    image, scale = conforming(cutting), 20 / cutting.eyes
    small = image.resize((int(image.width * scale), int(image.height * scale)))
    return small.resize(image.size, Image.Resampling.BICUBIC)


def too_few_pixels(cutting: Cutting) -> Image.Image:
    image, scale = conforming(cutting), 45 / cutting.eyes
    return image.resize((int(image.width * scale), int(image.height * scale)))


def too_dark(cutting: Cutting) -> Image.Image:
    return ImageEnhance.Brightness(conforming(cutting)).enhance(0.4)


def burnt(cutting: Cutting) -> Image.Image:
    return ImageEnhance.Brightness(conforming(cutting)).enhance(2.2)


def side_light(cutting: Cutting) -> Image.Image:
    """The darker half of the face in a shadow of two and a half stops, the wall evenly lit.

    The darker half: on the other one the shadow would only undo the light there was.
    """
    columns = np.arange(cutting.rgb.shape[1])
    nose = float(cutting.points[4, 0])
    side = 1 if _brightness(cutting, 280) < _brightness(cutting, 50) else -1
    fade = 1 / (1 + np.exp(-side * (columns - nose) / (cutting.eyes * 0.1)))
    light = LINEAR[cutting.rgb.clip(0, 255).astype(np.uint8)] * (1 - 0.82 * fade)[None, :, None]
    return Cutting(_encode_light(light), cutting.alpha, cutting.points, cutting.eyes).on(WHITE)


def sunglasses(cutting: Cutting) -> Image.Image:
    image = conforming(cutting)
    draw, e = ImageDraw.Draw(image), cutting.eyes
    for corners in ((33, 133), (263, 362)):
        x, y = cutting.points[list(corners)].mean(axis=0)
        draw.ellipse((x - 0.42 * e, y - 0.26 * e, x + 0.42 * e, y + 0.38 * e), fill=(18, 18, 20))
    _bridge(draw, cutting, (18, 18, 20), max(2, int(0.035 * e)))
    return image


def rimmed_glasses(cutting: Cutting) -> Image.Image:
    return framed(cutting, (40, 30, 28), 0.035)


def thin_golden_glasses(cutting: Cutting) -> Image.Image:
    return framed(cutting, (190, 160, 80), 0.025)


def framed(cutting: Cutting, ink: tuple[int, int, int], thick: float) -> Image.Image:
    """Glasses with frames of this thickness, in eye distances."""
    image = conforming(cutting)
    draw, e, width = ImageDraw.Draw(image), cutting.eyes, max(2, int(thick * cutting.eyes))
    for corners in ((33, 133), (263, 362)):
        x, y = cutting.points[list(corners)].mean(axis=0)
        box = (x - 0.4 * e, y - 0.24 * e, x + 0.4 * e, y + 0.34 * e)
        draw.rounded_rectangle(box, 0.15 * e, outline=ink, width=width)
    _bridge(draw, cutting, ink, width)
    return image


def masked(cutting: Cutting, colour: tuple[int, int, int]) -> Image.Image:
    image = conforming(cutting)
    outline = (234, 195, 419, 454, 361, 397, 378, CHIN, 149, 172, 132)
    cloth = Image.new("L", image.size)
    ImageDraw.Draw(cloth).polygon([tuple(map(float, cutting.points[n])) for n in outline], fill=255)
    folds = np.random.default_rng(SEED).normal(0, 4, (image.height, 1, 1))
    cover = _image(np.array(colour, np.float32) + folds + np.zeros(cutting.rgb.shape))
    image.paste(cover, mask=cloth.filter(ImageFilter.GaussianBlur(1)))
    return image


def skin_coloured_mask(cutting: Cutting) -> Image.Image:
    x, y = (int(v) for v in cutting.points[50])
    cheek = np.median(cutting.rgb[y - 5 : y + 6, x - 5 : x + 6], (0, 1))
    return masked(cutting, tuple(cheek))


def closed_eyes(cutting: Cutting) -> Image.Image:
    """Lids of skin over both eyes, a line of lashes below."""
    image = conforming(cutting)
    draw, e = ImageDraw.Draw(image), cutting.eyes
    for (outer, inner), under in (((33, 133), 118), ((263, 362), 347)):
        x, y = cutting.points[[outer, inner]].mean(axis=0)
        px, py = (int(v) for v in cutting.points[under])
        skin = tuple(
            int(v) for v in np.median(cutting.rgb[py - 4 : py + 5, px - 4 : px + 5], (0, 1))
        )
        draw.ellipse((x - 0.27 * e, y - 0.15 * e, x + 0.27 * e, y + 0.13 * e), fill=skin)
        lashes = tuple(int(v * 0.35) for v in skin)
        draw.arc((x - 0.24 * e, y - 0.08 * e, x + 0.24 * e, y + 0.1 * e), 10, 170, lashes, 3)
    soft = image.filter(ImageFilter.GaussianBlur(0.012 * e))
    eyes = Image.new("L", image.size)
    for corners in ((33, 133), (263, 362)):
        x, y = cutting.points[list(corners)].mean(axis=0)
        box = (x - 0.3 * e, y - 0.18 * e, x + 0.3 * e, y + 0.16 * e)
        ImageDraw.Draw(eyes).ellipse(box, fill=255)
    image.paste(soft, mask=eyes)
    return image


def red_pupils(cutting: Cutting) -> Image.Image:
    image = conforming(cutting)
    draw, radius = ImageDraw.Draw(image), 0.055 * cutting.eyes
    for corners in ((33, 133), (263, 362)):
        x, y = cutting.points[list(corners)].mean(axis=0)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(215, 45, 40))
    return image


BROKEN: dict[str, tuple[str, Callable[[Cutting], Image.Image]]] = {
    "grey": ("colour", grey),
    "sepia": ("colour", sepia),
    "blue wall": ("background_colour", lambda c: c.on((70, 110, 190))),
    "cream wall": ("background_colour", lambda c: c.on((236, 218, 176))),
    "grey wall": ("background_colour", lambda c: c.on((150, 150, 150))),
    "hard shadow": ("background_even", hard_shadow),
    "uneven light": ("background_even", uneven_light),
    "thing on the wall": ("background_even", thing_on_the_wall),
    "socket on the wall": ("background_even", socket_on_the_wall),
    "blurred": ("sharpness", blurred),
    "moved": ("sharpness", moved),
    "enlarged": ("sharpness", enlarged),
    "too few pixels": ("size", too_few_pixels),
    "too dark": ("exposure", too_dark),
    "burnt": ("exposure", burnt),
    "side light": ("exposure", side_light),
    "sunglasses": ("glasses", sunglasses),
    "rimmed glasses": ("glasses", rimmed_glasses),
    "thin golden glasses": ("glasses", thin_golden_glasses),
    "blue mask": ("mask", lambda c: masked(c, (120, 170, 210))),
    "white mask": ("mask", lambda c: masked(c, (240, 240, 242))),
    "black mask": ("mask", lambda c: masked(c, (28, 28, 30))),
    "skin-coloured mask": ("mask", skin_coloured_mask),
    "closed eyes": ("eyes_open", closed_eyes),
    "red pupils": ("red_eye", red_pupils),
}

REFRAMED: dict[str, tuple[str, dict[str, object]]] = {
    "tilted left": ("head_straight", {"roll": -16.0}),
    "tilted right": ("head_straight", {"roll": 16.0}),
    "small head": ("framing", {"head": 0.2, "size": (900, 1200)}),
    "too close": ("framing", {"head": 1.0, "at": (0.5, 0.5)}),
    "aside": ("framing", {"at": (0.22, 0.44), "head": 0.4}),
    "cut by the edge": ("framing", {"at": (0.08, 0.44)}),
}


def two_people(left: Cutting, right: Cutting) -> Image.Image:
    pair = Image.new("RGB", (left.rgb.shape[1] * 2, left.rgb.shape[0]), WHITE)
    pair.paste(conforming(left), (0, 0))
    pair.paste(conforming(right), (left.rgb.shape[1], 0))
    return pair


def nobody(portrait: Portrait) -> Image.Image:
    """The chest alone."""
    cutting = cut_out(portrait, at=(0.5, -0.35))
    return conforming(cutting)


def violation(kind: str, portraits: list[Portrait], number: int) -> tuple[str, Image.Image]:
    """The rule that `kind` breaks, and the photo made from the portrait of this number."""
    portrait = portraits[number]
    if kind in BROKEN:
        rule, make = BROKEN[kind]
        return rule, make(cut_out(portrait))
    if kind in REFRAMED:
        rule, how = REFRAMED[kind]
        return rule, conforming(cut_out(portrait, **how))
    if kind == "nobody":
        return "one_face", nobody(portrait)
    return "one_face", two_people(cut_out(portrait), cut_out(portraits[number - 1]))


KINDS = (*BROKEN, *REFRAMED, "nobody", "two people")


def _bridge(
    draw: ImageDraw.ImageDraw, cutting: Cutting, ink: tuple[int, int, int], width: int
) -> None:
    (x0, y0), (x1, y1) = (cutting.points[n] for n in (133, 362))
    line = (float(x0), float(y0) - 2, float(x1), float(y1) - 2)
    draw.line(line, fill=ink, width=width)


def _brightness(cutting: Cutting, number: int) -> float:
    x, y = (int(v) for v in cutting.points[number])
    return float(cutting.rgb[y - 5 : y + 6, x - 5 : x + 6].mean())


def _squeezed(rgb: Array, centre: Array, eyes: float, factor: float) -> Array:
    """Rows around `centre` drawn together vertically by `factor`, fading out at the window's edge."""
    x, y = (int(v) for v in centre)
    half_width, half_height = int(0.32 * eyes), int(0.28 * eyes)
    rows = np.arange(-half_height, half_height + 1, dtype=np.float32)
    columns = np.arange(-half_width, half_width + 1, dtype=np.float32)
    fade = np.cos(np.clip(np.abs(rows) / half_height, 0, 1) * np.pi / 2)[:, None]
    fade = fade * np.cos(np.clip(np.abs(columns) / half_width, 0, 1) ** 3 * np.pi / 2)[None]
    source = rows[:, None] * (1 + (1 / factor - 1) * fade) + y
    low = np.floor(source).astype(int)
    part = (source - low)[..., None]
    across = np.broadcast_to((columns + x).astype(int), low.shape)
    out = rgb.copy()
    out[y - half_height : y + half_height + 1, x - half_width : x + half_width + 1] = (
        rgb[low, across] * (1 - part) + rgb[low + 1, across] * part
    )
    return out


def _encode_light(light: Array) -> Array:
    clipped = np.clip(light, 0, 1)
    coded = np.where(clipped <= 0.0031308, clipped * 12.92, 1.055 * clipped ** (1 / 2.4) - 0.055)
    return (coded * 255).astype(np.float32)


def _image(rgb: Array) -> Image.Image:
    return Image.fromarray(np.clip(np.rint(rgb), 0, 255).astype(np.uint8))
