"""`onevoice lint`: find off-brand words and style problems in documents."""

from __future__ import annotations

import click

from onevoice.commands import _files, _report, _streams, _terminal
from onevoice.errors import EXIT_CLEAN, EXIT_FINDINGS
from onevoice.finding import LEVELS, Finding, is_at_least
from onevoice.report import list_report_names, load_report


@click.command(cls=_files.FileCommand)
@click.argument("paths", nargs=-1, metavar="[PATH... | -]")
@click.option("--format", "form", type=click.Choice(list_report_names()), default="text", help="Report format.")
@click.option("--fix", is_flag=True, help="Fix words that have exactly one replacement.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, but change nothing.")
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    default="error",
    show_default=True,
    help="Lowest level that makes the exit code 1.",
)
@click.option("--since", metavar="REV", help="Report only lines changed since a Git revision.")
@click.option("--baseline", metavar="FILE", help="Hide findings recorded in this file; `onevoice baseline` creates it.")
@click.option("--comment", metavar="OUT", help="Write a copy of a Word file with each finding as a comment.")
@click.option("--no-vale", is_flag=True, help="Check words only, not style.")
@click.option("--require-vale", is_flag=True, help="Exit with code 3 if Vale is not installed.")
@click.option("--no-cache", is_flag=True, help="Check every file again, even unchanged ones.")
@click.option("--encoding", metavar="NAME", help="Encoding of files that aren't UTF-8, such as windows-1252.")
@click.option("--only", multiple=True, metavar="TERM", help="Report this term or rule only; repeat it for more.")
@click.option("--skip", "skipped", multiple=True, metavar="TERM", help="Don't report this term or rule.")
@click.option("--record", metavar="TEAM", help="Count this week's findings per term into the handbook, for a team.")
@click.option("--sample", is_flag=True, help="Use the handbook that comes with onevoice, not the one in this folder.")
@_terminal.handbook_option
def command(
    paths: tuple[str, ...],
    form: str,
    fix: bool,
    diff: bool,
    fail_on: str,
    since: str | None,
    baseline: str | None,
    comment: str | None,
    no_vale: bool,
    require_vale: bool,
    no_cache: bool,
    encoding: str | None,
    only: tuple[str, ...],
    skipped: tuple[str, ...],
    record: str | None,
    sample: bool,
    handbook: str | None,
) -> int:
    """Find off-brand words and style problems in files.

    PATH is `-` for standard input, or a file or folder: Markdown, HTML, plain text, Word, PowerPoint, OpenDocument,
    PDF, RTF, subtitles, email, Outlook, gettext, XLIFF, UI strings, Jupyter, reStructuredText, AsciiDoc. Without it,
    lint checks the handbook.
    """
    from onevoice.run.lint import LintOptions, LintRun
    from onevoice.run.style import VALE_MISSING

    options = LintOptions(
        paths, handbook, fix, diff, since, baseline, comment, no_vale, require_vale, no_cache, sample, encoding, only,
        skipped, getattr(load_report(form), "NEEDS_EXCERPTS", True), record,
    )  # fmt: skip
    run = LintRun(options, _streams.read_input)
    if diff:
        patches = run.list_patches()
        _terminal.print_patches(patches)
        _print_fix_errors(run.fix_errors)
        return EXIT_FINDINGS if patches or run.fix_errors else EXIT_CLEAN
    if fix and options.reads_stdin:
        for text in run.iter_fixed_texts():
            _streams.print_data(text)
        _print_fix_errors(run.fix_errors)
        return EXIT_FINDINGS if run.fix_errors else EXIT_CLEAN
    if fix:
        for line in run.write_fixes():
            _streams.print_aside(line)
    with _terminal.show_progress(len(run.job.documents)) as progress:
        result = run.check(progress)
    _report.print_report(form, result.findings, result.title)
    if not run.vale and not no_vale and not run.selection.has_words_only:
        _streams.print_aside(VALE_MISSING)
    _streams.print_aside(result.title)
    if record:
        _streams.print_aside(run.record_findings(result.findings, _streams.print_aside))
    if comment:
        _streams.print_aside(run.write_comments(result.findings))
    return EXIT_FINDINGS if any(is_at_least(finding.level, fail_on) for finding in result.findings) else EXIT_CLEAN


def _print_fix_errors(errors: list[Finding]) -> None:
    for finding in errors:
        _streams.print_aside(f"{finding.path}: {finding.message}")
