"""`onevoice doctor`: show what this machine has, and install Vale."""

from __future__ import annotations

import importlib.metadata
import os
import sys

import click

from onevoice import __version__, cache
from onevoice.commands import _streams, _terminal
from onevoice.errors import EXIT_CLEAN, MissingToolError
from onevoice.run.handbook import find_handbook

PACKAGES = {"mkdocs-material": "the site", "ruamel.yaml.clib": "fast YAML parsing", "pyromark": "Markdown"}


@click.command()
@click.option("--get-vale", is_flag=True, help="Install Vale if it is missing.")
@_terminal.handbook_option
def command(get_vale: bool, handbook: str | None) -> int:
    """Show the Python, handbook, Vale and packages in use."""
    from onevoice.run.upgrade import find_pin
    from onevoice.vale.get import ensure_vale
    from onevoice.vale.resolve import resolve_vale
    from onevoice.vale.sync import sync_packages

    folder, sample = find_handbook(handbook)
    _streams.print_line(f"onevoice {__version__}, Python {sys.version.split()[0]}: {sys.executable}")
    _streams.print_line(f"Handbook: {folder}{' (the sample that comes with onevoice)' if sample else ''}")
    if pin := find_pin(folder):
        _streams.print_line(_describe_pin(pin.path, pin.line, pin.version))
    _streams.print_line(f"Cache: {_describe_cache()}")
    for name, what in PACKAGES.items():
        try:
            _streams.print_line(f"{name} {importlib.metadata.version(name)}: {what}")
        except importlib.metadata.PackageNotFoundError:
            _streams.print_line(f"{name} is not installed: {what}")
    vale = (
        ensure_vale(os.environ, say=lambda line: _streams.print_aside(line)) if get_vale else resolve_vale(os.environ)
    )
    if not vale:
        raise MissingToolError("Vale is not installed. `onevoice doctor --get-vale` installs it.")
    _streams.print_line(str(vale))
    ini = folder / ".vale.ini"
    if get_vale and ini.is_file():
        for line in sync_packages(vale, ini):
            _streams.print_line(line)
    return EXIT_CLEAN


def _describe_pin(path: str, line: int, version: str) -> str:
    """Which version the handbook asks for, and what to do if this one is another."""
    if version == __version__:
        return f"{path}:{line} asks for this version of onevoice."
    return (
        f"{path}:{line} asks for onevoice {version}, but this is {__version__}. "
        f"Install that one (pip install onevoice=={version}), or run `onevoice upgrade` to change the handbook."
    )


def _describe_cache() -> str:
    """The cache's folder, and whether anything can be kept there; onevoice works without, but slower."""
    folder = cache.find_cache_folder()
    if folder.is_relative_to(os.devnull):
        return "none, because this user has no home folder. $ONEVOICE_CACHE can name a folder."
    place = next((place for place in (folder, *folder.absolute().parents) if place.exists()), folder)
    if place.is_dir() and os.access(place, os.W_OK | os.X_OK):
        return str(folder)
    return f"{folder} cannot be written, so nothing is kept between runs. $ONEVOICE_CACHE can name another folder."
