"""Zensical, the successor of Material for MkDocs: the same Markdown to the same addresses.

It reads mkdocs.yml itself. Its site differs from the one that MkDocs builds in what engine/README.md lists.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from onevoice.engine.site import SiteSource, find_custom_dir, format_refusal
from onevoice.errors import OnevoiceError

PACKAGES = ("zensical",)
CONFIG = "zensical.yml"
# Seconds. A large handbook takes a few.
TIMEOUT = 600


def render(source: SiteSource, target: Path) -> None:
    """Build the site into `target`, a folder of the output folder. Raises OnevoiceError if Zensical refuses."""
    if source.offline:
        raise OnevoiceError("Zensical cannot build a site that opens from a folder. Leave out --engine or --offline.")
    config = source.out / CONFIG
    config.write_text(_render_config(source, target), "utf-8")
    command = [sys.executable, "-m", "zensical", "build", "--clean", "--strict", "--config-file", str(config)]
    try:
        done = subprocess.run(
            command, cwd=source.out, capture_output=True, text=True, check=False, timeout=TIMEOUT, errors="replace"
        )
    except subprocess.TimeoutExpired:
        raise OnevoiceError(format_refusal([f"nothing for {TIMEOUT} seconds"], "Zensical")) from None
    finally:
        config.unlink(missing_ok=True)
        shutil.rmtree(source.out / ".cache", ignore_errors=True)
    if done.returncode or not target.is_dir():
        raise OnevoiceError(format_refusal((done.stdout + done.stderr).strip().splitlines(), "Zensical"))


def _render_config(source: SiteSource, target: Path) -> str:
    """mkdocs.yml with what the handbook knows better, as JSON, which is YAML too."""
    custom_dir = find_custom_dir(source.config_file)
    config = {
        "INHERIT": str(source.config_file.resolve()),
        "site_name": source.title,
        "site_description": source.summary,
        "docs_dir": "docs",
        "site_dir": target.name,
        **({"site_url": source.url} if source.url else {}),
        **({"theme": {"custom_dir": str(custom_dir.resolve())}} if custom_dir else {}),
    }
    return json.dumps(config, indent=1)
