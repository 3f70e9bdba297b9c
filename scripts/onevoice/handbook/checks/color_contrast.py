"""Text in one color on another is hard to read.

WCAG 2.2 asks for a contrast of at least 4.5 : 1 for text. The contrast is computed from the colors themselves, for each
pair under `on`, and for the colors that have a `role` in the handbook. Take the color that the message offers, which is
the nearest that's read well, or delete the pair from `on`. Until then the handbook's own pages use that color.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.errors import suggest_known
from onevoice.finding import Finding
from onevoice.handbook.color import MIN_CONTRAST, compute_contrast, find_readable_color
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.palette import list_roles
from onevoice.records.identity import Identity

# The roles of colors that are read, and of what they're read on.
READ = ("text", "link", "notice")
GROUNDS = ("page", "surface")


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
                near = find_readable_color(color.hex, [palette[name].hex])
                message = (
                    f"{color.name} on {name} has a contrast of {ratio:.1f} : 1, and text needs {MIN_CONTRAST} : 1. "
                    f"Take another pair, or {near}, the nearest color that works."
                )
                yield handbook.make_record_finding("color-contrast", "warning", identity, loc, message, match=name)
    yield from _check_roles(handbook, identity)


def _check_roles(handbook: Handbook, identity: Identity) -> Iterator[Finding]:
    roles = list_roles(identity)
    grounds = [roles[name] for name in GROUNDS]
    for index, color in enumerate(identity.colors):
        contrasts = {name: compute_contrast(color.hex, roles[name]) for name in GROUNDS}
        name = next((name for name, ratio in contrasts.items() if ratio < MIN_CONTRAST), "")
        for role in color.role if name else ():
            if role not in READ:
                continue
            near = find_readable_color(color.hex, grounds)
            message = (
                f"{color.name} has the role `{role}`, and its contrast with the {name} color, {roles[name]}, is "
                f"{contrasts[name]:.1f} : 1. Text needs {MIN_CONTRAST} : 1. Take {near}, the nearest color that works."
            )
            loc = ("colors", index, "role")
            yield handbook.make_record_finding("color-contrast", "warning", identity, loc, message, match=role)
