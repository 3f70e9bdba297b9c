"""`onevoice lint`: find off-brand words and style in documents."""

from __future__ import annotations

from pathlib import Path

import click

from onevoice.commands import _common, _report
from onevoice.errors import CLEAN, FINDINGS, DataError, OnevoiceError
from onevoice.finding import LEVELS, at_least


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH... | -]")
@click.option("--format", "form", type=click.Choice(_report.FORMATS), default="text", help="How to report.")
@click.option("--fix", is_flag=True, help="Write the one right word where there is exactly one.")
@click.option("--diff", is_flag=True, help="Show what --fix would write, and write nothing.")
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    default="error",
    show_default=True,
    help="The level that makes the exit code 1.",
)
@click.option("--since", metavar="REV", help="Report only what stands on lines changed since a commit of git.")
@click.option("--baseline", metavar="FILE", help="Do not report what this file lists; `onevoice baseline` makes it.")
@click.option("--comment", metavar="OUT", help="Write a copy of the one Word file, with each finding as a comment.")
@click.option("--no-vale", is_flag=True, help="Check words only, not style.")
@click.option("--require-vale", is_flag=True, help="End with 3 where there is no Vale.")
@click.option("--no-cache", is_flag=True, help="Look at every file anew, also where it has not changed.")
@_common.handbook_option
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
    handbook: str | None,
) -> int:
    """Find off-brand words and style in files and folders (Markdown, HTML, text, Word, PowerPoint).

    Without PATH: the handbook's records, content/pages and content/submissions. `-` is standard input.
    """
    from onevoice.commands import _lexicon, _lint
    from onevoice.prose.read import decode
    from onevoice.report import text

    # A hook waits for each module that is loaded.
    if baseline:
        from onevoice.commands import _baseline
    if comment:
        from onevoice.commands import _comment
    if fix or diff:
        from onevoice.commands import _fix
    if since:
        from onevoice.commands import _since

    if no_vale and require_vale:
        raise OnevoiceError("--no-vale and --require-vale exclude each other. Leave one out.")
    if since and "-" in paths:
        raise OnevoiceError("--since asks git, which does not know standard input. Name the file.")
    if comment:
        _comment.ask(paths, comment, mends=fix or diff)
    folder, sample = _common.find(handbook)
    try:
        lexicon = _lexicon.read(folder)
    except DataError as error:
        _common.show_data(error, aside=True)
        return error.exit_code
    if fix and "-" in paths and len(paths) > 1:
        raise OnevoiceError("--fix takes either - or files: the mended text of - goes to standard output.")
    vale = _lint.vale_for(wanted=not no_vale, required=require_vale)
    known = _baseline.read(baseline) if baseline else None
    standard_input = click.get_binary_stream("stdin").read() if "-" in paths else None

    def gather() -> _lint.Job:
        return _lint.named(paths, standard_input) if paths else _lint.handbook(_common.own(handbook))

    job = gather()
    if not job.size and any(Path(path).is_dir() for path in paths or (".",)):
        raise OnevoiceError(
            f"nothing to lint in {', '.join(paths) or folder}: no Markdown, HTML, text, Word or PowerPoint file. "
            "Check the path."
        )
    changes = _since.changed(since) if since else None
    if changes:
        job = changes.only(job)
    today = _common.today()
    if diff:
        patches = [_fix.patch(*change) for change in _fix.fixed(job, lexicon, today, changes)]
        click.echo("".join(patches), nl=False)
        return FINDINGS if patches else CLEAN
    if fix and standard_input is not None:
        # As an editor expects: the mended text, and nothing else.
        mended = {prose.path: source for prose, source in _fix.fixed(job, lexicon, today)}
        for file in job.documents:
            click.echo(mended[file.path] if file.path in mended else decode(file.path, file.data)[0], nl=False)
        return CLEAN
    if fix:
        fixed = list(_fix.fixed(job, lexicon, today, changes))
        for change in fixed:
            _fix.write(*change)
            click.echo(f"Mended {change[0].path}", err=True)
        for path in _fix.spared(job):
            click.echo(f"{path}: office files are reported, not mended; --comment writes into a Word file.", err=True)
        if fixed:
            job = gather()
            changes = _since.changed(since) if since else None
            job = changes.only(job) if changes else job
    ini = folder / ".vale.ini"
    with _common.progress(len(job.documents)) as progress:
        found = _lint.findings(
            job,
            lexicon,
            today,
            vale,
            ini if ini.is_file() else None,
            remember=not no_cache,
            progress=progress,
        )
    found = changes.on(found) if changes else found
    found = known.taken_from(found, job, lexicon, vale=bool(vale), whole=not since) if known else found
    with_style = f"style with {vale}" if vale else "words only"
    whose = "the sample handbook that comes with onevoice" if sample else f"the handbook in {folder.resolve()}"
    files = f"{job.size} file{'s' * (job.size != 1)}{f' changed since {since}' * bool(since)}"
    last = f"{files}, {whose}, {with_style}: {text.summary(found)}{known.said if known else ''}."
    _report.write(form, found, last)
    if not vale and not no_vale:
        click.echo(_lint.ABSENT, err=True)
    click.echo(last, err=True)
    if comment:
        click.echo(_comment.write(job, comment, found, today), err=True)
    return FINDINGS if any(at_least(finding.level, fail_on) for finding in found) else CLEAN
