"""Persons in exports stay out of all that is made of them: files to commit, pages, API, feeds, caches, the digest."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from canaries import iter_files
from handbooks import build
from onevoice.commands import cli
from onevoice.errors import OnevoiceError
from repository import Repository
from tables import exports
from tables.test_canaries import CANARIES, EXPORTS

PERSON = re.compile(r"zoe[ ._-]?quaxly|quaxly|5550123|203\.0\.113|00q5g")


def iter_leaks(folder: Path) -> Iterator[str]:
    """Where a canary is in the files below a folder, in their names, or in what they pack."""
    for name, data in iter_files(folder):
        for text in (data.decode("utf-8", "replace"), data.decode("utf-16-le", "replace")):
            if found := PERSON.search(f"{name}\n{text}".casefold()):
                yield f"{name}: {found[0]}"


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(cli, [*map(str, arguments)], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.stdout + result.stderr


def plant(text: str, column: int, canary: str) -> str:
    """An export with a canary in one column of all rows."""
    rows = exports.list_rows(text)
    header = next(at for at, row in enumerate(rows) if len(row) > 1 and not row[0].startswith("#"))
    for row in rows[header + 1 :]:
        if column < len(row):
            row[column] = canary
    return exports.write(rows)


def iter_planted() -> Iterator[tuple[str, str]]:
    for name, text in EXPORTS.items():
        for column in range(max(map(len, exports.list_rows(text)))):
            yield name, plant(text, column, CANARIES[column % len(CANARIES)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Iterator[Path]:
    """A handbook to which every export was added with a canary in each column, after a build of its internal site."""
    base = tmp_path_factory.mktemp("strangers")
    folder, inbox = base / "handbook", base / "inbox"
    (folder / "content" / "metrics").mkdir(parents=True)
    inbox.mkdir()
    forms = exports.CONTENT["forms"].replace("type: area", "type: area, quotes: pain")
    for kind, text in {**exports.CONTENT, "forms": forms}.items():
        (folder / "content" / f"{kind}.yaml").write_text(text)
    searches = "{title: t, kind: queries, name: Search, date: Day, counts: nothing}\n"
    (folder / "content" / "metrics" / "searches.yaml").write_text(searches)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("ONEVOICE_TODAY", "2026-11-29")
        patch.setenv("ONEVOICE_CACHE", str(base / "cache"))
        added = 0
        for number, (name, text) in enumerate(iter_planted()):
            path = inbox / f"{number}-{name}"
            path.write_text(text)
            try:
                told = run("data", "add", path)
            except OnevoiceError as error:
                told = str(error)
            else:
                added += 1
            assert not PERSON.search(told.casefold()), told
        assert added > number / 2
        (folder / "digest.md").write_text(run("digest", "--since", "2026-11-01"))
        Repository(folder).commit("2026-11-29", {})
        assert build(folder, today="2026-11-29").return_value == 0
        yield folder


def test_nobody_is_on_a_page_or_in_a_file(folder):
    metrics = [path.name for path in (folder / "content" / "metrics").glob("*.csv")]
    assert {"assets-2026.csv", "handoffs-2026.csv"} <= {*metrics}
    assert list((folder / "content" / "quotes").glob("*.csv"))
    site = folder / "build" / "site"
    assert "They never call" in (site / "messaging" / "pains" / "index.html").read_text("utf-8")
    names = {path.relative_to(site).as_posix() for path in site.rglob("*")}
    assert {"api/assets.json", "news/feed.json", "news/atom.xml", "search/search_index.json"} <= names
    assert list(iter_leaks(folder)) == []
    assert list(iter_leaks(folder.parent / "cache")) == []


def test_a_seeded_leak_is_seen(folder, monkeypatch):
    """Both by this test's own eyes, on the page, and by the check of what is committed."""
    quotes = next((folder / "content" / "quotes").glob("*.csv"))
    before = quotes.read_bytes()
    monkeypatch.chdir(folder)
    try:
        quotes.write_bytes(before.replace(b"They never call", b"They never call zoe.quaxly@example.com"))
        told = run("data", "check")
        assert f"{quotes.name}:2:1  error  this quote may have an email address" in told
        assert not PERSON.search(told.casefold())
        assert list(iter_leaks(folder / "content")) == [f"quotes/{quotes.name}: zoe.quaxly"]
    finally:
        quotes.write_bytes(before)
