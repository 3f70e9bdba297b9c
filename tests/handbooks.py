"""Handbooks for tests: a copy of the repository's own, and its site."""

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


def build(folder: Path, *options: str, today: str = TODAY) -> Result:
    """Run `onevoice build` on a folder; the result, with exit code and output."""
    result = CliRunner().invoke(
        cli, ["build", "--handbook", str(folder), *options], env={"ONEVOICE_TODAY": today}, standalone_mode=False
    )
    if result.exception:
        raise result.exception
    return result
