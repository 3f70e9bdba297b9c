"""The tool's documentation, content/pages/tool-*.md: what it tells readers to do works, and its figures are right."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import starters
import tutorials
from onevoice.commands import cli
from onevoice.vale import package

ROOT = Path(__file__).parents[1]
PATHS = sorted((ROOT / "content" / "pages").glob("tool-*.md"))
PAGES = {path.stem.removeprefix("tool-"): path.read_text("utf-8") for path in PATHS}


@pytest.fixture
def reader(tmp_path):
    """The environment of a reader who has installed this onevoice."""
    binaries = tmp_path / "bin"
    binaries.mkdir()
    for name, module in (("onevoice", "-m onevoice"), ("python3", ""), ("pip", "-c pass")):
        (binaries / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {module} "$@"\n')
        (binaries / name).chmod(0o755)
    environ = tutorials.make_environ(tmp_path / "home")
    (tmp_path / "home").mkdir()
    (tmp_path / "state").mkdir()
    return {**environ, "PATH": f"{binaries}{os.pathsep}{environ['PATH']}", "PYTHONPATH": str(ROOT / "scripts")}


def start_handbook(folder: Path, environ: dict[str, str]) -> Path:
    command = ["onevoice", "init", "handbook", "--name", "Northlight", "--words", "solar panel = solar cell", "--yes"]
    subprocess.run(["env", *command], cwd=folder, env=environ, check=True, capture_output=True)
    return folder / "handbook"


@pytest.mark.slow
def test_the_tutorial_is_followed_word_for_word(tmp_path):
    """With nothing there but Python, Git, and our package where pip looks for packages."""
    home, state, folder = (tmp_path / name for name in ("home", "state", "my work"))
    for made in (home, state, folder):
        made.mkdir()
    environ = tutorials.make_environ(home)
    links = [str(starters.build_packages()), *environ.get("PIP_FIND_LINKS", "").split()]
    tutorials.follow_page(PAGES["tutorial"], folder, {**environ, "PIP_FIND_LINKS": " ".join(links)}, state)
    assert "solar panel" in (folder / "handbook" / "build" / "site" / "glossary" / "index.html").read_text("utf-8")
    found = [path for path in (folder / "handbook").rglob("*") if path.is_file() and b"Ferrywell" in path.read_bytes()]
    assert found == []


@pytest.mark.slow
def test_the_tasks_can_be_done_as_they_are_told(tmp_path, reader):
    folder = start_handbook(tmp_path, reader)
    tutorials.follow_page(PAGES["tasks"], folder, reader, tmp_path / "state")
    assert (folder / "terminology" / "words.yaml").is_file()


def test_what_a_page_says_is_what_is_compared(tmp_path, reader):
    state = tmp_path / "state"
    page = "Save this as `a.md`:\n\n```markdown\nx\n```\n\n```sh\ncd .\ncat a.md\n```\n\n```text\n{}\n```\n"
    tutorials.follow_page(page.format("x"), tmp_path, reader, state)
    for text, error in (("y", "not said"), ("x\nx", "not said")):
        with pytest.raises(AssertionError, match=error):
            tutorials.follow_page(page.format(text), tmp_path, reader, state)
    with pytest.raises(AssertionError, match="false"):
        tutorials.follow_page("```sh\nfalse\ntrue\n```\n", tmp_path, reader, state)
    tutorials.follow_page("```sh\nmkdir b\ncd b\nexport C=3\n```\n\n```sh\npwd\necho $C\n```\n\n```text\n/b\n3\n```\n",
                          tmp_path, reader, state)  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_every_command_that_a_page_names_is_accepted(name):
    pieces = re.findall(r"`(onevoice [^`\n]+)`", re.sub(r"^```.*?^```$", "", PAGES[name], flags=re.M | re.S))
    blocks = re.findall(r"^```sh\n(.*?)^```$", PAGES[name], re.M | re.S)
    pieces += [line for block in blocks for line in block.splitlines() if line.startswith("onevoice ")]
    for piece in pieces if name != "reference" else ():
        verb, *arguments = piece.split()[1:]
        command = cli.get_command(None, verb)
        assert command, piece
        if arguments and '"' not in piece:
            command.make_context(verb, arguments)


def test_the_reference_is_what_the_program_says():
    sys.path.insert(0, str(ROOT / "supply"))
    try:
        import reference
    finally:
        sys.path.pop(0)
    assert PAGES["reference"] == reference.render_reference(), "run `make reference`, and commit the page"
    sources = [path.read_text("utf-8") for path in (ROOT / "scripts").rglob("*.py")]
    used = {name for source in sources for name in re.findall(r"\bONEVOICE_[A-Z]+\b", source)}
    assert used - {"ONEVOICE_TRACEBACK"} == set(reference.VARIABLES)


def test_the_examples_for_hosts_are_those_of_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"^```yaml\n(# \..*?)^```$", PAGES["tasks"], re.M | re.S)
    assert len(blocks) == 2 and all(block in readme for block in blocks)


def test_the_package_for_editors_is_where_the_page_says():
    [ini] = re.findall(r"^```ini\n(.*?)^```$", PAGES["tasks"], re.M | re.S)
    assert f"/{package.PATH.removeprefix('docs/')}\n" in ini
    assert "BasedOnStyles = Brand" in ini


def test_the_figures_are_those_that_were_measured():
    sources = [(ROOT / name).read_text("utf-8") for name in ("bench/README.md", "README.md")]
    measured = " ".join(" ".join(sources).split())
    rows = re.findall(r"^\| (?:by both|only by|\d).*$", PAGES["matching"], re.M)
    assert len(rows) == 6
    for row in rows:
        numbers = re.findall(r"\d[\d,.]*", row)
        assert re.search(r"\D+?".join(map(re.escape, numbers)), measured), row
    [figures] = re.findall(r"together took (\d+ s), (\d+ s) of them to install", " ".join(PAGES["tutorial"].split()))
    assert "{} in all, {} of them to install".format(*figures) in measured
    for figure in ("26 s", "291 s", "45 and 267 times as long", "0.14 s", "1,499 pages of a government site"):
        assert figure in " ".join(PAGES["matching"].split()) and figure in measured


def test_the_workflows_that_the_page_names_are_written():
    written = {path.name for path in (starters.STARTER / "github" / ".github" / "workflows").iterdir()}
    assert set(re.findall(r"^- `(\w+\.yml)`", PAGES["tasks"], re.M)) == written
    pipeline = (starters.STARTER / "gitlab" / ".gitlab-ci.yml").read_text("utf-8")
    assert "$ONEVOICE_TOKEN" in pipeline and "`ONEVOICE_TOKEN`" in PAGES["tasks"]
