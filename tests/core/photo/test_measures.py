"""Each measure on pictures drawn for it: what it must see, and what must not move it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kabinet.core.photo.background import measure_background
from kabinet.core.photo.colour import measure_colour
from kabinet.core.photo.covering import covered, mouth_line
from kabinet.core.photo.exposure import measure_exposure
from kabinet.core.photo.face import (
    CHEEKS,
    CHIN_SKIN,
    EYE_LINE,
    LOWER_CHEEKS,
    NOSE,
    SIDE,
    UNDER_EYES,
    UPPER_LIP,
    UPPER_SKIN,
)
from kabinet.core.photo.glasses import measure_glasses
from kabinet.core.photo.iris import Eye
from kabinet.core.photo.mesh import LIPS
from kabinet.core.photo.raster import LINEAR, smoothed
from kabinet.core.photo.red_eye import red_share
from kabinet.core.photo.segmentation import GRID, Segmentation
from kabinet.core.photo.sharpness import blur_width
from tests.core.photo.conftest import SKIN, drawn_face, flat

SEED = 20270309


def natural_texture():
    """Noise whose power falls with the square of the frequency, as in photographs."""
    rows, columns = np.meshgrid(np.fft.fftfreq(SIDE), np.fft.fftfreq(SIDE), indexing="ij")
    frequency = np.hypot(rows, columns)
    frequency[0, 0] = 1
    noise = np.fft.fft2(np.random.default_rng(SEED).normal(size=(SIDE, SIDE)))
    texture = np.real(np.fft.ifft2(noise / frequency))
    return 128 + 30 * texture / texture.std()


TEXTURE = natural_texture()


def textured_face(grey):
    return drawn_face(np.repeat(grey[..., None], 3, axis=-1))


# --- sharpness ---------------------------------------------------------------------------------


@given(st.floats(0.15, 1))
def test_blur_width_does_not_depend_on_light(light):
    bright, dim = blur_width(textured_face(TEXTURE)), blur_width(textured_face(TEXTURE * light))
    assert dim == pytest.approx(bright, rel=0.01)


@pytest.mark.parametrize("radius", [2.0, 3.0, 5.0])
def test_blur_width_is_about_the_radius_of_the_blur(radius):
    measured = blur_width(textured_face(smoothed(TEXTURE, radius)))
    assert measured == pytest.approx(np.hypot(radius, 1), rel=0.35)


@given(st.floats(0, 4), st.floats(0, 4))
def test_blur_width_grows_with_the_blur(one, other):
    low, high = sorted((one + 0.3, other + 0.3))
    widths = [blur_width(textured_face(smoothed(TEXTURE, radius))) for radius in (low, high)]
    assert widths[0] <= widths[1] + 1e-3


def test_blur_width_sees_motion_along_one_axis():
    moved = np.mean([np.roll(TEXTURE, step, axis=1) for step in range(10)], axis=0)
    assert blur_width(textured_face(moved)) > 1.5 * blur_width(textured_face(TEXTURE))


def test_blur_width_of_an_empty_face_is_wide():
    assert blur_width(drawn_face(flat())) == 99


# --- colour ------------------------------------------------------------------------------------


def pigmented(light):
    """A face of two pigments under a play of light."""
    shade = np.clip(TEXTURE, 40, 220)[..., None] / 220
    lips = (np.arange(SIDE)[:, None, None] // 12) % 3 == 0
    return np.where(lips, np.array([190, 90, 95]), np.array(SKIN)) * shade * light


def test_colour_of_a_grey_face_is_nothing():
    colour = measure_colour(textured_face(TEXTURE))
    assert colour is not None
    assert (round(colour.chroma, 1), round(colour.own, 1)) == (0, 0)


@given(st.floats(0.3, 1))
def test_colour_own_stays_on_darker_skin(light):
    own = [measure_colour(drawn_face(pigmented(factor))) for factor in (1.0, light)]
    assert own[1].own == pytest.approx(own[0].own, rel=0.25)


@given(st.tuples(*[st.floats(0.5, 1)] * 3))
def test_colour_own_of_a_tinted_grey_is_nothing(tint):
    tinted = TEXTURE[..., None] * np.array(tint)
    assert measure_colour(drawn_face(tinted)).own < 1.5


# --- background --------------------------------------------------------------------------------


def scene(colours):
    person = np.zeros((GRID, GRID), np.float32)
    person[80:, 80:176] = 1
    return Segmentation(person, colours.astype(np.float32))


def measured(colours):
    return measure_background(scene(colours), 0.7, light=85, colourless=8)


def wall(level=246):
    return np.full((GRID, GRID, 3), level, np.float32)


def test_background_white_wall():
    found = measured(wall())
    assert (found.near_white, found.spread, found.odd, found.worst) == (1, 0, 0, None)


@given(st.integers(0, 255))
def test_background_of_the_person_does_not_count(level):
    colours = wall()
    colours[84:, 84:172] = level
    assert measured(colours) == measured(wall())


def test_background_thing_is_found_where_it_is():
    colours = wall()
    colours[20:60, 190:240] = (120, 80, 60)
    left, top, width, height = measured(colours).worst
    assert (left, top, width, height) == pytest.approx(
        (190 / 256, 20 / 256, 50 / 256, 40 / 256), abs=0.02
    )
    assert measured(colours).hue > 6


def test_background_shadow_has_no_hue():
    colours = wall()
    colours[20:170, 190:240] *= 0.7
    assert measured(colours).hue < 6
    assert measured(colours).spread > 22


def socket(colours):
    """A plate hardly darker than the wall, its rim and two holes: 10 of 256 cells wide."""
    colours[30:40, 200:210] -= 12
    colours[30:40, [200, 209]] -= 20
    colours[[30, 39], 200:210] -= 20
    colours[34:36, [203, 206]] -= 150
    return colours


def test_background_socket_is_a_small_thing_where_it_is():
    found = measured(socket(wall()))
    assert found.odd < 0.015
    assert found.thing > 0.1
    left, top, width, height = found.small
    assert left <= 200 / 256 <= 210 / 256 <= left + width
    assert top <= 30 / 256 <= 40 / 256 <= top + height


def test_background_small_thing_at_the_edge_lies_in_the_picture():
    colours = wall()
    colours[2:7, 249:] = 90
    left, top, width, height = measured(colours).small
    assert left + width <= 1
    assert top + height <= 1
    assert min(left, top) >= 0


@given(st.floats(0, 6))
def test_background_texture_is_no_small_thing(grain):
    plaster = wall(225) + np.random.default_rng(SEED).normal(0, grain, (GRID, GRID, 1))
    assert measured(plaster).thing < 0.02


@given(st.floats(0.5, 1))
def test_background_slow_change_of_light_is_no_small_thing(end):
    assert measured(wall() * np.linspace(1, end, GRID)[None, :, None]).thing == 0


@given(st.integers(20, 250), st.integers(20, 250))
def test_background_darker_wall_is_never_lighter(one, other):
    low, high = sorted((one, other))
    assert measured(wall(low)).lightness <= measured(wall(high)).lightness


# --- light -------------------------------------------------------------------------------------


def lit(face_rgb, picture=None):
    face = drawn_face(face_rgb)
    for number, at in zip((*UNDER_EYES, *CHEEKS, *LOWER_CHEEKS), (-1, 1) * 3, strict=True):
        face.points[number] = (SIDE / 2 + 50 * at, EYE_LINE + 50)
    return measure_exposure(face, wall() if picture is None else picture)


@given(st.floats(0.1, 1))
def test_exposure_of_darker_skin_before_a_white_wall_is_enough(light):
    found = lit(flat() * light)
    assert (round(found.white), found.burnt, found.side) == (97, 0, 0)


def dimmed(rgb, light):
    """The colours under a part of the light."""
    return np.interp(LINEAR[rgb.astype(np.uint8)] * light, LINEAR, np.arange(256))


@given(st.floats(0.3, 1), st.floats(0.3, 1))
def test_exposure_side_light_is_the_same_on_any_skin(shade, skin):
    half = flat()
    half[:, SIDE // 2 :] = dimmed(half[:, SIDE // 2 :], shade)
    assert lit(dimmed(half, skin)).side == pytest.approx(lit(half).side, abs=0.15)


def test_exposure_half_the_light_is_one_stop():
    half = flat((188, 188, 188))
    half[:, SIDE // 2 :] = 137  # half the light of 188, by the sRGB curve
    assert lit(half).side == pytest.approx(1, abs=0.05)


def test_exposure_burnt_skin():
    assert lit(flat((255, 255, 240))).burnt == 1


# --- glasses, mask, red eyes -------------------------------------------------------------------


@given(st.floats(0.25, 1))
def test_glasses_bridge_is_seen_alike_on_any_skin(light):
    bare, rimmed = flat(), flat()
    rimmed[EYE_LINE - 4 : EYE_LINE + 2, SIDE // 2 - 40 : SIDE // 2 + 40] = (40, 30, 28)
    assert measure_glasses(drawn_face(bare * light)).bridge == 0
    assert measure_glasses(drawn_face(rimmed * light)).bridge > 0.15


def arched(rgb, ink):
    """Three rows of `ink` over the root of the nose, as an arch."""
    for x in range(-20, 21):
        row = EYE_LINE - 8 + x * x // 40
        rgb[row : row + 3, SIDE // 2 + x] = ink
    return rgb


@pytest.mark.parametrize("ink", [(186, 160, 84), (176, 174, 180), (232, 206, 186)])
@given(light=st.floats(0.3, 1))
def test_glasses_thin_rim_of_another_colour_is_seen_alike_on_any_skin(ink, light):
    rim = measure_glasses(drawn_face(dimmed(arched(flat(), ink), light))).rim
    assert rim > 4.2
    assert rim == pytest.approx(measure_glasses(drawn_face(arched(flat(), ink))).rim, rel=0.3)


@given(st.floats(0.3, 1))
def test_glasses_wrinkle_is_no_rim(shade):
    wrinkled = arched(flat(), dimmed(np.array(SKIN), shade))
    assert measure_glasses(drawn_face(wrinkled)).rim < 2


@given(st.floats(0.1, 1))
def test_glasses_bare_skin_is_no_dark_lens(light):
    assert measure_glasses(drawn_face(flat() * light)).dark == pytest.approx(0, abs=0.05)


def covered_face(colour):
    face = drawn_face(flat())
    face.rgb[EYE_LINE + 30 :] = colour
    for number in UPPER_SKIN:
        face.points[number] = (SIDE / 2, EYE_LINE - 30)
    for number in (*NOSE, *UPPER_LIP, *CHIN_SKIN, *LOWER_CHEEKS):
        face.points[number] = (SIDE / 2, EYE_LINE + 80)
    return face


@pytest.mark.parametrize("colour", [(120, 170, 210), (240, 240, 242), (28, 28, 30)])
def test_mask_of_another_colour_covers(colour):
    assert covered(covered_face(colour)) > 25


def test_mask_bare_nose_is_no_mask():
    face = covered_face((28, 28, 30))
    face.points[list(NOSE)] = (SIDE / 2, EYE_LINE - 10)
    assert covered(face) < 1


MOUTH_LINE = EYE_LINE + 110


def face_with_lips(rgb):
    face = drawn_face(rgb)
    turns = np.linspace(0, 2 * np.pi, len(LIPS), endpoint=False)
    face.points[list(LIPS), 0] = SIDE / 2 + 40 * np.cos(turns)
    face.points[list(LIPS), 1] = MOUTH_LINE + 16 * np.sin(turns)
    return face


@given(st.floats(0.15, 1))
def test_mask_line_between_the_lips_is_seen_alike_on_any_skin(light):
    rgb = flat((170, 110, 105))
    rgb[MOUTH_LINE - 1 : MOUTH_LINE + 2] = (70, 40, 40)
    lit = mouth_line(face_with_lips(rgb))
    assert mouth_line(face_with_lips(dimmed(rgb, light))) == pytest.approx(lit, rel=0.25)
    assert lit > 30


def test_mask_of_the_colour_of_skin_has_no_line_between_the_lips():
    pleats = 1 + 0.06 * np.sin(np.arange(SIDE) / 6)
    assert mouth_line(face_with_lips(flat() * pleats[:, None, None])) < 10


def test_mask_lips_out_of_sight_are_not_measured():
    assert np.isnan(mouth_line(drawn_face(flat())))


def eye(x, y):
    iris = np.array([(x, y), (x + 9, y), (x, y - 9), (x - 9, y), (x, y + 9)], np.float32)
    return Eye(np.zeros((71, 2), np.float32), iris)


def test_red_eye_share_of_a_red_pupil():
    rgb = flat()
    rgb[EYE_LINE - 8 : EYE_LINE + 9, 140:161] = (220, 40, 40)
    eyes = (eye(150, EYE_LINE), eye(250, EYE_LINE))
    assert red_share(drawn_face(rgb), eyes) == 1
    assert red_share(drawn_face(flat()), eyes) == 0
