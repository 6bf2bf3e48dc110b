"""Fingerprints: the same file is recognised again, another document is not taken for it."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from kabinet.core.passport.document import Digests
from kabinet.core.passport.fingerprints import bits_apart, digests_of, same_picture


def page(text: str) -> Image.Image:
    picture = Image.new("RGB", (900, 600), (220, 225, 210))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((40, 60, 300, 420), fill=(120, 90, 70))
    pen.text((340, 100), text, fill=(10, 10, 10), font_size=70)
    pen.text((340, 300), text[::-1], fill=(10, 10, 10), font_size=50)
    return picture


def file_of(picture: Image.Image, quality: int) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def digests(picture: Image.Image, quality: int = 90) -> Digests:
    data = file_of(picture, quality)
    return digests_of(data, Image.open(BytesIO(data)).convert("RGB"))


def test_the_same_file_is_the_same_picture():
    first = digests(page("ASANOVA 1234567"))
    assert same_picture(first, digests(page("ASANOVA 1234567")))
    assert (len(first.file), len(first.pixels), len(first.phash)) == (64, 64, 64)


@pytest.mark.parametrize("quality", [35, 60, 95])
def test_a_file_saved_again_smaller_is_the_same_picture(quality):
    first, second = page("ASANOVA 1234567"), page("ASANOVA 1234567").resize((600, 400))
    assert digests(first).pixels != digests(second, quality).pixels
    assert same_picture(digests(first), digests(second, quality))


def test_another_document_on_the_same_blank_is_another_picture():
    first, second = digests(page("ASANOVA 1234567")), digests(page("OSMONOV 7654321"))
    assert bits_apart(first.phash, second.phash) > 10
    assert not same_picture(first, second)


def test_what_is_no_picture_has_the_digest_of_its_bytes_only():
    nothing = digests_of(b"text", None)
    assert (nothing.pixels, nothing.phash) == ("", "")
    assert same_picture(nothing, digests_of(b"text", None))
    assert not same_picture(nothing, digests_of(b"other", None))
