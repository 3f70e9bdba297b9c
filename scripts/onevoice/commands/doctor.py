"""`onevoice doctor`: say what this machine has, and get Vale."""

from __future__ import annotations

import importlib.metadata
import os
import sys

import click

from onevoice import __version__, cache
from onevoice.commands import _terminal
from onevoice.errors import CLEAN, ToolMissing
from onevoice.run.handbook import find_handbook

PARTS = {"mkdocs-material": "the site", "ruamel.yaml.clib": "fast reading of YAML", "pyromark": "Markdown"}


@click.command()
@click.option("--get-vale", is_flag=True, help="Get Vale where it is missing.")
@_terminal.handbook_option
def command(get_vale: bool, handbook: str | None) -> int:
    """Say which Python, handbook, Vale and packages are used."""
    from onevoice.vale.get import get
    from onevoice.vale.resolve import resolve
    from onevoice.vale.sync import sync

    folder, sample = find_handbook(handbook)
    click.echo(f"onevoice {__version__}, Python {sys.version.split()[0]}: {sys.executable}")
    click.echo(f"Handbook: {folder}{' (the sample that comes with onevoice)' if sample else ''}")
    click.echo(f"Cache: {cache.folder()}")
    for name, what in PARTS.items():
        try:
            click.echo(f"{name} {importlib.metadata.version(name)}: {what}")
        except importlib.metadata.PackageNotFoundError:
            click.echo(f"{name} is not installed: {what}")
    vale = get(os.environ, say=lambda line: click.echo(line, err=True)) if get_vale else resolve(os.environ)
    if not vale:
        raise ToolMissing("there is no Vale on this machine. `onevoice doctor --get-vale` gets it.")
    click.echo(str(vale))
    ini = folder / ".vale.ini"
    if get_vale and ini.is_file():
        for line in sync(vale, ini):
            click.echo(line)
    return CLEAN
