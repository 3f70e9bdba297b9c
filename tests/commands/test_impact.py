"""`onevoice impact` on a repository: from which words, on which texts, and how it is told."""

import json

import pytest
from click.testing import CliRunner

from onevoice.commands import cli
from onevoice.errors import OnevoiceError
from onevoice.report.impact.markdown import LENGTH_LIMIT, SENTENCE_LIMIT
from repository import Repository

TERMS = """terms:
  - id: lead
    preferred: lead
    definition: Somebody who may buy.
    avoid: [suspect]
  - id: call
    preferred: call
    definition: A talk on the telephone. It is no *ring*.
"""
NEW = TERMS.replace("[suspect]", "[prospect]")
FILES = {
    "terminology/terms.yaml": TERMS,
    "content/brand.yaml": "brand:\n  name: Acme\n  url: https://acme.example/book/\n",
    "content/pages/page.md": "# Our way\n\nEvery suspect gets a call. A prospect gets two.\n",
    "content/submissions/mail.md": "Dear prospect, hello.\n",
    "content/proof.yaml": "proof:\n"
    "  - {id: p, title: t, claim: c, standing: usable, say: Each prospect buys., basis: b, source: s}\n",
}


@pytest.fixture
def book(tmp_path, monkeypatch) -> Repository:
    made = Repository(tmp_path / "book")
    made.commit("2026-11-01", FILES)
    monkeypatch.chdir(made.folder)
    return made


def impact(*args: str):
    result = CliRunner().invoke(cli, ["impact", *args], env={"ONEVOICE_TODAY": "2026-11-22"}, standalone_mode=False)
    if result.exception:
        raise result.exception
    return result


def effects(*args: str) -> list[tuple[str, str, int]]:
    return [(one["effect"], one["path"], one["line"]) for one in json.loads(impact("--format", "json", *args).stdout)]


def test_nothing_has_changed(book):
    result = impact()
    assert (result.stdout, result.stderr, result.return_value) == ("", "No words have changed since HEAD.\n", 0)


def test_the_working_tree_against_the_last_commit(book):
    (book.folder / "terminology/terms.yaml").write_text(NEW)
    result = impact()
    assert result.stdout.splitlines()[:4] == [
        'content/pages/page.md:3:30  breaks  error  Say "lead", not "prospect".  [Brand.lead]',
        "    A prospect gets two.",
        'content/proof.yaml:2:61  breaks  error  Say "lead", not "prospect".  [Brand.lead]',
        "    Each prospect buys.",
    ]
    assert result.stdout.splitlines()[-1] == "    Every suspect gets a call."
    assert result.stderr == "1 term changed since HEAD: 3 places newly break, and 1 is fixed.\n"
    assert result.return_value == 1


def test_a_commit_against_an_earlier_one(book):
    book.commit("2026-11-02", {"terminology/terms.yaml": NEW})
    assert effects("--since", "HEAD") == []
    assert effects("--since", "HEAD~1") == [
        ("breaks", "content/pages/page.md", 3),
        ("breaks", "content/proof.yaml", 2),
        ("breaks", "content/submissions/mail.md", 1),
        ("fixed", "content/pages/page.md", 3),
    ]
    one = json.loads(impact("--since", "HEAD~1", "--format", "json").stdout)[0]
    assert (one["sentence"], one["rule"], one["match"]) == ("A prospect gets two.", "Brand.lead", "prospect")
    assert one["link"] == "https://acme.example/book/glossary/lead/"


def test_folders_that_are_named_are_looked_at_too(book, tmp_path):
    book.commit("2026-11-02", {"terminology/terms.yaml": NEW})
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<p>A <b>prospect</b></p>")
    path = str(tmp_path / "site")
    assert ("breaks", f"{path}/index.html", 1) in effects("--since", "HEAD~1", path)
    assert effects("--since", "HEAD~1", "content/pages") == effects("--since", "HEAD~1")


def test_only_fixed_is_clean(book):
    (book.folder / "terminology/terms.yaml").write_text(TERMS.replace("[suspect]", "[]"))
    result = impact()
    assert "fixed" in result.stdout and result.return_value == 0


def test_files_that_moved_and_broken_ones(book):
    """A term in another file is the same term; one that could not be read then is told."""
    book.commit("2026-11-02", {"terminology/terms.yaml": None, "terminology/all.yaml": TERMS})
    assert "No words have changed" in impact("--since", "HEAD~1").stderr
    book.commit("2026-11-03", {"terminology/all.yaml": TERMS.replace("    preferred: call\n", "")})
    book.commit("2026-11-04", {"terminology/all.yaml": TERMS})
    result = impact("--since", "HEAD~1")
    assert "terminology/all.yaml: some terms could not be read" in result.stderr
    assert "1 term changed" in result.stderr


def test_markdown_for_a_pull_request(book):
    terms = NEW.replace("prospect", "pro_spect <b>")
    (book.folder / "terminology/terms.yaml").write_text(terms)
    page = "".join(
        f"Line {number}: a pro_spect \\<b> {'and on ' * 99}@all.\n\n" for number in range(SENTENCE_LIMIT + 5)
    )
    (book.folder / "content/pages/page.md").write_text(page)
    comment = impact("--format", "markdown").stdout
    assert comment.startswith("<!-- onevoice impact -->\n\n**1 term changed since HEAD: 105 places newly break")
    assert "**content/pages/page.md**" in comment
    assert "And 5 more." in comment
    assert "<b>" not in comment and "@all" not in comment and "pro_spect" not in comment
    assert comment.count("\n- line ") == SENTENCE_LIMIT
    assert all(len(line) < LENGTH_LIMIT + 300 for line in comment.splitlines())


def test_what_cannot_be_compared_is_said(book, tmp_path, monkeypatch):
    with pytest.raises(OnevoiceError, match=r"nope: no such commit.*git log"):
        impact("--since", "nope")
    with pytest.raises(OnevoiceError, match="--output=x: no such commit"):
        impact("--since=--output=x")
    (book.folder / "terminology/terms.yaml").write_text("terms:\n  - id: [\n")
    assert impact().return_value == 2
    elsewhere = tmp_path / "elsewhere" / "terminology"
    elsewhere.mkdir(parents=True)
    (elsewhere / "terms.yaml").write_text(TERMS)
    monkeypatch.chdir(elsewhere.parent)
    with pytest.raises(OnevoiceError, match="is not in a Git repository"):
        impact()


def test_a_shallow_clone_names_the_fix(book, tmp_path, monkeypatch):
    first = book.git("rev-parse", "HEAD").strip()
    book.commit("2026-11-02", {"terminology/terms.yaml": NEW})
    book.git("clone", "-q", "--depth", "1", f"file://{book.folder}", str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    with pytest.raises(OnevoiceError, match="git fetch --unshallow"):
        impact("--since", first)


def test_a_handbook_in_a_folder_of_a_repository(tmp_path, monkeypatch):
    made = Repository(tmp_path)
    made.commit("2026-11-01", {f"docs/über uns/{name}": text for name, text in FILES.items()})
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs/über uns/terminology/terms.yaml").write_text(NEW)
    found = effects("--handbook", "docs/über uns")
    assert ("breaks", "docs/über uns/content/pages/page.md", 3) in found
    assert len(found) == 4
