"""Colors: how well one is read on another, and the nearest that is read well."""

from __future__ import annotations

import colorsys
from collections.abc import Iterable

# For text, WCAG 2.2, success criterion 1.4.3.
MIN_CONTRAST = 4.5
_STEPS = 200


def compute_luminance(color: str) -> float:
    """Relative luminance of `#rrggbb`, 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _split_color(color)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def compute_contrast(one: str, other: str) -> float:
    """The contrast ratio of two colors, 1 (the same) to 21 (black and white), as WCAG 2.2 defines it."""
    dark, light = sorted((compute_luminance(one), compute_luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def find_readable_color(color: str, grounds: Iterable[str], least: float = MIN_CONTRAST) -> str:
    """The color, as `#rrggbb`, or the nearest lighter or darker one whose contrast with all grounds is the least.

    If none is, the one of black and white that comes closest.
    """
    grounds = tuple(grounds)

    def measure(one: str) -> float:
        return min(compute_contrast(one, ground) for ground in grounds)

    hue, lightness, saturation = colorsys.rgb_to_hls(*_split_color(color))
    for step in range(_STEPS + 1):
        for sign in (-1, 1):
            level = lightness + sign * step / _STEPS
            if 0 <= level <= 1:
                near = _join_color(colorsys.hls_to_rgb(hue, level, saturation)) if step else color.lower()
                if measure(near) >= least:
                    return near
    return find_ink(*grounds)


def find_ink(*grounds: str) -> str:
    """White or black, whichever is read better on the grounds."""
    return max(("#ffffff", "#000000"), key=lambda ink: min(compute_contrast(ink, ground) for ground in grounds))


def mix_colors(one: str, other: str, share: float) -> str:
    """Two colors as paints: so much of the first, from 0 to 1."""
    pairs = zip(_split_color(one), _split_color(other), strict=True)
    return _join_color([share * first + (1 - share) * second for first, second in pairs])


def _split_color(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return red, green, blue


def _join_color(parts: Iterable[float]) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)
