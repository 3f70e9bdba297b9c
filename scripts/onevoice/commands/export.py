"""`onevoice export`: our words in the formats of other programs."""

from __future__ import annotations

import os
from pathlib import Path

import click

from onevoice import process
from onevoice.commands import _streams, _terminal
from onevoice.errors import EXIT_CLEAN, OnevoiceError
from onevoice.run.handbook import current_date, require_handbook


@click.command()
@click.argument("form", metavar="[FORMAT]", required=False)
@click.option("--public", is_flag=True, help="Include only the records that customers may read.")
@click.option(
    "--out",
    metavar="DIR",
    help="The folder to write to; `-` prints the file. Default: build/exchange in the handbook, or "
    "build/public/exchange with --public.",
)
@_terminal.handbook_option
@process.gc_paused()
def command(form: str | None, public: bool, out: str | None, handbook: str | None) -> int:
    """Write the handbook's words in the format of another program.

    Without FORMAT, lists the formats.
    """
    from onevoice.run.export import FOLDER, list_export_formats, prepare_export, save_export, write_format

    if form is None:
        formats = list_export_formats()
        width = max(map(len, formats))
        _streams.print_text("\n".join(f"{name:{width}}  {one.label}" for name, one in formats.items()))
        return EXIT_CLEAN
    folder = require_handbook(handbook)
    files = write_format(prepare_export(folder, current_date(), public=public), form)
    if out == "-":
        if len(files) != 1:
            raise OnevoiceError(
                f"{form} is a folder of {len(files)} files, so it can't be printed. Name one: --out DIR"
            )
        _streams.print_data(files[0].data)
        return EXIT_CLEAN
    target = Path(out) if out else folder.joinpath("build", *(["public"] if public else []), FOLDER)
    changes = save_export(files, target)
    for artifact in files:
        state = "Wrote" if artifact.path in changes.written_paths else "Up to date:"
        _streams.print_line(f"{state} {os.path.relpath(target / artifact.path)}")
    return EXIT_CLEAN
