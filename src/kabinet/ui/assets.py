"""The typeface Onest (SIL Open Font License), fetched through npm and cut down to the letters we write.

``make assets`` runs this module. Nothing of it is committed; where npm or fontTools is missing, it says
so and pages are set in the system's typeface.
"""

import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path

try:
    from fontTools import merge, subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer
except ImportError:
    TTFont = None

PACKAGE = "@fontsource-variable/onest"
FOLDER = Path(__file__).parent / "static" / "ui" / "vendor"
STYLES = "onest.css"

PARTS = ("latin", "cyrillic", "cyrillic-ext")
# Russian, Kyrgyz, Kazakh and Uzbek Cyrillic, ASCII but for the signs that only programs write, and the
# signs of good typography. Any other is set in the system's typeface.
LETTERS = frozenset(
    "".join(set(map(chr, range(0x20, 0x7F))) - set("`^~{}|\\<>"))
    + "".join(map(chr, range(0x410, 0x450)))
    + "ЁёҢңӨөҮүӘәҒғҚқҰұҺһІіЎўҲҳ"
    + "«»„“”‘’–—…•·×−№§°\u00a0\u2009\u2011\u202f"
)
WEIGHT_RANGE = (400, 650)
WEIGHTS = (400, 600)
_FEATURES = ["kern", "tnum"]  # no letter of ours is composed of two
_FACE = """@font-face {{
font-family: Onest; font-weight: 400 650; font-display: optional;
src: url("onest-{part}.woff2") format("woff2");
unicode-range: {ranges};
}}
"""


def main() -> int:
    """0 when the typeface lies in its folder afterwards; 1, with a sentence, when it cannot be had."""
    missing = _missing()
    if missing:
        return _say(f"Onest is not fetched, {missing}. Pages are set in the system's typeface.")
    try:
        with tempfile.TemporaryDirectory() as folder:
            build(fetched(Path(folder)), FOLDER)
    except (OSError, subprocess.CalledProcessError) as problem:
        return _say(
            f"Onest could not be fetched ({problem}). Pages are set in the system's typeface."
        )
    sys.stdout.write(f"Onest lies in {FOLDER.name}/: {len(list(FOLDER.iterdir()))} files.\n")
    return 0


def _missing() -> str:
    if TTFont is None:
        return "fontTools is not installed"
    return "" if shutil.which("npm") else "there is no npm on this machine"


def _say(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 1


def fetched(folder: Path) -> Path:
    """The unpacked package; npm asks the registry it is set up with."""
    npm = shutil.which("npm") or "npm"
    subprocess.run(  # noqa: S603  fixed arguments
        [npm, "pack", "--silent", PACKAGE], cwd=folder, check=True, capture_output=True, timeout=120
    )
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def build(package: Path, target: Path) -> None:
    """Three small files for the browser, two weights for PDFs, the licence beside them."""
    target.mkdir(parents=True, exist_ok=True)
    sources = {part: package / "files" / f"onest-{part}-wght-normal.woff2" for part in PARTS}
    faces, given = [], set[int]()
    for part, source in sources.items():
        font = _cut(source)
        font.save(target / f"onest-{part}.woff2")
        codes = set(font.getBestCmap()) - given
        faces.append(_FACE.format(part=part, ranges=_ranges(codes)))
        given |= codes
    (target / STYLES).write_text("".join(faces))
    for weight in WEIGHTS:
        _whole(sources.values(), weight).save(target / f"Onest-{weight}.ttf")
    shutil.copy(package / "LICENSE", target / "OFL.txt")


def _cut(source: Path) -> "TTFont":
    """The font with the letters we write and nothing else; it stays variable."""
    font = instancer.instantiateVariableFont(TTFont(source), {"wght": WEIGHT_RANGE})
    options = subset.Options(layout_features=_FEATURES, name_IDs=[1, 2])
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(LETTERS))
    cutter.subset(font)
    font.flavor = "woff2"
    return font


def _ranges(codes: Iterable[int]) -> str:
    """CSS ``unicode-range``: neighbours joined, ``U+410-44F,U+451``."""
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


def _whole(sources: Iterable[Path], weight: int) -> "TTFont":
    """One static font of that weight with all letters: what a PDF is set in."""
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for number, source in enumerate(sources):
            font = instancer.instantiateVariableFont(_cut(source), {"wght": weight})
            font.flavor = None
            parts.append(str(Path(folder) / f"{number}.ttf"))
            font.save(parts[-1])
        whole = merge.Merger(merge.Options(drop_tables=["GSUB", "GPOS", "GDEF"])).merge(parts)
    _name(whole, weight)
    return whole


def _name(font: "TTFont", weight: int) -> None:
    """Both weights are one family, so that text set in bold finds the heavier file."""
    style = {400: "Regular", 600: "SemiBold"}[weight]
    font["OS/2"].usWeightClass = weight
    for name_id, text in ((1, "Onest"), (2, style), (4, f"Onest {style}"), (6, f"Onest-{style}")):
        font["name"].setName(text, name_id, 3, 1, 0x409)


if __name__ == "__main__":
    sys.exit(main())
