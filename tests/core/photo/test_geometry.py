"""The pose and the mouth on a made-up face in space, turned by known angles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kabinet.core.photo.framing import measure_framing
from kabinet.core.photo.geometry import head_pose, mouth_shape
from kabinet.core.photo.iris import Eye
from kabinet.core.photo.mesh import OVAL, Mesh
from kabinet.core.photo.segmentation import GRID, Segmentation

LEAN = np.tan(np.radians(7))
PLACES = {  # x to the right of the picture, y down, depth away; in eye distances
    33: (-0.75, 0, 0.2),
    133: (-0.25, 0, 0),
    362: (0.25, 0, 0),
    263: (0.75, 0, 0.2),
    10: (0, -1.0, 0),
    152: (0, 1.8, 2.8 * LEAN),
    234: (-1.2, 0.4, 1.0),
    454: (1.2, 0.4, 1.0),
    61: (-0.45, 1.1, 0.1),
    291: (0.45, 1.1, 0.1),
    13: (0, 1.1, -0.1),
    14: (0, 1.1, -0.1),
}

angles = st.floats(-25, 25)


def made_up(yaw=0.0, pitch=0.0, roll=0.0, moved=None):
    points = np.zeros((468, 3))
    for number, place in (PLACES | (moved or {})).items():
        points[number] = place
    a, b, c = np.radians([yaw, pitch, roll])
    around_y = [[np.cos(a), 0, -np.sin(a)], [0, 1, 0], [np.sin(a), 0, np.cos(a)]]
    around_x = [[1, 0, 0], [0, np.cos(b), -np.sin(b)], [0, np.sin(b), np.cos(b)]]
    around_z = [[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]]
    turned = points @ (np.array(around_z) @ np.array(around_x) @ np.array(around_y)).T
    return Mesh((turned * 100 + [300, 400, 0]).astype(np.float32), 1.0)


@given(angles)
def test_head_pose_yaw(yaw):
    assert head_pose(made_up(yaw=yaw)).yaw == pytest.approx(yaw, abs=0.1)


@given(angles)
def test_head_pose_pitch(pitch):
    assert head_pose(made_up(pitch=pitch)).pitch == pytest.approx(pitch, abs=0.1)


@given(angles)
def test_head_pose_roll(roll):
    assert head_pose(made_up(roll=roll)).roll == pytest.approx(roll, abs=0.1)


@given(angles, angles)
def test_mouth_shape_does_not_change_with_the_pose(yaw, pitch):
    straight, turned = mouth_shape(made_up()), mouth_shape(made_up(yaw, pitch))
    assert (turned.width, turned.lift) == pytest.approx((straight.width, straight.lift), abs=0.02)


def test_mouth_shape_lifted_corners():
    smiling = made_up(moved={61: (-0.55, 1.0, 0.1), 291: (0.55, 1.0, 0.1)})
    assert mouth_shape(smiling).lift > mouth_shape(made_up()).lift + 0.05


def lids(gap, aside=0.0):
    """An eye 40 wide with lids `gap` apart and the iris `aside` from the middle."""
    contour = np.zeros((71, 2), np.float32)
    contour[8] = (40, 0)
    contour[[11, 12, 13]] = [(x, -gap / 2) for x in (10, 20, 30)]
    contour[[3, 4, 5]] = [(x, gap / 2) for x in (10, 20, 30)]
    return Eye(contour, np.array([(20 + aside, 0)] * 5, np.float32))


@given(st.floats(0, 20))
def test_eye_openness_is_the_gap_over_the_width(gap):
    assert lids(gap).openness == pytest.approx(gap / 40, abs=1e-5)


@given(st.floats(-20, 20))
def test_eye_gaze_is_the_place_between_the_corners(aside):
    assert lids(10, aside).gaze == pytest.approx(aside / 40, abs=1e-5)


def framed(x=0.5, head=300, colours=None, eyes=300):
    """The framing of a head of this height with its eyes at `eyes`, in a picture of 600 x 800."""
    points = np.zeros((468, 3), np.float32)
    turns = np.linspace(0, 2 * np.pi, len(OVAL), endpoint=False)
    points[list(OVAL), 0] = x * 600 + head * 0.35 * np.sin(turns)
    points[list(OVAL), 1] = eyes - head * 0.4 * np.cos(turns)
    for number in (33, 133, 263, 362):
        points[number, :2] = (x * 600, eyes)
    points[152, :2] = (x * 600, eyes + head / 2)
    person = np.zeros((GRID, GRID), np.float32)
    grid = np.full((GRID, GRID, 3), 246, np.float32) if colours is None else colours
    return measure_framing(Mesh(points, 1.0), Segmentation(person, grid), (600, 800))


def test_framing_of_a_head_in_its_place():
    found = framed()
    assert found.head == pytest.approx(300 / 800)
    assert found.crown == pytest.approx(150 / 800)
    assert (found.off_centre, found.bars, found.cut < 0) == (pytest.approx(0, abs=1e-6), 0, True)


@given(st.floats(0.2, 0.8))
def test_framing_off_centre(x):
    assert framed(x).off_centre == pytest.approx(abs(x - 0.5), abs=1e-5)


def test_framing_cut_by_the_edge():
    assert framed(x=0.1).cut > 0.05


def test_framing_bars_of_a_screenshot():
    colours = np.full((GRID, GRID, 3), 246, np.float32)
    colours[:20], colours[-20:] = 0, 0
    assert framed(colours=colours).bars == pytest.approx(20 / GRID)
