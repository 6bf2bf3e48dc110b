"""One PDF out of photographed pages: each on an A4 sheet, upright, no larger than reading needs."""

from collections.abc import Sequence
from io import BytesIO

import pikepdf
from PIL import Image

A4 = (595.28, 841.89)
"""Points."""
LONGEST = 1754
"""Pixels of the long side of a sheet: 150 per inch, enough for 8-point print."""
QUALITY = 72


def pdf_of(jpegs: Sequence[bytes]) -> bytes:
    """A PDF of one page per picture; ``jpegs`` are the vault's own, upright already."""
    pdf = pikepdf.new()
    for jpeg in jpegs:
        _add_page(pdf, jpeg)
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def _add_page(pdf: pikepdf.Pdf, jpeg: bytes) -> None:
    data, width, height = _shrunk(jpeg)
    sheet = A4 if height >= width else A4[::-1]
    scale = min(sheet[0] / width, sheet[1] / height)
    drawn = (width * scale, height * scale)
    corner = ((sheet[0] - drawn[0]) / 2, (sheet[1] - drawn[1]) / 2)
    image = pdf.make_stream(data)
    image.update(_described(width, height))
    page = pdf.add_blank_page(page_size=sheet)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=image))
    drawing = f"q {drawn[0]:.2f} 0 0 {drawn[1]:.2f} {corner[0]:.2f} {corner[1]:.2f} cm /Page Do Q"
    page.Contents = pdf.make_stream(drawing.encode())


def _described(width: int, height: int) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )


def _shrunk(jpeg: bytes) -> tuple[bytes, int, int]:
    with Image.open(BytesIO(jpeg)) as picture:
        page = picture.convert("RGB")
    page.thumbnail((LONGEST, LONGEST))
    out = BytesIO()
    page.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue(), page.width, page.height
