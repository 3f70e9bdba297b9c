"""From SVG to PNG, by resvg. It's what a build does without if the library is not there."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence

from onevoice.kit.logos import Drawing

LIBRARY = "resvg_py"


def can_paint() -> bool:
    """Whether pictures can be made here."""
    return importlib.util.find_spec(LIBRARY) is not None


def paint_drawing(drawings: Sequence[Drawing], number: int) -> bytes:
    """One of some drawings as PNG. Letters are set in the drawing's own fonts, or else in the system's."""
    from resvg_py import svg_to_bytes

    drawing = drawings[number]
    return bytes(
        svg_to_bytes(
            svg_string=drawing.svg,
            width=drawing.width,
            background=drawing.ground or None,
            font_files=[*drawing.fonts] or None,
            # To look through all fonts of a system takes a while, and most drawings have no letters.
            skip_system_fonts="<text" not in drawing.svg and ":text" not in drawing.svg,
        )
    )
