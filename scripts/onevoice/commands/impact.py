"""`onevoice impact`: what changed words do to existing texts."""

from __future__ import annotations

import click

from onevoice import process
from onevoice.commands import _files, _streams, _terminal
from onevoice.errors import EXIT_CLEAN, EXIT_FINDINGS, DataError
from onevoice.report import list_report_names, load_report
from onevoice.run.handbook import require_handbook


@click.command(cls=_files.FileCommand)
@click.option(
    "--since", metavar="REV", default="HEAD", show_default=True, help="Git revision to compare the words with."
)
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option(
    "--format",
    "form",
    type=click.Choice(list_report_names("impact")),
    default="text",
    show_default=True,
    help="`markdown` is a comment for a pull request.",
)
@_terminal.handbook_option
@process.gc_paused()
def command(since: str, paths: tuple[str, ...], form: str, handbook: str | None) -> int:
    """List the sentences that changed words break or fix.

    Compares the handbook's words now with those at REV, and checks the handbook's own texts, content/pages,
    content/submissions and each PATH as they are now. Exits with 1 if a sentence newly breaks.
    """
    from onevoice.report.impact import format_impact_headline
    from onevoice.run.impact import find_impact

    folder = require_handbook(handbook)
    try:
        result = find_impact(folder, since, paths, _streams.print_aside)
    except DataError as error:
        _terminal.print_data_errors(error, aside=True)
        return error.exit_code
    broken, fixed = (
        [(effect.finding, effect.sentence) for effect in result.effects if effect.is_fix is side]
        for side in (False, True)
    )
    title = format_impact_headline(broken, fixed, result.term_ids, since)
    report = load_report(form, "impact").render(broken, fixed, title)
    if form == "text":
        _streams.print_text(report, end="")
    else:
        _streams.print_data(report)
    _streams.print_aside(title)
    return EXIT_FINDINGS if broken else EXIT_CLEAN
