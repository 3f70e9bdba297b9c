"""Whether each avoided word is found where it should be: by our matcher, and by Vale."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from pathlib import Path

from onevoice import cache
from onevoice.errors import MissingToolError
from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.lint import selftest
from onevoice.matcher.matcher import Matcher
from onevoice.run.lexicon import read_lexicon
from onevoice.vale import trial
from onevoice.vale import write as style
from onevoice.vale.resolve import resolve_vale

CACHE_SECTION = "proof"
Say = Callable[[str], None]


def run_selftests(
    folder: Path, book: Handbook, today: datetime.date, *, with_vale: bool, say: Say = lambda line: None
) -> list[Finding]:
    """The avoided words that are not found as they should be. What has passed is remembered.

    with_vale: test them with Vale, too. say: told what Vale was shown.
    Raises MissingToolError if Vale is not installed.
    """
    lexicon = read_lexicon(folder)
    key = f"{lexicon.key}-{today}"
    found = [] if cache.get(CACHE_SECTION, key) else list(selftest.run_selftest(book, lexicon.matcher, today))
    if not found:
        cache.put(CACHE_SECTION, key, b"proven")
    return [*found, *_run_vale_selftests(book, lexicon.matcher, today, say)] if with_vale else found


def _run_vale_selftests(book: Handbook, matcher: Matcher, today: datetime.date, say: Say) -> list[Finding]:
    vale = resolve_vale(os.environ)
    if not vale:
        raise MissingToolError("Vale is not installed, and --vale needs it. `onevoice doctor --get-vale` installs it.")
    made = style.write_brand_style(matcher.compiled.patterns, today=today)
    styles = {artifact.path.removeprefix(f"{style.STYLES}/"): artifact.data for artifact in made}
    trials = selftest.build_vale_probes(book, matcher)
    sheets = {f"{number}.md": sheet for number, sheet in enumerate(selftest.render_probe_sheets(trials))}
    if not styles or not sheets:
        return []
    alerts = trial.run_style_trial(vale, styles, ["Brand"], {name: source for name, (source, _) in sheets.items()})
    found: list[Finding] = []
    for name, (_, lines) in sheets.items():
        said: dict[int, list[tuple[str, str]]] = {}
        for alert in alerts[name]:
            said.setdefault(alert.line, []).append((alert.rule, alert.match))
        found += selftest.compare_vale_alerts(book, lines, said)
    say(f"Tested {len(trials)} sentences with {vale}.")
    return found
