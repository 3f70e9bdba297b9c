"""The picture of a page that chats and networks show with its link: what it says, on the brand's own color."""

from __future__ import annotations

import copy
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from markupsafe import escape

from onevoice.handbook.color import find_ink, find_readable_color, mix_colors
from onevoice.handbook.drawing import find_danger, measure_drawing, parse_drawing
from onevoice.handbook.palette import list_roles
from onevoice.kit.fonts import WebFont, split_families
from onevoice.kit.logos import Drawing
from onevoice.records.identity import Identity

WIDTH, HEIGHT = 1200, 630
LEFT, ROOM = 84, 1200 - 2 * 84
# Sizes of the line in pixels, the largest that fits, each with how many lines there is room for.
LINE_SIZES = ((84, 3), (64, 4), (52, 5), (44, 6))
KICKER_SIZE, LOGO_HEIGHT, LOGO_WIDTH = 30, 68, 400
# What a sign is wide, in parts of the size, if the font isn't known.
COMMON_WIDTH = 0.54
SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class ShareText:
    """What is on the picture of a page: a short line of where it belongs, and what it says."""

    kicker: str
    line: str


def draw_share(
    text: ShareText, identity: Identity, fonts: Sequence[WebFont], logo: bytes, motif: bytes, name: str
) -> Drawing:
    """The picture of a page. logo, motif: SVG, or b"" for none. name: the brand's, which is there if the logo isn't."""
    roles = list_roles(identity)
    ground = roles["header"]
    ink = find_ink(ground)
    quiet = find_readable_color(mix_colors(ink, ground, 0.72), [ground])
    accent = find_readable_color(roles["accent"], [ground], 3)
    heading, plain = _find_font(fonts, "headings", 600), _find_font(fonts, "text", 400)
    # As a printer sets it.
    size, lines = _fit_line(text.line.replace("'", "’"), heading)
    body = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{ground}"/>']
    if drawn := _place_motif(motif, accent):
        body.append(drawn)
    else:
        body.append(f'<rect y="{HEIGHT - 14}" width="{WIDTH}" height="14" fill="{accent}"/>')
    body.append(_set_text(text.kicker, LEFT, 108, KICKER_SIZE, quiet, _name_family(identity, "text"), plain))
    family = _name_family(identity, "headings")
    # Between the kicker and the logo, a little above the middle.
    top = 128 + (HEIGHT - 128 - 160 - len(lines) * size * 1.22) * 0.42
    for number, line in enumerate(lines):
        body.append(_set_text(line, LEFT, top + (number + 0.86) * size * 1.22, size, ink, family, heading))
    body.append(_place_logo(logo) or _set_text(name, LEFT, HEIGHT - 78, 36, ink, family, heading))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{"".join(body)}</svg>'
    return Drawing(svg, WIDTH, "", tuple(dict.fromkeys(font.path for font in (heading, plain) if font)))


def _find_font(fonts: Sequence[WebFont], role: str, weight: int) -> WebFont | None:
    likely = [font for font in fonts if font.role == role and not font.is_italic] or [*fonts]
    return min(likely, key=lambda font: abs(font.weight - weight), default=None)


def _name_family(identity: Identity, role: str) -> str:
    face = next((one for one in identity.typefaces if one.role == role), None)
    return ", ".join([face.name, *split_families(face.fallback)]) if face else "sans-serif"


def _set_text(text: str, x: float, y: float, size: float, color: str, family: str, font: WebFont | None) -> str:
    name = font.face if font else family
    weight = font.weight if font else (600 if size > KICKER_SIZE else 400)
    return (
        f'<text x="{x:g}" y="{y:.1f}" font-family="{escape(name)}" font-size="{size:g}" font-weight="{weight}" '
        f'fill="{color}">{escape(text)}</text>'
    )


def measure_text(text: str, size: float, font: WebFont | None) -> float:
    """How wide a line is, in pixels."""
    widths = font.widths if font else {}
    return size * sum(widths.get(char, COMMON_WIDTH) for char in text)


def _fit_line(text: str, font: WebFont | None) -> tuple[float, list[str]]:
    """The largest size at which a text fits, and its lines; at the smallest, what fits of it."""
    for size, most in LINE_SIZES:
        lines = _break_lines(text, size, font)
        if len(lines) <= most and all(measure_text(line, size, font) <= ROOM for line in lines):
            return size, lines
    lines = lines[:most]
    lines[-1] = lines[-1].rstrip(" ,.;:") + " …"
    while len(lines[-1]) > 2 and measure_text(lines[-1], size, font) > ROOM:
        lines[-1] = lines[-1][:-3].rstrip() + " …"
    return size, [line[:200] for line in lines]


def _break_lines(text: str, size: float, font: WebFont | None) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and measure_text(longer, size, font) > ROOM:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@functools.lru_cache(maxsize=8)
def _place_logo(data: bytes) -> str:
    root = None if find_danger(data) else parse_drawing(data)
    if root is None or not all(measure_drawing(root)[2:]):
        return ""
    left, top, wide, high = measure_drawing(root)
    height = min(LOGO_HEIGHT, LOGO_WIDTH * high / wide)
    return _nest_drawing(root, (left, top, wide, high), (LEFT, HEIGHT - 78 - height / 2, height * wide / high, height))


# The same on all pictures.
@functools.lru_cache(maxsize=8)
def _place_motif(data: bytes, color: str) -> str:
    """The motif from left to right along the foot, in one color."""
    root = None if find_danger(data) else parse_drawing(data)
    if root is None or not all(measure_drawing(root)[2:]):
        return ""
    box = measure_drawing(root)
    for element in root.iter():
        for name in ("fill", "stroke"):
            if element.get(name, "none") != "none":
                element.set(name, color)
    height = 22.0
    width = max(height * box[2] / box[3], 8.0)
    count = int(WIDTH / width) + 2
    places = ((n * width, HEIGHT - 36, width, height) for n in range(count))
    return "".join(_nest_drawing(root, box, place) for place in places)


def _nest_drawing(
    root: ElementTree.Element, box: tuple[float, float, float, float], place: tuple[float, float, float, float]
) -> str:
    """An SVG in another one, at a place: left, top, width and height."""
    inner = copy.deepcopy(root)
    inner.set("viewBox", " ".join(f"{number:g}" for number in box))
    for name, number in zip(("x", "y", "width", "height"), place, strict=True):
        inner.set(name, f"{number:.2f}")
    return ElementTree.tostring(inner, encoding="unicode")
