"""The handbook on a device without a connection: what a browser keeps of it, and how a phone shows it as an app."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from onevoice.handbook.palette import build_schemes
from onevoice.kit.logos import ICON_SIZES, locate_icon
from onevoice.output import Artifact
from onevoice.site import share
from onevoice.site.view import View

ARCHIVE = "handbook.zip"


def write(view: View) -> Iterator[Artifact]:
    """`/manifest.webmanifest` (W3C, "Web Application Manifest") and `/handbook.zip`, unless the site is in a folder."""
    if view.offline:
        return
    if view.archive:
        yield Artifact(f"docs/{ARCHIVE}", view.archive)
    brand = view.handbook.brand
    colors, _ = build_schemes(view.handbook.find_single("identity"))
    manifest = {
        "name": f"{brand.name} handbook",
        "short_name": brand.name,
        "lang": brand.language,
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "theme_color": colors["header"],
        "background_color": colors["page"],
        "icons": [
            {"src": "assets/icon.svg", "sizes": "any", "type": "image/svg+xml"},
            *(
                {"src": path, "sizes": f"{pixels}x{pixels}", "type": "image/png"}
                for pixels in ICON_SIZES
                if (path := locate_icon(pixels)) in view.kit.pictures
            ),
        ],
    }
    yield Artifact("docs/manifest.webmanifest", json.dumps(manifest, ensure_ascii=False, indent=1).encode())


def write_worker(view: View, files: Iterable[Artifact], script: str) -> Artifact:
    """`/sw.js`, which keeps the hubs, the call cards and the scripts, styles and logos they need.

    files: all files of the site that are no pages. script: what keeps them (worker/sw.js).
    """
    cards = [
        f"messaging/{persona.id}/{stage.id}/"
        for persona in view.handbook.list_approved("personas")
        for stage in view.handbook.stages
    ]
    hubs = [hub.path.lstrip("/") or "./" for hub in view.list_hubs()]
    assets = [file.path.removeprefix("docs/") for file in files if file.path.startswith("docs/assets/")]
    # Only chats ask for these.
    assets = [path for path in assets if not path.startswith(f"{share.FOLDER}/")]
    kept = json.dumps(sorted({*cards, *hubs, *assets}), ensure_ascii=False)
    return Artifact("docs/sw.js", f"const KEPT = {kept};\n{script}".encode())
