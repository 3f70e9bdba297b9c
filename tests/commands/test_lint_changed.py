"""After a change of the program, a lint with a warm cache finds at once what the changed program finds."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "scripts" / "onevoice"
TERMS = "terms:\n  - {id: use, preferred: use, definition: d, part_of_speech: verb, avoid: [utilize]}\n"
BRAND = "brand: {name: Acme, audiences: [customers, partners]}\n"
# What is added to a file of the program, and the rule whose findings it takes away.
CHANGES = {
    "a rule": ("lint/rules/unknown_reader.py", "def check(draft, facts):\n    return ()\n", "unknown-reader"),
    "what a rule knows": ("lint/rules/unknown_reader.py", "def read(handbook):\n    return {}\n", "unknown-reader"),
    "a reader": (
        "prose/markdown.py",
        "whole = read\ndef read(path, source):\n    return whole(path, '')\n",
        "Brand.use",
    ),
    "a file of run/": (
        "run/documents.py",
        "whole = check_prose\ndef check_prose(file, prose, lexicon, today, excerpts):\n"
        "    findings = whole(file, prose, lexicon, today, excerpts).findings\n"
        "    return CheckResult([one for one in findings if one.rule != 'Brand.use'])\n",
        "Brand.use",
    ),
    "the records": ("handbook/handbook.py", "Handbook.list_approved = lambda self, kind: []\n", "Brand.use"),
}


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """A folder with a copy of the program."""
    folder = tmp_path_factory.mktemp("program")
    shutil.copytree(PACKAGE, folder / "onevoice", ignore=shutil.ignore_patterns("__pycache__", "sample"))
    return folder


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A handbook, and so many documents that what is found in them is kept."""
    folder = tmp_path_factory.mktemp("book")
    for name, text in (("terminology/terms.yaml", TERMS), ("content/brand.yaml", BRAND)):
        (folder / name).parent.mkdir()
        (folder / name).write_text(text)
    (folder / "docs").mkdir()
    for number in range(25):
        (folder / "docs" / f"{number}.md").write_text(f"---\naudience: custmers\n---\n\nWe utilize {number}.\n")
    return folder


def lint(program: Path, book: Path) -> dict[str, int]:
    """How often each rule is found."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ONEVOICE_", "GITHUB_"))}
    own = {"PYTHONPATH": os.pathsep.join([str(program), *sys.path]), "ONEVOICE_CACHE": str(book / ".cache")}
    # Python itself would take a compiled file for that of a source with the same size and time.
    env = {**kept, **own, "PYTHONDONTWRITEBYTECODE": "1", "ONEVOICE_TODAY": "2026-11-22"}
    command = [sys.executable, "-m", "onevoice", "lint", "--no-vale", "--format", "json", "docs"]
    done = subprocess.run(command, cwd=book, env=env, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    found = [one["rule"] for one in json.loads(done.stdout)]
    return {rule: found.count(rule) for rule in found}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen_at_once(program, book, change):
    name, code, rule = CHANGES[change]
    path = program / "onevoice" / name
    source = path.read_bytes()
    whole = {"Brand.use": 25, "unknown-reader": 25}
    assert lint(program, book) == whole
    path.write_bytes(source + f"\n\n{code}".encode())
    try:
        changed = lint(program, book)
        assert rule not in changed
        assert lint(program, book) == changed
    finally:
        path.write_bytes(source)
    assert lint(program, book) == whole
