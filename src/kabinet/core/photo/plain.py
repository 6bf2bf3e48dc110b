"""What Pillow alone can measure, for a machine without the networks or a photo without a face."""

from PIL import Image

_NEUTRAL = 128


def plain_chroma(image: Image.Image) -> int:
    """How far the most colourful hundredth of the picture is from grey, 0..128 (Cb and Cr)."""
    small = image.resize((128, 128), Image.Resampling.BOX).convert("YCbCr")
    return max(_far(small.getchannel(name).histogram()) for name in ("Cb", "Cr"))


def _far(histogram: list[int]) -> int:
    """The distance from the middle that a hundredth of the values reach or pass."""
    left = sum(histogram) // 100
    for distance in range(_NEUTRAL, 0, -1):
        here = {_NEUTRAL - distance, _NEUTRAL + distance}
        left -= sum(histogram[value] for value in here if value < len(histogram))
        if left < 0:
            return distance
    return 0
