"""`onevoice prove`: try every entry of a Vale style, and list those that do not do what they say."""

from __future__ import annotations

import os
from pathlib import Path

import click

from onevoice.commands import _terminal
from onevoice.errors import EXIT_CLEAN, EXIT_FINDINGS, MissingToolError
from onevoice.finding import is_at_least


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
    from onevoice.vale.prove.sample import is_plain_expression
    from onevoice.vale.resolve import resolve_vale

    vale = resolve_vale(os.environ)
    if not vale:
        raise MissingToolError("there is no Vale here to try the style with. `onevoice doctor --get-vale` gets it.")
    prepared = cases.build_style_trial(style.read_style_rules(style_dir))
    names = [cases.ALONE, cases.WHOLE]
    try:
        alerts = (
            trial.run_style_trial(vale, cases.render_trial_styles(prepared), names, prepared.sources)
            if prepared.entries
            else {}
        )
    except trial.ValeStopped:
        alone = cases.render_entry_rules(prepared)
        refused = trial.find_stopping_files(vale, alone, [cases.ALONE])
        if not refused:
            raise
        numbers = {path: at for at, path in enumerate(alone)}
        prepared = cases.drop_trial_entries(prepared, {numbers[path]: why for path, why in refused.items()})
        alerts = (
            trial.run_style_trial(vale, cases.render_trial_styles(prepared), names, prepared.sources)
            if prepared.entries
            else {}
        )
    said = {name: [(one.line, one.match, one.rule, one.message) for one in found] for name, found in alerts.items()}
    findings = verdict.judge_style(prepared, said)
    click.echo(
        json.render(findings) if form == "json" else text.render(findings, colour=_terminal.supports_color()), nl=False
    )
    entries = [entry.key for _, entry in prepared.entries]
    dead = [one.match for one in findings if one.rule in ("dead", "glued")]
    click.echo(
        f"Entries: {len(entries)} in {len(prepared.rules)} files, "
        f"{sum(map(is_plain_expression, entries))} of them plain words. "
        f"Dead in a sentence: {len(dead)}, {sum(map(is_plain_expression, dead))} of them plain words. "
        f"All in all: {text.summarize_findings(findings)}. Tried by {vale}.",
        err=True,
    )
    return EXIT_FINDINGS if any(is_at_least(finding.level, "error") for finding in findings) else EXIT_CLEAN
