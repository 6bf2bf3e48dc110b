"""The photo with what the check saw drawn on it: a box and its rule for every doubt."""

from pathlib import Path

from PIL import Image, ImageDraw

from kabinet.core.photo.decode import UnreadableError, read_picture
from kabinet.core.photo.policy import Policy
from kabinet.core.photo.report import Region, Report, RuleResult

_COLOURS = {"fails": (168, 41, 37), "human": (118, 69, 17)}


def save_overlay(data: bytes, report: Report, policy: Policy, target: Path) -> bool:
    """Write the photo with its regions as JPEG to `target`; False when it cannot be read."""
    try:
        image = read_picture(data, policy.limits).image
    except UnreadableError:
        return False
    doubts: dict[Region, list[RuleResult]] = {}
    for result in report.rules:
        if result.region and result.verdict != "ok":
            doubts.setdefault(result.region, []).append(result)
    for region, results in doubts.items():
        _draw(image, region, results)
    image.save(target, "JPEG", quality=88)
    return True


def _draw(image: Image.Image, region: Region, results: list[RuleResult]) -> None:
    """One box, named after all rules that point at it."""
    fails = any(result.verdict == "fails" for result in results)
    colour = _COLOURS["fails" if fails else "human"]
    names = ", ".join(result.rule for result in results)
    canvas, size = ImageDraw.Draw(image), max(11, image.width // 50)
    left, top = region[0] * image.width, region[1] * image.height
    right, bottom = left + region[2] * image.width, top + region[3] * image.height
    canvas.rectangle((left, top, right, bottom), outline=colour, width=max(2, image.width // 300))
    canvas.rectangle(canvas.textbbox((left, top), names, font_size=size), fill=colour)
    canvas.text((left, top), names, fill="white", font_size=size)
