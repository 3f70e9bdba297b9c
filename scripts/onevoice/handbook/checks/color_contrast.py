"""Text in one color on another is hard to read.

WCAG 2.2 asks for a contrast of at least 4.5 : 1 for text. The contrast is computed from the colors themselves.
Take a darker or lighter color, or delete the pair from `on`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.errors import suggest_known
from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook

MIN_CONTRAST = 4.5


def compute_luminance(color: str) -> float:
    """Relative luminance of `#rrggbb`, 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def compute_contrast(one: str, other: str) -> float:
    """The contrast ratio of two colors, 1 (the same) to 21 (black and white), as WCAG 2.2 defines it."""
    dark, light = sorted((compute_luminance(one), compute_luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """A warning for each pair below 4.5 : 1, an error for a color that the palette does not have."""
    identity = handbook.find_single("identity")
    if not identity:
        return
    palette = {color.name: color for color in identity.colors}
    for index, color in enumerate(identity.colors):
        for n, name in enumerate(color.on):
            loc = ("colors", index, "on", n)
            if name not in palette:
                message = f"the palette has no color `{name}`. {suggest_known(name, palette)}"
                yield handbook.make_record_finding("color-contrast", "error", identity, loc, message, match=name)
            elif (ratio := compute_contrast(color.hex, palette[name].hex)) < MIN_CONTRAST:
                message = (
                    f"{color.name} on {name} has a contrast of {ratio:.1f} : 1, and text needs {MIN_CONTRAST} : 1."
                )
                yield handbook.make_record_finding(
                    "color-contrast", "warning", identity, loc, f"{message} Take another pair.", match=name
                )
