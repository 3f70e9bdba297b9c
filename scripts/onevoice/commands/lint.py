"""`onevoice lint`: find off-brand words and style in documents."""

from __future__ import annotations

from pathlib import Path

import click

from onevoice.commands import _common
from onevoice.errors import CLEAN, FINDINGS, DataError, OnevoiceError
from onevoice.finding import LEVELS, at_least


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH... | -]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@click.option("--fix", is_flag=True, help="Write the one right word where there is exactly one.")
@click.option("--diff", is_flag=True, help="Show what --fix would write, and write nothing.")
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    default="error",
    show_default=True,
    help="The level that makes the exit code 1.",
)
@click.option("--no-vale", is_flag=True, help="Check words only, not style.")
@click.option("--require-vale", is_flag=True, help="End with 3 where there is no Vale.")
@_common.handbook_option
def command(
    paths: tuple[str, ...],
    form: str,
    fix: bool,
    diff: bool,
    fail_on: str,
    no_vale: bool,
    require_vale: bool,
    handbook: str | None,
) -> int:
    """Find off-brand words and style in files and folders (Markdown, HTML, text), or on standard input (-).

    Without PATH: the handbook's records, content/pages and content/submissions.
    """
    from onevoice.commands import _fix, _lexicon, _lint
    from onevoice.prose.read import decode
    from onevoice.report import json, text

    if no_vale and require_vale:
        raise OnevoiceError("--no-vale and --require-vale exclude each other. Leave one out.")
    folder, sample = _common.find(handbook)
    try:
        lexicon = _lexicon.read(folder)
    except DataError as error:
        _common.show_data(error, aside=True)
        return error.exit_code
    vale = _lint.vale_for(wanted=not no_vale, required=require_vale)
    standard_input = click.get_binary_stream("stdin").read() if "-" in paths else None
    job = _lint.named(paths, standard_input) if paths else _lint.handbook(_common.own(handbook))
    if not job.size and any(Path(path).is_dir() for path in paths or (".",)):
        raise OnevoiceError(
            f"nothing to lint in {', '.join(paths) or folder}: no Markdown, HTML or text file. Check the path."
        )
    today = _common.today()
    if diff:
        patches = [_fix.patch(*change) for change in _fix.fixed(job, lexicon, today)]
        click.echo("".join(patches), nl=False)
        return FINDINGS if patches else CLEAN
    if fix and standard_input is not None:
        # As an editor expects: the mended text, and nothing else.
        mended = {prose.path: source for prose, source in _fix.fixed(job, lexicon, today)}
        for file in job.documents:
            click.echo(mended[file.path] if file.path in mended else decode(file.path, file.data)[0], nl=False)
        return CLEAN
    if fix:
        changes = list(_fix.fixed(job, lexicon, today))
        for change in changes:
            _fix.write(*change)
            click.echo(f"Mended {change[0].path}", err=True)
        if changes:
            job = _lint.named(paths, None) if paths else _lint.handbook(_common.own(handbook))
    ini = folder / ".vale.ini"
    found = _lint.findings(job, lexicon, today, vale, ini if ini.is_file() else None)
    click.echo(json.render(found) if form == "json" else text.render(found, colour=_common.colour()), nl=False)
    notes = []
    if not vale and not no_vale:
        notes.append(_lint.ABSENT)
    with_style = f"style with {vale}" if vale else "words only"
    whose = "the sample handbook that comes with onevoice" if sample else f"the handbook in {folder.resolve()}"
    files = f"{job.size} file{'s' * (job.size != 1)}"
    notes.append(f"{files}, {whose}, {with_style}: {text.summary(found)}.")
    click.echo("\n".join(notes), err=True)
    return FINDINGS if any(at_least(finding.level, fail_on) for finding in found) else CLEAN
