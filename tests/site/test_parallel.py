"""A large handbook is built by two processes: the same bytes, the same complaints, and never half a site."""

import os
import sys
import time
from pathlib import Path

import pytest

from handbooks import build, copy
from onevoice import process
from onevoice.engine import parallel
from onevoice.errors import OnevoiceError
from onevoice.run import build as large_builds

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies a process")


def tree(folder: Path) -> dict[str, bytes]:
    """What was built, but for the times of building, which gzip keeps."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".gz")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def folder(tmp_path):
    return copy(tmp_path)


@pytest.fixture
def large(monkeypatch):
    """Every handbook counts as large. The list of the copies that were made."""
    made = []
    start = process.Worker.__init__

    def count(self, work, *given):
        made.append(work)
        start(self, work, *given)

    monkeypatch.setattr(process.Worker, "__init__", count)
    monkeypatch.setattr(process, "can_fork", lambda: True)
    monkeypatch.setattr(parallel, "MIN_PAGES", 1)
    monkeypatch.setattr(large_builds, "PARALLEL_RECORDS", 1)
    return made


def failing(monkeypatch):
    """Each copy ends at once, without a word."""
    monkeypatch.setattr(process, "_run_work", lambda into, work, given: os._exit(9))


@pytest.mark.parametrize("way", ["two", "the copy fails", "a plugin of their own"])
def test_two_processes_build_what_one_builds(built, folder, large, monkeypatch, way):
    if way == "the copy fails":
        failing(monkeypatch)
    if way == "a plugin of their own":
        (folder / "mkdocs.yml").write_text("hooks: [hook.py]\n")
        (folder / "hook.py").write_text("def on_page_content(html, **more):\n    return html\n")
    build(folder)
    assert len(large) == (1 if way == "a plugin of their own" else 3)
    assert tree(folder / "build" / "docs") == tree(built / "build" / "docs")
    assert tree(folder / "build" / "vale") == tree(built / "build" / "vale")
    assert tree(folder / "build" / "site") == tree(built / "build" / "site")


@pytest.mark.parametrize("fails", [False, True])
@pytest.mark.parametrize("part", [0.01, 0.99])
def test_what_mkdocs_complains_of_is_told_whoever_finds_it(folder, large, monkeypatch, part, fails):
    if fails:
        failing(monkeypatch)
    monkeypatch.setattr(parallel, "CONVERT_SHARE", part)
    (folder / "content" / "pages" / "new.md").write_text("See [that](nowhere.md).\n", "utf-8")
    with pytest.raises(OnevoiceError, match=r"nowhere\.md") as error:
        build(folder)
    assert str(error.value).count("link 'nowhere.md'") == 1
    assert not (folder / "build" / "site").exists()


def test_a_page_that_cannot_be_made_fails_the_build(folder, large, monkeypatch):
    def broken(view):
        raise OnevoiceError("this page cannot be made")
        yield

    monkeypatch.setattr("onevoice.site.glossary.render", broken)
    with pytest.raises(OnevoiceError, match="cannot be made"):
        build(folder)
    assert not (folder / "build").exists()


def test_a_copy_that_is_not_wanted_any_more_ends(tmp_path):
    sign = tmp_path / "sign"

    def work():
        sign.write_text(str(os.getpid()))
        time.sleep(600)
        return b""

    with pytest.raises(KeyboardInterrupt), process.Worker(work):
        while not (sign.is_file() and sign.read_text()):
            time.sleep(0.01)
        raise KeyboardInterrupt
    with pytest.raises(ProcessLookupError):
        os.kill(int(sign.read_text()), 0)


def test_each_thing_is_taken_once():
    turns, names = process.WorkSplitter(), [f"page {number}" for number in range(1000)]
    copy = process.Worker(lambda: "\n".join(filter(turns.claim_item, names)).encode())
    ours = list(filter(turns.claim_item, names))
    theirs = copy.result().decode().split("\n")
    assert sorted([*ours, *filter(None, theirs)]) == sorted(names)


def test_one_processor_makes_no_copy(monkeypatch):
    monkeypatch.setenv("ONEVOICE_PROCESSORS", "1")
    assert not process.can_fork()
