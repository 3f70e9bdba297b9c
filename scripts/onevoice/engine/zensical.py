"""Zensical, the successor of Material for MkDocs: the same Markdown to the same addresses.

It reads mkdocs.yml itself. Its site differs from the one that MkDocs builds in what engine/README.md lists.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from onevoice.engine.frame import compose_config, find_theme, list_frame_notes
from onevoice.engine.policy import HEADERS_FILE, META, SETTING, SitePolicy
from onevoice.engine.site import SiteSource, format_refusal, prune_navigation
from onevoice.errors import OnevoiceError

PACKAGES = ("zensical",)
CONFIG = "zensical.yml"
# Its default header is white; ours has the brand's color, and the logo is made for it.
THEME_VARIANT = "classic"
# Its search makes a style element.
SOURCES = {"style-src": "'unsafe-inline'"}
TRACEBACK, STRICT, ROUTINE = "Traceback (most recent call last):", "--strict flag", ("Build started", "No issues found")
# Seconds. A large handbook takes a few.
TIMEOUT = 600


def render(source: SiteSource, target: Path) -> list[str]:
    """Build the site into `target`, a folder of the output folder; what its pages won't run.

    Raises OnevoiceError if Zensical refuses.
    """
    if source.offline:
        raise OnevoiceError("Zensical cannot build an offline site. Leave out --engine or --offline.")
    config = source.out / CONFIG
    config.write_text(_render_config(source, target), "utf-8")
    # -P: no module is taken from the folder in which it runs, which has files of the handbook.
    command = [sys.executable, "-P", "-m", "zensical", "build", "--clean", "--strict", "--config-file", str(config)]
    try:
        done = subprocess.run(
            command, cwd=source.out, capture_output=True, text=True, check=False, timeout=TIMEOUT, errors="replace"
        )
        policy = SitePolicy([]) if done.returncode else _make_policy(config)
    except subprocess.TimeoutExpired:
        raise OnevoiceError(format_refusal([f"no result after {TIMEOUT} seconds"], "Zensical")) from None
    finally:
        config.unlink(missing_ok=True)
        shutil.rmtree(source.out / ".cache", ignore_errors=True)
    if done.returncode or not target.is_dir():
        raise OnevoiceError(format_refusal(_list_complaints(done.stdout + done.stderr), "Zensical"))
    for path in sorted(target.rglob("*.html")):
        page = path.read_bytes()
        # What it has copied, such as our redirects, says its own.
        if not META.search(page):
            place = path.relative_to(target).as_posix()
            path.write_bytes(policy.secure_page(page.decode("utf-8", "replace"), place).encode())
    (target / HEADERS_FILE).write_bytes(policy.render_headers())
    return [*list_frame_notes(source), *policy.list_notes()]


def _make_policy(config: Path) -> SitePolicy:
    """What the pages of a site with this configuration say may run."""
    from zensical.config import get_theme_dir, parse_config

    found = parse_config(str(config))
    folders = [get_theme_dir(found["theme"]["name"]), found["theme"].get("custom_dir")]
    return SitePolicy([Path(folder) for folder in folders if folder], found["extra"].get(SETTING), theme=SOURCES)


def _list_complaints(output: str) -> list[str]:
    """What Zensical printed, without Python's tracebacks and what it prints anyway."""
    told, _, trace = output.partition(TRACEBACK)
    errors = [line for line in trace.splitlines() if line[:1].strip() and line != TRACEBACK and STRICT not in line]
    return [line for line in (*told.splitlines(), *errors) if line.strip() and line not in ROUTINE]


def _render_config(source: SiteSource, target: Path) -> str:
    """All settings of the site, with what the handbook knows better, as JSON, which is YAML too."""
    composed = compose_config(source)
    # It takes one folder of changes: the handbook's own, if it has one.
    folder = composed["theme"].get("custom_dir")
    theme = source.config_file.parent / folder if folder else find_theme(source)
    config = {
        **composed,
        "site_name": source.title,
        "site_description": source.summary,
        "docs_dir": "docs",
        "site_dir": target.name,
        **({"site_url": source.url} if source.url else {}),
        **({"repo_url": "", "edit_uri": ""} if source.public else {}),
        "theme": {**composed["theme"], "variant": THEME_VARIANT, "custom_dir": str(theme.resolve())},
        "extra": {**composed.get("extra", {}), **source.describe_head()},
    }
    if nav := composed.get("nav"):
        config["nav"] = prune_navigation(nav, source.left_out)
    try:
        return json.dumps(config, indent=1)
    except TypeError:
        raise OnevoiceError(
            f"{source.config_file}: Zensical can't take what `!!python` tags say. Use `--engine mkdocs`."
        ) from None
