"""Any style over any texts, by the real Vale, in a temporary folder: for those who test a style."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.program import ProgramLimits, run_program
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
    patience: float = limits.VALE_SECONDS,
) -> dict[str, list[Alert]]:
    """What the styles of these names say of each text, in reading order.

    styles: what a StylesPath holds, as path and bytes. texts: file name -> what is in it.
    settings: further lines of Vale's configuration. patience: in seconds.
    Raises OnevoiceError, in one line, if Vale does not start or finish, and ValeStopped if it stops.
    """
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
            (folder / name).write_text(text, "utf-8", newline="")
        command = ["--config=vale.ini", "--no-global", "--output=JSON", "--no-exit", *sorted(texts)]
        try:
            done = run_program([vale.path.absolute(), *command], ProgramLimits(patience, output=1 << 28), folder=folder)
        except OSError as error:
            raise OnevoiceError(f"{vale} does not start: {error.strerror or error}.") from None
    if done.stopped_by:
        raise OnevoiceError(f"{vale} did not finish within {patience:g} seconds.")
    try:
        if done.code == 0:
            return {name: _parse_alerts(json.loads(done.stdout).get(name, ())) for name in texts}
        text = json.loads(done.stderr[done.stderr.index(b"{") :])["Text"]
    except (ValueError, KeyError):
        text = done.stderr.decode("utf-8", "replace")
    raise ValeStopped(vale, " ".join(text.split())[:300])


def find_stopping_files(vale: Vale, styles: Mapping[str, bytes], names: Sequence[str]) -> dict[str, str]:
    """Which files of these styles stop Vale each by itself, and what it says then: one bad rule stops it for all."""
    try:
        run_style_trial(vale, styles, names, {"a.txt": "Nothing.\n"})
    except ValeStopped as error:
        if len(styles) == 1:
            return dict.fromkeys(styles, error.why)
    else:
        return {}
    paths = list(styles)
    halves = paths[: len(paths) // 2], paths[len(paths) // 2 :]
    found: dict[str, str] = {}
    for half in halves:
        part = {path: styles[path] for path in half}
        found |= find_stopping_files(
            vale, part, [name for name in names if any(path.startswith(f"{name}/") for path in part)]
        )
    return found


def _parse_alerts(found: Sequence[Mapping[str, Any]]) -> list[Alert]:
    return sorted(Alert(one["Line"], one["Span"][0], one["Match"], one["Check"], one["Message"]) for one in found)
