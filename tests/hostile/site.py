"""Handbooks that are built again and again: small ones, and what of a build must be equal and whole."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from handbooks import ROOT, TODAY
from hostile.trial import TERM

DEADLY = Path(__file__).with_name("deadly")
# What says when something was written, not what.
UNEQUAL = {".lock", "site.stamp"}
BROKEN = "terms:\n  - {id: use, colour: red}\n"


def write_handbook(folder: Path) -> Path:
    """A handbook of a few terms with a theme, drafts, a file for Word, and nothing that needs Git."""
    for name in ("terminology", "content/submissions", "content/pages"):
        (folder / name).mkdir(parents=True)
    (folder / "terminology" / "terms.yaml").write_text(TERM)
    (folder / "content" / "pages" / "guide.md").write_text("# Guide\n\nWe use words.\n")
    for number in range(4):
        (folder / "content" / "submissions" / f"draft{number}.md").write_text(f"We utilize {number} words.\n" * 40)
    return folder


def edit_handbook(folder: Path, word: str) -> None:
    """Change what many pages show."""
    (folder / "terminology" / "terms.yaml").write_text(
        TERM.replace("definition: d", f"definition: {word}")
        + f"  - {{id: {word}, preferred: {word}, definition: the {word}}}\n"
    )


def list_environment(cache: Path, **variables: str) -> dict[str, str]:
    """The environment of a run that does not find this machine's things."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ONEVOICE_")}
    paths = (str(DEADLY), str(ROOT / "scripts"))
    given = {
        "ONEVOICE_TODAY": TODAY,
        "ONEVOICE_CACHE": str(cache),
        "PYTHONPATH": os.pathsep.join(paths),
        "GIT_CEILING_DIRECTORIES": str(cache.parent),
    }
    return environment | given | variables


def start(folder: Path, arguments: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[str]:
    """A run of onevoice that goes on while we do something else."""
    return subprocess.Popen(
        [sys.executable, "-m", "onevoice", *arguments], cwd=folder, env={**environment}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip


def run(folder: Path, arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[int, str]:
    """Its exit code, and all that it said."""
    process = start(folder, arguments, environment)
    said, _ = process.communicate(timeout=300)
    return process.returncode, said


def kill(process: subprocess.Popen[str]) -> None:
    """End it and what it has started, at once."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def hash_tree(folder: Path) -> dict[str, str]:
    """A hash of each file below a folder. What is being written when a run dies is there as well."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in UNEQUAL
    }


def restore(folder: Path, copy: Path) -> None:
    """Make a folder what its copy is, with the times of its files."""
    shutil.rmtree(folder)
    shutil.copytree(copy, folder, symlinks=True)


def list_output(tree, options):
    """Of what is below build/ what a build with these options has written there."""
    inside = "".join(f"{option[2:]}/" for option in options)
    others = () if inside else ("public/", "offline/")
    return {path: data for path, data in tree.items() if path.startswith(inside) and not path.startswith(others)}


class Book:
    """A built handbook, and what is right after an edit."""

    def __init__(self, folder):
        self.folder, self.cache = folder / "book", folder / "cache"
        self.environment = list_environment(self.cache)
        write_handbook(self.folder)
        self.words = (f"word{number}" for number in itertools.count())
        self.quiet = folder / "quiet"

    def run(self, *command):
        return run(self.folder, command, self.environment)

    def edit(self):
        edit_handbook(self.folder, next(self.words))

    def build_quietly(self, *command):
        """The output of a build that nobody disturbs, of the records as they are now."""
        shutil.rmtree(self.quiet, ignore_errors=True)
        shutil.copytree(self.folder, self.quiet, ignore=shutil.ignore_patterns("build"))
        environment = list_environment(self.quiet.parent / "quiet-cache")
        code, said = run(self.quiet, command, environment)
        assert code == 0, said
        return hash_tree(self.quiet / "build")

    def check_output(self, command, number, *, is_mixed=False):
        """What a build has made is all that a quiet one makes.

        is_mixed: the other run changes what the build reads, or builds otherwise: the next build has to put it right.
        """
        if is_mixed:
            code, said = self.run(*command)
            assert code == 0, said
        wanted = list_output(self.build_quietly(*command), command[1:])
        now = list_output(hash_tree(self.folder / "build"), command[1:])
        differing = sorted(path for path in now.keys() | wanted.keys() if now.get(path) != wanted.get(path))
        assert not differing, f"round {number}: {differing[:9]}"
