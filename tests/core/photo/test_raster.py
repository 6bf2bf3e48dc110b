from math import pi

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image, ImageFilter

from kabinet.core.photo.raster import Frame, dilated, eroded, lab, lightness, smoothed

places = st.floats(-500, 500)
frames = st.builds(
    Frame, places, places, st.floats(1, 2000), st.floats(-pi, pi), st.integers(16, 400)
)
masks = hnp.arrays(bool, st.tuples(st.integers(5, 24), st.integers(5, 24)))


@given(frames, hnp.arrays(np.float64, (4, 2), elements=places))
def test_frame_there_and_back_is_the_same_point(frame, points):
    step = frame.side / frame.size
    back = frame.to_picture(frame.from_picture(points))
    assert np.abs(back - points).max() <= 0.01 * max(1.0, step)


@pytest.mark.parametrize("side", [40, 100, 400])
def test_frame_crop_keeps_a_plain_colour(side):
    image = Image.new("RGB", (600, 600), (10, 200, 90))
    crop = Frame(300, 300, side, 0.3, 64).crop(image)
    assert np.abs(crop - (10, 200, 90)).max() <= 1


def test_frame_crop_beyond_the_picture_is_black():
    crop = Frame(-500, -500, 100, 0.0, 32).crop(Image.new("RGB", (50, 50), "white"))
    assert crop.max() == 0


@pytest.mark.parametrize(
    ("rgb", "expected"),
    [
        ((255, 255, 255), (100, 0, 0)),
        ((0, 0, 0), (0, 0, 0)),
        ((255, 0, 0), (53.24, 80.09, 67.20)),
        ((0, 0, 255), (32.30, 79.19, -107.86)),
    ],
)
def test_lab_known_colours(rgb, expected):
    assert lab(np.array(rgb, np.float32)) == pytest.approx(expected, abs=0.05)


@given(st.integers(0, 255))
def test_lab_grey_has_no_chroma(level):
    _, a, b = lab(np.full(3, level, np.float32))
    assert (round(float(a), 1), round(float(b), 1)) == (0, 0)


@given(st.floats(0, 1), st.floats(0, 1))
def test_lightness_grows_with_light(one, other):
    low, high = sorted((one, other))
    assert lightness(low) <= lightness(high)


@given(masks, st.integers(1, 2))
def test_dilated_is_the_maximum_of_the_neighbourhood(mask, radius):
    image = Image.fromarray(mask.astype(np.uint8) * 255)
    expected = np.asarray(image.filter(ImageFilter.MaxFilter(2 * radius + 1))) > 0
    inner = np.s_[radius:-radius, radius:-radius]
    assert (dilated(mask, radius)[inner] == expected[inner]).all()


@given(masks, st.integers(1, 3))
def test_eroded_lies_within_and_dilated_around(mask, radius):
    assert not (eroded(mask, radius) & ~mask).any()
    assert not (mask & ~dilated(mask, radius)).any()


@given(st.floats(0, 255), st.floats(0.5, 4))
def test_smoothed_keeps_a_plain_brightness(level, sigma):
    assert smoothed(np.full((20, 20), level, np.float32), sigma) == pytest.approx(level, abs=0.01)
