"""Strips, their stacks, and lines cut out of a picture; without any engine."""

import math

import pytest

np = pytest.importorskip("numpy", reason="the extra docread is not installed")
cv2 = pytest.importorskip("cv2", reason="the extra docread is not installed")

from kabinet.core.passport.strips import (  # noqa: E402 - needs the extra
    Strip,
    levelled,
    line_image,
    mended,
    smeared_strips,
    stacks,
    strip_around,
)


def strip(
    x: float, y: float, *, length: float = 600, turn: float = 0, thickness: float = 24
) -> Strip:
    """A strip at a place of the unturned picture, all of it turned about the origin."""
    cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    run = length / 2
    return Strip(x * cosine - y * sine, x * sine + y * cosine, run * cosine, run * sine, thickness)


@pytest.mark.parametrize("turn", [0, 17, 45, 90, 135, 180, 271])
def test_three_lines_under_one_another_are_one_stack_at_any_angle(turn):
    zone = [strip(500, 700 + 48 * row, turn=turn) for row in range(3)]
    found = stacks(reversed(zone))
    assert [len(stack) for stack in found] == [3]
    assert set(found[0]) in ({*zone}, {line.turned() for line in zone})


def test_lines_taken_for_opposite_directions_are_one_stack():
    """Upright lines a hair to the left or to the right of plumb: seen in an evaluation."""
    zone = [strip(500, 700 + 48 * row, turn=90) for row in range(3)]
    found = stacks([zone[0], zone[1].turned(), zone[2]])
    assert [len(stack) for stack in found] == [3]


@pytest.mark.parametrize(
    "other",
    [
        strip(500, 748, length=100),
        strip(700, 748, length=300),
        strip(800, 748),
        strip(500, 748, turn=12),
        strip(500, 900),
    ],
)
def test_a_line_of_another_length_place_angle_or_distance_is_no_part(other):
    assert stacks([strip(500, 700), other]) == []


def test_a_line_found_in_part_is_a_line_of_the_stack_and_as_long_as_the_others():
    zone, part = [strip(500, 700), strip(500, 748)], strip(380, 796, length=300)
    found = stacks([*zone, part, strip(650, 796, length=170)])
    assert [len(stack) for stack in found] == [2, 3]
    last = levelled(found[1])[-1]
    assert (last.x, last.y, last.length) == pytest.approx((500, 796, 600))
    assert [len(stack) for stack in stacks([zone[1], part])] == [2]


def test_a_pile_is_cut_where_the_distance_jumps():
    pile = [strip(500, y, length=600 - y / 100) for y in (500, 620, 668, 716)]
    assert [[line.y for line in stack] for stack in stacks(pile)] == [[620, 668, 716]]


def test_levelled_lines_have_common_ends_and_thickness():
    short = strip(510, 748, length=580, thickness=30)
    upper, lower = levelled((strip(500, 700), short))
    assert (upper.length, lower.length) == pytest.approx((600, 600))
    assert (upper.x, lower.x) == pytest.approx((500, 500))
    assert upper.thickness == lower.thickness == 27


def test_pieces_of_one_line_are_put_together():
    left, right, below = (
        strip(300, 700, length=300),
        strip(640, 703, length=320),
        strip(300, 760, length=300),
    )
    line, other = mended([left, right, below])
    assert other == below
    assert line.length == pytest.approx(650, abs=5)


def test_a_printed_line_beside_a_turned_document_is_no_piece_of_its_line():
    printed = strip(320, 810, length=590, thickness=22)
    line = Strip(995, 877, 343, 35.5, 32.7)
    assert mended([printed, line]) == [line, printed]


def test_lines_of_a_printed_page_are_no_zone():
    assert stacks([strip(500, 400 + 30 * row, length=1000, thickness=20) for row in range(9)]) == []


def test_strip_around_reads_rightwards():
    points = np.array([[700, 120], [100, 100], [100, 124], [700, 144]], np.float32)
    assert strip_around(points).run_x > 0
    assert strip_around(points).length == pytest.approx(600, abs=4)


def page_with_lines() -> "np.ndarray":
    page = np.full((600, 1200), 215, np.uint8)
    for row in range(2):
        for place in range(44):
            x, y = 60 + place * 24, 450 + row * 50
            page[y : y + 22, x : x + 12] = 40
    return page


def test_rows_of_marks_are_found_and_cut_out_to_their_ink():
    page = page_with_lines()
    found = [stack for strips in smeared_strips(page) for stack in stacks(strips)]
    assert len(found[0]) == 2
    line = line_image(page, found[0][0], margin=0.3)
    dark = (line < 128).any(axis=0)
    assert int(np.diff(dark.astype(int)).clip(0).sum()) == 44
    assert 0 < int(dark.argmax()) < 24
    assert 0 < int(dark[::-1].argmax()) < 24
    assert line[:, 0].min() > 200
