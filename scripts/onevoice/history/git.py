"""Git's own program: only this module starts it. Only `start` writes, to a new repository."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from onevoice import limits, program
from onevoice.errors import EXIT_TOOL_MISSING, OnevoiceError

# In a hook, Git passes these on to the programs it starts; here the folder alone says which repository is meant.
# The others would change what Git prints, or clash with our options.
INHERITED_VARIABLES = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_IMPLICIT_WORK_TREE"),
    *("GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"),
)
GIT_VARIABLES = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    # No address can name a program (`ext::`).
    "GIT_ALLOW_PROTOCOL": "https:ssh:file",
}
# What someone's own settings would change in the output of a command that we read.
GIT_SETTINGS = {
    "core.quotePath": "false",
    "core.fsmonitor": "false",
    "core.bigFileThreshold": "512m",
    "color.ui": "false",
    "color.diff": "false",
    "diff.renames": "true",
    "diff.renameLimit": "1000",
    "diff.orderFile": "/dev/null",
    "log.showSignature": "false",
    "log.showRoot": "true",
    "log.diffMerges": "separate",
}
GIT_OPTIONS = (
    *("--no-pager", "--literal-pathspecs"),
    *(part for name, value in GIT_SETTINGS.items() for part in ("-c", f"{name}={value}")),
)


class NoHistory(OnevoiceError):
    """Git is not installed, or the folder is not in a repository that it can read."""


def run_git(folder: Path, *args: str, data: bytes = b"", seconds: float = limits.GIT_SECONDS) -> str:
    """What Git prints. Names in it that are not UTF-8 have surrogates (as in Python's file names).

    folder: where Git runs; paths in `args` are relative to it, and taken literally. data: Git's standard input.
    Use `-z` whenever Git lists paths. Raises NoHistory if there is no Git or no repository, and OnevoiceError if Git
    refuses or takes longer than `seconds`.
    """
    return run_git_bytes(folder, *args, data=data, seconds=seconds).decode("utf-8", "surrogateescape")


def run_git_bytes(folder: Path, *args: str, data: bytes = b"", seconds: float = limits.GIT_SECONDS) -> bytes:
    """The same as bytes."""
    environment = {name: value for name, value in os.environ.items() if name not in INHERITED_VARIABLES} | GIT_VARIABLES
    if not (git := program.find_program("git", os.environ)):
        missing = NoHistory("Git is not installed, so earlier versions are unknown. Install Git.")
        missing.exit_code = EXIT_TOOL_MISSING
        raise missing
    command = [str(git), *GIT_OPTIONS, *args]
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, input=data, capture_output=True, timeout=seconds, check=False
        )
    except OSError as error:
        if not Path(folder).is_dir():
            raise OnevoiceError(f"{folder}: there is no such folder. Check the path.") from None
        raise NoHistory(f"Could not start Git ({error.strerror}). Check the installation.") from None
    except subprocess.TimeoutExpired:
        raise OnevoiceError(f"{folder}: `git {args[0]}` took longer than {seconds} seconds. Try again.") from None
    if done.returncode:
        raise _explain_refusal(folder, args, done.stderr.decode("utf-8", "replace"))
    return done.stdout


def _explain_refusal(folder: Path, args: Sequence[str], said: str) -> OnevoiceError:
    if "not a git repository" in said:
        return NoHistory(f"{folder} is not in a Git repository, so earlier versions are unknown.")
    if "dubious ownership" in said:
        return NoHistory(
            f"{folder}: Git refuses to read a repository that belongs to another user. "
            f"If you trust it, run `git config --global --add safe.directory {folder}`."
        )
    lines = [line for line in said.splitlines() if line.strip()]
    why = lines[0].removeprefix("fatal: ") if lines else "no reason given"
    return OnevoiceError(f"{folder}: `git {args[0]}` failed: {why}")


def find_repository_root(folder: Path) -> Path:
    """The topmost folder of the repository that a folder is in. Raises NoHistory if there is none."""
    return Path(os.fsdecode(run_git_bytes(folder, "rev-parse", "--show-toplevel").removesuffix(b"\n")))


def resolve_commit(folder: Path, rev: str) -> str:
    """The full name of the commit that `rev` (a hash, branch, tag, `HEAD~3` ...) names.

    Raises OnevoiceError if Git knows no such commit, and NoHistory as `run_git` does.
    """
    try:
        return run_git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{rev}^{{commit}}").strip()
    except NoHistory:
        raise
    except OnevoiceError:
        hint = (
            "This clone has only the latest commits; get the rest with `git fetch --unshallow`."
            if is_shallow_clone(folder)
            else "Use a commit, branch or tag that `git log` shows."
        )
        raise OnevoiceError(f"{rev}: no such commit in {folder}. {hint}") from None


def is_shallow_clone(folder: Path) -> bool:
    """Whether the repository has only the latest commits, as CI clones it."""
    return run_git(folder, "rev-parse", "--is-shallow-repository").strip() == "true"


def read_blobs(folder: Path, objects: Iterable[str]) -> dict[str, bytes | None]:
    """What is in objects (hashes, or `<commit>:<path from the top>`), by their names, in one process.

    None for objects that Git does not have, and for paths with a line break in them.
    """
    found: dict[str, bytes | None] = dict.fromkeys(objects)
    # `-z` would spare us the line breaks, but Git has it only since 2.38.
    names = [name for name in found if "\n" not in name]
    if not names:
        return found
    asked = "".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape")
    answer = run_git_bytes(folder, "cat-file", "--batch", data=asked)
    at = 0
    for name in names:
        end = answer.index(b"\n", at)
        head = answer[at:end]
        at = end + 1
        if head.endswith((b" missing", b" ambiguous")):
            continue
        size = int(head.rsplit(b" ", 1)[1])
        found[name] = answer[at : at + size]
        at += size + 1
    return found
