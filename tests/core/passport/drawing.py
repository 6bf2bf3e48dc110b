"""Documents drawn by the tests: a card's two sides and a passport page, lying on a table.

Nothing here is a likeness of a real blank; only the sizes, the place of the zone and the type
(OCR-B, 2.54 mm a character) are those of Doc 9303. Millimetres are drawn at `SCALE` pixels.
"""

from __future__ import annotations

import random
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from kabinet.core.passport.mrz import Format
from tests.core.passport.persons import Holder

Picture = NDArray[np.uint8]

OCR_B = Path("/usr/share/fonts/opentype/ocr-b/OCRB.otf")
SANS = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
SCALE = 16
PITCH = 2.54
SIZES: dict[Format, tuple[float, float]] = {
    "TD1": (85.6, 53.98),
    "TD2": (105.0, 74.0),
    "TD3": (125.0, 88.0),
}
# Left edge and baseline distance of the zone's lines (parts 4 to 6, figures), in millimetres.
_LEFT = {"TD1": 4.7, "TD2": 6.8, "TD3": 6.6}
_LINE_STEP = {"TD1": 5.4, "TD2": 6.35, "TD3": 6.35}


def _sans(size: float) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    if SANS.exists():
        return ImageFont.truetype(str(SANS), round(size * SCALE))
    return ImageFont.load_default(round(size * SCALE))


def _blank(width: float, height: float, dice: random.Random) -> Image.Image:
    """Pale paper with wavy security lines and a gentle change of colour."""
    # Smooth things need few pixels: drawn at a quarter and enlarged.
    w, h = round(width * SCALE / 4), round(height * SCALE / 4)
    x, y = np.meshgrid(np.linspace(0, 1, w), np.linspace(0, 1, h))
    pale = np.array([dice.uniform(195, 235) for _ in range(3)])
    tint = np.array([dice.uniform(-25, 25) for _ in range(3)])
    page = pale + tint * (x + y)[..., None]
    for _ in range(3):
        bend, rate = dice.uniform(0.02, 0.08), dice.uniform(25, 70)
        wave = np.sin(rate * 6.28 * (y + bend * np.sin(6.28 * (x * dice.uniform(1, 3)))))
        colour = np.array([dice.uniform(0, 14) for _ in range(3)])
        page -= np.clip(wave - 0.6, 0, 1)[..., None] * colour
    small = Image.fromarray(np.clip(page, 0, 255).astype(np.uint8))
    return small.resize((round(width * SCALE), round(height * SCALE)), Image.Resampling.BICUBIC)


def draw_zone_side(
    holder: Holder, form: Format, lines: tuple[str, ...], dice: random.Random
) -> Picture:
    """The side with the zone: a card's back or a booklet's page. RGB, `SCALE` pixels a mm."""
    width, height = SIZES[form]
    page = _blank(width, height, dice)
    pen = ImageDraw.Draw(page)
    if form == "TD1":
        _card_back(pen, holder, dice)
    else:
        _labels(pen, holder, left=36.0, top=8.0, step=8.0, rows=6)
        _portrait(pen, dice, box=(5.0, 9.0, 31.0, 44.0))
    _zone(page, lines, form, ink=dice.randrange(20, 60))
    return np.asarray(page)


def draw_front(holder: Holder, dice: random.Random) -> Picture:
    """The side of a card without a zone."""
    page = _blank(*SIZES["TD1"], dice)
    pen = ImageDraw.Draw(page)
    pen.text((28 * SCALE, 3 * SCALE), "КЫРГЫЗ РЕСПУБЛИКАСЫ", font=_sans(3.0), fill=(40, 40, 90))
    _portrait(pen, dice, box=(4.0, 12.0, 26.0, 42.0))
    _labels(pen, holder, left=30.0, top=10.0, step=7.0, rows=6)
    return np.asarray(page)


def _card_back(pen: ImageDraw.ImageDraw, holder: Holder, dice: random.Random) -> None:
    _labels(pen, holder, left=28.0, top=4.0, step=6.2, rows=3)
    chip = [value * SCALE for value in (6, 6, 19, 18)]
    pen.rounded_rectangle(chip, 20, fill=(200, 170, 90), outline=(90, 70, 30), width=3)
    for x in range(70, 81):
        if dice.random() < 0.6:
            pen.rectangle([x * SCALE, 5 * SCALE, x * SCALE + 9, 12 * SCALE], fill=(30, 30, 30))


def _portrait(
    pen: ImageDraw.ImageDraw, dice: random.Random, box: tuple[float, float, float, float]
) -> None:
    left, top, right, bottom = (value * SCALE for value in box)
    pen.rectangle([left, top, right, bottom], fill=(214, 220, 226))
    middle, skin = (left + right) / 2, dice.randrange(110, 215)
    pen.ellipse([left + 20, bottom - 130, right - 20, bottom + 190], fill=(60, 70, 100))
    pen.rectangle([left, bottom, right, bottom + 200], fill=(214, 220, 226))
    pen.ellipse([middle - 85, top + 90, middle + 85, top + 320], fill=(skin, skin - 30, skin - 55))


def _labels(
    pen: ImageDraw.ImageDraw, holder: Holder, *, left: float, top: float, step: float, rows: int
) -> None:
    texts = [
        ("Фамилиясы / Surname", holder.surname),
        ("Аты / Name", holder.given),
        ("Жынысы / Sex", holder.sex),
        ("Туулган күнү / Date of birth", f"{holder.birth:%d.%m.%Y}"),
        ("Документтин № / Document No.", holder.number),
        ("Мөөнөтү / Date of expiry", f"{holder.expiry:%d.%m.%Y}"),
    ]
    for row, (label, value) in enumerate(texts[:rows]):
        y = (top + row * step) * SCALE
        pen.text((left * SCALE, y), label, font=_sans(1.7), fill=(90, 90, 110))
        pen.text((left * SCALE, y + 2.2 * SCALE), value, font=_sans(2.8), fill=(25, 25, 30))


def _zone(page: Image.Image, lines: tuple[str, ...], form: Format, *, ink: int) -> None:
    font = ImageFont.truetype(str(OCR_B), 100)
    font = ImageFont.truetype(str(OCR_B), round(100 * PITCH * SCALE / font.getlength("0")))
    pen = ImageDraw.Draw(page)
    height = SIZES[form][1]
    step = _LINE_STEP[form]
    for row, line in enumerate(lines):
        base = (height - 5.8 - (len(lines) - 1 - row) * step) * SCALE
        for place, sign in enumerate(line):
            x = (_LEFT[form] + place * PITCH) * SCALE
            pen.text((x, base), sign, font=font, fill=(ink, ink, ink), anchor="ls")


def table_top(width: int, height: int, dice: random.Random) -> Picture:
    """A table of one colour with grain: what a document is usually photographed on."""
    noise = np.random.default_rng(dice.randrange(2**32))
    base = np.array([dice.uniform(60, 170), dice.uniform(50, 140), dice.uniform(40, 130)])
    grain = noise.normal(0, 1, (height // 4 + 1, width // 32 + 1)).astype(np.float32)
    grain = cv2.resize(grain, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(base + grain[..., None] * dice.uniform(3, 9), 0, 255).astype(np.uint8)


def cluttered_desk(width: int, height: int, dice: random.Random) -> Picture:
    """A table with printed sheets and stripes, which look like lines of text themselves."""
    desk = Image.fromarray(table_top(width, height, dice))
    pen = ImageDraw.Draw(desk)
    for _ in range(dice.randrange(3, 7)):
        x, y = dice.randrange(width), dice.randrange(height)
        shade = dice.randrange(150, 250)
        pen.rectangle([x, y, x + width // 2, y + height // 3], fill=(shade, shade, shade - 8))
        for row in range(12):
            text = " ".join(["примерный", "текст", "листа"] * dice.randrange(1, 4))
            pen.text((x + 20, y + 15 + row * 34), text, font=_sans(1.4), fill=(60, 60, 60))
    return np.asarray(desk)


def lay_on(
    background: Picture,
    page: Picture,
    dice: random.Random,
    *,
    share: float = 0.8,
    turn: float = 0.0,
    tilt: float = 0.02,
    shift: tuple[float, float] = (0.0, 0.0),
) -> Picture:
    """The page laid on the background, seen a little from the side.

    `share`: its width as a part of the picture's, `turn` in degrees, `tilt` how far the corners
    wander as a part of its size, `shift` of its middle as a part of the picture's size.
    """
    height, width = background.shape[:2]
    h, w = page.shape[:2]
    scale = share * width / w
    middle = np.array([width * (0.5 + shift[0]), height * (0.5 + shift[1])])
    angle = np.deg2rad(turn)
    spin = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = np.array([[-w, -h], [w, -h], [w, h], [-w, h]]) / 2 * scale
    wander = np.array([[dice.uniform(-tilt, tilt) for _ in range(2)] for _ in range(4)])
    target = corners @ spin.T + wander * [w * scale, h * scale] + middle
    source = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, target.astype(np.float32))
    # Shrink first: warping alone would skip pixels and alias the print.
    soft = cv2.GaussianBlur(page, (0, 0), max(0.01, 0.35 / scale)) if scale < 1 else page
    laid = cv2.warpPerspective(soft, matrix, (width, height), flags=cv2.INTER_LINEAR)
    mask = cv2.warpPerspective(np.full((h, w), 255, np.uint8), matrix, (width, height))
    shadow = cv2.GaussianBlur(np.roll(mask, (8, 8), (0, 1)), (0, 0), 9)[..., None] / 255 * 0.35
    alpha = mask[..., None] / 255
    mixed = background * (1 - shadow) * (1 - alpha) + laid * alpha
    return np.clip(mixed, 0, 255).astype(np.uint8)
