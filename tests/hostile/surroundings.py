"""Hostile surroundings: homes, paths, languages, clocks, folders, streams and limits that a process can be given."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from hostile.names import put_book
from hostile.trial import Case

GOOD = "good.md:1:4"
LONG = "a" * 5000
VARIABLES: dict[str, tuple[str | None, ...]] = {
    "HOME": (None, "", "none", "/dev/null", "/proc", LONG),
    "PATH": (None, "", ".", "none", "/dev/null", LONG),
    "LANG": ("", "xx_YY.none", "C", "tr_TR.UTF-8", LONG),
    "LC_ALL": ("C", "POSIX", "xx", "tr_TR.UTF-8", "C.UTF-8"),
    "TZ": ("", "none", "../../etc/passwd", "UTC-99", "A" * 500, ":/dev/null"),
    "TMPDIR": ("", "none", "/dev/null", "/proc", "\udcff", LONG),
    "XDG_CACHE_HOME": ("", "none", "/dev/null", "/proc"),
    "COLUMNS": ("", "0", "-1", "a", "9" * 30, "1"),
    "TERM": ("", "none", "dumb"),
    "NO_COLOR": ("", "1"),
    "FORCE_COLOR": ("1", "a"),
    "CI": ("true", ""),
    "ONEVOICE_CACHE": (
        "",
        "none",
        "/dev/null",
        "/dev/full",
        "/proc",
        "{here}/mkdocs.yml",
        "{here}/pipe",
        LONG,
        "\udcff",
    ),
    "ONEVOICE_TODAY": (
        "",
        " ",
        "0001-01-01",
        "9999-12-31",
        "2024-02-30",
        "today",
        "1" * 5000,
        "٢٠٢٤-٠١-٠١",
        "\udcff",
        "20240101",
        "2024-W01-1",
    ),
    "ONEVOICE_PROCESSORS": ("", "0", "1", "-1", "a", "²", "٣", "9" * 30, "9" * 5000, " 2 ", "2.5"),
    "ONEVOICE_HANDBOOK": ("", " ", "none", "/", "/dev/null", "{here}/mkdocs.yml", LONG, "\udcff"),
    "ONEVOICE_VALE": (
        "",
        " ",
        "none",
        "/dev/null",
        "/dev/zero",
        "/bin/true",
        "/bin/false",
        "/bin/cat",
        "/",
        "{here}/pipe",
        LONG,
        "\udcff",
    ),
    "GIT_DIR": ("none", "/dev/null", "/"),
    "GIT_CONFIG_COUNT": ("a", "99"),
    "GIT_EXTERNAL_DIFF": ("/bin/false",),
    "GITHUB_STEP_SUMMARY": ("/dev/full", "/", "none/none", "/dev/null"),
    "GITHUB_ACTIONS": ("true",),
    "PYTHONIOENCODING": ("ascii", "latin-1", "utf-16", "ascii:strict"),
    "PYTHONUTF8": ("0",),
    "PYTHONHASHSEED": ("0", "1"),
    "PYTHONWARNINGS": ("error",),
    "PYTHONDEVMODE": ("1",),
    "PYTHONOPTIMIZE": ("2",),
    "PYTHONCOERCECLOCALE": ("0",),
    "PYTHONUNBUFFERED": ("1",),
    "PYTHONINTMAXSTRDIGITS": ("0", "640"),
    "PYTHONSAFEPATH": ("1",),
    "PYTHONMALLOC": ("debug",),
    "VALE_CONFIG_PATH": ("/dev/zero", "none"),
    "VALE_STYLES_PATH": ("none",),
    "LS_COLORS": (LONG,),
    "SOURCE_DATE_EPOCH": ("a", "-1", "9" * 30),
    "PAGER": ("/bin/false",),
    "EDITOR": ("",),
    "_ONEVOICE_COMPLETE": ("bash_source", "none"),
    "NO_MKDOCS_2_WARNING": ("",),
}
# The verbs that read a variable.
VERBS = {
    "ONEVOICE_TODAY": (("check",), ("digest",), ("explain", "use"), ("build", "--dry-run")),
    "TMPDIR": (("lint", "drafts/good.md"),),
    "ONEVOICE_VALE": (("lint", "drafts/good.md"), ("doctor",), ("lint", "--require-vale", "drafts/good.md")),
    "ONEVOICE_HANDBOOK": (("check",), ("doctor",)),
    "ONEVOICE_CACHE": (("doctor",), ("check",)),
    "HOME": (("doctor",), ("check",), ("digest",)),
    "PATH": (("doctor",), ("digest",), ("impact",)),
    "GIT_DIR": (("digest",), ("impact",)),
    "GIT_CONFIG_COUNT": (("digest",), ("impact",)),
    "ONEVOICE_PROCESSORS": (("check",), ("build", "--dry-run")),
    "GITHUB_STEP_SUMMARY": (("lint", "--no-vale", "--format", "github", "drafts/good.md"),),
    "PYTHONIOENCODING": (("check",), ("explain", "use")),
    "COLUMNS": (("check",), ("--help",)),
    "TZ": (("digest",), ("check",)),
    "XDG_CACHE_HOME": (("doctor",),),
}
LIMITS = {
    "RLIMIT_NOFILE": (8, 16, 32),
    "RLIMIT_FSIZE": (0, 100),
    "RLIMIT_STACK": (2**18, 2**20),
    "RLIMIT_AS": (2**27, 2**28, 2**29),
    "RLIMIT_DATA": (2**26,),
    "RLIMIT_NPROC": (1,),
    "RLIMIT_CPU": (60,),
    "RLIMIT_MEMLOCK": (0,),
}
STREAMS: dict[str, tuple[str | None, str | None, str | None]] = {
    "no input": (None, "", ""),
    "no output": ("", None, ""),
    "no errors": ("", "", None),
    "none": (None, None, None),
    "no input, no output": (None, None, ""),
    "a full output": ("", "/dev/full", ""),
    "full errors": ("", "", "/dev/full"),
    "full both": ("", "/dev/full", "/dev/full"),
    "input of zeros": ("/dev/zero", "", ""),
    "input of noise": ("{here}/noise", "", ""),
    "an empty input": ("/dev/null", "", ""),
}


def fill(folder: Path) -> None:
    """A handbook and a draft."""
    put_book(lambda place: None)(folder)
    (folder / "drafts").mkdir()
    (folder / "drafts" / "good.md").write_text("We utilize it.\n")
    (folder / "noise").write_bytes(bytes(range(256)) * 100)
    os.mkfifo(folder / "pipe")


def set_up(name: str, command: tuple[str, ...], neighbor: str = "", **more: object) -> Case:
    """A case of one command in these surroundings."""
    exits = more.pop("exits", (0, 1, 2, 3))
    return Case(
        f"{name}: {' '.join(command)[:60]}",
        fill,
        command,
        "here",
        neighbor,
        exits,
        is_outside=True,
        shared=False,
        **more,
    )


def iter_cases() -> Iterator[Case]:
    """All of this family."""
    lint = ("lint", "--no-vale", "drafts/good.md")
    for variable, values in VARIABLES.items():
        for number, value in enumerate(values):
            shown = "none" if value is None else repr(value if len(value) < 30 else f"{value[:5]}...({len(value)})")
            neighbor = "" if variable in ("ONEVOICE_TODAY", "ONEVOICE_HANDBOOK", "_ONEVOICE_COMPLETE") else GOOD
            if variable == "PYTHONIOENCODING" and value == "utf-16":
                neighbor = ""
            yield set_up(f"{variable}={shown}", lint, neighbor, variables={variable: value})
            for command in VERBS.get(variable, ()):
                # What takes Python itself longer than what is tried: all of its digits, and each of our verbs.
                yield set_up(f"{variable}={shown} {number}", command, variables={variable: value})
    for limit, numbers in LIMITS.items():
        for number in numbers:
            for command in (lint, ("check",), ("build", "--dry-run"), ("lint", "drafts/good.md")):
                exits = (0, 1, 2, 3, 126, 127, -9, -11) if number in (8, 2**26, 2**27, 2**28, 2**18) else (0, 1, 2, 3)
                yield set_up(f"{limit}={number}", command, limits={limit: number}, exits=exits)
    for name, streams in STREAMS.items():
        for command in (
            lint,
            ("lint", "--no-vale", "-"),
            ("check",),
            ("explain", "use"),
            ("digest",),
            ("lint", "--no-vale", "--fix", "-"),
            ("lint", "--no-vale", "--format", "sarif", "drafts/good.md"),
            ("--help",),
            ("doctor",),
        ):
            if name == "input of zeros" and "-" not in command:
                continue
            yield set_up(name, command, streams=streams)
    for mask in (0o777, 0o000, 0o222):
        for command in (
            lint,
            ("check",),
            ("lint", "--no-vale", "--fix", "drafts/good.md"),
            ("baseline", "update", "--no-vale", "new.json", "drafts"),
            ("sign", "use", "--as", "sales"),
        ):
            yield set_up(f"umask {mask:03o}", command, umask=mask)
    for command in (
        ("lint", "--no-vale", "a.md"),
        ("lint", "--no-vale", "-"),
        ("check",),
        ("doctor",),
        ("explain", "use"),
        ("digest",),
        ("lint",),
        ("build",),
        ("--help",),
    ):
        yield Case(
            f"the folder is gone: {' '.join(command)}",
            lambda folder: None,
            command,
            "here",
            "",
            (0, 1, 2, 3),
            shared=False,
            is_outside=True,
            lost_folders=1,
        )
