"""Testing a Vale style: every entry of it in sentences of its own, with the real Vale."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onevoice import limits
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

    Raises MissingToolError if Vale is not installed, OnevoiceError if the folder has no style.
    """
    vale = resolve_vale(os.environ)
    if not vale:
        raise MissingToolError("Vale is not installed. `onevoice doctor --get-vale` installs it.")
    prepared = cases.build_style_trial(style.read_style_rules(folder))
    patience = limits.PROVE_SECONDS + limits.PROVE_ENTRY_SECONDS * len(prepared.entries)
    end = time.monotonic() + patience
    try:
        alerts = _run_cases(vale, prepared, end)
    except trial.ValeStopped as stopped:
        prepared = _drop_refused_parts(vale, prepared, stopped, end)
        alerts = _run_cases(vale, prepared, end)
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


def _drop_refused_parts(
    vale: Vale, prepared: cases.StyleTrial, stopped: trial.ValeStopped, end: float
) -> cases.StyleTrial:
    """The style without what stops Vale: rules that do so whatever words they list, then entries."""

    def find_refused(files: Mapping[str, bytes]) -> dict[int, str]:
        refused = trial.find_stopping_files(vale, files, cases.ALONE, end, limits.VALE_MEMORY)
        return {cases.get_trial_number(path): why for path, why in refused.items()}

    rules = find_refused(cases.render_bare_rules(prepared))
    if rules:
        prepared = cases.drop_trial_rules(prepared, rules)
    entries = find_refused(cases.render_entry_rules(prepared))
    if not rules and not entries:
        raise stopped
    return cases.drop_trial_entries(prepared, entries)


def _run_cases(vale: Vale, prepared: cases.StyleTrial, end: float) -> Mapping[str, Sequence[trial.Alert]]:
    if not any(prepared.samples):
        return {}
    styles = cases.render_trial_styles(prepared)
    return trial.run_style_trial(
        vale,
        styles,
        [cases.ALONE, cases.WHOLE],
        prepared.sources,
        patience=max(end - time.monotonic(), 1),
        memory=limits.VALE_MEMORY,
    )
