"""`onevoice prove`: try every entry of a Vale style, and list those that do not do what they say."""

from __future__ import annotations

import os
from pathlib import Path

import click

from onevoice.commands import _terminal
from onevoice.errors import CLEAN, FINDINGS, ToolMissing
from onevoice.finding import at_least


@click.command()
@click.argument("style_dir", metavar="STYLE_DIR", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to report.")
def command(style_dir: Path, form: str) -> int:
    """Try every entry of a Vale style with the real Vale: which never fire, are shadowed, or contradict themselves.

    STYLE_DIR is the folder of a style (with its *.yml files), or a folder of such folders. Nothing in it is changed.
    """
    from onevoice.report import json, text
    from onevoice.vale import trial
    from onevoice.vale.prove import cases, style, verdict
    from onevoice.vale.prove.sample import plain
    from onevoice.vale.resolve import resolve

    vale = resolve(os.environ)
    if not vale:
        raise ToolMissing("there is no Vale here to try the style with. `onevoice doctor --get-vale` gets it.")
    prepared = cases.prepare(style.read(style_dir))
    names = [cases.ALONE, cases.WHOLE]
    try:
        alerts = trial.run(vale, cases.styles(prepared), names, prepared.sources) if prepared.entries else {}
    except trial.Stopped:
        alone = cases.alone(prepared)
        refused = trial.stopping(vale, alone, [cases.ALONE])
        if not refused:
            raise
        numbers = {path: at for at, path in enumerate(alone)}
        prepared = cases.without(prepared, {numbers[path]: why for path, why in refused.items()})
        alerts = trial.run(vale, cases.styles(prepared), names, prepared.sources) if prepared.entries else {}
    said = {name: [(one.line, one.match, one.rule, one.message) for one in found] for name, found in alerts.items()}
    findings = verdict.judge(prepared, said)
    click.echo(json.render(findings) if form == "json" else text.render(findings, colour=_terminal.colour()), nl=False)
    entries = [entry.key for _, entry in prepared.entries]
    dead = [one.match for one in findings if one.rule in ("dead", "glued")]
    click.echo(
        f"Entries: {len(entries)} in {len(prepared.rules)} files, {sum(map(plain, entries))} of them plain words. "
        f"Dead in a sentence: {len(dead)}, {sum(map(plain, dead))} of them plain words. "
        f"All in all: {text.summary(findings)}. Tried by {vale}.",
        err=True,
    )
    return FINDINGS if any(at_least(finding.level, "error") for finding in findings) else CLEAN
