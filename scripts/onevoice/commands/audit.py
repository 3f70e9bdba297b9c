"""`onevoice audit`: every document of an archive, and whether to keep it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onevoice import process
from onevoice.commands import _files, _signals, _streams, _terminal
from onevoice.errors import EXIT_CLEAN, EXIT_FINDINGS, DataError, OnevoiceError

if TYPE_CHECKING:
    from onevoice.run.audit.audit import AuditResult


@click.command(cls=_files.FileCommand)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--out", metavar="DIR", help="Folder for the results.")
@click.option("--processes", type=click.IntRange(1, 64), metavar="N", help="Processes that read; default: all cores.")
@click.option("--dask", metavar="ADDRESS", default="", help="Use a Dask cluster: its scheduler's address, or `local`.")
@click.option("--with-text", is_flag=True, help="Add the text around each finding to the results.")
@click.option("--xlsx", is_flag=True, help="Write an Excel file, too: what needs work, and sums.")
@click.option("--parquet", is_flag=True, help="Write Parquet files, too, and sums by group and owner.")
@click.option("--since", metavar="OLD", default="", help="Day or folder of an earlier audit: what came later is new.")
@click.option(
    "--impact", metavar="OLD", default="", help="Say what words changed since OLD, a handbook or revision, do."
)
@click.option("--baseline", metavar="DIR", default="", help="Folder of an earlier audit, to go on from its dates.")
@_terminal.handbook_option
def command(sources: tuple[str, ...], out: str | None, processes: int | None, handbook: str | None, **more: Any) -> int:
    """Say which documents of an archive to keep, fix or retire.

    SOURCE is a folder, a file, a zip archive, or the address of a bucket or website. DIR gets tables of the documents
    and the findings. To go on after a stop, run the same command again. `onevoice audit diff OLD NEW` compares two.
    """
    from onevoice.run.audit.audit import AuditOptions, diff_audits, run_audit
    from onevoice.run.handbook import current_date, require_handbook
    from onevoice.run.lexicon import read_lexicon

    if out is None:
        if len(sources) == 3 and sources[0] == "diff":
            return _print_result(diff_audits(Path(sources[1]), Path(sources[2])))
        raise OnevoiceError("where should the results go? Name a folder with --out DIR.")
    if "-" in sources:
        raise OnevoiceError("an audit works on folders and files. Name them instead of `-`.")
    options = AuditOptions(sources, Path(out), processes or process.count_processors(), **more)
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
    return _print_result(result)


def _print_result(result: AuditResult) -> int:
    for line in result.lines:
        _streams.print_line(line)
    for line in result.asides:
        _streams.print_aside(line)
    return EXIT_FINDINGS if result.needs_work else EXIT_CLEAN
