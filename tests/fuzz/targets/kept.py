"""What is kept between runs or comes from another program: caches, manifest, stamp, baseline, Vale's answers.

Any bytes there, and nothing raises; and the answer is the true one, or the one of a run that finds nothing kept.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

from fuzz.shape import ROOT, TODAY, check_error, check_place, load_lexicon, make_scratch, use_scratch_cache
from onevoice import cache, program
from onevoice.engine import site as engine
from onevoice.errors import OnevoiceError
from onevoice.lint import baseline
from onevoice.output import Artifact, write_output
from onevoice.run import documents, lexicon
from onevoice.vale import batch
from onevoice.vale import run as vale
from onevoice.vale.resolve import Vale

SIGNS = [
    "[", "]", "{", "}", '"', ",", ":", "null", "1e999", "NaN", "-1", "[[[[[[[[", "../", "/etc", "\\u0000", "\\ud800",
    '"Check"', '"Line"', '"Span"', '"Match"', '"Severity"', '"Action"', '"Name"', '"Params"', '"Message"', '"Link"',
    '"Description"', '"replace"', '"remove"', '"Brand.lead"', '"a.md"', "- [", ", 1]", "# ", "\n", "\ufeff",
    "docs/a.md", '"key"', '"files"', '"index.html"', '"Code"', '"Path"', '"Text"', "E100", "E201", "panic: ", "\0",
    "4294967296",
]  # fmt: skip
_FILES = [documents.InputFile(f"{name}.md", text.encode()) for name, text in (
    ("a", "The buyer's journey.\n"), ("b", "We utilize an MQL.\n"), ("c", "Nothing.\n"), ("d", "A lead; 37% more.\n")
)]  # fmt: skip
_ARTIFACTS = [Artifact("docs/a.md", b"a"), Artifact("docs/b/c.md", b"c"), Artifact("d.txt", b"d")]
_ALERTS = {
    "a.md": [
        {"Action": {"Name": "replace", "Params": ["use"]}, "Span": [5, 10], "Check": "Voice.plain", "Description": "",
         "Link": "https://x", "Message": "Say it.", "Severity": "warning", "Match": "buyer's", "Line": 1}
    ],
    "b.md": [
        {"Action": {"Name": "", "Params": None}, "Span": [1, 2], "Check": "Onevoice.any", "Description": "d",
         "Link": "", "Message": "m", "Severity": "error", "Match": "We", "Line": 1}
    ],
}  # fmt: skip
_STOPPED = {"Line": 1, "Path": "a.md", "Text": "yaml: line 2", "Code": "E201", "Span": 1}


def list_seeds() -> list[bytes]:
    """What is kept, as it should be; the first byte says what it is."""
    entries = '# Known\n- ["a.md", "Brand.lead", "lead", "f00", 2]\n- ["b.md", "x", "", "", 1]\n'
    with _prepare():
        results, words = keep_results(), keep_lexicon()
    manifest = json.dumps(["docs/a.md", "docs/old.md", "x/y/z"]).encode()
    stamp = json.dumps({"key": "k", "files": {"index.html": [4, 1]}}).encode()
    answers = [b"\5\0" + json.dumps(_ALERTS).encode(), b"\5\2" + json.dumps(_STOPPED).encode(), b"\5\2panic: boom\n"]
    return [b"\0" + results, b"\1" + words[:3000], b"\2" + manifest, b"\3" + stamp, b"\4" + entries.encode(), *answers]


def check(data: bytes) -> None:
    """Raises for a fault."""
    kind, rest = (data[0] if data else 0) % len(_CHECKS), data[1:]
    with _prepare():
        _CHECKS[kind](rest)


@contextmanager
def _prepare() -> Iterator[None]:
    """Caches of our own, which few documents fill."""
    before = dict(os.environ)
    load_lexicon()
    use_scratch_cache()
    try:
        with mock.patch.object(documents, "CACHE_MIN_FILES", 2):
            yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _read_entry(section: str) -> tuple[Path, bytes]:
    (entry,) = (cache.find_cache_folder() / section).iterdir()
    return entry, entry.read_bytes()


@functools.cache
def _find_truth() -> list[documents.CheckResult]:
    return documents.check_documents(_FILES, load_lexicon(), TODAY, remember=False)


@functools.cache
def keep_results() -> bytes:
    """The results cache of a run."""
    documents.check_documents(_FILES, load_lexicon(), TODAY)
    return _read_entry(documents.CACHE_SECTION)[1]


def check_results(data: bytes) -> None:
    """The results cache."""
    keep_results()
    entry, _ = _read_entry(documents.CACHE_SECTION)
    entry.write_bytes(data)
    assert documents.check_documents(_FILES, load_lexicon(), TODAY) == _find_truth(), "other results"
    assert documents.check_documents(_FILES, load_lexicon(), TODAY) == _find_truth(), "other results, kept"


@functools.cache
def keep_lexicon() -> bytes:
    """The lexicon of the repository's own handbook as it is kept."""
    lexicon.read_lexicon(ROOT)
    return _read_entry(lexicon.CACHE_SECTION)[1]


def check_lexicon(data: bytes) -> None:
    """The lexicon: where it is cut, or changed at some place, it is made again, or says the same."""
    whole = keep_lexicon()
    entry, _ = _read_entry(lexicon.CACHE_SECTION)
    # A whole one is larger than any input: an input is put over it somewhere.
    at = int.from_bytes(data[:3], "little") % (len(whole) + 1)
    cut = whole[:at] + data[4:] + (b"" if data[3:4] == b"\0" else whole[at + len(data[4:]) :])
    entry.unlink()
    entry.write_bytes(cut)
    made = {"build_lexicon": lambda folder, key, handbook: load_lexicon(), "load_handbook": lambda folder: (None, [])}
    with mock.patch.multiple(lexicon, **made):
        read = lexicon.read_lexicon(ROOT)
        found = documents.check_documents(_FILES, read, TODAY, remember=False)
    assert found == _find_truth(), "other words"
    for name in ("url", "voice", "terms", "facts", "days"):
        assert getattr(read, name) == getattr(load_lexicon(), name), f"another {name}"


def check_manifest(data: bytes) -> None:
    """The manifest of an output folder: everything is written, and nothing outside is touched."""
    root = make_scratch() / "tree"
    folder, manifest = root / "out", root / "out" / "manifest.json"
    folder.mkdir(parents=True, exist_ok=True)
    (root / "outside.txt").write_bytes(b"mine")
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs" / "mine.md").write_bytes(b"mine")
    manifest.write_bytes(data)
    write_output(folder, _ARTIFACTS, manifest)
    assert (root / "outside.txt").read_bytes() == b"mine", "a file outside is gone"
    for artifact in _ARTIFACTS:
        assert (folder / artifact.path).read_bytes() == artifact.data, f"{artifact.path} is not written"
    assert json.loads(manifest.read_bytes()) == sorted(one.path for one in _ARTIFACTS), "another manifest"
    assert not write_output(folder, _ARTIFACTS, manifest), "written twice, it differs"


def check_stamp(data: bytes) -> None:
    """The stamp of a site: what is no stamp makes a new site."""
    out = make_scratch() / "stamped"
    out.mkdir(exist_ok=True)

    def render(source: engine.SiteSource, folder: Path) -> list[str]:
        (folder / "index.html").write_bytes(b"page")
        return []

    def build() -> bool:
        return engine.build_site(source, "stub", lambda note: None)

    source: Any = SimpleNamespace(out=out)
    stub: Any = SimpleNamespace(render=render)
    with (
        mock.patch.object(engine, "_import_engine", lambda name: stub),
        mock.patch.object(engine, "_hash_source", lambda source, module: "k"),
    ):
        build()
        true = (out / engine.STAMP).read_bytes()
        for stamp in (true, data):
            (out / engine.STAMP).write_bytes(stamp)
            (out / "site" / "index.html").write_bytes(b"damaged")
            assert build(), "a damaged site stays"
        assert (out / "site" / "index.html").read_bytes() == b"page"
        assert json.loads((out / engine.STAMP).read_bytes()).keys() == json.loads(true).keys()
        assert not build(), "built twice"


def check_baseline(data: bytes) -> None:
    """A baseline is refused in one line, or says the same when it is written and read again."""
    try:
        read = baseline.parse_baseline("base.yaml", data.decode("utf-8", "replace"))
    except OnevoiceError as error:
        check_error("base.yaml", error)
        return
    assert baseline.parse_baseline("base.yaml", baseline.render_baseline(read.counts)).counts == read.counts
    diff = baseline.compare_baseline(read, [], {"a.md"}, lambda path: path == "b.md")
    baseline.report_stale_entries("base.yaml", read, diff.resolved_counts)


def check_vale(data: bytes) -> None:
    """What Vale says: a list of findings inside each document, or one line."""
    code, said = (data[0] if data else 0) % 4, data[1:]
    shown = [vale.ValeDocument(file.path, file.data.decode()) for file in _FILES]
    with fake_vale(code, b"" if code else said, said if code else b""):
        try:
            found = vale.run_vale(
                Vale(Path("vale"), "3.9.0", "PATH"), shown, styles={"Voice/plain.yml": b"extends: existence\n"}
            )
        except OnevoiceError as error:
            assert len(str(error).splitlines()) == 1, error
            return
    assert len(found) == len(shown)
    for file, findings in zip(shown, found, strict=True):
        for finding in findings or ():
            assert finding.path == file.path
            check_place(file.text, finding)
            json.dumps([finding.match, finding.message, finding.link, finding.reason, *finding.replacements])


@contextmanager
def fake_vale(code: int, stdout: bytes, stderr: bytes) -> Iterator[None]:
    """Let Vale end with a code, and print this."""
    done = program.ProgramResult(code, stdout, stderr)
    with mock.patch.object(batch, "run_program", lambda *command, **options: done):
        yield


_CHECKS = (check_results, check_lexicon, check_manifest, check_stamp, check_baseline, check_vale)
