"""`onevoice import`: take over a word list, a spreadsheet, a style of Vale's."""

from __future__ import annotations

import click

from onevoice import process
from onevoice.commands import _intake, _streams, _terminal
from onevoice.run.handbook import require_handbook


@click.command()
@click.argument("given", metavar="FILE_OR_DIR")
@click.option("--into", metavar="FILE", default="", help="The file for new terms, such as terminology/words.yaml.")
@click.option("--map", "map_file", metavar="FILE", default="", help="Read columns and answers from this file.")
@click.option("--as", "kind", metavar="FORMAT", default="", help="The source's format, if it isn't recognized.")
@click.option("--yes", is_flag=True, help="Ask nothing; take the guesses.")
@click.option("--dry-run", is_flag=True, help="Only list what would change; exit code 1 if anything would.")
@_terminal.handbook_option
@process.gc_paused()
def command(given: str, into: str, map_file: str, kind: str, yes: bool, dry_run: bool, handbook: str | None) -> int:
    """Import words from a list, a term base or a Vale style.

    A list may be a spreadsheet. Shows how it reads the source, asks what it can't tell, and adds the words to the
    handbook's terms. Nothing that's there is overwritten: contradictions are listed. New words are warnings, and no fix
    writes them until you say so. Import the same file again any time: only what has changed in it is changed here.
    `import.yaml` keeps the answers.
    """
    from onevoice.run.intake import open_intake
    from onevoice.run.together import recover_handbook

    folder = require_handbook(handbook)
    if not dry_run:
        recover_handbook(folder, _streams.print_aside)
    intake = open_intake(given, folder, kind, map_file)
    may_ask = not yes and _terminal.sees_terminal()
    return _intake.import_source(folder, intake, into, may_ask=may_ask, yes=yes, dry_run=dry_run)
