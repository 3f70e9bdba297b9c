"""What a hostile input is, how it is tried, and when it holds.

An input holds if the command ends within 10 seconds and 500 MB, with an exit code that is documented and without a
traceback, and if what is wrong in the file next to it is reported all the same. Inputs share a run where that changes
nothing for them; if a run does not hold, each half of it is tried again, down to the input.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

# Of a process and all that it has waited for, and of the largest of them.
MAX_SECONDS, MAX_MEGABYTES = 10, 500
# A machine with much to do lets a command wait; one that hangs waits for ever.
MAX_WAIT = 60
FAULTS = (
    "Traceback (most recent call last)",
    "Fatal Python error",
    "Exception ignored in",
    "this is a fault in onevoice",
)
LAUNCH = Path(__file__).with_name("launch.py")
TERM = "terms:\n  - {id: use, preferred: use, definition: d, part_of_speech: verb, avoid: [{term: utilize, why: w}]}\n"
VOICE = (
    "voice:\n  summary: s\n  traits:\n    - {id: plain, we_are: plain, we_are_not: vague, why: w, vale: "
    "[{id: hype, extends: existence, message: No., level: error, tokens: [awesome]}]}\n"
)
# What stands in the file next to the hostile one, and the finding that must be reported.
GOOD, GOOD_FINDING = "We utilize it.\n", "good.md:1:4  error  Say"


@dataclass(frozen=True)
class Case:
    """One hostile input.

    name: says what is hostile. fill: puts it into a folder of its own. command: what is run; `{here}` is that folder.
    folder: where it is run: the folder of the handbook ("book"), or that of the input ("here"). neighbor: what must
    stand in the report; "" for nothing. exits: the exit codes that are right. shared: whether it may share a run.
    heavy: left out of the sample. streams: files for the standard ones, None for a closed one, "" for the usual.
    lost_folders: how many folders, from the one where it runs on, are deleted before. is_outside: its folder is not one
    of the handbook.
    """

    name: str
    fill: Callable[[Path], object] = lambda folder: None
    command: tuple[str, ...] = ("lint", "--no-vale", "--no-cache", "drafts")
    folder: str = "book"
    neighbor: str = GOOD_FINDING
    exits: tuple[int, ...] = (0, 1, 2)
    shared: bool = True
    heavy: bool = False
    variables: Mapping[str, str | None] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    umask: int | None = None
    streams: tuple[str | None, str | None, str | None] = ("", "", "")
    lost_folders: int = 0
    is_outside: bool = False

    def with_vale(self) -> Case:
        """The same, and style is checked, too."""
        return replace(self, command=tuple(part for part in self.command if part != "--no-vale"))


@dataclass(frozen=True)
class Outcome:
    """How a command ended, and what it said."""

    code: int
    stopped: bool
    left: bool
    processor_seconds: float
    seconds: float
    megabytes: float
    output: str
    errors: str


def launch(
    command: Sequence[str],
    folder: Path,
    variables: Mapping[str, str],
    *,
    streams: Sequence[str | None] = ("", "", ""),
    limits: Mapping[str, int] | None = None,
    umask: int | None = None,
    lost_folders: int = 0,
    seconds: float = MAX_WAIT,
) -> Outcome:
    """Run a program to its end. streams: as in Case."""
    with tempfile.TemporaryDirectory() as place:
        usual = (os.devnull, f"{place}/out", f"{place}/err")
        job = {
            "command": [*command],
            "folder": str(folder),
            "variables": {**variables},
            "streams": [
                given or standard if given is not None else None for given, standard in zip(streams, usual, strict=True)
            ],
            "limits": {**(limits or {})},
            "umask": umask,
            "lost_folders": lost_folders,
            "seconds": seconds,
        }
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-X", "utf8", str(LAUNCH)],
            input=json.dumps(job),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        said = [Path(path).read_bytes() if Path(path).exists() else b"" for path in usual[1:]]
    told = json.loads(done.stdout.splitlines()[-1])
    return Outcome(**told, output=said[0].decode("utf-8", "replace"), errors=said[1].decode("utf-8", "replace"))


def run_onevoice(
    arguments: Sequence[str], folder: Path, variables: Mapping[str, str | None] | None = None, **more: object
) -> Outcome:
    """Run `onevoice` as people do. variables: changes of the environment; None takes one away."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ONEVOICE_")}
    environment |= {"ONEVOICE_TODAY": "2026-11-21", "PYTHONDONTWRITEBYTECODE": "1"}
    for name, value in (variables or {}).items():
        if value is None:
            environment.pop(name, None)
        else:
            environment[name] = value
    return launch([sys.executable, "-m", "onevoice", *arguments], folder, environment, **more)


def explain_fault(outcome: Outcome, exits: Sequence[int], neighbor: str) -> str:
    """Why a command did not hold; "" if it did."""
    said = outcome.output + outcome.errors
    if outcome.stopped:
        return f"had to be stopped after {outcome.seconds:.0f} s ({outcome.processor_seconds:.0f} s of processor)"
    if outcome.code not in exits:
        last = next(iter(reversed(said.strip().splitlines())), "")
        return f"exit code {outcome.code}: {last[:300]}"
    for fault in FAULTS:
        if fault in said:
            return f"{fault}: {said.strip().splitlines()[-1][:300]}"
    if outcome.processor_seconds > MAX_SECONDS:
        return f"took {outcome.processor_seconds:.1f} s of processor"
    if outcome.megabytes > MAX_MEGABYTES:
        return f"took {outcome.megabytes:.0f} MB"
    if outcome.left:
        return "left a process behind"
    if neighbor and neighbor not in said:
        return f"the neighbor is not reported (exit code {outcome.code}): {outcome.errors.strip()[:300]}"
    return ""


def write_book(folder: Path, *, style: bool = False) -> Path:
    """A handbook with one word to avoid, and with `style` a rule for Vale."""
    (folder / "terminology").mkdir(parents=True)
    (folder / "terminology" / "good.yaml").write_text(TERM)
    (folder / "content").mkdir()
    if style:
        (folder / "content" / "voice.yaml").write_text(VOICE)
    (folder / "drafts").mkdir()
    (folder / "drafts" / "good.md").write_text(GOOD)
    return folder


@contextlib.contextmanager
def open_folder() -> Iterator[str]:
    """A folder that goes away whatever is in it: Python would give up on folders that are closed, or very deep."""
    place = tempfile.mkdtemp(prefix="hostile-")
    try:
        yield place
    finally:
        subprocess.run(["chmod", "-R", "u+rwX", place], check=False, stderr=subprocess.DEVNULL)
        subprocess.run(["rm", "-rf", place], check=False)


def try_cases(
    cases: Sequence[Case],
    cache: Path,
    build: Callable[[Path], Path] = write_book,
    variables: Mapping[str, str] | None = None,
) -> tuple[Outcome, str]:
    """Run what is the same command for all of these cases once; how it ended, and why it did not hold."""
    first = cases[0]
    with open_folder() as place:
        book = build(Path(place, "book"))
        heres = []
        for number, case in enumerate(cases):
            heres.append(Path(place, "here") if case.is_outside else book / "drafts" / f"c{number}")
            heres[-1].mkdir()
            case.fill(heres[-1])
        arguments = [part.replace("{here}", str(heres[0])).replace("{book}", str(book)) for part in first.command]
        given = {name: value and value.replace("{here}", str(heres[0])) for name, value in first.variables.items()}
        outcome = run_onevoice(
            arguments,
            book if first.folder == "book" else heres[0],
            {"ONEVOICE_CACHE": str(cache), **(variables or {}), **given},
            streams=[stream and stream.replace("{here}", str(heres[0])) for stream in first.streams],
            limits=first.limits,
            umask=first.umask,
            lost_folders=first.lost_folders,
        )
    return outcome, explain_fault(outcome, first.exits, first.neighbor)


def group_cases(cases: Iterable[Case], size: int) -> Iterator[list[Case]]:
    """The cases, those that may share a run together."""
    waiting: dict[object, list[Case]] = {}
    for case in cases:
        if not case.shared or case.heavy:
            yield [case]
            continue
        group = waiting.setdefault((case.command, case.neighbor, case.exits), [])
        group.append(case)
        if len(group) == size:
            yield [*group]
            group.clear()
    yield from (group for group in waiting.values() if group)


def find_failures(cases: Sequence[Case], cache: Path, *more: object) -> dict[str, str]:
    """The cases that do not hold, each with the reason."""
    _, fault = try_cases(cases, cache, *more)
    if not fault:
        return {}
    if len(cases) == 1:
        return {cases[0].name: fault}
    half = len(cases) // 2
    failures = find_failures(cases[:half], cache, *more) | find_failures(cases[half:], cache, *more)
    if failures or fault.startswith(("took", "had to be stopped")):
        return failures
    return {" + ".join(case.name for case in cases): f"only together: {fault}"}
