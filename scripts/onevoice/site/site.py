"""All pages of the site, and the style and scripts that they share."""

from __future__ import annotations

from onevoice.output import Artifact
from onevoice.site import api, brand, catalog, glossary, home, messaging, request, together
from onevoice.site.view import HERE, View

SECTIONS = (home, brand, messaging, glossary, catalog, request, together, api)


def write(view: View) -> list[Artifact]:
    """Every file of `build/docs`, in the order of the sections."""
    artifacts = [artifact for section in SECTIONS for artifact in section.pages(view)]
    assets = HERE / "assets"
    shared = [
        Artifact(f"docs/assets/{path.name}", path.read_bytes()) for path in sorted(assets.iterdir()) if path.is_file()
    ]
    return [*artifacts, *shared]
