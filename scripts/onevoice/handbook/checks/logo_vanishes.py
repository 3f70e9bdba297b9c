"""A logo can hardly be seen on a color that it goes on.

WCAG 2.2 asks for a contrast of at least 3 : 1 for graphics. What counts is the color in which most of the logo is
drawn, on each color under its `on`, and for the logo with the role `header`, on the header's color. Take another
version of the logo there, or draw it in the color that the message offers.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.errors import suggest_known
from onevoice.finding import Finding
from onevoice.handbook.color import compute_contrast, find_readable_color
from onevoice.handbook.drawing import find_main_color
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.palette import list_roles

MIN_LOGO_CONTRAST = 3


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """A warning for each color that a logo vanishes on, an error for one that the palette does not have."""
    identity = handbook.find_single("identity")
    if identity is None:
        return
    palette, header = {color.name: color.hex for color in identity.colors}, list_roles(identity)["header"]
    for index, logo in enumerate(identity.logos):
        main = find_main_color(handbook.load_result.files.get(logo.file, b""))
        for key, names in (("on", logo.on), ("not_on", logo.not_on)):
            for n, name in enumerate(names):
                if name not in palette:
                    message = f"the palette has no color `{name}`. {suggest_known(name, palette)}"
                    loc = ("logos", index, key, n)
                    yield handbook.make_record_finding("logo-vanishes", "error", identity, loc, message, match=name)
        grounds = [(("logos", index, "on", n), name, palette.get(name, "")) for n, name in enumerate(logo.on)]
        places: list[tuple[tuple[str | int, ...], str, str]] = [*grounds]
        places += [(("logos", index, "role"), "the header", header)] if logo.role == "header" else []
        for place, name, ground in places:
            if main and ground and (ratio := compute_contrast(main, ground)) < MIN_LOGO_CONTRAST:
                near = find_readable_color(main, [ground], MIN_LOGO_CONTRAST)
                message = (
                    f"most of {logo.name} is {main}, which on {name} ({ground.lower()}) has a contrast of {ratio:.1f} "
                    f": 1. A logo needs {MIN_LOGO_CONTRAST} : 1. Take another version there, or draw it in {near}."
                )
                yield handbook.make_record_finding("logo-vanishes", "warning", identity, place, message)
