"""Testing a Vale style: every entry of it in sentences of its own, with the real Vale."""

from __future__ import annotations

import os
import time
from collections import Counter
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
    # Each run counts processor time; a busy machine gives it a part only.
    end = time.monotonic() + 2 * patience
    try:
        alerts = _run_cases(vale, prepared, end)
    except trial.ValeStopped as stopped:
        prepared = _drop_refused_parts(vale, prepared, stopped, end)
        alerts = _run_cases(vale, prepared, end)
    heard = {name: [(one.line, one.match, one.rule, one.message) for one in each] for name, each in alerts.items()}
    judged = verdict.judge_style(prepared, heard)
    if judged.suspects:
        # Vale guesses lines; what is alone in a file cannot be mistaken for anything else.
        judged = verdict.judge_style(prepared, heard, _try_again(vale, prepared, judged.suspects, end))
    return StyleResult(judged.findings, _summarize_trial(vale, prepared, judged))


def _try_again(
    vale: Vale, prepared: cases.StyleTrial, suspects: Sequence[tuple[int, str]], end: float
) -> set[tuple[int, str]]:
    """The suspects that are found in texts of their own."""
    texts = cases.build_retrial(prepared, suspects)
    found = trial.run_style_trial(
        vale,
        cases.render_entry_rules(prepared, {at for at, _ in suspects}),
        [cases.ALONE],
        {name: text for name, (_, _, text) in texts.items()},
        patience=max(end - time.monotonic(), limits.PROVE_SECONDS),
        memory=limits.VALE_MEMORY,
    )
    return {
        (at, sample)
        for name, (at, sample, _) in texts.items()
        if any(one.rule == f"{cases.ALONE}.e{at}" for one in found[name])
    }


def _summarize_trial(vale: Vale, prepared: cases.StyleTrial, judged: verdict.StyleVerdict) -> str:
    entries = [entry.key for _, entry in prepared.entries]
    dead = [one.match for one in judged.findings if one.rule in ("dead", "glued")]
    dead += [entries[at] for at in judged.never_run]
    lists = [rule for rule in prepared.rules if rule.parse_error or rule.fields["extends"] in style.WORD_LISTS]
    tested = len(entries) - len(judged.untested)
    return (
        f"Tested {tested} entries in {len(lists)} file{'s' * (len(lists) != 1)} with {vale}. "
        f"Plain words: {sum(map(is_plain_expression, entries))}. "
        f"Dead in a sentence: {len(dead)} (plain words: {sum(map(is_plain_expression, dead))}). "
        f"{_name_untested(prepared, judged)}Total: {text.summarize_findings(judged.findings)}."
    )


def _name_untested(prepared: cases.StyleTrial, judged: verdict.StyleVerdict) -> str:
    """What was not tested, by kind, as a sentence; "" if everything was."""
    kinds = Counter(f"`{one.fields['extends']}`" for one in prepared.rules if not (one.parse_error or one.entries))
    kinds |= Counter({"`raw`": sum(bool(rule.fields.get("raw")) and not rule.entries for rule in prepared.rules)})
    for extension in style.WORD_LISTS:
        # Without words, such a rule is a list of `raw`, or nothing.
        kinds.pop(f"`{extension}`", None)
    parts = [f"{count} {kind} rule{'s' * (count != 1)}" for kind, count in sorted(kinds.items()) if count]
    count = len(judged.untested)
    if count:
        parts.append(f"{count} entr{'y' if count == 1 else 'ies'} for which there is no sentence")
    return f"Not tested: {', '.join(parts)}. " if parts else ""


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
