"""Handbooks for tests: a copy of the repository's own, and its site."""

import json
import shutil
from pathlib import Path

from click.testing import CliRunner, Result

from onevoice.commands import cli

ROOT = Path(__file__).parents[1]
TODAY = "2026-11-21"
# Of Python-Markdown, as in the frame's mkdocs.yml.
EXTENSIONS = ["admonition", "attr_list", "def_list", "md_in_html", "tables", "pymdownx.details", "pymdownx.tilde"]
PARTS = ("terminology", "content")


def copy(target: Path) -> Path:
    """A copy of the repository's handbook."""
    for part in PARTS:
        shutil.copytree(ROOT / part, target / part)
    return target


def write_plain_config(path: Path, docs: Path) -> Path:
    """A mkdocs.yml with which MkDocs or Zensical alone builds the pages in `docs`; its path."""
    frame = ROOT / "scripts/onevoice/site"
    settings = {
        "INHERIT": str(frame / "mkdocs.yml"),
        "docs_dir": str(docs),
        "theme": {"custom_dir": str(frame / "theme")},
    }
    path.write_text(json.dumps(settings), "utf-8")
    return path


def build(folder: Path, *options: str, today: str = TODAY) -> Result:
    """Run `onevoice build` on a folder; the result, with exit code and output."""
    result = CliRunner().invoke(
        cli, ["build", "--handbook", str(folder), *options], env={"ONEVOICE_TODAY": today}, standalone_mode=False
    )
    if result.exception:
        raise result.exception
    return result
