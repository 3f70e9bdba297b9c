"""All pages of the site, and the style sheet and scripts they share."""

from __future__ import annotations

from pathlib import Path

from onevoice.output import Artifact
from onevoice.phrases.catalog import translate_script
from onevoice.site import bundle, offline
from onevoice.site.sections import load_sections
from onevoice.site.view import SITE_DIR, View

# The scripts of every page, which load as one file: each file by itself takes a phone a way to the server and back.
PAGE_SCRIPTS = (
    *("freshness.js", "copy.js", "filter.js", "find.js"),
    *("fold.js", "plays.js", "steps.js", "tooltip.js"),
)


def render_all_pages(view: View) -> list[Artifact]:
    """The pages that the view wants, in the order of the sections."""
    return [
        artifact
        for section in load_sections()
        if hasattr(section, "render")
        for artifact in section.render(view)
        if artifact is not None
    ]


def render_all_files(view: View) -> list[Artifact]:
    """Every file of `build/docs` that is not a page, whatever the view wants."""
    artifacts = [
        artifact for section in load_sections() if hasattr(section, "write") for artifact in section.write(view)
    ]
    assets = SITE_DIR / "assets"
    shared = [
        Artifact(f"docs/assets/{path.relative_to(assets).as_posix()}", _read_asset(path))
        for path in sorted(assets.rglob("*"))
        if path.is_file() and path.name not in PAGE_SCRIPTS
    ]
    scripts = (_read_asset(assets / name).decode() for name in PAGE_SCRIPTS)
    files = [
        *artifacts,
        *shared,
        Artifact("docs/assets/pages.js", bundle.join_scripts(scripts).encode()),
        Artifact("docs/assets/check/check.js", bundle.bundle_modules(read_twins(), "check").encode()),
    ]
    if view.offline:
        return files
    return [*files, offline.write_worker(view, files, (SITE_DIR / "worker" / "sw.js").read_text("utf-8"))]


def _read_asset(path: Path) -> bytes:
    return translate_script(path.read_text("utf-8")).encode() if path.suffix == ".js" else path.read_bytes()


def read_twins() -> dict[str, str]:
    """The browser's modules by name: each is next to its twin in Python; `check` is the page that joins them."""
    folders = [path for path in sorted(SITE_DIR.parent.iterdir()) if path.is_dir() and path.name != "sample"]
    return {
        path.stem: translate_script(path.read_text("utf-8"))
        for folder in folders
        for path in sorted(folder.glob("*.js"))
    }
