"""From bytes to a bounded upright picture, or to nothing."""

from dataclasses import replace
from io import BytesIO

import pi_heif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kabinet.core.passport.limits import LIMITS
from kabinet.core.passport.picture import open_picture


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


PLAIN = Image.new("RGB", (640, 420), (200, 180, 160))
JPEG = saved(PLAIN, "JPEG")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_photographs_are_opened_in_rgb(form):
    picture = open_picture(saved(PLAIN, form), limits=LIMITS)
    assert picture is not None
    assert (picture.mode, picture.size) == ("RGB", (640, 420))


@pytest.mark.parametrize("mode", ["L", "CMYK", "P"])
def test_other_kinds_of_pixels_become_rgb(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    picture = open_picture(saved(PLAIN.convert(mode), form), limits=LIMITS)
    assert picture is not None
    assert picture.mode == "RGB"


def test_transparent_parts_become_white():
    clear = Image.new("RGBA", (500, 500), (0, 0, 0, 0))
    picture = open_picture(saved(clear, "PNG"), limits=LIMITS)
    assert picture is not None
    assert picture.getpixel((9, 9)) == (255, 255, 255)


def test_orientation_is_applied():
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = open_picture(saved(PLAIN, "JPEG", exif=exif), limits=LIMITS)
    assert picture is not None
    assert picture.size == (420, 640)


def test_large_photographs_are_shrunk():
    picture = open_picture(saved(Image.new("RGB", (4000, 3000)), "JPEG"), limits=LIMITS)
    assert picture is not None
    assert picture.size == (2000, 1500)


def test_what_is_too_large_is_refused_before_its_pixels_are_loaded():
    assert open_picture(JPEG, limits=replace(LIMITS, max_pixels=640 * 419)) is None
    assert open_picture(JPEG, limits=replace(LIMITS, max_bytes=len(JPEG) - 1)) is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"<svg/>",
        JPEG[: len(JPEG) // 2],
        saved(PLAIN, "GIF"),
        saved(PLAIN, "TIFF"),
    ],
)
def test_other_and_damaged_files_are_no_pictures(data):
    assert open_picture(data, limits=LIMITS) is None


def test_the_decoder_of_heic_is_at_hand():
    assert pi_heif.libheif_version() > "1."


@given(st.binary(max_size=300), st.sampled_from([b"", JPEG[:200], b"\0\0\0\x18ftypheic", b"RIFF"]))
def test_any_bytes_are_taken(tail, head):
    picture = open_picture(head + tail, limits=LIMITS)
    assert picture is None or picture.mode == "RGB"


def test_a_picture_of_too_many_pixels_is_refused_without_a_word(recwarn):
    assert open_picture(saved(Image.new("1", (10000, 10000)), "PNG"), limits=LIMITS) is None
    assert list(recwarn) == []
