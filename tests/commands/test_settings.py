"""`.onevoice.yaml`: a repository says which handbook its texts are judged by, and what is left out."""

import json
import os
import subprocess
import sys

import pytest

from handbooks import ROOT

TERMS = """\
terms:
  - id: use
    preferred: use
    definition: To do something with a thing.
    part_of_speech: verb
    avoid: [utilize]
  - id: customer
    preferred: customer
    definition: Who buys.
    avoid: [client]
"""


@pytest.fixture
def book(tmp_path):
    """A handbook of two words, next to the repository."""
    (tmp_path / "brand" / "terminology").mkdir(parents=True)
    (tmp_path / "brand" / "terminology" / "terms.yaml").write_text(TERMS)
    return tmp_path / "brand"


@pytest.fixture
def repo(tmp_path):
    """A repository with one text."""
    folder = tmp_path / "repo"
    (folder / "docs" / "old").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / "docs" / "a.md").write_text("We utilize a client.\n")
    (folder / "docs" / "old" / "b.md").write_text("We utilize it.\n")
    return folder


def lint(folder, *arguments, **environ):
    """Exit code, the rules of the findings by their file, and what was said besides."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ONEVOICE_")}
    kept |= {"ONEVOICE_TODAY": "2026-11-22", "PYTHONPATH": str(ROOT / "scripts"), **environ}
    command = [sys.executable, "-m", "onevoice", "lint", "--no-vale", "--format", "json", *arguments]
    run = subprocess.run(command, cwd=folder, env=kept, capture_output=True, encoding="utf-8", check=False)
    assert "Traceback" not in run.stderr
    found = [f"{one['path']}:{one['line']} {one['rule']} {one['level']}" for one in json.loads(run.stdout or "[]")]
    return run.returncode, found, run.stderr


def write(repo, text):
    (repo / ".onevoice.yaml").write_text(text)


ALL = ["docs/a.md:1 Brand.use error", "docs/a.md:1 Brand.customer error", "docs/old/b.md:1 Brand.use error"]


@pytest.mark.parametrize("where", ["../brand", "./../brand", "{folder: ../brand}"])
def test_the_handbook_is_a_folder(repo, book, where):
    write(repo, f"handbook: {where}\n")
    code, found, said = lint(repo, "docs")
    assert (code, found) == (1, ALL)
    assert f"the handbook in {book}" in said


def test_settings_hold_in_every_folder_of_the_repository(repo, book):
    write(repo, "handbook: ../brand\n")
    assert lint(repo / "docs" / "old", "b.md")[1] == ["b.md:1 Brand.use error"]


def test_without_paths_the_repository_is_read(repo, book):
    write(repo, "handbook: ../brand\n")
    assert lint(repo)[1] == ALL
    assert lint(repo / "docs" / "old")[1] == [f"../../{one}" for one in ALL]


def test_what_was_named_wins_over_the_settings(repo, book, tmp_path):
    (tmp_path / "other" / "terminology").mkdir(parents=True)
    (tmp_path / "other" / "terminology" / "terms.yaml").write_text(TERMS.replace("utilize", "employ"))
    write(repo, "handbook: ../brand\n")
    named = lint(repo, "--handbook", "../other", "docs")
    assert named[1] == ["docs/a.md:1 Brand.customer error"]
    assert lint(repo, "docs", ONEVOICE_HANDBOOK=str(tmp_path / "other"))[1] == named[1]
    assert "the handbook of Ferrywell" in lint(repo, "--sample", "docs")[2]


def test_the_handbook_is_a_package(repo, book, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "acme_brand").symlink_to(book)
    write(repo, "handbook: {package: acme_brand}\n")
    paths = os.pathsep.join([str(ROOT / "scripts"), str(tmp_path / "site")])
    assert lint(repo, "docs", PYTHONPATH=paths)[:2] == (1, ALL)
    code, _, said = lint(repo, "docs")
    assert (code, said) == (2, "onevoice: .onevoice.yaml: there is no installed package `acme_brand`. Install it.\n")


@pytest.mark.parametrize("way", ["option", "variable"])
def test_a_package_is_named_where_a_folder_could_be(repo, book, tmp_path, way):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "acme_brand").symlink_to(book)
    (book / "content").mkdir()
    (book / "content" / "brand.yaml").write_text("brand: {name: Acme, language: en}\n")
    options = ("--handbook", "package:acme_brand") if way == "option" else ()
    environ = {} if options else {"ONEVOICE_HANDBOOK": "package:acme_brand"}
    paths = os.pathsep.join([str(ROOT / "scripts"), str(tmp_path / "site")])
    code, found, said = lint(repo, "docs", *options, PYTHONPATH=paths, **environ)
    assert (code, found) == (1, ALL)
    assert "the handbook of Acme (installed as acme_brand)" in said


@pytest.mark.parametrize("name", ["acme_brand", "", "json", "a.b", "../brand"])
def test_a_package_that_is_none_is_said(repo, name):
    code, _, said = lint(repo, "docs", "--handbook", f"package:{name}")
    said = said.replace("\n", " ")
    assert code == 2 and f"package:{name}: there is no" in said


@pytest.fixture
def served(book):
    """The handbook as a repository with the tag v1, and what has been written since."""

    def git(*arguments):
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false", *arguments]
        return subprocess.run(command, cwd=book, check=True, capture_output=True, text=True).stdout.strip()

    git("init", "--quiet", "--initial-branch=main")
    git("add", ".")
    git("commit", "--quiet", "-m", "One")
    git("tag", "v1")
    (book / "terminology" / "terms.yaml").write_text(TERMS.replace("client", "punter"))
    git("commit", "--quiet", "-a", "-m", "Two")
    return book.as_uri(), git("rev-parse", "HEAD")


def test_the_handbook_is_a_tag_or_a_commit_of_a_repository(repo, served, tmp_path):
    address, commit = served
    cache = str(tmp_path / "cache")
    write(repo, f"handbook: {{git: '{address}', revision: v1}}\n")
    assert lint(repo, "docs", ONEVOICE_CACHE=cache)[:2] == (1, ALL)
    write(repo, f"handbook: {{git: '{address}', revision: {commit}}}\n")
    assert lint(repo, "docs", ONEVOICE_CACHE=cache)[1] == [one for one in ALL if "customer" not in one]


def test_a_revision_is_fetched_once(repo, served, book, tmp_path):
    write(repo, f"handbook: {{git: '{served[0]}', revision: v1}}\n")
    first = lint(repo, "docs", ONEVOICE_CACHE=str(tmp_path / "cache"))
    (book / ".git").rename(book / "gone")
    assert lint(repo, "docs", ONEVOICE_CACHE=str(tmp_path / "cache")) == first
    code, _, said = lint(repo, "docs", ONEVOICE_CACHE=str(tmp_path / "empty"))
    assert code == 2 and said.startswith(f"onevoice: {served[0]}: cannot get `v1`: ")
    assert not list((tmp_path / "empty").rglob(".fetch-*")), "half a handbook is left"


@pytest.mark.parametrize("revision", ["main", "v2", "--upload-pack=x", "0" * 40])
def test_a_branch_is_no_revision(repo, served, tmp_path, revision):
    """What it holds changes, and nobody would see when."""
    write(repo, f"handbook: {{git: '{served[0]}', revision: '{revision}'}}\n")
    code, _, said = lint(repo, "docs", ONEVOICE_CACHE=str(tmp_path / "cache"))
    assert code == 2 and f"cannot get `{revision}`" in said and "it is a tag or a full commit hash" in said


@pytest.mark.parametrize(
    "pattern",
    ["docs/old", "docs/old/", "./docs/old/", "/docs/old", "old", "old/", "b.md", "**/old/**", "docs/*/b.md", "*b.md"],
)
def test_excluded_files_are_counted(repo, book, pattern):
    write(repo, f"handbook: ../brand\nexclude: ['{pattern}']\n")
    for paths in (["docs"], ["docs/a.md", "docs/old/b.md"], [str(repo / "docs")]):
        code, found, said = lint(repo, *paths)
        assert code == 1 and len(found) == 2 and not any("b.md" in one for one in found)
        assert said.endswith(" 1 file excluded by .onevoice.yaml.\n")


@pytest.mark.parametrize("pattern", ["doc", "a", "old.md", "docs/b.md", "OLD", "/old", "*/a/*"])
def test_a_pattern_means_whole_names(repo, book, pattern):
    write(repo, f"handbook: ../brand\nexclude: ['{pattern}']\n")
    assert lint(repo, "docs")[1] == ALL


def test_nothing_is_left(repo, book):
    write(repo, "handbook: ../brand\nexclude: [docs]\n")
    code, _, said = lint(repo, "docs")
    assert code == 2 and "2 files excluded by .onevoice.yaml." in said
    code, _, said = lint(repo, "docs/a.md")
    assert code == 0 and said.startswith("0 files, ") and said.endswith("1 file excluded by .onevoice.yaml.\n")


def test_the_level_of_a_folder(repo, book):
    write(repo, "handbook: ../brand\nfolders:\n  docs: {level: warning}\n  docs/old: {level: suggestion}\n")
    code, found, _ = lint(repo, "docs")
    assert code == 0
    assert found == [
        "docs/a.md:1 Brand.use warning", "docs/a.md:1 Brand.customer warning", "docs/old/b.md:1 Brand.use suggestion",
    ]  # fmt: skip
    (repo / "docs" / "broken.md").write_bytes(b"\xff")
    assert lint(repo, "docs")[0] == 1, "a file that is not read is no small thing"


def test_the_dialect_of_a_folder(repo, book):
    """Some programs read `.md` as MDX, where what is indented is no code and what is in braces is."""
    (repo / "docs" / "c.md").write_text("Hello {client + 1}.\n\n    A client.\n")
    (repo / "docs" / "d.mdx").write_text("Hello {client + 1}.\n\n    A client.\n")
    (repo / "docs" / "e.html").write_text("<pre>client</pre>\n")

    def find():
        found = lint(repo, "--only", "customer", "docs/c.md", "docs/d.mdx", "docs/e.html")[1]
        return [one.partition(" ")[0] for one in found]

    write(repo, "handbook: ../brand\n")
    assert find() == ["docs/c.md:1", "docs/d.mdx:3"]
    write(repo, "handbook: ../brand\nfolders: {docs: {dialect: mdx}}\n")
    assert find() == ["docs/c.md:3", "docs/d.mdx:3"]
    write(repo, "handbook: ../brand\nfolders: {docs: {dialect: mdx}, '*.mdx': {dialect: markdown}}\n")
    assert find() == ["docs/c.md:3", "docs/d.mdx:1"]
    lint(repo, "--fix", "docs")
    assert (repo / "docs" / "c.md").read_text() == "Hello {client + 1}.\n\n    A customer.\n"
    assert (repo / "docs" / "d.mdx").read_text() == "Hello {customer + 1}.\n\n    A client.\n"


def test_a_term_is_off(repo, book):
    write(repo, "handbook: ../brand\noff:\n  customer: Our contracts say client.\n")
    _, found, said = lint(repo, "docs")
    assert found == [one for one in ALL if "customer" not in one]
    assert "words only, 1 term off in .onevoice.yaml: 2 errors" in said
    lint(repo, "--fix", "docs")
    assert (repo / "docs" / "a.md").read_text() == "We use a client.\n"


def test_settings_need_no_handbook_of_their_own(book):
    write(book, "off: {customer: Our contracts say client.}\n")
    (book / "a.md").write_text("We utilize a client.\n")
    assert lint(book, "a.md")[1] == ["a.md:1 Brand.use error"]


WRONG = [
    ("handbok: x\n", 1, 1, "unknown key `handbok`. Did you mean `handbook`?"),
    ("- a\n", 1, 1, "the settings must be keys, such as `handbook: ../brand`."),
    ("handbook: {}\n", 1, 11, "`folder`, `package` or `git` must be given, and only one of them."),
    ("handbook: {git: 'https://x.example/y'}\n", 1, 11, "`revision` and `git` belong together"),
    ("handbook: {git: 'ext::sh -c x', revision: v1}\n", 1, 11, "`git` is an address that starts with"),
    (
        "handbook: ../brand\noff: {costumer: x}\n",
        2,
        7,
        "`costumer` is no term of this handbook. Did you mean `customer`?",
    ),
    ("handbook: ../brand\noff:\n  customer:\n", 3, 12, "`customer` must be text"),
    ("handbook: ../brand\noff: [customer]\n", 2, 6, "`off` must have keys of its own"),
    ("handbook: ../brand\nfolders:\n  docs: {level: loud}\n", 3, 17, "`loud` is not a value of `level`"),
    ("handbook: ../brand\nexclude: a\n", 2, 10, "`exclude` must be a list"),
    ("handbook: [\n", 1, 11, "this bracket is not closed"),
]


@pytest.mark.parametrize(("text", "line", "column", "message"), WRONG, ids=[one[0] for one in WRONG])
def test_what_is_wrong_is_said_at_its_place(repo, book, text, line, column, message):
    write(repo, text)
    code, found, said = lint(repo, "docs")
    assert code == 2 and found == []
    assert f".onevoice.yaml:{line}:{column}  error  {message}" in said
    assert said.endswith("The settings in .onevoice.yaml: 1 error.\n")


def test_a_folder_without_a_handbook(repo):
    write(repo, "handbook: ../nowhere\n")
    code, _, said = lint(repo, "docs")
    assert code == 2 and said.startswith("onevoice: .onevoice.yaml: there is no handbook in ../nowhere.")


def test_settings_that_are_no_text(repo):
    (repo / ".onevoice.yaml").write_bytes(b"handbook: \xff\n")
    assert "this file is not UTF-8 text" in lint(repo, "docs")[2]


@pytest.mark.parametrize("verb", [["check"], ["explain", "use"], ["build", "--check"], ["doctor"]])
def test_every_verb_says_what_is_wrong_in_them(repo, verb):
    write(repo, "handbok: x\n")
    command = [sys.executable, "-m", "onevoice", *verb]
    run = subprocess.run(command, cwd=repo, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 2 and run.stderr.startswith(".onevoice.yaml:1:1  error  unknown key `handbok`.")
