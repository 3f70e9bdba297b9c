"""The logo as pictures: on each color that it goes on and on nothing, in three sizes."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from onevoice.handbook.address import make_file_slug
from onevoice.handbook.checks.logo_vanishes import MIN_LOGO_CONTRAST
from onevoice.handbook.color import compute_contrast
from onevoice.handbook.drawing import find_danger, find_main_color, measure_drawing, parse_drawing
from onevoice.handbook.palette import list_roles
from onevoice.records.identity import Color, Identity, Logo

# The longer side, in pixels: for an email, a slide, a banner.
SIZES = (320, 960, 1920)
# Of the shorter side: how much of a color is around the logo.
MARGIN = 0.25
FOLDER = "brand/kit"
# Icons are square: for iOS, for Android and for a shop of apps.
TOUCH_ICON = 180
ICON_SIZES = (TOUCH_ICON, 192, 512)


@dataclass(frozen=True)
class Drawing:
    """An SVG to be painted: width, its height follows, in pixels. ground: a color as `#rrggbb`, or "" for none."""

    svg: str
    width: int
    ground: str = ""
    fonts: tuple[str, ...] = ()


@dataclass(frozen=True)
class LogoPicture:
    """A picture of a logo: its path below the site, the longer side in pixels, and what to paint."""

    path: str
    pixels: int
    drawing: Drawing


@dataclass(frozen=True)
class LogoSet:
    """All pictures of a logo on one ground. ground: the color, or None for transparent."""

    ground: Color | None
    pictures: tuple[LogoPicture, ...]


def name_logo(identity: Identity, logo: Logo) -> str:
    """What a logo's pictures are called, different for each: `logo-on-dark` for `identity/logo-on-dark.svg`."""
    names = [make_file_slug(posixpath.splitext(posixpath.basename(one.file))[0]) for one in identity.logos]
    place = identity.logos.index(logo)
    return names[place] if names.count(names[place]) == 1 else f"{names[place]}-{place + 1}"


def list_grounds(identity: Identity, logo: Logo, data: bytes) -> list[Color]:
    """The colors that a logo goes on: those it names, or else the page's and header's if it's seen on them."""
    if logo.on:
        return [color for name in logo.on for color in identity.colors if color.name == name]
    main = find_main_color(data)
    likely = [color for color in identity.colors if {"page", "header"}.intersection(color.role)]
    return [color for color in likely if main and compute_contrast(main, color.hex) >= MIN_LOGO_CONTRAST]


def list_logo_sets(identity: Identity, logo: Logo, files: Mapping[str, bytes]) -> tuple[LogoSet, ...]:
    """The pictures of a logo, those without a ground first; none if it is no SVG that may be painted."""
    data = files.get(logo.file, b"")
    root = parse_drawing(data)
    if root is None or find_danger(data) or not all(measure_drawing(root)[2:]):
        return ()
    name = name_logo(identity, logo)
    found = []
    for ground in (None, *list_grounds(identity, logo, data)):
        svg, share = _frame_drawing(data, MARGIN if ground else 0)
        part = f"on-{make_file_slug(ground.name)}" if ground else "transparent"
        pictures = [
            LogoPicture(
                f"{FOLDER}/{name}-{part}-{pixels}.png",
                pixels,
                Drawing(svg, max(round(pixels * share), 1), ground.hex.lower() if ground else ""),
            )
            for pixels in SIZES
        ]
        found.append(LogoSet(ground, tuple(pictures)))
    return tuple(found)


def list_icons(identity: Identity, files: Mapping[str, bytes]) -> dict[str, Drawing]:
    """The icon of the handbook, square and on a color that it's seen on, by the paths of its pictures."""
    logo = next((logo for logo in identity.logos if logo.role == "icon"), None)
    data = files.get(logo.file, b"") if logo else b""
    root = parse_drawing(data)
    if root is None or find_danger(data) or not all(measure_drawing(root)[2:]):
        return {}
    left, top, width, height = measure_drawing(root)
    side = max(width, height) * (1 + 2 * MARGIN / 2)
    corner = (left - (side - width) / 2, top - (side - height) / 2)
    root.set("viewBox", " ".join(f"{number:g}" for number in (*corner, side, side)))
    root.attrib.pop("width", None)
    root.attrib.pop("height", None)
    svg, roles, main = ElementTree.tostring(root, encoding="unicode"), list_roles(identity), find_main_color(data)
    ground = max(("page", "header"), key=lambda role: compute_contrast(main or "#000000", roles[role]))
    return {locate_icon(pixels): Drawing(svg, pixels, roles[ground]) for pixels in ICON_SIZES}


def locate_icon(pixels: int) -> str:
    """The file of the icon of this size, below the site."""
    return f"assets/icon-{pixels}.png"


def _frame_drawing(data: bytes, margin: float) -> tuple[str, float]:
    """An SVG with a margin, a share of its shorter side, and its width as a share of the longer side."""
    root = parse_drawing(data)
    assert root is not None, "the caller has parsed it"
    left, top, width, height = measure_drawing(root)
    more = margin * min(width, height)
    box = (left - more, top - more, width + 2 * more, height + 2 * more)
    root.set("viewBox", " ".join(f"{number:g}" for number in box))
    root.attrib.pop("width", None)
    root.attrib.pop("height", None)
    return ElementTree.tostring(root, encoding="unicode"), box[2] / max(box[2:])
