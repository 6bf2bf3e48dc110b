"""Honest files for the tests, made here."""

from functools import cache
from io import BytesIO

import pikepdf
from PIL import Image, ImageDraw


@cache
def pdf(words: str = "1", pages: int = 1) -> bytes:
    """A small PDF; other words are another file."""
    made = pikepdf.new()
    for number in range(pages):
        page = made.add_blank_page(page_size=(300, 400))
        page.Contents = made.make_stream(f"{20 + number} 20 {len(words)} 9 re f".encode())
    made.docinfo["/Title"] = words
    out = BytesIO()
    made.save(out, deterministic_id=True)
    return out.getvalue()


@cache
def photo(word: str, width: int = 900, height: int = 1200) -> bytes:
    """A photographed page with a big word on it."""
    picture = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(picture).text((60, 60), word, fill="black", font_size=160)
    out = BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()
