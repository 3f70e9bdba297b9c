"""Testing a Vale style: every entry of it in sentences of its own, with the real Vale."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onevoice.errors import MissingToolError
from onevoice.finding import Finding
from onevoice.report import text
from onevoice.vale import trial
from onevoice.vale.prove import cases, style, verdict
from onevoice.vale.prove.sample import is_plain_expression
from onevoice.vale.resolve import Vale, resolve_vale


@dataclass(frozen=True)
class StyleResult:
    """What is wrong with a style, in reading order, and a line that counts it."""

    findings: list[Finding]
    summary: str


def prove_style(folder: Path) -> StyleResult:
    """Test the style in a folder, or each style in it.

    Raises MissingToolError if there is no Vale, OnevoiceError if the folder has no style.
    """
    vale = resolve_vale(os.environ)
    if not vale:
        raise MissingToolError("Vale is not installed. `onevoice doctor --get-vale` installs it.")
    prepared = cases.build_style_trial(style.read_style_rules(folder))
    try:
        alerts = _run_cases(vale, prepared)
    except trial.ValeStopped:
        alone = cases.render_entry_rules(prepared)
        refused = trial.find_stopping_files(vale, alone, [cases.ALONE])
        if not refused:
            raise
        numbers = {path: at for at, path in enumerate(alone)}
        prepared = cases.drop_trial_entries(prepared, {numbers[path]: why for path, why in refused.items()})
        alerts = _run_cases(vale, prepared)
    heard = {name: [(one.line, one.match, one.rule, one.message) for one in each] for name, each in alerts.items()}
    findings = verdict.judge_style(prepared, heard)
    entries = [entry.key for _, entry in prepared.entries]
    dead = [one.match for one in findings if one.rule in ("dead", "glued")]
    summary = (
        f"Tested {len(entries)} entries in {len(prepared.rules)} file{'s' * (len(prepared.rules) != 1)} with {vale}. "
        f"Plain words: {sum(map(is_plain_expression, entries))}. "
        f"Dead in a sentence: {len(dead)} (plain words: {sum(map(is_plain_expression, dead))}). "
        f"Total: {text.summarize_findings(findings)}."
    )
    return StyleResult(findings, summary)


def _run_cases(vale: Vale, prepared: cases.StyleTrial) -> Mapping[str, Sequence[trial.Alert]]:
    if not prepared.entries:
        return {}
    styles = cases.render_trial_styles(prepared)
    return trial.run_style_trial(vale, styles, [cases.ALONE, cases.WHOLE], prepared.sources)
