"""The look holds its promises: contrast, weight, no inline code, no class without a rule."""

import re
from pathlib import Path

import brotli
import pytest

SOURCE = Path(__file__).parents[2] / "src/kabinet"
STATIC = SOURCE / "ui/static/ui"
CSS = (STATIC / "kabinet.css").read_text()
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))

TEXT_PAIRS = [
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "lake-tint"),
    ("ink2", "paper"),
    ("ink2", "card"),
    ("ink2", "sunken"),
    ("ink2", "lake-tint"),
    ("lake", "paper"),
    ("lake", "card"),
    ("lake", "lake-tint"),
    ("lake-deep", "lake-tint"),
    ("on-lake", "lake"),
    ("on-lake", "lake-deep"),
    ("amber-ink", "apricot-tint"),
    ("on-apricot", "apricot"),
    ("ok", "ok-tint"),
    ("ok", "paper"),
    ("ok", "card"),
    ("bad", "bad-tint"),
    ("bad", "card"),
    ("bad", "paper"),
    ("card", "bad"),
    ("paper", "ok"),
    ("paper", "ink"),
]
EDGE_PAIRS = [("edge", "card"), ("edge", "paper"), ("lake-deep", "paper"), ("bad", "card")]


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})\b", block))


def themes() -> dict[str, dict[str, str]]:
    """The tokens of :root, and what each of the two dark blocks makes of them."""
    light = tokens(re.search(r":root \{(.*?)\}", CSS, re.S)[1])
    chosen = tokens(re.search(r"\[data-theme=dark\] \{(.*?)\}", CSS, re.S)[1])
    device = tokens(re.search(r":root:not\(\[data-theme=light\]\) \{(.*?)\}", CSS, re.S)[1])
    assert chosen == device
    return {"light": light, "dark": light | chosen}


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert (contrast("#000000", "#ffffff"), contrast("#777777", "#777777")) == (21, 1)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read(theme: str, text: str, ground: str) -> None:
    colours = themes()[theme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edges_can_be_seen(theme: str, edge: str, ground: str) -> None:
    colours = themes()[theme]
    assert contrast(colours[edge], colours[ground]) >= 3


def test_weight_of_styles_and_scripts_stays_within_the_budget() -> None:
    weights = {
        path: len(brotli.compress(path.read_bytes())) for path in STATIC.iterdir() if path.is_file()
    }
    styles = sum(weight for path, weight in weights.items() if path.suffix == ".css")
    scripts = sum(weight for path, weight in weights.items() if path.suffix == ".js")

    assert styles <= 12 * 1024
    assert scripts <= 12 * 1024  # all modules together; docs/decisions/0007


def test_letters_follow_the_size_chosen_in_the_browser() -> None:
    drawn = r"\.marks[^{]*text"  # letters of a drawing keep its scale
    fixed = [
        line
        for path in SOURCE.glob("*/static/*/*.css")
        for line in path.read_text().splitlines()
        if re.search(r"font(-size)?:[^;]*\dpx|@media \([a-z]+-width: [\d.]+px", line)
        and not re.match(drawn, line)
    ]
    assert fixed == []


def test_styles_keep_to_what_chrome_109_knows() -> None:
    rules = re.sub(r"/\*.*?\*/", "", CSS, flags=re.S)
    assert re.findall(r"oklch\(|color-mix\(|text-wrap|@container|\[popover|&[\s.:>]", rules) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_title_leaves_errors_of_a_form_to_the_base(path: Path) -> None:
    """Which begins every title of a page with errors with «Ошибка:»."""
    assert "{% block title %}{% if form.errors" not in path.read_text()


PLACED_BY_STYLE = {"paper.html", "report.html", "scan.html", "tile.html"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_picture_has_its_place_before_it_comes(path: Path) -> None:
    """Or what is below it moves away from under the finger that presses it."""
    pictures = re.findall(r"<img\b(?:{{.*?}}|{%.*?%}|[^>])*>", path.read_text())
    loose = [tag for tag in pictures if not ("width=" in tag and "height=" in tag)]
    assert path.name in PLACED_BY_STYLE or loose == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_template_has_no_inline_code(path: Path) -> None:
    text = path.read_text()
    inline = [
        *re.findall(r"<[^>]*\sstyle=[^>]*>", text),
        *re.findall(r"<[^>]*\son[a-z]+=[^>]*>", text),
        *re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", text),
        *re.findall(r"<style[^>]*>|javascript:|data:[a-z]+/", text),
    ]
    assert inline == []
