"""What a PhD student has on the disk: reports as PDF with words that can be read back, and phone photos."""

from io import BytesIO
from pathlib import Path

import typst
from PIL import Image, ImageDraw
from pypdf import PdfReader

_TURN_RIGHT = 6  # EXIF: how the picture is to be turned before it is shown


def report(path: Path, words: str) -> Path:
    """A page of A4 with these words."""
    page = f"#set page(margin: 2cm)\n#set text(size: 16pt)\n{words}"
    path.write_bytes(typst.compile(page.encode()))
    return path


def photo(path: Path, word: str, *, upright: bool) -> Path:
    """A photographed page as a phone stores it: lying on its side, with a note which way is up."""
    picture = Image.new("RGB", (1200, 1600) if upright else (1600, 1200), "white")
    ImageDraw.Draw(picture).text((120, 120), word, fill="black", font_size=240)
    note = Image.Exif()
    if upright:
        picture = picture.rotate(90, expand=True)
        note[0x0112] = _TURN_RIGHT
    picture.save(path, "JPEG", quality=85, exif=note)
    return path


def text_of(pdf: bytes) -> str:
    """All words of a PDF with one blank between them."""
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def are_wide(pdf: bytes) -> list[bool]:
    """Of each page, whether it is wider than high."""
    boxes = [page.mediabox for page in PdfReader(BytesIO(pdf)).pages]
    return [box.width > box.height for box in boxes]
