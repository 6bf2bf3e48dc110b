"""Made-up files for tests: plain coloured pictures and the smallest PDF."""

from io import BytesIO
from random import Random

import pikepdf
from PIL import Image


def jpeg(seed: int = 1, size: tuple[int, int] = (600, 800)) -> bytes:
    """A picture of coarse coloured squares; another seed gives another picture."""
    noise = Random(seed).randbytes(3 * 12 * 16)
    file = BytesIO()
    Image.frombytes("RGB", (12, 16), noise).resize(size, Image.Resampling.NEAREST).save(
        file, "JPEG", quality=90
    )
    return file.getvalue()


def pdf(pages: int = 2) -> bytes:
    document, file = pikepdf.new(), BytesIO()
    for _ in range(pages):
        document.add_blank_page(page_size=(300, 400))
    document.save(file)
    return file.getvalue()
