"""What each rule measures on the photo: one function per rule, its readings out."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kabinet.core.photo.background import Background, measure_background
from kabinet.core.photo.colour import measure_colour
from kabinet.core.photo.covering import covered, mouth_line
from kabinet.core.photo.decode import Picture
from kabinet.core.photo.exposure import measure_exposure
from kabinet.core.photo.expression import smile
from kabinet.core.photo.framing import measure_framing
from kabinet.core.photo.geometry import Mouth, head_pose, mouth_shape
from kabinet.core.photo.glasses import measure_glasses
from kabinet.core.photo.judging import Reading, judge, unmeasured
from kabinet.core.photo.mesh import (
    CHIN,
    INNER_LIPS,
    LEFT_EYE,
    MOUTH_CORNERS,
    NOSE_TIP,
    OUTER_LIPS,
    OVAL,
    RIGHT_EYE,
    TEMPLES,
)
from kabinet.core.photo.networks import Network
from kabinet.core.photo.policy import Policy
from kabinet.core.photo.red_eye import red_share
from kabinet.core.photo.report import Region, RuleResult
from kabinet.core.photo.scene import Scene, Subject
from kabinet.core.photo.sharpness import blur_width

_LIPS_PARTED = 0.03  # of eye to chin: below it no teeth show
_HUE_OF_THINGS = 6  # a*b* difference; the same in lightness alone is a shadow
_EYES = (*RIGHT_EYE, *LEFT_EYE, 159, 386, 145, 374)  # corners and middles of the lids
_MOUTH = (*MOUTH_CORNERS, *INNER_LIPS, *OUTER_LIPS)
_LOWER_FACE = (*TEMPLES, CHIN, NOSE_TIP)


@dataclass(frozen=True)
class Evidence:
    """One photo with a face, what the networks saw on it, and the policy it is measured for."""

    picture: Picture
    scene: Scene
    subject: Subject
    networks: dict[str, Network]
    policy: Policy

    @cached_property
    def background(self) -> Background:
        bands = self.policy.bands
        return measure_background(
            self.scene.segmentation,
            float(self.subject.mesh[CHIN][1]) / self.picture.image.height,
            light=bands["background_colour.lightness"].human,
            colourless=bands["background_colour.chroma"].human,
        )

    @cached_property
    def mouth(self) -> Mouth:
        return mouth_shape(self.subject.mesh)

    def region(self, numbers: tuple[int, ...] = OVAL) -> Region:
        """The box around points of the face, a little wider."""
        margin = 0.15 * self.subject.mesh.eye_distance
        return self.inside(self.subject.mesh.bounds(numbers), margin)

    def inside(self, box: Region, margin: float = 0.0) -> Region:
        """A box in pixels (left, top, right, bottom) as shares, cut at the picture's edges."""
        left, top, right, bottom = box
        width, height = self.picture.image.size
        x0, y0 = max(0.0, (left - margin) / width), max(0.0, (top - margin) / height)
        x1, y1 = min(1.0, (right + margin) / width), min(1.0, (bottom + margin) / height)
        return (round(x0, 4), round(y0, 4), round(max(0, x1 - x0), 4), round(max(0, y1 - y0), 4))


def _one_face(e: Evidence) -> list[Reading]:
    others = e.scene.meshes[1:]
    share = others[0].eye_distance / e.subject.mesh.eye_distance if others else 0.0
    return [Reading("one_face.second", share, {"faces": len(e.scene.meshes)}, _second_face(e))]


def _second_face(e: Evidence) -> Region | None:
    return e.inside(e.scene.meshes[1].bounds()) if len(e.scene.meshes) > 1 else None


def _size(e: Evidence) -> list[Reading]:
    pixels = e.subject.mesh.eye_distance * e.picture.scale
    need = e.policy.bands["size.eye_distance"].human
    return [Reading("size.eye_distance", pixels, {"pixels": round(pixels), "need": need})]


def _framing(e: Evidence) -> list[Reading]:
    f = measure_framing(e.subject.mesh, e.scene.segmentation, e.picture.image.size)
    face = e.region()
    return [
        Reading("framing.head_small", f.head, {}, face),
        Reading("framing.head_large", f.head, {}, face),
        Reading("framing.cut", f.cut, {}, face),
        Reading("framing.crown", f.crown, {}, face),
        Reading("framing.off_centre", f.off_centre, {}, face),
        Reading("framing.eyes_low", f.eyes, {}, face),
        Reading("framing.wide", f.aspect),
        Reading("framing.narrow", f.aspect),
        Reading("framing.bars", f.bars),
    ]


def _head_straight(e: Evidence) -> list[Reading]:
    pose, face = head_pose(e.subject.mesh), e.region()
    return [
        Reading("head_straight.yaw", abs(pose.yaw), {}, face),
        Reading("head_straight.roll", abs(pose.roll), {}, face),
        Reading("head_straight.pitch", abs(pose.pitch), {}, face),
    ]


def _gaze(e: Evidence) -> list[Reading]:
    right, left = e.subject.eyes
    return [Reading("gaze.offset", abs(right.gaze + left.gaze) / 2, {}, e.region(_EYES))]


def _eyes_open(e: Evidence) -> list[Reading]:
    gaps = sorted(eye.openness for eye in e.subject.eyes)
    eyes = e.region(_EYES)
    return [
        Reading("eyes_open.both", gaps[1], {}, eyes),
        Reading("eyes_open.one", gaps[0], {}, eyes),
    ]


def _expression(e: Evidence) -> list[Reading]:
    score = smile(e.picture.image, e.networks["emotion"], e.subject.mesh, e.mouth)
    kind = "teeth" if e.mouth.gap > _LIPS_PARTED else "slight"
    return [Reading(f"expression.{kind}", score, {}, e.region(_MOUTH))]


def _mouth_closed(e: Evidence) -> list[Reading]:
    return [Reading("mouth_closed.gap", e.mouth.gap, {}, e.region(_MOUTH))]


def _background_colour(e: Evidence) -> list[Reading]:
    b = e.background
    if b.share < e.policy.bands["background_colour.share"].human:
        return [Reading("background_colour.share", b.share)]
    return [
        Reading("background_colour.lightness", b.lightness, {}, b.worst),
        Reading("background_colour.chroma", b.chroma, {}, b.worst),
        Reading("background_colour.near_white", b.near_white, {}, b.worst),
    ]


def _background_even(e: Evidence) -> list[Reading]:
    b = e.background
    if b.share < e.policy.bands["background_colour.share"].human:
        return [Reading("background_colour.share", b.share)]
    shadow = Reading("background_even.spread", b.spread, {}, b.worst)
    thing = Reading("background_even.odd", b.odd, {}, b.worst)
    small = Reading("background_even.thing", b.thing, {}, b.small)
    return [thing, shadow, small] if b.hue > _HUE_OF_THINGS else [shadow, thing, small]


def _colour(e: Evidence) -> list[Reading]:
    colour = measure_colour(e.subject.face)
    if colour is None:
        return [Reading("colour.chroma", float("nan"))]
    return [Reading("colour.chroma", colour.chroma), Reading("colour.own", colour.own)]


def _sharpness(e: Evidence) -> list[Reading]:
    return [Reading("sharpness.blur", blur_width(e.subject.face), {}, e.region())]


def _exposure(e: Evidence) -> list[Reading]:
    light = measure_exposure(e.subject.face, e.scene.segmentation.colours)
    if light is None:
        return [Reading("exposure.face", float("nan"))]
    face = e.region()
    return [
        Reading("exposure.white", light.white),
        Reading("exposure.burnt", light.burnt, {}, face),
        Reading("exposure.clipped", light.clipped, {}, face),
        Reading("exposure.side", light.side, {}, face),
        Reading("exposure.face", light.face, {}, face),
    ]


def _red_eye(e: Evidence) -> list[Reading]:
    share = red_share(e.subject.face, e.subject.eyes)
    return [Reading("red_eye.share", share, {}, e.region(_EYES))]


def _glasses(e: Evidence) -> list[Reading]:
    found, eyes = measure_glasses(e.subject.face), e.region(_EYES)
    return [
        Reading("glasses.bridge", found.bridge, {}, eyes),
        Reading("glasses.rim", found.rim, {}, eyes),
        Reading("glasses.dark", found.dark, {}, eyes),
    ]


def _mask(e: Evidence) -> list[Reading]:
    region = e.region(_LOWER_FACE)
    return [
        Reading("mask.covered", covered(e.subject.face), {}, region),
        Reading("mask.mouth", mouth_line(e.subject.face), {}, e.region(_MOUTH)),
        Reading("mask.doubt", 1 - e.subject.mesh.presence, {}, region),
    ]


MEASURED: Final[dict[str, Callable[[Evidence], list[Reading]]]] = {
    "one_face": _one_face,
    "size": _size,
    "framing": _framing,
    "head_straight": _head_straight,
    "gaze": _gaze,
    "eyes_open": _eyes_open,
    "expression": _expression,
    "mouth_closed": _mouth_closed,
    "background_colour": _background_colour,
    "background_even": _background_even,
    "colour": _colour,
    "sharpness": _sharpness,
    "exposure": _exposure,
    "red_eye": _red_eye,
    "glasses": _glasses,
    "mask": _mask,
}


def judge_face(evidence: Evidence) -> dict[str, RuleResult]:
    """The verdict of every measured rule on a photo with a face."""
    results = {
        rule: judge(rule, measure(evidence), evidence.policy) for rule, measure in MEASURED.items()
    }
    if not evidence.scene.certain:
        results["one_face"] = unmeasured("one_face", "one_face.uncertain")
    return results
