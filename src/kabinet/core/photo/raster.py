"""The few picture operations the rules need, in numpy and Pillow alone.

Arrays are height x width (x 3), float32 unless said otherwise; luminance and channels run 0..255.
"""

from dataclasses import dataclass
from math import atan2, cos, floor, hypot, sin
from typing import Any, TypeVar

import numpy as np
import numpy.ma  # numpy would load it at the first median, when files are closed to a child
import numpy.typing as npt
from PIL import Image, ImageDraw

Array = npt.NDArray[np.floating[Any]]
Mask = npt.NDArray[np.bool_]
_Value = TypeVar("_Value", float, Array)

_LUMA = np.array([0.299, 0.587, 0.114], np.float32)
# sRGB to XYZ over the D65 white point (IEC 61966-2-1), rows X/Xn, Y/Yn, Z/Zn
_XYZ = np.array(
    [
        [0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339 / 1.08883, 0.1191920 / 1.08883, 0.9503041 / 1.08883],
    ],
    np.float32,
)
_USUAL = 60  # L* of a face in good light
_LEVELS = np.arange(256, dtype=np.float32) / 255
LINEAR = np.where(_LEVELS <= 0.04045, _LEVELS / 12.92, ((_LEVELS + 0.055) / 1.055) ** 2.4).astype(
    np.float32
)


@dataclass(frozen=True)
class Frame:
    """A rotated square of a picture, mapped to `size` x `size` pixels.

    `cx`, `cy`, `side` in pixels of the picture; `angle` in radians, clockwise as seen.
    """

    cx: float
    cy: float
    side: float
    angle: float
    size: int

    def crop(self, image: Image.Image) -> Array:
        """The square as size x size x 3, values 0..255; outside the picture black."""
        return np.asarray(self.cut(image), np.float32)

    def cut(self, image: Image.Image) -> Image.Image:
        """As `crop`, as a picture. A large square is averaged down first: no aliasing."""
        step = self.side / self.size
        factor = max(1, floor(step))
        source, left, top = image, 0, 0
        if factor > 1:
            half = self.side * 0.75  # a square turned by 45 degrees reaches 0.71 sides out
            left, top = max(0, floor(self.cx - half)), max(0, floor(self.cy - half))
            right = min(image.width, floor(self.cx + half) + 1)
            bottom = min(image.height, floor(self.cy + half) + 1)
            if right - left < factor or bottom - top < factor:
                return Image.new("RGB", (self.size, self.size))
            source = image.reduce(factor, box=(left, top, right, bottom))
        a, b = cos(self.angle) * step / factor, sin(self.angle) * step / factor
        x = (self.cx - left) / factor - (a - b) * self.size / 2
        y = (self.cy - top) / factor - (b + a) * self.size / 2
        return source.transform(
            (self.size, self.size),
            Image.Transform.AFFINE,
            (a, -b, x, b, a, y),
            Image.Resampling.BICUBIC if factor > 1 or step < 1 else Image.Resampling.BILINEAR,
        )

    def to_picture(self, points: Array) -> Array:
        """Points (n x 2 or n x 3) of the square in pixels of the picture."""
        step = self.side / self.size
        x, y = points[:, 0] - self.size / 2, points[:, 1] - self.size / 2
        c, s = cos(self.angle) * step, sin(self.angle) * step
        moved = [self.cx + c * x - s * y, self.cy + s * x + c * y]
        depth = [points[:, 2] * step] if points.shape[1] > 2 else []
        return np.stack(moved + depth, axis=1).astype(np.float32)

    def from_picture(self, points: Array) -> Array:
        """Points (n x 2) of the picture in pixels of the square."""
        step = self.size / self.side
        x, y = points[:, 0] - self.cx, points[:, 1] - self.cy
        c, s = cos(self.angle) * step, sin(self.angle) * step
        moved = [c * x + s * y + self.size / 2, -s * x + c * y + self.size / 2]
        return np.stack(moved, axis=1).astype(np.float32)


def angle_between(start: Array, end: Array) -> float:
    """Direction from `start` to `end` in radians, clockwise as seen (y runs down)."""
    return atan2(float(end[1] - start[1]), float(end[0] - start[0]))


def distance(start: Array, end: Array) -> float:
    """Distance of two points in the picture plane."""
    return hypot(float(end[0] - start[0]), float(end[1] - start[1]))


def luma(rgb: Array) -> Array:
    """Brightness as the eye weighs the channels, 0..255."""
    return (rgb @ _LUMA).astype(np.float32)


def linear_luminance(rgb: Array) -> Array:
    """Relative luminance Y, 0..1, proportional to the light."""
    light: Array = LINEAR[np.clip(np.rint(rgb), 0, 255).astype(np.uint8)]
    luminance: Array = (light @ _XYZ[1]).astype(np.float32)
    return luminance


def lightness(luminance: float) -> float:
    """CIE L* (0..100) of a relative luminance (0..1)."""
    return 116 * luminance ** (1 / 3) - 16 if luminance > 216 / 24389 else luminance * 24389 / 27


def lab(rgb: Array) -> Array:
    """CIE L*a*b* (D65) of sRGB values 0..255; the last axis holds L*, a*, b*."""
    light = LINEAR[np.clip(np.rint(rgb), 0, 255).astype(np.uint8)]
    xyz = light @ _XYZ.T
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (xyz * 24389 / 27 + 16) / 116)
    x, y, z = f[..., 0], f[..., 1], f[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1).astype(np.float32)


def chroma(colours: Array) -> Array:
    """Distance from grey of L*a*b* colours."""
    return np.hypot(colours[..., 1], colours[..., 2]).astype(np.float32)


def at_usual_light(difference: _Value, light: _Value) -> _Value:
    """A difference in L*, a* or b* seen at this L*, as it would be on a face in good light (L* 60):
    of one pigment all three grow with L* + 16, so dark skin counts like light skin."""
    return difference * (_USUAL + 16) / (light + 16)


def polygon_mask(points: Array, height: int, width: int) -> Mask:
    """The inside of a polygon (n x 2, in pixels)."""
    canvas = Image.new("1", (width, height))
    ImageDraw.Draw(canvas).polygon([(float(x), float(y)) for x, y in points[:, :2]], fill=1)
    return np.asarray(canvas, bool)


def eroded(mask: Mask, radius: int) -> Mask:
    """The mask without its outer `radius` pixels (a square neighbourhood); edges stay."""
    return ~dilated(~mask, radius)


def dilated(mask: Mask, radius: int) -> Mask:
    """The mask grown by `radius` pixels (a square neighbourhood)."""
    for axis in (0, 1):
        grown = mask.copy()
        for shift in range(1, radius + 1):
            low = [slice(None), slice(None)]
            high = [slice(None), slice(None)]
            low[axis], high[axis] = slice(None, -shift), slice(shift, None)
            grown[tuple(low)] |= mask[tuple(high)]
            grown[tuple(high)] |= mask[tuple(low)]
        mask = grown
    return mask


def smoothed(grey: Array, sigma: float) -> Array:
    """Gaussian blur; the border repeats."""
    radius = max(1, int(3 * sigma + 0.5))
    kernel = np.exp(-(np.arange(-radius, radius + 1) ** 2) / (2 * sigma**2)).astype(np.float32)
    kernel /= kernel.sum()
    for axis in (0, 1):
        pad = [(0, 0), (0, 0)]
        pad[axis] = (radius, radius)
        wide = np.pad(grey, pad, mode="edge")
        length = grey.shape[axis]
        grey = sum(
            weight * np.take(wide, range(i, i + length), axis) for i, weight in enumerate(kernel)
        )
    return grey.astype(np.float32)
