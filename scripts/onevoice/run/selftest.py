"""Whether Vale finds each avoided word where it should."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable

from onevoice.errors import MissingToolError
from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.lint import selftest
from onevoice.matcher.matcher import Matcher
from onevoice.vale import trial
from onevoice.vale import write as style
from onevoice.vale.resolve import resolve_vale

Say = Callable[[str], None]


def run_vale_selftest(book: Handbook, matcher: Matcher, today: datetime.date, say: Say) -> list[Finding]:
    """The avoided words that Vale doesn't find as it should. say: told what Vale was shown.

    Raises MissingToolError if Vale is not installed.
    """
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
