"""The check as a whole, on anything that may arrive. Faces are in test_portraits."""

import subprocess
import sys
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kabinet.core.photo import ORT, check_photo
from kabinet.core.photo.decode import read_picture
from kabinet.core.photo.fingerprint import SAME_PICTURE_BITS, hash_distance, picture_hash
from kabinet.core.photo.networks import load_networks
from kabinet.core.photo.plain import plain_chroma
from kabinet.core.photo.report import RULES

FORMATS = ["JPEG", "PNG", "WEBP"]


def encoded(image, kind="JPEG", **options):
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def gradient(size=(300, 400)):
    """A picture with colours and edges, but no face."""
    across = Image.linear_gradient("L").rotate(90).resize(size)
    return Image.merge("RGB", (across, Image.linear_gradient("L").resize(size), across.rotate(180)))


def refusal(data):
    (result,) = check_photo(data).rules
    return result.verdict, result.message_key


@given(st.binary(max_size=400))
def test_check_photo_any_bytes_get_a_report(data):
    report = check_photo(data)
    assert (report.verdict, report.phash, len(report.sha256)) == ("fails", "", 64)


@given(st.sampled_from(FORMATS), st.integers(0, 3000), st.binary(min_size=1, max_size=8))
@settings(max_examples=40)
def test_check_photo_damaged_file_gets_a_report(kind, at, scratch):
    data = bytearray(encoded(gradient((60, 80)), kind))
    at %= len(data)
    data[at : at + len(scratch)] = scratch
    assert check_photo(bytes(data)).verdict in ("fails", "human")


@given(
    st.tuples(st.integers(1, 300), st.integers(1, 300)),
    st.sampled_from(["RGB", "L", "RGBA", "P", "LA", "1", "CMYK", "I;16"]),
)
@settings(max_examples=30)
def test_check_photo_any_size_and_mode_gets_every_rule(size, mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    report = check_photo(encoded(Image.new(mode, size), kind))
    rules = tuple(result.rule for result in report.rules)
    assert rules == (RULES if min(size) >= ORT.limits.min_side else ("file",))


def test_check_photo_says_the_same_twice():
    data = encoded(gradient())
    assert check_photo(data) == check_photo(data)


def test_check_photo_cut_file_is_damaged():
    data = encoded(gradient())
    assert refusal(data[: len(data) // 2]) == ("fails", "file.damaged")


def test_check_photo_other_kinds_of_files_are_named():
    assert refusal(b"%PDF-1.7 ...") == ("fails", "file.wrong_type")
    assert refusal(encoded(gradient(), "GIF")) == ("fails", "file.wrong_type")
    assert refusal(b"") == ("fails", "file.wrong_type")


def test_check_photo_animation_is_named():
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    data = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    assert refusal(data) == ("fails", "file.animated")


def test_check_photo_too_many_bytes_are_not_opened():
    assert refusal(b"\xff" * 10_000_001) == ("fails", "file.too_big")


@pytest.mark.parametrize("size", [(4001, 4000), (20_000, 20_000), (9000, 10_000)])
def test_check_photo_bomb_is_refused_by_its_header(size):
    data = encoded(Image.new("1", size), "PNG")
    assert refusal(data) == ("fails", "file.too_many_pixels")


def test_check_photo_large_jpeg_is_read_where_a_large_png_is_not():
    large = Image.new("RGB", (5000, 4000), (90, 120, 200))
    report = check_photo(encoded(large))
    assert (report.rule("file").verdict, report.width, report.height) == ("ok", 5000, 4000)
    assert refusal(encoded(large, "PNG")) == ("fails", "file.too_many_pixels")


def test_check_photo_without_a_face_leaves_the_rest_to_a_person(models):
    report = check_photo(encoded(gradient()))
    assert (report.rule("one_face").verdict, report.rule("one_face").message_key) == (
        "fails",
        "one_face.none",
    )
    assert report.rule("sharpness").message_key == "unmeasured.no_face"


def test_check_photo_grey_without_a_face_is_grey():
    grey = Image.linear_gradient("L").convert("RGB").resize((400, 500))
    result = check_photo(encoded(grey)).rule("colour")
    assert (result.verdict, result.message_key) == ("fails", "colour.chroma")


def test_check_photo_without_the_runtime_every_measured_rule_goes_to_a_person():
    program = (
        "import sys; sys.modules['ai_edge_litert'] = None\n"
        "from io import BytesIO\n"
        "from PIL import Image\n"
        "from kabinet.core.photo import check_photo\n"
        "from kabinet.core.photo.check import why_blind\n"
        "file = BytesIO(); Image.linear_gradient('L').convert('RGB').resize((400, 500)).save(file, 'PNG')\n"
        "report = check_photo(file.getvalue())\n"
        "print(report.model_version, *sorted({r.rule for r in report.rules if r.verdict != 'human'}))\n"
        "print(why_blind())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["none colour file", "the extra photo is not installed"]


def test_networks_of_an_empty_folder_are_none(tmp_path):
    assert load_networks(tmp_path) == {}


def turned(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(gradient((300, 200)), exif=exif)


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (300, 200)), (6, (200, 300)), (3, (300, 200))]
)
def test_read_picture_is_upright(orientation, size):
    picture = read_picture(turned(orientation), ORT.limits)
    assert (picture.width, picture.height, picture.image.size) == (*size, size)


def test_read_picture_passes_on_date_and_program():
    exif = Image.Exif()
    exif[0x0131] = "Editor 1.0"
    exif.get_ifd(0x8769)[0x9003] = "2026:03:09 14:32:10"
    facts = read_picture(encoded(gradient(), exif=exif), ORT.limits).facts
    assert (facts.taken, facts.software) == ("2026:03:09 14:32:10", "Editor 1.0")


def test_read_picture_transparent_becomes_white():
    picture = read_picture(encoded(Image.new("RGBA", (50, 60)), "PNG"), ORT.limits)
    assert picture.image.getpixel((20, 20)) == (255, 255, 255)


@given(st.integers(0, 255))
def test_plain_chroma_of_grey_is_nothing(level):
    assert plain_chroma(Image.new("RGB", (40, 30), (level,) * 3)) == 0


def test_plain_chroma_of_colour():
    assert plain_chroma(gradient()) > 40


@pytest.mark.parametrize("quality", [20, 60, 95])
def test_picture_hash_survives_saving_and_shrinking(quality):
    image = gradient((600, 800))
    again = Image.open(BytesIO(encoded(image.resize((240, 320)), quality=quality)))
    assert hash_distance(picture_hash(image), picture_hash(again)) <= SAME_PICTURE_BITS


def test_picture_hash_of_another_picture_is_far():
    other = gradient((600, 800)).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert (
        hash_distance(picture_hash(gradient((600, 800))), picture_hash(other)) > SAME_PICTURE_BITS
    )


@given(*[st.integers(0, 2**256 - 1)] * 3)
def test_hash_distance_is_a_distance(a, b, c):
    one, two, three = (f"{value:064x}" for value in (a, b, c))
    assert hash_distance(one, one) == 0
    assert hash_distance(one, two) == hash_distance(two, one)
    assert hash_distance(one, three) <= hash_distance(one, two) + hash_distance(two, three)


def test_check_photo_two_lens_jpeg_is_read():
    second = gradient().rotate(180)
    data = encoded(gradient(), "MPO", save_all=True, append_images=[second])
    assert check_photo(data).rule("file").verdict == "ok"
