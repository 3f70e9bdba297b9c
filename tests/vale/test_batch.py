"""One file at which Vale stops takes no style from others: few more runs, in bounded time, and each file says why."""

import os
import sys
from pathlib import Path

import pytest

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.vale.resolve import Vale
from onevoice.vale.run import ValeDocument, run_vale

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stands in for Vale with a Python script")

STYLES = {"Voice/hype.yml": b"extends: existence\nmessage: No.\nlevel: warning\ntokens: [awesome]\n"}
# Finds the word in every file, and does to each with a certain word in it what a test says.
STAND_IN = """#!{python}
import json, os, pathlib, sys, time
with open({log!r}, "a") as log:
    log.write("run\\n")
answer = {{}}
for name in sys.argv[1:]:
    if name.startswith("--"):
        continue
    text = pathlib.Path(name).read_text()
    if "killing" in text:
        os.kill(os.getpid(), 9)
    if "panicking" in text:
        sys.exit("panic: runtime error: out of luck")
    if "sleeping" in text:
        time.sleep(60)
    if "spinning" in text:
        while True:
            pass
    if "eating" in text:
        sys.exit("fatal error: runtime: out of memory")
    if "shouting" in text:
        print("a" * 10_000_000)
    if "lying" in text:
        print("[]")
    if "naming" in text:
        sys.exit(json.dumps({{"Path": os.path.abspath(name), "Text": "yaml: no", "Line": 1}}))
    alert = {{"Check": "Voice.hype", "Severity": "warning", "Match": "awesome", "Message": "No.", "Link": "",
             "Description": "", "Line": 1, "Span": [1, 7], "Action": {{"Name": "", "Params": None}}}}
    answer[name] = [alert]
print(json.dumps(answer))
"""


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """A Vale for tests, in short time; how often it ran is in a file."""
    for name, value in {"VALE_START_SECONDS": 1, "VALE_RETRY_SECONDS": 1, "VALE_OUTPUT": 1_000_000}.items():
        monkeypatch.setattr(limits, name, value)
    monkeypatch.setenv("ONEVOICE_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    program = tmp_path / "vale"
    program.write_text(STAND_IN.format(python=sys.executable, log=str(tmp_path / "log")))
    program.chmod(0o755)
    return Vale(program, "3.22.0", "a test")


def check(vale: Vale, *texts: str, **options) -> list[str | None]:
    """The rule of the first finding on each file, or its message if it was not checked."""
    documents = []
    for number, text in enumerate(texts):
        Path(f"{number}.md").write_text(text)
        documents.append(ValeDocument(f"{number}.md", text))
    found = run_vale(vale, documents, styles=STYLES, **options)
    return [_describe_findings(each) for each in found]


def _describe_findings(found: list | None) -> str | None:
    if not found:
        return None if found is None else ""
    return found[0].message if found[0].rule == "file" else found[0].rule


def count_runs(tmp_path) -> int:
    return (tmp_path / "log").read_text().count("run")


GOOD, FINE = "awesome", "Voice.hype"
CAUSES = {
    "killing": "Vale stops at this file: ",
    "panicking": "panic: runtime error: out of luck",
    "sleeping": "did not finish within",
    "spinning": "did not finish within",
    "eating": "needs more than",
    "shouting": "takes more than 1 MB",
    "lying": "its answer is damaged",
    "naming": "Vale cannot read the front matter (yaml: no)",
}


@pytest.mark.parametrize("cause", CAUSES)
def test_the_cause_alone_is_not_checked(tmp_path, stand_in, cause):
    first, bad, *rest = check(stand_in, GOOD, cause, GOOD, GOOD, GOOD)
    assert [first, *rest] == [FINE] * 4
    assert bad.startswith("Style was not checked here: ") and CAUSES[cause] in bad
    assert count_runs(tmp_path) <= 8


@pytest.mark.parametrize("cause", ["sleeping", "naming", "shouting"])
def test_a_single_file_that_is_the_cause_says_so_too(stand_in, cause):
    (alone,) = check(stand_in, cause)
    assert CAUSES[cause] in alone


def test_a_vale_that_stops_whatever_it_reads_is_told_once(stand_in):
    stand_in.path.write_text(stand_in.path.read_text().replace('"panicking" in text', "True"))
    with pytest.raises(OnevoiceError, match="out of luck"):
        check(stand_in, GOOD, GOOD)


def test_few_causes_among_many_files_take_few_runs(tmp_path, stand_in):
    texts = ["panicking" if number in (7, 150) else GOOD for number in range(200)]
    found = check(stand_in, *texts)
    assert [number for number, one in enumerate(found) if one != FINE] == [7, 150]
    assert count_runs(tmp_path) <= 40


def test_many_causes_take_no_more_runs_than_allowed(tmp_path, stand_in, monkeypatch):
    monkeypatch.setattr(limits, "MAX_VALE_RETRIES", 10)
    found = check(stand_in, *["panicking"] * 60)
    assert all("Style was not checked here: " in one for one in found)
    assert any("its limit of 10 more starts of Vale" in one for one in found)
    assert count_runs(tmp_path) <= 12


def test_all_runs_together_have_a_limit_of_seconds(tmp_path, stand_in, monkeypatch):
    monkeypatch.setattr(limits, "VALE_SECONDS", 2)
    found = check(stand_in, *["sleeping", GOOD] * 8)
    assert any("its limit of 2 seconds" in one for one in found)
    assert count_runs(tmp_path) <= 4


def test_what_was_too_much_is_remembered_and_tried_again_on_demand(tmp_path, stand_in):
    texts = [GOOD, "spinning", GOOD]
    first = check(stand_in, *texts, remember=True)
    before = count_runs(tmp_path)
    second = check(stand_in, *texts, remember=True)
    assert count_runs(tmp_path) == before + 1
    assert second == [first[0], f"{first[1]} `--no-cache` tries again.", first[2]]
    check(stand_in, *texts)
    assert count_runs(tmp_path) > before + 3
    assert check(stand_in, GOOD, f"{GOOD} again", GOOD, remember=True) == [FINE] * 3


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"[" * 100_000, b'{"a": 1}', b"\xff"])
def test_a_damaged_memory_is_made_again(tmp_path, stand_in, data):
    check(stand_in, "panicking", GOOD, remember=True)
    for path in (tmp_path / "cache" / "style").iterdir():
        path.write_bytes(data)
    assert check(stand_in, "panicking", GOOD, remember=True)[1] == FINE


UNCERTAIN = "---\ntitle: !!int naming\n---\n"


def test_front_matter_that_cannot_be_read_takes_no_run(tmp_path, stand_in):
    found = check(stand_in, GOOD, *["---\ntitle: [naming\n---\n"] * 20, GOOD)
    assert [found[0], found[-1]] == [FINE] * 2
    assert all("Vale cannot read it (" in one for one in found[1:-1])
    assert count_runs(tmp_path) == 2, "one for the files, one for the copies"


def test_front_matter_that_is_found_unreadable_takes_few_runs(tmp_path, stand_in):
    texts = [GOOD, *[f"{UNCERTAIN}{number}" for number in range(20)], "---\ntitle: fine\n---\n", GOOD]
    found = check(stand_in, *texts, remember=True)
    assert [found[0], *found[-2:]] == [FINE] * 3
    assert all("Style was not checked in the front matter: " in one for one in found[1:-2])
    assert sum("Vale cannot read it (yaml: no). Fix its YAML." in one for one in found[1:-2]) == 1
    assert count_runs(tmp_path) == 3
    assert check(stand_in, *texts[:2], remember=True)[1] == found[1]
    assert count_runs(tmp_path) == 5, "one for the file, one for the copy"


def test_where_we_are_wrong_about_front_matter_all_is_left_out(tmp_path, stand_in):
    found = check(stand_in, GOOD, *["---\ntitle: naming\n---\n"] * 20, GOOD)
    assert [found[0], found[-1]] == [FINE] * 2
    assert all("Style was not checked in the front matter: " in one for one in found[1:-1])
    assert count_runs(tmp_path) == 3


def test_large_documents_go_in_several_runs(tmp_path, stand_in, monkeypatch):
    monkeypatch.setattr(limits, "VALE_BATCH_BYTES", 100)
    assert check(stand_in, *[f"{GOOD}{'.' * 60}"] * 5) == [FINE] * 5
    assert count_runs(tmp_path) == 5


def test_a_name_that_is_not_utf_8_is_checked(tmp_path, stand_in):
    name = os.fsdecode(b"caf\xe9.md")
    try:
        Path(name).write_text(GOOD)
    except OSError:
        pytest.skip("this file system has names in UTF-8 only")
    ((found,),) = run_vale(stand_in, [ValeDocument(name, GOOD)], styles=STYLES)
    assert (found.rule, found.path) == (FINE, name)


def test_a_document_without_a_copy_is_named(tmp_path, stand_in):
    documents = [ValeDocument(f"{'a' * length}.md", GOOD, replacement_text=GOOD) for length in (300, 3)]
    first, second = run_vale(stand_in, documents, styles=STYLES)
    assert first[0].message.startswith("Style was not checked here: no copy of it could be made")
    assert second[0].rule == FINE


# --- with the real Vale: each of these takes it many seconds, or gigabytes --------------------------------------------

HOSTILE = {
    "braces": "{" * 40_000,
    "open macros": "{{ " * 20_000,
    "quotation marks": ">" * 300_000,
    "ticks": " ".join("`" * (number % 1500 + 1) for number in range(1470)),
    "attributes": "{:" * 20_000,
    "brackets": "[" * 100_000,
    "stars": "*a " * 20_000,
    "tags": "<a " * 20_000,
    "lists": "- " * 20_000,
    "one line": "word " * 60_000,
    "findings": "awesome " * 20_000,
    "tables": "|a" * 20_000,
    "headings": "# a\n" * 20_000,
    "entities": "&amp" * 20_000,
    "comments": "<!-- " * 20_000,
    "images": "![" * 20_000,
    "links": "[a](" * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_neighbors_of_a_text_that_is_slow_for_vale_are_checked(vale, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    found = check(vale, "So awesome.\n", f"{HOSTILE[name]}\n", "So awesome.\n")
    assert (found[0], found[2]) == (FINE, FINE)
    assert found[1] is not None, "it is checked, or it says why not"
