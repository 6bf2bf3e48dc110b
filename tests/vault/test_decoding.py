"""Uploads: honest files become safe pictures, hostile ones a named refusal, never anything else."""

import os
import signal
import struct
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdf
import pytest
from PIL import Image, ImageOps

from kabinet.vault import frames
from kabinet.vault.decoding import (
    PHOTO,
    Decoded,
    DecoderUnavailable,
    converse,
    decode,
)
from kabinet.vault.refusals import (
    FAMILY,
    Animated,
    Busy,
    Damaged,
    Empty,
    Encrypted,
    TooBig,
    TookTooLong,
    TooManyPages,
    TooManyPixels,
    TooManyScans,
    TooSmall,
    UnknownType,
    UploadRefused,
    WrongType,
)
from kabinet.vault.sniff import kind_of
from tests.vault import corpus

needs_heic_encoder = pytest.mark.skipif(
    not corpus.HEIC_ENCODER, reason="no HEIC encoder: install pillow-heif to test HEIC"
)
FOLDERS = repr([str(Path(__file__).resolve().parents[2] / "src"), *sys.path])


def opened(jpeg: bytes) -> Image.Image:
    image = Image.open(BytesIO(jpeg))
    assert image.format == "JPEG"
    return image


def refusal_of(data: bytes, **options: object) -> UploadRefused:
    with pytest.raises(UploadRefused) as caught:
        decode(data, **options)  # type: ignore[arg-type]
    return caught.value


def same(one: UploadRefused, other: UploadRefused) -> bool:
    return type(one) is type(other) and one.params == other.params


def close_to(pixel: object, colour: tuple[int, ...]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) <= 12 for a, b in zip(pixel, colour, strict=True))


# --- honest pictures --------------------------------------------------------------------


def test_decode_jpeg_gives_a_picture_of_the_same_look() -> None:
    decoded = decode(corpus.jpeg())
    assert (decoded.kind, decoded.original_format) == ("photo", "JPEG")
    assert (decoded.width, decoded.height) == (640, 480) == opened(decoded.jpeg).size
    assert (decoded.original_width, decoded.original_height) == (640, 480)
    assert (decoded.pages, decoded.pdf, len(decoded.previews), decoded.grey) == (1, b"", 1, False)
    centre = corpus.picture().getpixel((200, 150))
    assert isinstance(centre, tuple)
    assert close_to(opened(decoded.jpeg).getpixel((200, 150)), centre)


def test_decode_large_picture_is_made_smaller_with_a_small_thumbnail() -> None:
    decoded = decode(corpus.jpeg(4000, 3000))
    assert opened(decoded.jpeg).size == (2400, 1800) == (decoded.width, decoded.height)
    assert (decoded.original_width, decoded.original_height) == (4000, 3000)
    assert opened(decoded.thumbnail).size == (240, 180)
    assert len(decoded.thumbnail) <= 6 * 1024


def test_decode_noise_still_has_a_small_thumbnail() -> None:
    noise = Image.effect_noise((600, 600), 120)
    decoded = decode(corpus.saved(noise, "JPEG"))
    assert len(decoded.thumbnail) <= 6 * 1024


@pytest.mark.parametrize(
    ("data", "form"),
    [
        pytest.param(corpus.png, "PNG", id="png"),
        pytest.param(lambda: corpus.png(mode="RGBA"), "PNG", id="rgba"),
        pytest.param(lambda: corpus.png(mode="LA"), "PNG", id="la"),
        pytest.param(lambda: corpus.png(mode="P"), "PNG", id="palette"),
        pytest.param(lambda: corpus.png(mode="1"), "PNG", id="black and white"),
        pytest.param(corpus.webp, "WebP", id="webp"),
        pytest.param(lambda: corpus.jpeg(mode="CMYK"), "JPEG", id="cmyk"),
        pytest.param(lambda: corpus.jpeg(mode="L"), "JPEG", id="grey"),
        pytest.param(
            lambda: corpus.saved(corpus.picture(), "JPEG", progressive=True),
            "JPEG",
            id="progressive",
        ),
    ],
)
def test_decode_each_kind_and_mode_gives_rgb_jpeg(data: Callable[[], bytes], form: str) -> None:
    decoded = decode(data())
    assert decoded.original_format == form
    assert (opened(decoded.jpeg).mode, opened(decoded.jpeg).size) == ("RGB", (640, 480))


def test_decode_cmyk_keeps_colours() -> None:
    decoded = decode(corpus.saved(Image.new("RGB", (300, 300), "#c02030").convert("CMYK"), "JPEG"))
    assert close_to(opened(decoded.jpeg).getpixel((150, 150)), (0xC0, 0x20, 0x30))


def test_decode_16_bit_grey_keeps_the_ramp() -> None:
    decoded = decode(corpus.png_16_bit())
    seen = opened(decoded.jpeg)
    assert [
        close_to(seen.getpixel((x, 150)), (g, g, g)) for x, g in ((0, 0), (200, 128), (399, 255))
    ]
    assert decoded.grey


def test_decode_transparent_palette_lies_on_white() -> None:
    seen = opened(decode(corpus.png_transparent()).jpeg)
    assert close_to(seen.getpixel((50, 150)), (0, 0, 0))
    assert close_to(seen.getpixel((350, 150)), (255, 255, 255))


@needs_heic_encoder
def test_decode_heic_gives_the_picture() -> None:
    decoded = decode(corpus.heic())
    assert (decoded.original_format, decoded.width, decoded.height) == ("HEIC", 640, 480)
    expected = corpus.picture().getpixel((200, 150))
    assert isinstance(expected, tuple)
    assert close_to(opened(decoded.jpeg).getpixel((200, 150)), expected)


@needs_heic_encoder
def test_decode_turned_heic_stands_upright() -> None:
    decoded = decode(corpus.heic(6))
    assert opened(decoded.jpeg).size == (480, 640)
    assert (decoded.original_width, decoded.original_height) == (480, 640)
    assert decoded.software == corpus.CANARY.decode()
    assert corpus.CANARY not in decoded.jpeg


def test_decode_photo_with_a_second_one_behind_it_takes_the_first() -> None:
    decoded = decode(corpus.two_pictures_in_one_jpeg())
    assert (decoded.original_format, decoded.width) == ("JPEG", 640)


@pytest.mark.slow
def test_decode_48_megapixels_fits_into_the_child() -> None:
    decoded = decode(corpus.jpeg(8000, 6000))
    assert (decoded.original_width, decoded.original_height) == (8000, 6000)
    assert opened(decoded.jpeg).size == (2400, 1800)


@pytest.mark.slow
@needs_heic_encoder
def test_decode_48_megapixel_heic_fits_into_the_child() -> None:
    assert opened(decode(corpus.large_heic(8000, 6000)).jpeg).size == (2400, 1800)


@pytest.mark.slow
def test_decode_16_megapixel_png_with_alpha_fits_into_the_child() -> None:
    assert opened(decode(corpus.png(4000, 4000, "RGBA")).jpeg).size == (2400, 2400)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_decode_turned_picture_stands_upright(orientation: int) -> None:
    data = corpus.jpeg_with_metadata(orientation)
    expected = ImageOps.exif_transpose(opened(data))
    decoded = decode(data)
    seen = opened(decoded.jpeg)
    assert seen.size == expected.size == (decoded.original_width, decoded.original_height)
    far = (expected.width - 20, expected.height - 20)
    for place in ((20, 20), (far[0], 20), (20, far[1]), far):
        colour = expected.getpixel(place)
        assert isinstance(colour, tuple)
        assert close_to(seen.getpixel(place), colour)


def test_decode_reads_camera_facts_before_dropping_them() -> None:
    decoded = decode(corpus.jpeg_with_metadata())
    assert decoded.captured_at == datetime(2026, 3, 1, 10, 11, 12)  # noqa: DTZ001  # camera's clock
    assert decoded.software == "Editor" + corpus.CANARY.decode()


def test_decode_same_pixels_with_other_metadata_have_the_same_hash() -> None:
    with_comment = corpus.jpeg_with_segments([corpus.segment(0xFE, corpus.CANARY)])
    assert decode(corpus.jpeg()).sha256_of_pixels == decode(with_comment).sha256_of_pixels
    assert decode(corpus.jpeg()).sha256_of_pixels != decode(corpus.png()).sha256_of_pixels


def test_decode_wide_gamut_profile_becomes_srgb() -> None:
    """A profile whose red and blue are swapped: the picture must come out swapped."""
    profile = bytearray(corpus.srgb())
    tags = {bytes(profile[at : at + 4]): at for at in range(132, 132 + 12 * 30, 12)}
    red, blue = tags[b"rXYZ"], tags[b"bXYZ"]
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    image = Image.new("RGB", (300, 300), "#ff0000")
    decoded = decode(corpus.saved(image, "PNG", icc_profile=bytes(profile)))
    assert close_to(opened(decoded.jpeg).getpixel((150, 150)), (0, 0, 255))


# --- what must not come through ---------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(corpus.jpeg_with_metadata, id="exif gps xmp comment profile"),
        pytest.param(corpus.png_with_text, id="png text"),
        pytest.param(corpus.jpeg_with_huge_exif, id="6 MB of exif"),
        pytest.param(corpus.jpeg_with_huge_profile, id="6 MB of profile"),
        pytest.param(lambda: corpus.jpeg() + corpus.archive("a.txt"), id="jpeg and zip"),
        pytest.param(
            lambda: corpus.jpeg() + b"<script>alert(1)</script>" + corpus.CANARY, id="jpeg and html"
        ),
        pytest.param(lambda: corpus.png() + corpus.archive("a.txt"), id="png and zip"),
        pytest.param(lambda: corpus.jpeg() + corpus.pdf_plain() + corpus.CANARY, id="jpeg and pdf"),
    ],
)
def test_decode_drops_metadata_and_tails(data: Callable[[], bytes]) -> None:
    decoded = decode(data())
    for jpeg in (decoded.jpeg, decoded.thumbnail, *decoded.previews):
        assert [
            word for word in (corpus.CANARY, b"PK\x03\x04", b"<script", b"%PDF") if word in jpeg
        ] == []
        assert set(opened(jpeg).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert dict(opened(jpeg).getexif()) == {}
        assert jpeg.endswith(corpus.JPEG_END)


# --- refusals by the header -------------------------------------------------------------

WRONG_TYPES: dict[str, Callable[[], bytes]] = {
    "GIF": lambda: corpus.animated("GIF"),
    "TIFF": lambda: corpus.saved(corpus.picture(), "TIFF"),
    "BMP": lambda: corpus.saved(corpus.picture(), "BMP"),
    "ICO": lambda: corpus.saved(corpus.picture(), "ICO"),
    "PSD": lambda: b"8BPS\0\1" + bytes(100),
    "PDF": corpus.pdf_plain,
    "SVG": lambda: b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
    "HTML": lambda: b"\xef\xbb\xbf\n<!DOCTYPE HTML><script>alert(1)</script>",
    "XML": lambda: b"<?xml version='1.0'?><a/>",
    "ZIP": lambda: corpus.archive("photo.jpg"),
    "DOCX": lambda: corpus.archive("[Content_Types].xml", "word/document.xml"),
    "XLSX": lambda: corpus.archive("[Content_Types].xml", "xl/workbook.xml"),
    "DOC": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "MP4": lambda: b"\0\0\0\x20ftypisom" + bytes(100),
    "MOV": lambda: b"\0\0\0\x14ftypqt  " + bytes(100),
    "AVIF": lambda: b"\0\0\0\x20ftypmif1\0\0\0\0mif1avif" + bytes(100),
    "AVI": lambda: b"RIFF\x10\0\0\0AVI LIST" + bytes(100),
    "RAR": lambda: b"Rar!\x1a\x07\x01\0" + bytes(100),
    "7Z": lambda: b"7z\xbc\xaf\x27\x1c" + bytes(100),
    "EXE": lambda: b"MZ\x90\0" + bytes(100),
}


@pytest.mark.parametrize("found", WRONG_TYPES)
def test_decode_wrong_type_names_what_was_found(found: str) -> None:
    assert same(refusal_of(WRONG_TYPES[found]()), WrongType(found=found))


@pytest.mark.parametrize("data", [b"x", b"\xff\xd8", b"\0" * 5000, b"photo.jpg", b"BMW and more"])
def test_decode_unknown_bytes_are_refused(data: bytes) -> None:
    assert same(refusal_of(data), UnknownType())


def test_decode_no_byte_is_empty() -> None:
    assert same(refusal_of(b""), Empty())


def test_decode_big_photo_names_size_and_limit() -> None:
    refusal = refusal_of(corpus.jpeg() + bytes(10 * 1024 * 1024))
    assert isinstance(refusal, TooBig)
    assert refusal.params == {"size_mb": 10.1, "limit_mb": 10}


def test_decode_big_pdf_has_its_own_limit() -> None:
    padded = corpus.pdf_plain().replace(b"%%EOF", b"%" + bytes(20 * 1024 * 1024) + b"\n%%EOF")
    assert refusal_of(padded, allow_pdf=True).params == {"size_mb": 20.1, "limit_mb": 20}


@pytest.mark.parametrize(
    ("data", "megapixels", "limit"),
    [
        pytest.param(lambda: corpus.png_bomb(20_000), 400, 16, id="png 20000"),
        pytest.param(lambda: corpus.png_bomb(13_000), 169, 16, id="png 13000"),
        pytest.param(lambda: corpus.jpeg_claiming(60_000, 60_000), 3600, 50, id="jpeg"),
        pytest.param(lambda: corpus.webp_claiming(16_384, 16_384), 269, 16, id="webp"),
    ],
)
def test_decode_bomb_is_refused_by_its_header(
    data: Callable[[], bytes], megapixels: int, limit: int
) -> None:
    bomb = data()
    tracemalloc.start()
    try:
        refusal = refusal_of(bomb)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert same(refusal, TooManyPixels(megapixels=megapixels, limit=limit))
    assert peak < 1024 * 1024


@needs_heic_encoder
def test_decode_heic_bomb_is_refused_by_its_header() -> None:
    file = bytearray(corpus.heic())
    size = file.index(b"ispe") + 8
    file[size : size + 8] = struct.pack(">II", 30_000, 30_000)
    assert same(refusal_of(bytes(file)), TooManyPixels(megapixels=900, limit=50))


def test_decode_fifty_megapixels_as_makers_count_is_not_too_many() -> None:
    """8192 × 6144 is sold as 50 MP. Only the claim is that large, so the pixels run out."""
    refused = refusal_of(corpus.jpeg_claiming(8192, 6240))
    assert same(refused, TooManyPixels(megapixels=52, limit=50))
    assert decode(corpus.jpeg_claiming(8192, 6144)).original_width == 8192


def test_decode_small_picture_names_its_size() -> None:
    assert same(refusal_of(corpus.jpeg(640, 199)), TooSmall(width=640, height=199, limit=200))


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_decode_moving_picture_is_refused(form: str) -> None:
    assert same(refusal_of(corpus.animated(form)), Animated())


def test_decode_jpeg_of_many_scans_is_refused_before_decoding() -> None:
    assert same(refusal_of(corpus.jpeg_of_scans(120)), TooManyScans(limit=100))


def test_decode_jpeg_of_some_scans_is_taken() -> None:
    assert decode(corpus.jpeg_of_scans(50)).width == 640


def test_decode_scans_in_metadata_do_not_count() -> None:
    small_picture = corpus.segment(0xE1, b"Exif\0\0" + b"\xff\xda" * 200)
    assert decode(corpus.jpeg_with_segments([small_picture])).width == 640


# --- damaged ----------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.01, 0.1, 0.3, 0.5, 0.8, 0.95, 0.999])
@pytest.mark.parametrize(
    "whole", [corpus.jpeg, corpus.png, corpus.webp], ids=["jpeg", "png", "webp"]
)
def test_decode_truncated_picture_is_damaged(whole: Callable[[], bytes], share: float) -> None:
    assert same(refusal_of(whole()[: int(len(whole()) * share)]), Damaged())


@needs_heic_encoder
@pytest.mark.parametrize("share", [0.05, 0.5, 0.95, 0.999])
def test_decode_truncated_heic_is_damaged(share: float) -> None:
    whole = corpus.heic()
    assert same(refusal_of(whole[: int(len(whole) * share)]), Damaged())


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(corpus.png_with_bad_sum, id="png with a bad sum"),
        pytest.param(corpus.png_text_bomb, id="png with a text bomb"),
        pytest.param(corpus.png_profile_bomb, id="png with a profile bomb"),
        pytest.param(corpus.jpeg_of_many_segments, id="jpeg of 200,000 segments"),
        pytest.param(lambda: corpus.jpeg_claiming(0, 0), id="jpeg of no size"),
        pytest.param(lambda: corpus.jpeg()[:20] + corpus.JPEG_END, id="jpeg without picture"),
        pytest.param(lambda: b"\0\0\0\x18ftypheic" + bytes(600), id="heic without picture"),
        pytest.param(lambda: corpus.png_of([(b"IDAT", b"")]), id="png without header"),
    ],
)
def test_decode_crooked_picture_is_damaged(data: Callable[[], bytes]) -> None:
    assert same(refusal_of(data()), Damaged())


def outcome(data: bytes) -> Decoded | UploadRefused:
    try:
        return decode(data, allow_pdf=True)
    except UploadRefused as refusal:
        return refusal


@pytest.mark.slow
@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda seed: corpus.corrupted(corpus.jpeg(), seed), id="jpeg"),
        pytest.param(corpus.png_with_broken_pixels, id="png"),
        pytest.param(lambda seed: corpus.corrupted(corpus.webp(), seed), id="webp"),
        pytest.param(lambda seed: corpus.corrupted(corpus.pdf_by_hand(), seed, 4), id="pdf"),
        pytest.param(
            lambda seed: corpus.corrupted(corpus.heic(), seed),
            id="heic",
            marks=needs_heic_encoder,
        ),
    ],
)
def test_decode_random_damage_is_refused_or_decoded(spoil: Callable[[int], bytes]) -> None:
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(outcome, [spoil(seed) for seed in range(30)]))
    for each in outcomes:
        if isinstance(each, Decoded):
            opened(each.jpeg).load()
        else:
            assert type(each) in FAMILY.values()
    assert Damaged in {type(each) for each in outcomes}


@pytest.mark.parametrize("seed", range(30))
def test_decode_png_with_any_changed_byte_is_refused(seed: int) -> None:
    assert type(refusal_of(corpus.corrupted(corpus.png(), seed))) in {Damaged, UnknownType}


# --- PDF --------------------------------------------------------------------------------


def unpacked(pdf: bytes) -> bytes:
    """All of a PDF as plain text, so that nothing hides in a packed stream."""
    file = BytesIO()
    pikepdf.open(BytesIO(pdf)).save(
        file,
        stream_decode_level=pikepdf.StreamDecodeLevel.all,
        compress_streams=False,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    return file.getvalue()


def test_decode_pdf_gives_pages_and_pictures() -> None:
    decoded = decode(corpus.pdf_plain(), allow_pdf=True)
    assert (decoded.kind, decoded.original_format, decoded.pages) == ("pdf", "PDF", 2)
    assert (decoded.jpeg, len(decoded.previews)) == (decoded.previews[0], 2)
    assert opened(decoded.jpeg).size == (decoded.width, decoded.height)
    assert max(opened(decoded.jpeg).size) == 1600
    assert close_to(opened(decoded.jpeg).getpixel((250, 1300)), (51, 76, 102))
    assert len(pypdf.PdfReader(BytesIO(decoded.pdf)).pages) == 2


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(lambda: corpus.pdf_with_action(corpus.javascript()), id="javascript"),
        pytest.param(lambda: corpus.pdf_with_action(corpus.launch()), id="launch"),
        pytest.param(corpus.pdf_with_attachment, id="attachment"),
        pytest.param(corpus.pdf_with_filled_field, id="form with xfa"),
        pytest.param(lambda: corpus.pdf_plain() + corpus.CANARY + b"<script", id="tail"),
    ],
)
def test_decode_pdf_keeps_nothing_that_acts(data: Callable[[], bytes]) -> None:
    decoded = decode(data(), allow_pdf=True)
    assert set(pypdf.PdfReader(BytesIO(decoded.pdf)).root_object) == {"/Type", "/Pages"}
    words = b"CANARY /JavaScript /JS /Launch /OpenAction /AA /Annots /AcroForm /XFA".split()
    words += b"/EmbeddedFile /EF /AF /Filespec /PieceInfo /Names <script".split()
    text = unpacked(decoded.pdf)
    assert [word for word in words if word in text or word in decoded.pdf] == []


def test_decode_pdf_draws_filled_fields_into_the_page() -> None:
    decoded = decode(corpus.pdf_with_filled_field(), allow_pdf=True)
    page = opened(decoded.jpeg)
    assert close_to(page.getpixel((page.width * 250 // 595, page.height * 600 // 842)), (0, 0, 0))


def test_decode_pdf_mends_a_lost_table() -> None:
    assert decode(corpus.pdf_with_lost_table(), allow_pdf=True).pages == 3


def test_decode_pdf_by_hand_with_inherited_size_keeps_it() -> None:
    assert decode(corpus.pdf_by_hand(), allow_pdf=True).width == 1200


@pytest.mark.parametrize("passwords", [{"user": "secret"}, {"owner": "secret"}])
def test_decode_pdf_under_a_password_is_refused(passwords: dict[str, str]) -> None:
    assert same(refusal_of(corpus.pdf_encrypted(**passwords), allow_pdf=True), Encrypted())


@pytest.mark.parametrize("passwords", [{"user": "secret"}, {"owner": "secret"}])
def test_decode_pdf_under_a_hidden_password_is_refused(passwords: dict[str, str]) -> None:
    data = corpus.pdf_encrypted_by_an_escaped_name(**passwords)
    assert same(refusal_of(data, allow_pdf=True), Encrypted())


def test_decode_pdf_draws_text_in_a_font_it_does_not_carry() -> None:
    page = opened(decode(corpus.pdf_with_text(), allow_pdf=True).jpeg).convert("L")
    assert page.getextrema() == (0, 255)


def test_decode_pdf_of_many_pages_is_refused() -> None:
    refusal = refusal_of(corpus.written(corpus.pdf_of(500)), allow_pdf=True)
    assert same(refusal, TooManyPages(pages=500, limit=200))


def test_decode_pdf_previews_only_the_first_pages() -> None:
    decoded = decode(corpus.written(corpus.pdf_of(14)), allow_pdf=True)
    assert decoded.pages == 14
    assert 1 <= len(decoded.previews) <= 10


@pytest.mark.parametrize(
    "box",
    [(0, 0, 1e9, 1e9), (0, 0, 14_400, 14_400), (-1e6, -1e6, 1e6, 2e6), (0, 0, 1e5, 1)],
    ids=["giant", "largest allowed", "negative", "of hardly any height"],
)
def test_decode_pdf_of_giant_pages_is_drawn_small(box: tuple[float, ...]) -> None:
    decoded = decode(corpus.written(corpus.pdf_of(box=box)), allow_pdf=True)
    assert max(decoded.width, decoded.height) == 1600


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(corpus.pdf_without_pages, id="no pages"),
        pytest.param(lambda: b"%PDF-1.7\n" + bytes(3000) + b"%%EOF", id="no objects"),
        pytest.param(lambda: corpus.pdf_plain()[:-40], id="no end"),
        pytest.param(lambda: corpus.pdf_plain()[:200], id="cut"),
        pytest.param(lambda: corpus.pdf_plain() + corpus.jpeg(), id="pdf and jpeg"),
    ],
)
def test_decode_crooked_pdf_is_damaged(data: Callable[[], bytes]) -> None:
    assert same(refusal_of(data(), allow_pdf=True), Damaged())


# --- the child --------------------------------------------------------------------------


def own_children() -> set[int]:
    tasks = Path("/proc/self/task").glob("*/children")
    return {int(pid) for task in tasks for pid in task.read_text().split()}


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def new_children() -> Iterator[Callable[[], set[int]]]:
    """The processes this test has started and not yet ended; none may be left."""
    before = own_children()
    yield lambda: own_children() - before
    assert own_children() - before == set()


def child(code: str) -> list[str]:
    """A child of our own making: what a decoder could become under a hostile file."""
    return [sys.executable, "-I", "-c", f"import sys, os, time; sys.path[:] = {FOLDERS}\n{code}"]


def test_decode_endless_drawing_is_killed_in_time(new_children: Callable[[], set[int]]) -> None:
    limits = replace(PHOTO, wall_seconds=1.5)  # a fast machine reaches the memory limit in three
    assert same(
        refusal_of(corpus.pdf_of_endless_drawing(), allow_pdf=True, limits=limits), TookTooLong()
    )
    assert new_children() == set()


def test_decode_processor_time_is_limited_too() -> None:
    limits = replace(PHOTO, cpu_seconds=1, wall_seconds=60.0)
    assert same(
        refusal_of(corpus.pdf_of_endless_drawing(), allow_pdf=True, limits=limits), TookTooLong()
    )


def test_decode_picture_above_the_memory_is_damaged() -> None:
    limits = replace(PHOTO, memory_bytes=150 * 1024 * 1024)
    assert same(refusal_of(corpus.png(4000, 4000, "RGBA"), limits=limits), Damaged())


def test_decode_child_killed_from_outside_is_damaged(new_children: Callable[[], set[int]]) -> None:
    with ThreadPoolExecutor(1) as pool:
        result = pool.submit(outcome, corpus.pdf_of_endless_drawing())
        wait_for(lambda: bool(new_children()))
        os.kill(new_children().pop(), signal.SIGKILL)
        assert type(result.result()) is Damaged


def test_decode_hostile_files_leave_a_seat_to_an_honest_one() -> None:
    limits = replace(PHOTO, wall_seconds=3.0, wait_seconds=60.0)
    bomb = corpus.pdf_of_endless_drawing()
    with ThreadPoolExecutor(3) as pool:
        bombs = [pool.submit(refusal_of, bomb, allow_pdf=True, limits=limits) for _ in range(2)]
        honest = pool.submit(decode, corpus.jpeg(), limits=replace(PHOTO, wait_seconds=60.0))
        assert honest.result().width == 640
        assert [same(each.result(), TookTooLong()) for each in bombs] == [True, True]


def test_decode_without_a_free_seat_is_busy(new_children: Callable[[], set[int]]) -> None:
    bomb = corpus.pdf_of_endless_drawing()
    with ThreadPoolExecutor(2) as pool:
        for _ in range(2):
            pool.submit(outcome, bomb)
        wait_for(lambda: len(new_children()) == 2)
        assert same(refusal_of(corpus.jpeg(), limits=replace(PHOTO, wait_seconds=0.1)), Busy())
        for pid in new_children():
            os.kill(pid, signal.SIGKILL)


def test_child_has_no_django_no_environment_no_files_and_no_sockets() -> None:
    code = """
import socket
from kabinet.vault import decoder
open("/dev/null").close()
def tried(attempt):
    try:
        attempt()
        return 0
    except OSError as error:
        return error.errno
def seen(data, kind, limits):
    opens = tried(lambda: open("/etc/hostname"))
    inherited = [fd for fd in range(3, 64) if not tried(lambda: os.fstat(fd))]
    return {"file": opens, "socket": tried(socket.socket), "inherited": inherited,
            "environment": sorted(set(os.environ) - {"LC_CTYPE"}), "leader": os.getsid(0) == os.getpid(),
            "django": "django" in sys.modules}, []
decoder.serve(seen)
"""
    held = os.open(__file__, os.O_RDONLY)
    os.set_inheritable(held, True)
    try:
        answer = converse(child(code), request(), wall_seconds=30)
    finally:
        os.close(held)
    assert frames.unpack(answer)[0] == {
        "file": 24,  # EMFILE
        "socket": 24,
        "inherited": [],
        "environment": [],
        "leader": True,
        "django": False,
    }


def request(kind: str = "JPEG", data: bytes = b"") -> bytes:
    asked = frames.pack({"kind": kind, "limits": asdict(PHOTO)})
    return asked + frames.pack({}, [data or corpus.jpeg()])


# The limit of processes does not hold for root, so these children become nobody first.
NOBODY = "from kabinet.vault import decoder\nif os.getuid() == 0: os.setuid(65534)\n"


def test_child_that_is_not_root_starts_no_process() -> None:
    code = """
def seen(data, kind, limits):
    try:
        os.fork()
    except OSError as error:
        return {"errno": error.errno}, []
decoder.serve(seen)
"""
    answer = converse(child(NOBODY + code), request(), wall_seconds=30)
    assert frames.unpack(answer)[0] == {"errno": 11}  # EAGAIN


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("JPEG", corpus.jpeg),
        ("WebP", corpus.webp),
        pytest.param("HEIC", corpus.heic, marks=needs_heic_encoder),
    ],
)
def test_child_that_is_not_root_decodes(kind: str, data: Callable[[], bytes]) -> None:
    answer = converse(child(NOBODY + "decoder.main()"), request(kind, data()), wall_seconds=30)
    assert frames.unpack(answer)[0]["width"] == 640


def test_child_that_forks_on_and_on_is_ended_with_all_its_children() -> None:
    mark = f"forks-of-{os.getpid()}-{threading.get_ident()}"
    code = f"""
mark = "{mark}"
os.write(1, b"\\x06")
for _ in range(6):
    os.fork()
time.sleep(300)
"""
    with pytest.raises(TookTooLong):
        converse(child(code), request(), wall_seconds=2)
    wait_for(lambda: not running(mark))


def running(mark: str) -> list[str]:
    found = []
    for commands in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if mark.encode() in commands.read_bytes():
                found.append(commands.parent.name)
        except OSError:
            continue
    return found


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("os.write(1, b'\\x06'); os.abort()", id="aborts"),
        pytest.param("os.write(1, b'\\x06'); os._exit(3)", id="exits"),
        pytest.param("os.write(1, b'\\x06'); os.close(1); time.sleep(300)", id="closes"),
        pytest.param("os.write(1, b'\\x06' + b'\\xff' * 4); time.sleep(300)", id="announces 4 GB"),
        pytest.param("os.write(1, b'GET / HTTP'); time.sleep(300)", id="says something else"),
        pytest.param("os.kill(os.getpid(), 9)", id="dies at the start"),
    ],
)
def test_child_that_ends_badly_means_damaged(code: str) -> None:
    with pytest.raises(Damaged):
        converse(child(code), request(), wall_seconds=60)


def test_child_that_cannot_start_is_no_fault_of_the_file() -> None:
    with pytest.raises(DecoderUnavailable):
        converse(child("import a_library_that_is_missing"), request(), wall_seconds=60)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0\0\0\x02[]",
        b"\0\0\0\x02{}",
        b"\xff\xff\xff\xff{}",
        b'\0\0\0\x0b{"blobs":1}',
        b'\0\0\0\x0e{"blobs":[-1]}',
        b'\0\0\0\x0d{"blobs":[9]}',
        b'\0\0\0\x0c{"blobs":[]}tail',
        b"\0\0\0\x05" + b"[" * 5,
    ],
)
def test_frame_that_is_crooked_is_refused(body: bytes) -> None:
    with pytest.raises(frames.BrokenFrame):
        frames.unpack(body)


def test_frame_carries_head_and_blobs() -> None:
    frame = frames.pack({"kind": "Ы"}, [b"", b"one", bytes(1000)])
    assert frames.body_length(frame) == len(frame) - frames.LENGTH
    assert frames.unpack(frame[frames.LENGTH :]) == ({"kind": "Ы"}, [b"", b"one", bytes(1000)])


def test_refusals_have_a_sentence_each() -> None:
    keys = sorted(refusal.message_key for refusal in FAMILY.values())
    assert [key for key, following in pairwise(keys) if key == following] == []
    assert len(keys) == 13


def test_kind_goes_by_content_alone() -> None:
    assert kind_of(corpus.png()) == "PNG"
    assert kind_of(b" \n%PDF-1.7") == "PDF"
