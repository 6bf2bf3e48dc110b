"""Drawn portraits, identity documents and proofs: plainly drawings, each one different."""

import io
import random
from collections.abc import Sequence
from datetime import date

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from kabinet.core.passport.mrz import check_digit
from kabinet.core.passport.translit import usual_spelling

SKIN = ("#f0d2b6", "#e3bd98", "#d3a87f", "#b98a62", "#cbb8a4")
HAIR = ("#1f1a17", "#2c2420", "#3a2a20", "#39424a")
CLOTHES = ("#46566a", "#5b4a66", "#2f5a5a", "#6a4b3c", "#394a6b")
INK = "#2b3a42"


def portrait(draw: random.Random, *, female: bool) -> bytes:
    """A drawn face before a white wall, 900 × 1200, JPEG."""
    image = Image.new("RGB", (900, 1200), "#f6f6f4")
    pen = ImageDraw.Draw(image)
    skin, hair = draw.choice(SKIN), draw.choice(HAIR)
    width, height = draw.randint(300, 340), draw.randint(420, 450)
    middle, top = 450 + draw.randint(-12, 12), 270 + draw.randint(-15, 15)
    face = (middle - width // 2, top, middle + width // 2, top + height)
    if female:
        pen.rounded_rectangle((face[0] - 20, top - 40, face[2] + 20, face[3] + 20), 150, fill=hair)
    _shoulders(pen, middle, face[3], draw.choice(CLOTHES))
    pen.rounded_rectangle((middle - 70, face[3] - 90, middle + 70, face[3] + 90), 40, fill=skin)
    pen.ellipse((face[0] - 22, top + 180, face[0] + 22, top + 270), fill=skin)
    pen.ellipse((face[2] - 22, top + 180, face[2] + 22, top + 270), fill=skin)
    pen.ellipse(face, fill=skin)
    pen.pieslice((face[0] - 14, top - 40, face[2] + 14, top + 250), 180, 360, fill=hair)
    _features(pen, middle, top + height // 2 - 20, width)
    return jpeg(image.filter(ImageFilter.GaussianBlur(0.8)))


def _shoulders(pen: ImageDraw.ImageDraw, middle: int, chin: int, colour: str) -> None:
    pen.rounded_rectangle((middle - 360, chin + 70, middle + 360, 1500), 180, fill=colour)
    pen.polygon(
        [(middle - 90, chin + 60), (middle + 90, chin + 60), (middle, chin + 190)], "#f7f7f5"
    )


def _features(pen: ImageDraw.ImageDraw, middle: int, eyes: int, width: int) -> None:
    apart = width // 4
    for side in (-1, 1):
        x = middle + side * apart
        pen.ellipse((x - 34, eyes - 15, x + 34, eyes + 15), fill="#fbfaf7", outline="#7a5b45")
        pen.ellipse((x - 15, eyes - 15, x + 15, eyes + 15), fill="#2c1f17")
        pen.arc((x - 48, eyes - 62, x + 48, eyes + 10), 205, 335, fill="#2c2420", width=9)
    pen.arc((middle - 28, eyes + 20, middle + 28, eyes + 106), 20, 160, fill="#9a755c", width=6)
    pen.line((middle - 52, eyes + 158, middle + 52, eyes + 158), fill="#9c5b50", width=9)


def identity_card(
    draw: random.Random, *, names: Sequence[str], number: str, pin: str, born: date, back: bool
) -> bytes:
    """One side of a card of no real country, lying on a table, 1400 × 950, JPEG."""
    table = Image.new("RGB", (1400, 950), draw.choice(("#8a7460", "#6f7c80", "#97856b")))
    card = Image.new("RGB", (1120, 706), "#dfeaf0")
    pen = ImageDraw.Draw(card)
    pen.rectangle((0, 0, 1120, 90), fill="#0b5873")
    pen.text((40, 22), "ОБРАЗЕЦ · ҮЛГҮ · SPECIMEN", font=font(40), fill="#ffffff")
    if back:
        _machine_side(pen, machine_lines(names, number, pin, born))
    else:
        pen.rectangle((50, 150, 350, 560), fill="#b9cbd4")
        pen.ellipse((130, 210, 270, 390), fill="#e3bd98")
        pen.pieslice((80, 400, 320, 720), 180, 360, fill="#46566a")
        for row, text in enumerate((*names, f"{born:%d.%m.%Y}", number, pin)):
            pen.text((410, 150 + row * 78), text, font=font(42), fill=INK)
    table.paste(card, (140 + draw.randint(-20, 20), 122 + draw.randint(-15, 15)))
    return jpeg(table.rotate(draw.uniform(-1.5, 1.5), fillcolor="#8a7460"))


def machine_lines(names: Sequence[str], number: str, pin: str, born: date) -> tuple[str, ...]:
    """The zone of the card: right in every check digit, and of Utopia (Doc 9303 part 5, 4.2.2)."""
    upper = f"{_signed(number.ljust(9, '<'))}{pin.ljust(15, '<')}"
    birth, expiry = _signed(f"{born:%y%m%d}"), _signed("350101")
    sex = "F" if pin.startswith("1") else "M"
    surname, given = (usual_spelling(name) for name in names[:2])
    return (
        f"I<UTO{upper}",
        f"{birth}{sex}{expiry}UTO{'<' * 11}{check_digit(f'{upper}{birth}{expiry}' + '<' * 11)}",
        f"{surname}<<{given}".ljust(30, "<")[:30],
    )


def _machine_side(pen: ImageDraw.ImageDraw, lines: Sequence[str]) -> None:
    for row, line in enumerate(lines):
        pen.text((40, 440 + row * 78), line, font=font(48, mono=True), fill="#101010")
    pen.rectangle((60, 150, 260, 300), fill="#d9b45a")


def _signed(text: str) -> str:
    return text + check_digit(text)


def proof(draw: random.Random, *, title: str, names: Sequence[str]) -> bytes:
    """A drawn certificate, A4 at 110 dpi, JPEG."""
    page = Image.new("RGB", (910, 1286), "#fbfaf4")
    pen = ImageDraw.Draw(page)
    pen.rectangle((60, 60, 850, 1226), outline="#0b5873", width=6)
    pen.text((120, 140), "СПРАВКА № " + str(draw.randint(100, 999)), font=font(48), fill=INK)
    for row, text in enumerate((title, "", *names, "", "Образец, нарисован программой")):
        pen.text((120, 280 + row * 70), text[:40], font=font(34), fill=INK)
    pen.ellipse((560, 900, 800, 1140), outline="#3a5fa8", width=8)
    return jpeg(page)


def font(size: int, *, mono: bool = False) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The machine's DejaVu where it has it, else the font that Pillow brings."""
    try:
        return ImageFont.truetype("DejaVuSansMono-Bold.ttf" if mono else "DejaVuSans.ttf", size)
    except OSError:
        return ImageFont.load_default(size)


def jpeg(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=88)
    return file.getvalue()
