"""`onevoice audit`: every document of an archive, and whether to keep it."""

from __future__ import annotations

from pathlib import Path

import click

from onevoice import process
from onevoice.commands import _files, _signals, _streams, _terminal
from onevoice.errors import EXIT_CLEAN, EXIT_FINDINGS, DataError, OnevoiceError


@click.command(cls=_files.FileCommand)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--out", metavar="DIR", help="Folder for the results.")
@click.option(
    "--processes", type=click.IntRange(1, 64), metavar="N", help="How many processes read; default: all processors."
)
@click.option("--with-text", is_flag=True, help="Add the text around each finding to the results.")
@_terminal.handbook_option
def command(
    sources: tuple[str, ...], out: str | None, processes: int | None, with_text: bool, handbook: str | None
) -> int:
    """Say which documents of an archive to keep, fix or retire.

    SOURCE is a folder or a file. DIR gets a table of the documents and one of the findings. To go on after a stop, run
    the same command again: what is done stays done. `onevoice audit diff OLD NEW` compares the results in two folders.
    """
    from onevoice.run.audit.audit import AuditOptions, run_audit
    from onevoice.run.handbook import current_date, require_handbook
    from onevoice.run.lexicon import read_lexicon

    if out is None:
        if len(sources) == 3 and sources[0] == "diff":
            return _print_diff(Path(sources[1]), Path(sources[2]))
        raise OnevoiceError("where should the results go? Name a folder with --out DIR.")
    if "-" in sources:
        raise OnevoiceError("an audit works on folders and files. Name them instead of `-`.")
    options = AuditOptions(sources, Path(out), processes or process.count_processors(), with_text)
    try:
        lexicon = read_lexicon(require_handbook(handbook))
    except DataError as error:
        _terminal.print_data_errors(error)
        return error.exit_code
    try:
        with _terminal.show_rate() as progress:
            result = run_audit(options, lexicon, current_date(), progress)
    except _signals.Stopped:
        _streams.print_aside("To go on, run the same command again: what is done stays done.")
        raise
    _streams.print_line(result.title)
    _streams.print_aside(f"The results are in {out}.")
    return EXIT_FINDINGS if result.needs_work else EXIT_CLEAN


def _print_diff(old: Path, new: Path) -> int:
    from onevoice.run.audit.audit import diff_audits

    found = diff_audits(old, new)
    for title, rules in (("Fixed", found.fixed), ("New", found.new)):
        _streams.print_line(f"{title}: {rules.total():,}")
        for rule, count in sorted(rules.items(), key=lambda item: (-item[1], item[0])):
            _streams.print_line(f"  {count:,}  {rule}")
    for before, after in found.moved:
        _streams.print_line(f"Moved: {before} -> {after}")
    for title, names in (("Added", found.added), ("Removed", found.removed)):
        for name in names:
            _streams.print_line(f"{title}: {name}")
    return EXIT_FINDINGS if found.new else EXIT_CLEAN
