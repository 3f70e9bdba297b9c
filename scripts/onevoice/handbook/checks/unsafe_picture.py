"""A picture could do more than be seen.

An SVG is a small program: it can run scripts, load files from elsewhere and repeat itself without end. The site
publishes pictures as they are, and opens them to anyone, so none with such parts is taken. Export it again as a plain
SVG, or delete the part that the message names.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.drawing import find_danger
from onevoice.handbook.handbook import Handbook
from onevoice.load.walk import CONTENT


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each picture of the identity that is not safe to publish."""
    identity = handbook.find_single("identity")
    if identity is None:
        return
    # What has a role is published as SVG, whatever its name.
    named: list[tuple[tuple[str | int, ...], str, bool]] = [
        (("logos", n, "file"), logo.file, logo.role is not None or _is_svg(logo.file))
        for n, logo in enumerate(identity.logos)
    ]
    named += [
        (("templates", n, "picture"), item.picture, _is_svg(item.picture))
        for n, item in enumerate(identity.templates)
        if item.picture
    ]
    named += [(("motif",), identity.motif, True)] if identity.motif else []
    for loc, file, is_svg in named:
        data = handbook.load_result.files.get(file)
        if is_svg and data is not None and (danger := find_danger(data)):
            message = f"{CONTENT}/{file} {danger}, so it can't be published. Export it again as a plain SVG."
            yield handbook.make_record_finding("unsafe-picture", "error", identity, loc, message, match=file)


def _is_svg(file: str) -> bool:
    return file.lower().endswith((".svg", ".svgz"))
