"""`onevoice build`: records to pages, Vale style, schemas, issue forms; pages to the site."""

from __future__ import annotations

import os

import click

from onevoice.commands import _streams, _terminal
from onevoice.display import escape_controls
from onevoice.engine.site import ENGINES
from onevoice.errors import EXIT_CLEAN, EXIT_FINDINGS, DataError, OnevoiceError
from onevoice.run.handbook import current_date, require_handbook


@click.command()
@click.option("--public", is_flag=True, help="Include only what customers may read, in build/public.")
@click.option("--offline", is_flag=True, help="Build a site that opens without a web server, in build/offline.")
@click.option("--zip", "zipped", is_flag=True, help="Build the offline site, too, and offer it for download.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a generated file is out of date.")
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=ENGINES[0],
    show_default=True,
    help="The program that turns the pages into HTML.",
)
@click.option("--dry-run", is_flag=True, help="List what would be written, but write nothing.")
@_terminal.handbook_option
def command(
    public: bool, offline: bool, zipped: bool, check: bool, engine: str, dry_run: bool, handbook: str | None
) -> int:
    """Build the site and everything else made from the records."""
    if zipped and (offline or check or dry_run):
        raise OnevoiceError("--zip builds both sites. Leave out --offline, --check and --dry-run.")
    try:
        from onevoice.archive import pack_folder
        from onevoice.run.build import plan_build
    except ModuleNotFoundError as error:
        raise OnevoiceError(
            f"the site needs {error.name}, which is not installed: pip install 'onevoice[site]'"
        ) from None
    from onevoice.vale.resolve import resolve_vale

    folder, today = require_handbook(handbook), current_date()

    def say(line: str) -> None:
        _streams.print_aside(line)

    archive = None
    try:
        if zipped:
            taken = plan_build(folder, today, public=public, offline=True)
            taken.build(engine, say)
            archive = pack_folder(taken.out / "site", "handbook")
        plan = plan_build(folder, today, public=public, offline=offline, archive=archive)
    except DataError as error:
        _terminal.print_data_errors(error)
        return error.exit_code
    if check or dry_run:
        inside, beside = plan.compare_artifacts()
        changes = [beside] if check else [inside, beside]
        for change in changes:
            paths = (*change.written_paths, *change.removed_paths)
            _streams.print_text("".join(f"{escape_controls(path)}\n" for path in paths), end="")
        return EXIT_FINDINGS if check and any(changes) else EXIT_CLEAN
    result = plan.build(engine, say)
    for path in result.repository.written_paths:
        _streams.print_aside(f"Updated {path}. Commit it with your records.")
    count = len(result.output.written_paths)
    _streams.print_line(
        f"{count} of {len(plan.output_files)} files changed in {os.path.relpath(plan.out)}.", aside=True
    )
    if not result.is_new_site:
        _streams.print_aside("The site is up to date.")
    vale = resolve_vale(os.environ)
    index = plan.out / "site" / "index.html"
    style = f"Style is checked with {vale}." if vale else "Style was not checked: Vale is not installed."
    _streams.print_line(f"Open {os.path.relpath(index)} to read the handbook. {style}")
    return EXIT_CLEAN
