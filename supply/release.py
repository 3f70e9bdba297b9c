"""Make a release: `make release VERSION=0.2.0` sets the version, dates the changelog, commits both and tags the commit.

Nothing leaves this machine: the last line says what to push. Refused, with nothing changed: a version that isn't newer
than the last tag, a tree with uncommitted changes, another branch than main, a changelog that tells of nothing new.
"""

from __future__ import annotations

import argparse
import datetime
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BRANCH, CHANGELOG, UNRELEASED = "main", "CHANGELOG.md", "## [Unreleased]\n"
_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
# What says the version, by file: the text before it, and after it.
PLACES = {
    "scripts/onevoice/__init__.py": [('__version__ = "', '"')],
    "templates/lint.yml": [("default: onevoice==", "\n")],
    "README.md": [("    rev: v", "\n"), ("ferrywell/handbook@v", "\n"), ("ferrywell/handbook/lint@", "\n")],
}


class ReleaseError(Exception):
    """Why there is no release."""


def parse_version(text: str) -> tuple[int, ...]:
    """The numbers of a version. Raises ReleaseError if it is none."""
    found = _VERSION.fullmatch(text)
    if not found:
        raise ReleaseError(f"`{text}` is no version. Write three numbers, such as 1.2.0.")
    return tuple(map(int, found.groups()))


def date_changelog(text: str, version: str, today: datetime.date) -> str:
    """The changelog with what is unreleased under a version. Raises ReleaseError if that is nothing."""
    before, head, rest = text.partition(UNRELEASED)
    entries, again, older = rest.partition("\n## [")
    # Until the first release, a sentence says which one it will be.
    entries = re.sub(r"\nThis will be .*\n", "", entries)
    if not head or not re.search(r"^- ", entries, re.M):
        raise ReleaseError(f"{CHANGELOG} has no entry under [Unreleased]. Say what users will notice.")
    return f"{before}{head}\n## [{version}] - {today.isoformat()}\n{entries}{again}{older}"


def replace_version(text: str, version: str, marks: list[tuple[str, str]], name: str) -> str:
    """The text with another version between each pair of marks. Raises ReleaseError if one is missing."""
    for before, after in marks:
        pattern = f"(?<={re.escape(before)}){_VERSION.pattern}(?={re.escape(after)})"
        text, count = re.subn(pattern, version, text)
        if not count:
            raise ReleaseError(f"{name}: no version after `{before.strip()}`. Tell supply/release.py where it is now.")
    return text


def make_release(root: Path, version: str, today: datetime.date, say: Callable[[str], None]) -> None:
    """Write, commit and tag. Raises ReleaseError, with nothing changed."""

    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
        if done.returncode:
            raise ReleaseError(f"git {arguments[0]}: {done.stderr.strip()}")
        return done.stdout.strip()

    new = parse_version(version)
    if git("status", "--porcelain"):
        raise ReleaseError("There are changes that aren't committed. Commit them, or put them aside (git stash).")
    if (branch := git("rev-parse", "--abbrev-ref", "HEAD")) != BRANCH:
        raise ReleaseError(f"This is the branch {branch}. Release from {BRANCH}.")
    tags = [tag for tag in git("tag", "--list", "v*").split() if _VERSION.fullmatch(tag[1:])]
    last = max((parse_version(tag[1:]) for tag in tags), default=None)
    if last and new <= last:
        raise ReleaseError(f"{version} isn't newer than {'.'.join(map(str, last))}, the last release.")
    texts = {name: replace_version((root / name).read_text("utf-8"), version, PLACES[name], name) for name in PLACES}
    texts[CHANGELOG] = date_changelog((root / CHANGELOG).read_text("utf-8"), version, today)
    for name, text in texts.items():
        (root / name).write_text(text, "utf-8")
    git("commit", "--quiet", "-m", f"Release {version}", "--", *texts)
    git("tag", "--annotate", f"v{version}", "-m", f"onevoice {version}")
    say(f"Committed and tagged v{version}. To publish it: git push --atomic origin {BRANCH} v{version}")


def main() -> int:
    """2 if there is no release."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("version")
    try:
        make_release(ROOT, parser.parse_args().version, datetime.date.today(), print)
    except ReleaseError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
