"""Follows a page of the tool's documentation word for word, as a reader with a terminal and an editor would.

A block of `sh` is run, one command after another, in the folder that the last one was left in. A block after "Save this
as `NAME`:" is that file, and one after "Add this to the end of `NAME`:" goes there. A block of `text` is what the
last command said, line by line, with anything in between; that command may fail.
"""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
_SAVE = re.compile(r"[Ss]ave\s+this\s+as\s+`([^`]+)`:\s*\Z")
_ADD = re.compile(r"Add\s+this\s+to\s+the\s+end\s+of\s+`([^`]+)`:\s*\Z")
# What a shell leaves behind, for the next block to begin with.
_AFTER = '\ncode=$?; pwd > "$STATE/pwd"; export -p > "$STATE/env"; exit $code\n'


class Step(NamedTuple):
    """One thing to do. kind: run, save, add or expect. target: the file of a block that is saved or added."""

    kind: str
    text: str
    target: str = ""


def list_steps(page: str) -> list[Step]:
    """What a page tells its reader to do, in order. Blocks that it only shows are left out."""
    steps, last = [], 0
    for block in _BLOCK.finditer(page):
        before, (language, text) = page[last : block.start()], block.groups()
        last = block.end()
        if saved := _SAVE.search(before):
            steps.append(Step("save", text, saved[1]))
        elif added := _ADD.search(before):
            steps.append(Step("add", text, added[1]))
        elif language in ("sh", "text"):
            steps.append(Step("run" if language == "sh" else "expect", text))
    return steps


def follow_page(page: str, folder: Path, environ: Mapping[str, str], state: Path) -> None:
    """Do what a page says, in a folder. state: an empty folder of ours. Raises AssertionError for what isn't so."""
    steps = list_steps(page)
    here, said = folder, ""
    (state / "env").touch()
    for at, step in enumerate(steps):
        if step.kind in ("save", "add"):
            path = here / step.target
            path.write_text((path.read_text("utf-8") if step.kind == "add" else "") + step.text, "utf-8")
        elif step.kind == "run":
            may_fail = at + 1 < len(steps) and steps[at + 1].kind == "expect"
            script = f". \"$STATE/env\"; set -e; trap '{_AFTER.strip()}' EXIT\n{step.text}"
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-c", script], cwd=here, env={**environ, "STATE": str(state)},
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=500, check=False,
            )  # fmt: skip
            said = done.stdout.decode("utf-8", "replace")
            assert done.returncode == 0 or may_fail, f"{step.text}\n{said}"
            assert "Traceback" not in said, said
            here = Path((state / "pwd").read_text("utf-8").rstrip("\n"))
        else:
            place = 0
            flat = " ".join(said.split())
            for line in step.text.splitlines():
                wanted = " ".join(line.split())
                found = flat.find(wanted, place)
                assert found >= 0, f"not said, or not there: {line}\n{said}"
                place = found + len(wanted)


def make_environ(home: Path) -> dict[str, str]:
    """The environment of a reader: a home folder of their own, a name for Git, no variables of ours."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("GIT_", "ONEVOICE_", "XDG_", "VIRTUAL_ENV", "PYTHONPATH"))}  # fmt: skip
    who = {f"GIT_{who}_{what}": "reader@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    places = {"HOME": str(home), "PRE_COMMIT_HOME": str(home / "pre-commit"), "GIT_CONFIG_GLOBAL": os.devnull}
    return {**kept, **who, **places}
