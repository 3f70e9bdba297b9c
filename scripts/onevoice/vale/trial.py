"""Any style over any texts, by the real Vale, in a temporary folder: for those who test a style."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.program import ProgramLimits, run_program
from onevoice.vale.alerts import read_alerts
from onevoice.vale.resolve import Vale
from onevoice.vale.scratch import hold_scratch_folder


class Alert(NamedTuple):
    """What Vale says. line, column: where, from 1, as Vale counts. match: the words. rule: with its style."""

    line: int
    column: int
    match: str
    rule: str
    message: str


class ValeStopped(OnevoiceError):
    """Vale ended with an error. why: what it said itself."""

    def __init__(self, vale: Vale, why: str) -> None:
        self.why = why
        super().__init__(f"{vale} stopped: {why}")


def run_style_trial(
    vale: Vale,
    styles: Mapping[str, bytes],
    names: Sequence[str],
    texts: Mapping[str, str],
    *,
    settings: str = "",
    patience: float | None = None,
    memory: int | None = None,
) -> dict[str, list[Alert]]:
    """What the styles of these names say of each text, in reading order.

    styles: what a StylesPath holds, as path and bytes. texts: file name -> what is in it.
    settings: further lines of Vale's configuration. patience: in seconds of processor time, by
    default limits.TRIAL_SECONDS. memory: the
    most that Vale may take, in bytes.
    Raises OnevoiceError, in one line, if Vale does not start or finish, and ValeStopped if it stops.
    """
    patience = limits.TRIAL_SECONDS if patience is None else patience
    allowed = ProgramLimits(2 * patience, patience, memory, output=1 << 28)
    with hold_scratch_folder("trial") as folder:
        (folder / "vale.ini").write_text(
            f"StylesPath = styles\nMinAlertLevel = suggestion\n\n[*]\nBasedOnStyles = {', '.join(names)}\n{settings}",
            "utf-8",
        )
        for path, data in styles.items():
            target = folder / "styles" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        for name, text in texts.items():
            (folder / name).write_text(text, "utf-8", errors="replace", newline="")
        command = ["--config=vale.ini", "--no-global", "--output=JSON", "--no-exit", *sorted(texts)]
        try:
            done = run_program([vale.path.absolute(), *command], allowed, folder=folder)
        except OSError as error:
            raise OnevoiceError(f"{vale} does not start: {error.strerror or error}.") from None
    if done.stopped_by == "memory":
        raise OnevoiceError(f"{vale} needs more than {(memory or 0) // 1_000_000} MB of memory. Try fewer entries.")
    if done.stopped_by:
        raise OnevoiceError(f"{vale} did not finish within {patience:.0f} seconds. Try fewer entries.")
    try:
        if done.code == 0:
            answer = read_alerts(json.loads(done.stdout))
            return {name: _parse_alerts(answer.get(name, ())) for name in texts}
        text = str(json.loads(done.stderr[done.stderr.index(b"{") :])["Text"])
    except (ValueError, KeyError, TypeError, RecursionError):
        text = done.stderr.decode("utf-8", "replace") or "it says nothing"
    raise ValeStopped(vale, " ".join(text.split())[:300])


def find_stopping_files(
    vale: Vale, styles: Mapping[str, bytes], name: str, end: float, memory: int | None = None
) -> dict[str, str]:
    """Which files of the style of this name stop Vale each by itself, and what it says then.

    One bad rule stops it for all. end: the moment of the monotonic clock at which to stop looking. Raises ValeStopped
    if there are too many to find, with what Vale says.
    """
    found: dict[str, str] = {}
    parts, runs = [list(styles)], 0
    while parts:
        part = parts.pop()
        if not part:
            continue
        runs += 1
        try:
            files = {path: styles[path] for path in part}
            patience = max(end - time.monotonic(), 1)
            run_style_trial(vale, files, [name], {"a.txt": "Nothing.\n"}, patience=patience, memory=memory)
        except ValeStopped as error:
            if runs >= limits.MAX_PROVE_RUNS or time.monotonic() > end:
                raise
            if len(part) == 1:
                found[part[0]] = error.why
            else:
                parts += [part[len(part) // 2 :], part[: len(part) // 2]]
    return found


def _parse_alerts(found: Sequence[Mapping[str, Any]]) -> list[Alert]:
    return sorted(Alert(one["Line"], one["Span"][0], one["Match"], one["Check"], one["Message"]) for one in found)
